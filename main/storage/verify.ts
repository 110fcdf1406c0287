/** Is everything in the file what it should be? And, when asked, mends what can be mended. */
import { createHash } from 'node:crypto';
import type { InferOutput } from 'valibot';
import type { IntegritySchema } from '../../preload/contract/calls.ts';
import type { AnyRecord, RecordDiff } from '../../preload/contract/records.ts';
import { applyDiffs, linksOf, MAIN_BRANCH, nameOf, rewind, sameData, validRecord } from '../document/index.ts';
import type { BlobStore } from './blob-store.ts';
import type { ChangeLog } from './change-log.ts';
import { decodeJson, encodeJson } from './encoding.ts';
import { slices } from './slices.ts';
import type { Connection } from './sqlite.ts';

export type Integrity = InferOutput<typeof IntegritySchema>;
type Problem = Integrity['problems'][number];

export interface VerifyOptions {
  repair?: boolean;
  signal?: AbortSignal;
}

interface Work {
  connection: Connection;
  log: ChangeLog;
  blobs: BlobStore;
  repair: boolean;
  problems: Problem[];
  /** Gives way to others now and then. */
  slice: () => Promise<void> | void;
}

export async function verifyProject(
  connection: Connection,
  log: ChangeLog,
  blobs: BlobStore,
  options: VerifyOptions,
): Promise<Integrity> {
  const began = performance.now();
  const work: Work = {
    connection,
    log,
    blobs,
    repair: options.repair ?? false,
    problems: [],
    slice: slices(options.signal),
  };
  await checkPages(work);
  await checkBlobs(work);
  await checkHistory(work);
  checkRecords(work);
  checkSources(work);
  const { problems } = work;
  return {
    ok: problems.every((problem) => problem.repaired),
    problems,
    seconds: (performance.now() - began) / 1000,
  };
}

/** SQLite's own checks, table by table, so that others get a turn between. */
async function checkPages(work: Work): Promise<void> {
  const { connection, problems, repair } = work;
  const tables = connection.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  for (const { name } of tables) {
    const found = integrityOf(connection, name);
    await work.slice();
    if (found.length === 0) continue;
    let repaired = false;
    if (repair) {
      // A damaged index is made again from its table; a damaged table can only be copied out.
      connection.run(`REINDEX "${name}"`);
      repaired = integrityOf(connection, name).length === 0;
    }
    problems.push({
      code: 'pages',
      message: `The table "${name}" is damaged: ${found.slice(0, 3).join('; ')}.`,
      repaired,
    });
  }
  const dangling = connection.pragmaRows<{ table: string; rowid: number; parent: string }>('foreign_key_check');
  for (const { table, parent } of dangling.slice(0, 20)) {
    problems.push({
      code: 'dangling-row',
      message: `A row of "${table}" refers to a missing row of "${parent}".`,
      repaired: false,
    });
  }
}

const integrityOf = (connection: Connection, table: string): string[] =>
  connection
    .pragmaRows<Record<string, string>>(`integrity_check('${table}')`)
    .map((row) => Object.values(row)[0]!)
    .filter((line) => line !== 'ok');

/** Every blob must hash to its name. Damaged derived data is dropped; a damaged import can't be made again. */
async function checkBlobs(work: Work): Promise<void> {
  const { connection, problems, repair, blobs } = work;
  const rows = connection.all<{ id: number; hash: string; kind: string; bytes: number; source: number }>(
    `SELECT id, hash, kind, bytes, EXISTS (SELECT 1 FROM sources WHERE sources.hash = blobs.hash) AS source
     FROM blobs WHERE complete = 1 ORDER BY id`,
  );
  for (const { id, hash, kind, bytes, source } of rows) {
    const actual = createHash('sha256');
    let length = 0;
    const chunks = connection.get<{ n: number }>(
      'SELECT coalesce(max(chunk), -1) + 1 AS n FROM blob_chunks WHERE blob = ?',
      id,
    )!.n;
    for (let chunk = 0; chunk < chunks; chunk++) {
      const part = connection.get<{ bytes: Uint8Array }>(
        'SELECT bytes FROM blob_chunks WHERE blob = ? AND chunk = ?',
        id,
        chunk,
      );
      if (part) {
        actual.update(part.bytes);
        length += part.bytes.length;
      }
      await work.slice();
    }
    if (length === bytes && actual.digest('hex') === hash) continue;
    if (source) {
      problems.push({
        code: 'source-damaged',
        message: `An imported file is damaged; import it again. What was made from it is still there. (${hash.slice(0, 12)}…)`,
        repaired: false,
      });
    } else {
      if (repair) await blobs.remove(hash);
      problems.push({
        code: 'blob-damaged',
        message: `Derived data (${kind}, ${hash.slice(0, 12)}…) is damaged; it is made again when needed.`,
        repaired: repair,
      });
    }
  }
}

/** Replaying the changes of the main branch must give its records. */
async function checkHistory(work: Work): Promise<void> {
  const { connection, log, problems, repair } = work;
  const { unreadable, state } = await readHistory(work);
  const records = log.records(MAIN_BRANCH);
  if (unreadable.length > 0) {
    const repaired = repair && mendHistory(work, unreadable, records);
    problems.push({
      code: 'change-unreadable',
      message: `${unreadable.length === 1 ? 'One change' : `${unreadable.length} changes`} of the history can't be read (first: ${unreadable[0]}). The records themselves are there.`,
      repaired,
    });
    return;
  }
  const different = [...new Set([...state.keys(), ...records.keys()])].filter(
    (id) => !sameData(state.get(id), records.get(id)),
  );
  if (different.length === 0) return;
  if (repair) {
    connection.transaction(() => {
      connection.run('DELETE FROM records');
      for (const record of state.values()) {
        connection.run(
          'INSERT INTO records (id, type, json) VALUES (?, ?, ?)',
          record.id,
          record.type,
          JSON.stringify(record),
        );
      }
    });
  }
  problems.push({
    code: 'records-differ',
    message: `${different.length === 1 ? 'One record differs' : `${different.length} records differ`} from what the history says (first: ${different[0]}).`,
    repaired: repair,
  });
}

async function readHistory(work: Work): Promise<{ unreadable: number[]; state: Map<string, AnyRecord> }> {
  const { connection, log } = work;
  const state = new Map<string, AnyRecord>();
  const unreadable: number[] = [];
  const all = connection.all<{ sequence: number; branch: string }>(
    'SELECT sequence, branch FROM changes ORDER BY sequence',
  );
  for (const { sequence, branch } of all) {
    try {
      const diffs = log.diffsOf(sequence);
      if (branch === MAIN_BRANCH) applyDiffs(state, diffs);
    } catch {
      unreadable.push(sequence);
    }
    await work.slice();
  }
  return { unreadable, state };
}

/**
 * The records are the truth: what an unreadable change did is worked out from the state before it (replayed from the
 * beginning) and the state after it (rewound from now), and kept as a change of the system.
 */
function mendHistory(
  { connection, log }: Work,
  unreadable: readonly number[],
  records: Map<string, AnyRecord>,
): boolean {
  const onMain = new Set(
    connection
      .all<{ sequence: number }>('SELECT sequence FROM changes WHERE branch = ? ORDER BY sequence', MAIN_BRANCH)
      .map((row) => row.sequence),
  );
  if (!unreadable.every((sequence) => onMain.has(sequence))) return false;
  const broken = new Set(unreadable);
  const sequences = [...onMain];
  const readable = (list: number[]) =>
    list.filter((each) => !broken.has(each)).map((sequence) => ({ sequence, diffs: log.diffsOf(sequence) }));
  const first = sequences.indexOf(unreadable[0]!);
  const last = sequences.indexOf(unreadable[unreadable.length - 1]!);
  const before = new Map<string, AnyRecord>();
  for (const { diffs } of readable(sequences.slice(0, first))) applyDiffs(before, diffs);
  const after = rewind(records.values(), readable(sequences.slice(last + 1)).reverse());
  const diffs: RecordDiff[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null];
    if (!sameData(was, is)) diffs.push({ id, before: was, after: is });
  }
  const { encoding, bytes } = encodeJson(diffs);
  connection.transaction(() => {
    connection.run(
      'DELETE FROM changes WHERE branch = ? AND sequence BETWEEN ? AND ?',
      MAIN_BRANCH,
      unreadable[0]!,
      sequences[last]!,
    );
    connection.run(
      `INSERT INTO changes (sequence, branch, label, author_kind, author_name, at, kind, records, encoding, diffs)
       VALUES (?, ?, 'Repaired history', 'system', 'Artificer', ?, 'edit', ?, ?, ?)`,
      sequences[last]!,
      MAIN_BRANCH,
      Date.now(),
      diffs.length,
      encoding,
      bytes,
    );
  });
  return sameData(decodeJson(encoding, bytes), diffs);
}

/** Every record must be of a known shape, and what it refers to must exist. */
function checkRecords({ log, problems }: Work): void {
  const records = log.records(MAIN_BRANCH);
  for (const record of records.values()) {
    try {
      validRecord(record);
    } catch (thrown) {
      problems.push({ code: 'record-invalid', message: (thrown as Error).message, repaired: false });
      continue;
    }
    for (const link of linksOf(record)) {
      if (records.get(link.to)?.type === link.type) continue;
      problems.push({
        code: 'dangling',
        message: `The ${nameOf(record)} refers to a missing ${link.type} (${link.to}).`,
        repaired: false,
      });
    }
  }
}

/** Every source record's file must be kept. */
function checkSources({ connection, log, problems }: Work): void {
  const kept = new Set(
    connection
      .all<{ hash: string }>('SELECT s.hash FROM sources s JOIN blobs b ON b.hash = s.hash WHERE b.complete = 1')
      .map((row) => row.hash),
  );
  for (const record of log.records(MAIN_BRANCH).values()) {
    if (record.type !== 'source' || kept.has(record.sha256)) continue;
    problems.push({
      code: 'source-missing',
      message: `The bytes of the imported file "${record.fileName}" are not in the project.`,
      repaired: false,
    });
  }
}
