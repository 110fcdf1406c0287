/** One undoable step: which records it touched, and what they were before and after. Pure operations on such diffs. */
import type { AnyRecord, Author, ChangeInfo, RecordDiff } from '../../preload/contract/records.ts';
import { sameData } from './equality.ts';

export interface Change {
  /** Ascending within a project, never used twice; also the order in the file. */
  sequence: number;
  branch: string;
  label: string;
  author: Author;
  /** Milliseconds since 1970. */
  at: number;
  kind: 'edit' | 'undo' | 'redo';
  /** For undo and redo: the sequence of the edit it takes back or repeats. */
  of?: number;
  /** Changes with the same key that follow each other closely are one step of undo. */
  coalesce?: string;
  /**
   * The first of the changes right before it that this one takes the place of, because all are one step. Its diffs cover
   * them all, and their numbers are not used again.
   */
  replaces?: number;
  diffs: RecordDiff[];
}

/** A change without its diffs: what the history has to remember. */
export type ChangeHeader = Omit<Change, 'diffs'> & { records: number };

export function headerOf(change: Change): ChangeHeader {
  const { diffs, ...header } = change;
  return { ...header, records: diffs.length };
}

export function infoOf(header: ChangeHeader): ChangeInfo {
  const { sequence, branch, label, author, at, kind, of, records } = header;
  return { sequence, branch, label, author, at, kind, ...(of === undefined ? {} : { of }), records };
}

export const sameAuthor = (a: Author, b: Author): boolean => a.kind === b.kind && a.name === b.name;

/** The diffs that take these back. */
export const invertDiffs = (diffs: readonly RecordDiff[]): RecordDiff[] =>
  diffs.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse();

/** One set of diffs with the effect of all of these, one after the other. Records that end as they began drop out. */
export function composeDiffs(groups: Iterable<readonly RecordDiff[]>): RecordDiff[] {
  const net = new Map<string, RecordDiff>();
  for (const group of groups) {
    for (const diff of group) {
      const earlier = net.get(diff.id);
      net.set(diff.id, earlier ? { id: diff.id, before: earlier.before, after: diff.after } : diff);
    }
  }
  return [...net.values()].filter((diff) => !sameData(diff.before, diff.after));
}

/** Puts diffs onto a map of records, without any check. */
export function applyDiffs(records: Map<string, AnyRecord>, diffs: readonly RecordDiff[]): void {
  for (const { id, after } of diffs) {
    if (after === null) records.delete(id);
    else records.set(id, after);
  }
}

export interface Conflict {
  id: string;
  /** The fields that someone changed since, or null when the whole record was removed or made anew. */
  fields: string[] | null;
}

export interface RebasedDiffs {
  diffs: RecordDiff[];
  /** What was left as it is now, because someone changed it since. */
  conflicts: Conflict[];
}

/**
 * Carries diffs over to records that have moved on since: a three-way merge, field by field. A field that nobody else
 * touched takes the diff's value; one that somebody did keeps its present value and is reported as a conflict.
 */
export function rebaseDiffs(
  diffs: readonly RecordDiff[],
  present: (id: string) => AnyRecord | undefined,
): RebasedDiffs {
  const rebased: RebasedDiffs = { diffs: [], conflicts: [] };
  for (const { id, before, after } of diffs) {
    const now = present(id) ?? null;
    if (sameData(now, before)) {
      rebased.diffs.push({ id, before: now, after });
    } else if (sameData(now, after)) {
      // Somebody got there already: nothing left to do.
    } else if (now === null || before === null || after === null) {
      rebased.conflicts.push({ id, fields: null });
    } else {
      const merged = mergeFields(before, after, now);
      if (!sameData(merged.record, now)) rebased.diffs.push({ id, before: now, after: merged.record });
      if (merged.kept.length > 0) rebased.conflicts.push({ id, fields: merged.kept });
    }
  }
  return rebased;
}

function mergeFields(before: AnyRecord, after: AnyRecord, now: AnyRecord): { record: AnyRecord; kept: string[] } {
  const was = before as unknown as Record<string, unknown>;
  const wanted = after as unknown as Record<string, unknown>;
  const merged = { ...now } as unknown as Record<string, unknown>;
  const kept: string[] = [];
  for (const key of new Set([...Object.keys(was), ...Object.keys(wanted)])) {
    if (sameData(was[key], wanted[key]) || sameData(merged[key], wanted[key])) continue;
    if (!sameData(merged[key], was[key])) kept.push(key);
    else if (wanted[key] === undefined) delete merged[key];
    else merged[key] = wanted[key];
  }
  return { record: merged as unknown as AnyRecord, kept };
}
