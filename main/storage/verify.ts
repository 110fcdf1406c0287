/** Is everything in the file what it should be? And, when asked, mends what can be mended. */
import { createHash } from 'node:crypto';
import type { InferOutput } from 'valibot';
import type { IntegritySchema } from '../../preload/contract/calls.ts';
import { ArtificerError } from '../../preload/contract/errors.ts';
import type { AnyRecord, RecordDiff } from '../../preload/contract/records.ts';
import { applyDiffs, linksOf, MAIN_BRANCH, nameOf, replay, rewind, sameData, validRecord } from '../document/index.ts';
import type { BlobStore } from './blob-store.ts';
import type { ChangeLog } from './change-log.ts';
import { checkPagesAside, type PageCheckRequest } from './page-check.ts';
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
  /** What SQLite says of the file's pages, found out on another thread. */
  pageProblems: () => Promise<string[]>;
  problems: Problem[];
  /** Gives way to others now and then. */
  slice: () => Promise<void> | void;
}

export async function verifyProject(
  connection: Connection,
  log: ChangeLog,
  blobs: BlobStore,
  file: PageCheckRequest,
  options: VerifyOptions,
): Promise<Integrity> {
  const began = performance.now();
  const work: Work = {
    connection,
    log,
    blobs,
    repair: options.repair ?? false,
    pageProblems: () => checkPagesAside(file, options.signal),
    problems: [],
    slice: slices(options.signal),
  };
  for (const check of [checkPages, checkBlobs, checkHistory, checkRecords, checkSources]) await attempt(work, check);
  const { problems } = work;
  return {
    ok: problems.every((problem) => problem.repaired),
    problems,
    seconds: (performance.now() - began) / 1000,
  };
}

/** A check that trips over damage is a finding, not the end of the checks. */
async function attempt(work: Work, check: (work: Work) => Promise<void> | void): Promise<void> {
  try {
    await check(work);
  } catch (thrown) {
    if (!(thrown instanceof ArtificerError)) throw thrown;
    const message = `Part of the project can't be read: ${thrown.data.cause ?? thrown.message}.`;
    if (!work.problems.some((problem) => problem.message === message)) {
      work.problems.push({ code: 'unreadable', message, repaired: false });
    }
  }
}

/** SQLite's own checks. A damaged index is made again from its table; a damaged table can only be copied out. */
async function checkPages(work: Work): Promise<void> {
  const { connection, problems, repair } = work;
  const found = await work.pageProblems();
  if (found.length > 0) {
    let repaired = false;
    if (repair) {
      try {
        connection.execute('REINDEX');
        repaired = (await work.pageProblems()).length === 0;
      } catch {
        // Not even that: the damage is in a table.
      }
    }
    problems.push({
      code: 'pages',
      message: `Pages of the file are damaged: ${found.slice(0, 3).join('; ')}.`,
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

/** Every change must be what was written, and replaying those of the main branch must give its records. */
async function checkHistory(work: Work): Promise<void> {
  const { log, problems, repair } = work;
  const damaged = await log.findDamaged(work.slice);
  const records = log.records(MAIN_BRANCH);
  if (damaged.length > 0) {
    damaged.sort((a, b) => a - b);
    const repaired = repair && mendHistory(work, damaged, records);
    problems.push({
      code: 'change-unreadable',
      message: `${damaged.length === 1 ? 'One change' : `${damaged.length} changes`} of the history can't be read (first: ${damaged[0]}). The records themselves are there.`,
      repaired,
    });
    return;
  }
  const state = new Map<string, AnyRecord>();
  for (const { sequence } of log.headers(MAIN_BRANCH)) {
    applyDiffs(state, log.diffsOf(sequence));
    await work.slice();
  }
  const different = [...new Set([...state.keys(), ...records.keys()])].filter(
    (id) => !sameData(state.get(id), records.get(id)),
  );
  if (different.length === 0) return;
  if (repair) log.rewriteRecords(state.values());
  problems.push({
    code: 'records-differ',
    message: `${different.length === 1 ? 'One record differs' : `${different.length} records differ`} from what the history says (first: ${different[0]}).`,
    repaired: repair,
  });
}

/**
 * The records are the truth: what an unreadable change did is worked out from the state before it (replayed from the
 * beginning) and the state after it (rewound from now), and kept as a change of the system. Everything before and after
 * stays; what lay between the first and the last unreadable change becomes that one step.
 */
function mendHistory({ log }: Work, damaged: readonly number[], records: Map<string, AnyRecord>): boolean {
  const [first, last] = [damaged[0]!, damaged[damaged.length - 1]!];
  // A missing change may have been on any branch; this mends the main one, whose records are known.
  const elsewhere = log.branches().filter(({ name }) => name !== MAIN_BRANCH);
  if (elsewhere.some(({ name }) => log.headers(name).some(({ sequence }) => damaged.includes(sequence)))) return false;
  const sequences = log.headers(MAIN_BRANCH).map((header) => header.sequence);
  const read = (list: number[]) => list.map((sequence) => ({ sequence, diffs: log.diffsOf(sequence) }));
  const before = replay([], read(sequences.filter((sequence) => sequence < first)));
  const after = rewind(records.values(), read(sequences.filter((sequence) => sequence > last)).reverse());
  const diffs: RecordDiff[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null];
    if (!sameData(was, is)) diffs.push({ id, before: was, after: is });
  }
  log.insertRepair({
    sequence: last,
    branch: MAIN_BRANCH,
    label: 'Repaired history',
    author: { kind: 'system', name: 'Artificer' },
    at: Date.now(),
    kind: 'edit',
    replaces: first,
    diffs,
  });
  return true;
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
    if (isInsideItself(record, records)) {
      problems.push({ code: 'cycle', message: `The ${nameOf(record)} is inside itself.`, repaired: false });
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

function isInsideItself(record: AnyRecord, records: Map<string, AnyRecord>): boolean {
  const seen = new Set<string>();
  for (let at: AnyRecord | undefined = record; at?.type === 'instance' && at.parentId !== null; ) {
    if (at.parentId === record.id) return true;
    if (seen.has(at.id)) return false;
    seen.add(at.id);
    at = records.get(at.parentId);
  }
  return false;
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
