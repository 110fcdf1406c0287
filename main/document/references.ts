/**
 * Persistent names of topology. A pick remembers the index together with a fingerprint of what was there; when the part is
 * read again the fingerprint decides: the same place if it still fits, otherwise the one other place that does, otherwise
 * an error with the nearest candidates. A reference never moves silently to something else.
 */

import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';
import type { BodyInfo, Fingerprint, Reference, TopologyKind } from '../../preload/contract/geometry.ts';
import { makePersistentName, resolvePersistentName } from './persistent-names.ts';
import { refuse } from './refuse.ts';
import { select } from './selectors.ts';
import { itemInWords, itemsOf, itemsOfBody, type LocatedItem, type TopologyItem } from './topology.ts';
import { distance, dot } from './vectors.ts';

export interface Resolution {
  /** Empty when there is an error. */
  items: TopologyItem[];
  error?: ErrorData;
}

export interface Candidate extends TopologyItem {
  /** 0 for a perfect fit; 1 is where it stops being the same thing. */
  difference: number;
  words: string;
}

type Pick = Extract<Reference, { by: 'pick' }>;
type Named = Extract<Reference, { by: 'name' }>;

/** Relative to the size of the part, for places, and to the thing itself, for sizes. */
const TOLERANCE = 1e-4;
const CANDIDATES = 5;

/** @throws ArtificerError `reference.no-such-item` */
export function makePick(bodies: readonly BodyInfo[], body: number, kind: TopologyKind, index: number): Reference {
  const info = bodies[body];
  const item = info && itemsOfBody(info, body, kind)[kind === 'body' ? 0 : index];
  if (!item)
    throw refuse('reference.no-such-item', `There is no ${itemInWords({ body, kind, index }, bodies.length)}.`);
  // What features made is called by its name, which survives redesign; the rest by its number and what it looks like.
  const named = makePersistentName(bodies, body, kind, index);
  if (named) {
    const { name, beside } = named;
    return { by: 'name', kind, name, ...(beside ? { beside } : {}), fingerprint: fingerprintOf(item) };
  }
  return { by: 'pick', body, kind, index: item.index, fingerprint: fingerprintOf(item) };
}

export const fingerprintOf = ({ type, size, centre_mm, direction, radius_mm }: LocatedItem): Fingerprint => ({
  type,
  size,
  centre_mm,
  ...(direction ? { direction } : {}),
  ...(radius_mm === undefined ? {} : { radius_mm }),
});

/** What a reference means on these bodies. Never throws for a reference that can't be resolved: the error is the answer. */
export function resolveReference(reference: Reference, bodies: readonly BodyInfo[]): Resolution {
  try {
    if (reference.by === 'selector') return { items: select(reference.selector, bodies) };
    if (reference.instanceId !== undefined)
      throw refuse(
        'reference.of-member',
        `The ${reference.kind} was picked on one of several parts, not on this one.`,
        {
          hint: 'Pick it again.',
        },
      );
    return { items: reference.by === 'name' ? resolveName(reference, bodies) : [resolvePick(reference, bodies)] };
  } catch (thrown) {
    if (thrown instanceof ArtificerError) return { items: [], error: thrown.data };
    throw thrown;
  }
}

/** Several references together, each item once. The first that can't be resolved is the error. */
export function resolveReferences(references: readonly Reference[], bodies: readonly BodyInfo[]): Resolution {
  const items = new Map<string, TopologyItem>();
  for (const reference of references) {
    const resolution = resolveReference(reference, bodies);
    if (resolution.error) return { items: [], error: resolution.error };
    for (const item of resolution.items) items.set(`${item.body}/${item.kind}/${item.index}`, item);
  }
  return { items: [...items.values()] };
}

function resolvePick(pick: Pick, bodies: readonly BodyInfo[]): TopologyItem {
  const scale_mm = sizeOf(bodies);
  const there =
    bodies[pick.body] && itemsOfBody(bodies[pick.body]!, pick.body, pick.kind)[pick.kind === 'body' ? 0 : pick.index];
  if (there && differenceOf(pick.fingerprint, there, scale_mm) <= 1) return place(there);

  const ranked = itemsOf(bodies, pick.kind)
    .map((item) => ({ item, difference: differenceOf(pick.fingerprint, item, scale_mm) }))
    .sort((a, b) => a.difference - b.difference);
  const fitting = ranked.filter(({ difference }) => difference <= 1);
  if (fitting.length === 1) return place(fitting[0]!.item);

  const candidates: Candidate[] = ranked.slice(0, CANDIDATES).map(({ item, difference }) => ({
    ...place(item),
    difference,
    words: placeInWords(item, bodies.length),
  }));
  const what = `${article(pick.kind, pick.fingerprint.type)}`;
  throw refuse(
    fitting.length > 1 ? 'reference.ambiguous' : 'reference.lost',
    fitting.length > 1
      ? `${what} that was picked could now be any of ${fitting.length}.`
      : `${what} that was picked is no longer there.`,
    {
      hint: candidates[0]
        ? `Pick it again; the nearest is ${candidates[0].words}.`
        : `The part has no ${pick.kind} any more.`,
      details: { candidates },
    },
  );
}

function resolveName(reference: Named, bodies: readonly BodyInfo[]): TopologyItem[] {
  const { kind, fingerprint } = reference;
  const resolution = resolvePersistentName(reference, bodies);
  if ('items' in resolution && resolution.items.length > 0) return resolution.items;
  const scale_mm = sizeOf(bodies);
  const undecided = 'undecided' in resolution ? resolution.undecided : [];
  const located = (item: TopologyItem): LocatedItem =>
    itemsOfBody(bodies[item.body]!, item.body, kind)[kind === 'body' ? 0 : item.index]!;
  if (fingerprint) {
    const unmoved = undecided.filter((item) => differenceOf(fingerprint, located(item), scale_mm) <= 1);
    if (unmoved.length === 1) return unmoved;
  }
  const nearest = undecided.length > 0 ? undecided.map(located) : itemsOf(bodies, kind);
  const candidates: Candidate[] = nearest
    .map((item) => ({ item, difference: fingerprint ? differenceOf(fingerprint, item, scale_mm) : 0 }))
    .sort((a, b) => a.difference - b.difference)
    .slice(0, CANDIDATES)
    .map(({ item, difference }) => ({ ...place(item), difference, words: placeInWords(item, bodies.length) }));
  const ambiguous = undecided.length > 0;
  throw refuse(
    ambiguous ? 'reference.ambiguous' : 'reference.lost',
    ambiguous
      ? `The ${kind} that was picked could now be any of ${undecided.length}.`
      : `The ${kind} that was picked is no longer there.`,
    {
      cause: `It is called ${reference.name}.`,
      hint: candidates[0]
        ? `Pick it again; the nearest is ${candidates[0].words}.`
        : `The part has no ${kind} any more.`,
      details: { candidates },
    },
  );
}

const place = ({ body, kind, index }: TopologyItem): TopologyItem => ({ body, kind, index });

const article = (kind: TopologyKind, type: string): string => (kind === type ? `The ${kind}` : `The ${type} ${kind}`);

function placeInWords(item: LocatedItem, bodies: number): string {
  const at = item.centre_mm.map((each) => Number(each.toPrecision(4))).join(', ');
  return `${itemInWords(item, bodies)}, a ${item.type} at (${at})`;
}

/** The part's diagonal: what "near" is measured by. */
function sizeOf(bodies: readonly BodyInfo[]): number {
  const boxes = bodies.map(({ box }) => box);
  const span = (axis: 0 | 1 | 2): number =>
    Math.max(...boxes.map(({ max }) => max[axis])) - Math.min(...boxes.map(({ min }) => min[axis]));
  return boxes.length === 0 ? 1 : Math.max(Math.hypot(span(0), span(1), span(2)), 1e-9);
}

/** How unlike the fingerprint an item is: the worst of its differences, in units of the tolerance. */
function differenceOf(fingerprint: Fingerprint, item: LocatedItem, scale_mm: number): number {
  const differences = [distance(fingerprint.centre_mm, item.centre_mm) / (TOLERANCE * scale_mm)];
  const relative = (a: number, b: number): number =>
    Math.abs(a - b) / (TOLERANCE * Math.max(Math.abs(a), Math.abs(b), 1e-12));
  if (fingerprint.size !== 0 || item.size !== 0) differences.push(relative(fingerprint.size, item.size));
  if (fingerprint.radius_mm !== undefined && item.radius_mm !== undefined) {
    differences.push(relative(fingerprint.radius_mm, item.radius_mm));
  }
  if (fingerprint.direction && item.direction) {
    // Straight edges and axes have no sense of their own; the normal of a face does.
    const along = dot(fingerprint.direction, item.direction);
    const cosine = item.kind === 'face' && item.type === 'plane' ? along : Math.abs(along);
    differences.push(Math.acos(Math.min(1, Math.max(-1, cosine))) / (10 * TOLERANCE));
  }
  // Another type is another thing, however near.
  return Math.max(...differences) + (fingerprint.type === item.type ? 0 : 1e6);
}

/** The same data with each reference that was picked as what it stands for, which may be several. They stand in lists. */
export function expandReferences<T>(data: T, expand: (reference: Reference) => Reference[]): T {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data))
    return data.flatMap((each: unknown) => {
      const by = (each as { by?: unknown } | null)?.by;
      return by === 'pick' || by === 'name' ? expand(each as Reference) : [expandReferences(each, expand)];
    }) as T;
  return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, expandReferences(each, expand)])) as T;
}

/** The same data with other references; the same object where none changed. */
export function withReferences<T>(data: T, change: (reference: Reference) => Reference): T {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) {
    const items = data.map((each) => withReferences(each, change));
    return items.some((each, index) => each !== data[index]) ? (items as T) : data;
  }
  const { by } = data as { by?: unknown };
  if (by === 'pick' || by === 'name') return change(data as unknown as Reference) as T;
  const entries = Object.entries(data).map(([key, each]) => [key, withReferences(each, change)] as const);
  return entries.some(([key, each]) => each !== (data as Record<string, unknown>)[key])
    ? (Object.fromEntries(entries) as T)
    : data;
}
