/** The line of changes in the file, and the records it leads to. */

import type { AnyRecord, Author, RecordDiff } from '../../preload/contract/records.ts';
import { type Branch, type Change, type ChangeHeader, MAIN_BRANCH, replay, rewind } from '../document/index.ts';
import { decodeJson, encodeJson } from './encoding.ts';
import { projectError } from './failures.ts';
import type { Connection } from './sqlite.ts';

interface ChangeRow {
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
}
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
    const { encoding, bytes } = encodeJson(change.diffs);
    this.#connection.transaction(() => {
      if (change.replaces !== undefined) {
        this.#connection.run('DELETE FROM changes WHERE sequence = ? AND branch = ?', change.replaces, change.branch);
      }
      this.#connection.run(
        `INSERT INTO changes (${HEADER}, encoding, diffs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        change.sequence,
        change.branch,
        change.label,
        change.author.kind,
        change.author.name,
        change.at,
        change.kind,
        change.of ?? null,
        change.coalesce ?? null,
        change.replaces ?? null,
        change.diffs.length,
        encoding,
        bytes,
      );
      if (change.branch === MAIN_BRANCH) this.#writeRecords(change.diffs);
    });
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

const branchOfRow = (row: BranchRow): Branch => ({
  name: row.name,
  parent: row.parent,
  forkSequence: row.fork_sequence,
  status: row.status,
  author: { kind: row.author_kind, name: row.author_name },
  createdAt: row.created_at,
});
