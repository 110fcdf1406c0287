/** The line of changes in the file, and the records it leads to. */

import { createHash } from 'node:crypto';
import type { AnyRecord, Author, RecordDiff } from '../../preload/contract/records.ts';
import {
  type Branch,
  type Change,
  type ChangeHeader,
  headerOf,
  MAIN_BRANCH,
  replay,
  rewind,
} from '../document/index.ts';
import { decodeJson, encodeJson } from './encoding.ts';
import { projectError } from './failures.ts';
import type { Connection } from './sqlite.ts';

type ChangeRow = {
  sequence: number;
  branch: string;
  label: string;
  author_kind: Author['kind'];
  author_name: string;
  at: number;
  kind: Change['kind'];
  of_sequence: number | null;
  coalesce_key: string | null;
  replaces: number | null;
  records: number;
};
interface BranchRow {
  name: string;
  parent: string | null;
  fork_sequence: number;
  status: Branch['status'];
  author_kind: Author['kind'];
  author_name: string;
  created_at: number;
}

const HEADER =
  'sequence, branch, label, author_kind, author_name, at, kind, of_sequence, coalesce_key, replaces, records';

export class ChangeLog {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Keeps one change, and the records as they are after it, in one transaction. */
  append(change: Change): void {
    this.#connection.transaction(() => {
      this.insertRepair(change);
      if (change.branch === MAIN_BRANCH) this.#writeRecords(change.diffs);
    });
  }

  /** Keeps one change, but leaves the records as they are: they show its effect already. */
  insertRepair(change: Change): void {
    this.#connection.transaction(() => {
      if (change.replaces !== undefined) {
        this.#connection.run(
          'DELETE FROM changes WHERE branch = ? AND sequence BETWEEN ? AND ?',
          change.branch,
          change.replaces,
          change.sequence,
        );
      }
      this.#insert(change);
    });
  }

  #insert(change: Change): void {
    const { encoding, bytes } = encodeJson(change.diffs);
    const row = rowOfHeader(headerOf(change));
    this.#connection.run(
      `INSERT INTO changes (${HEADER}, encoding, diffs, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...Object.values(row),
      encoding,
      bytes,
      checksumOf(row, bytes),
    );
  }

  /** The sequence of every change that is missing, can't be read or is not what was written. */
  async findDamaged(slice: () => Promise<void> | void): Promise<number[]> {
    const damaged: number[] = [];
    let expected = 1;
    const all = this.#connection.all<{ sequence: number }>('SELECT sequence FROM changes ORDER BY sequence');
    for (const { sequence } of all) {
      const row = this.#connection.get<ChangeRow & { encoding: number; diffs: Uint8Array; checksum: Uint8Array }>(
        `SELECT ${HEADER}, encoding, diffs, checksum FROM changes WHERE sequence = ?`,
        sequence,
      );
      // Numbers run on without a gap, but for those of changes that a later one took the place of.
      const from = row?.replaces ?? sequence;
      while (expected < from) damaged.push(expected++);
      expected = sequence + 1;
      try {
        const { encoding, diffs, checksum, ...header } = row!;
        if (!checksumOf(header, diffs).equals(checksum)) throw new Error('rotten');
        decodeJson(encoding, diffs);
      } catch {
        damaged.push(sequence);
      }
      await slice();
    }
    return damaged;
  }

  #writeRecords(diffs: readonly RecordDiff[]): void {
    for (const { id, after } of diffs) {
      if (after === null) this.#connection.run('DELETE FROM records WHERE id = ?', id);
      else {
        this.#connection.run(
          'INSERT INTO records (id, type, json) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json',
          id,
          after.type,
          JSON.stringify(after),
        );
      }
    }
  }

  /** For repair: the records of the main branch, from the history. */
  rewriteRecords(records: Iterable<AnyRecord>): void {
    this.#connection.transaction(() => {
      this.#connection.run('DELETE FROM records');
      this.#writeRecords([...records].map((record) => ({ id: record.id, before: null, after: record })));
    });
  }

  lastSequence(): number {
    return this.#connection.get<{ last: number | null }>('SELECT max(sequence) AS last FROM changes')?.last ?? 0;
  }

  count(): number {
    return this.#connection.get<{ n: number }>('SELECT count(*) AS n FROM changes')!.n;
  }

  /** Of one branch, oldest first. */
  headers(branch: string): ChangeHeader[] {
    return this.#connection
      .all<ChangeRow>(`SELECT ${HEADER} FROM changes WHERE branch = ? ORDER BY sequence`, branch)
      .map(headerOfRow);
  }

  /** Of one branch, newest first. */
  newest(branch: string, limit: number): ChangeHeader[] {
    return this.#connection
      .all<ChangeRow>(`SELECT ${HEADER} FROM changes WHERE branch = ? ORDER BY sequence DESC LIMIT ?`, branch, limit)
      .map(headerOfRow);
  }

  diffsOf(sequence: number): RecordDiff[] {
    const row = this.#connection.get<{ encoding: number; diffs: Uint8Array }>(
      'SELECT encoding, diffs FROM changes WHERE sequence = ?',
      sequence,
    );
    if (!row) {
      throw projectError('damaged', `The project's history lacks change ${sequence}.`, {
        hint: 'Verify and repair the project.',
      });
    }
    return decodeJson(row.encoding, row.diffs) as RecordDiff[];
  }

  /** Changes of a branch with their diffs, `after < sequence <= upTo`, oldest first. */
  changes(branch: string, after = 0, upTo = Number.MAX_SAFE_INTEGER): Change[] {
    const rows = this.#connection.all<ChangeRow & { encoding: number; diffs: Uint8Array }>(
      `SELECT ${HEADER}, encoding, diffs FROM changes WHERE branch = ? AND sequence > ? AND sequence <= ? ORDER BY sequence`,
      branch,
      after,
      upTo,
    );
    return rows.map((row) => {
      const { records: _, ...header } = headerOfRow(row);
      return { ...header, diffs: decodeJson(row.encoding, row.diffs) as RecordDiff[] };
    });
  }

  /** The records as a branch sees them now. */
  records(branch: string): Map<string, AnyRecord> {
    if (branch === MAIN_BRANCH) {
      const rows = this.#connection.all<{ id: string; json: string }>('SELECT id, json FROM records');
      return new Map(rows.map((row) => [row.id, JSON.parse(row.json) as AnyRecord]));
    }
    const { parent, forkSequence } = this.branch(branch);
    // The parent as it was when the branch left it, then the branch's own changes.
    const base = rewind(
      this.records(parent ?? MAIN_BRANCH).values(),
      this.changes(parent ?? MAIN_BRANCH, forkSequence).reverse(),
    );
    return replay(base.values(), this.changes(branch));
  }

  branches(): Branch[] {
    return this.#connection.all<BranchRow>('SELECT * FROM branches ORDER BY created_at, name').map(branchOfRow);
  }

  branch(name: string): Branch {
    const row = this.#connection.get<BranchRow>('SELECT * FROM branches WHERE name = ?', name);
    if (!row) throw projectError('no-branch', `There is no branch named "${name}".`);
    return branchOfRow(row);
  }

  addBranch(branch: Branch): void {
    this.#connection.run(
      'INSERT INTO branches (name, parent, fork_sequence, status, author_kind, author_name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      branch.name,
      branch.parent,
      branch.forkSequence,
      branch.status,
      branch.author.kind,
      branch.author.name,
      branch.createdAt,
    );
  }

  setBranchStatus(name: string, status: Branch['status']): void {
    this.#connection.run('UPDATE branches SET status = ? WHERE name = ?', status, name);
  }
}

function headerOfRow(row: ChangeRow): ChangeHeader {
  return {
    sequence: row.sequence,
    branch: row.branch,
    label: row.label,
    author: { kind: row.author_kind, name: row.author_name },
    at: row.at,
    kind: row.kind,
    ...(row.of_sequence === null ? {} : { of: row.of_sequence }),
    ...(row.coalesce_key === null ? {} : { coalesce: row.coalesce_key }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    records: row.records,
  };
}

/** In the order of the columns in `HEADER`. */
const rowOfHeader = (header: ChangeHeader): ChangeRow => ({
  sequence: header.sequence,
  branch: header.branch,
  label: header.label,
  author_kind: header.author.kind,
  author_name: header.author.name,
  at: header.at,
  kind: header.kind,
  of_sequence: header.of ?? null,
  coalesce_key: header.coalesce ?? null,
  replaces: header.replaces ?? null,
  records: header.records,
});

const checksumOf = (row: ChangeRow, diffs: Uint8Array): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(Object.values(row)))
    .update(diffs)
    .digest();

const branchOfRow = (row: BranchRow): Branch => ({
  name: row.name,
  parent: row.parent,
  forkSequence: row.fork_sequence,
  status: row.status,
  author: { kind: row.author_kind, name: row.author_name },
  createdAt: row.created_at,
});
