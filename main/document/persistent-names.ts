/**
 * Names of topology that survive redesign. A face is called by the feature that made it and its role there; an edge by the
 * two faces it lies between; a vertex by all faces around it. Since names, not places or numbers, are compared, a reference
 * follows its face through every change of dimension.
 *
 * A face may carry several names (it was merged of several) and share one (it was split in pieces). A reference made while
 * the name was unique means all pieces of it. One made to a piece also holds what only that piece touched (`beside`); it
 * resolves when exactly one piece touches any of that now, and is lost loudly otherwise.
 */
import type { BodyInfo, Fingerprint, TopologyKind } from '../../preload/contract/geometry.ts';
import type { TopologyItem } from './topology.ts';

/** What is needed of a body; {@link BodyInfo} has it. */
export interface NamedBody {
  persistentName?: string | undefined;
  faces: readonly { persistentNames?: readonly string[] | undefined; edges: readonly number[] }[];
  edges: readonly { faces: readonly number[]; vertices: readonly number[] }[];
}

export interface PersistentName {
  kind: TopologyKind;
  name: string;
  beside?: string[] | undefined;
  fingerprint?: Fingerprint | undefined;
}

const SEPARATOR = '|';

const namesOfFace = (body: NamedBody, face: number): readonly string[] => body.faces[face]?.persistentNames ?? [];

/** The name a face is called by in new references: the first, which is the oldest. */
const mainName = (body: NamedBody, face: number): string | undefined => namesOfFace(body, face)[0];

/** Both sides of an edge; a seam has the same face on both. */
function sidesOf(body: NamedBody, edge: number): number[] {
  const faces = body.edges[edge]?.faces ?? [];
  return faces.length === 1 ? [faces[0]!, faces[0]!] : [...faces];
}

const vertexFaces = new WeakMap<NamedBody, Map<number, Set<number>>>();
/** The faces around each vertex. */
function facesAround(body: NamedBody): Map<number, Set<number>> {
  const known = vertexFaces.get(body);
  if (known) return known;
  const around = new Map<number, Set<number>>();
  for (const { faces, vertices } of body.edges)
    for (const vertex of vertices) {
      const set = around.get(vertex) ?? new Set();
      for (const face of faces) set.add(face);
      around.set(vertex, set);
    }
  vertexFaces.set(body, around);
  return around;
}

/** What an item is called, or undefined where one of its faces has no name. */
export function persistentNameOf(body: NamedBody, kind: TopologyKind, index: number): string | undefined {
  if (kind === 'body') return body.persistentName;
  if (kind === 'face') return mainName(body, index);
  const faces = kind === 'edge' ? sidesOf(body, index) : [...(facesAround(body).get(index) ?? [])];
  if (faces.length === 0) return undefined;
  const names = faces.map((face) => mainName(body, face));
  if (names.some((name) => name === undefined)) return undefined;
  return (names as string[]).sort().join(SEPARATOR);
}

/** Every item that the name fits, in order. */
export function itemsNamed(bodies: readonly NamedBody[], kind: TopologyKind, name: string): TopologyItem[] {
  return bodies.flatMap((body, bodyIndex) =>
    indicesNamed(body, kind, name).map((index) => ({
      body: bodyIndex,
      kind,
      index: kind === 'body' ? bodyIndex : index,
    })),
  );
}

function indicesNamed(body: NamedBody, kind: TopologyKind, name: string): number[] {
  if (kind === 'body') return body.persistentName === name ? [0] : [];
  if (kind === 'face')
    return body.faces.flatMap((face, index) => (face.persistentNames?.includes(name) ? [index] : []));
  const wanted = splitName(name);
  if (kind === 'edge') {
    const [a, b] = wanted;
    if (wanted.length !== 2) return [];
    return body.edges.flatMap((_, index) => {
      const sides = sidesOf(body, index);
      if (sides.length !== 2) return [];
      const [left, right] = sides.map((face) => namesOfFace(body, face)) as [readonly string[], readonly string[]];
      const fits = (left.includes(a!) && right.includes(b!)) || (left.includes(b!) && right.includes(a!));
      return fits ? [index] : [];
    });
  }
  const found: { index: number; faces: number }[] = [];
  for (const [vertex, faces] of facesAround(body)) {
    const around = [...faces].map((face) => namesOfFace(body, face));
    if (wanted.every((each) => around.some((names) => names.includes(each))))
      found.push({ index: vertex, faces: faces.size });
  }
  // A vertex with just these faces before one where more of them meet.
  const exact = found.filter(({ faces }) => faces === wanted.length);
  return (exact.length > 0 ? exact : found).map(({ index }) => index).sort((x, y) => x - y);
}

/** Names of edges inside a name are in round brackets, so only the bars outside of them separate. */
function splitName(name: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < name.length; at++) {
    const character = name[at];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === SEPARATOR && depth === 0) {
      parts.push(name.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(name.slice(start));
  return parts;
}

/**
 * Names of the faces that an item touches but is not made of. The face of a fillet or chamfer between two faces counts as
 * touching both, so that rounding an edge does not make a piece unrecognisable.
 */
function touching(body: NamedBody, kind: TopologyKind, index: number): Set<string> {
  const own = new Set<number>(kind === 'face' ? [index] : kind === 'edge' ? sidesOf(body, index) : []);
  const near = new Set<number>();
  if (kind === 'face')
    for (const edge of body.faces[index]?.edges ?? []) for (const face of body.edges[edge]?.faces ?? []) near.add(face);
  if (kind === 'edge')
    for (const vertex of body.edges[index]?.vertices ?? [])
      for (const face of facesAround(body).get(vertex) ?? []) near.add(face);
  const names = new Set<string>();
  for (const face of near) {
    if (own.has(face)) continue;
    for (const name of namesOfFace(body, face)) {
      names.add(name);
      const rounded = /^[^/]+\/(?:round|bevel)\((.*)\)$/.exec(name)?.[1];
      if (rounded !== undefined) for (const side of splitName(rounded)) names.add(side);
    }
  }
  // What it is made of itself, which a rounding next to it was made of too, tells nothing.
  for (const face of own) for (const name of namesOfFace(body, face)) names.delete(name);
  return names;
}

/**
 * The reference to make when a person picks this item: its name and, if several items share it, what tells it apart.
 * Undefined where the body has no names.
 */
export function makePersistentName(
  bodies: readonly NamedBody[],
  body: number,
  kind: TopologyKind,
  index: number,
): PersistentName | undefined {
  const name = bodies[body] && persistentNameOf(bodies[body], kind, index);
  if (name === undefined) return undefined;
  const others = itemsNamed(bodies, kind, name).filter(
    (item) => item.body !== body || (kind !== 'body' && item.index !== index),
  );
  if (others.length === 0) return { kind, name };
  const shared = new Set<string>();
  for (const other of others) for (const each of touching(bodies[other.body]!, kind, other.index)) shared.add(each);
  const beside = [...touching(bodies[body]!, kind, index)].filter((each) => !shared.has(each)).sort();
  return { kind, name, beside };
}

export type NameResolution =
  | { items: TopologyItem[] }
  /** `exact` asks for the one candidate that has not moved: only the geometry can tell these apart. */
  | { undecided: TopologyItem[] };

/** What a name means on these bodies; no items when it is lost. */
export function resolvePersistentName(name: PersistentName, bodies: readonly NamedBody[]): NameResolution {
  const found = itemsNamed(bodies, name.kind, name.name);
  // Written by hand, a role means all that play it. Picked while only one did, it can't mean what joined it since.
  if (name.kind === 'face' && name.fingerprint && found.length > 1 && rolesOf(name.name, found, bodies) > 1)
    return { undecided: found };
  if (name.beside === undefined || found.length === 0) return { items: found };
  const wanted = new Set(name.beside);
  // Nothing told the pieces apart when one was picked, so only a piece that has not moved is surely the same.
  if (wanted.size === 0) return { undecided: found };
  const touchingAny = found.filter((item) => {
    const touched = touching(bodies[item.body]!, item.kind, item.index);
    return [...wanted].some((each) => touched.has(each));
  });
  if (touchingAny.length === 1) return { items: touchingAny };
  return touchingAny.length === 0 ? { items: [] } : { undecided: touchingAny };
}

/** How many different things play a role: `f/end` is played by `f/end(line1)`, and by `f/end(circle2)` of a second region. */
function rolesOf(role: string, items: readonly TopologyItem[], bodies: readonly NamedBody[]): number {
  const players = new Set<string>();
  for (const { body, index } of items)
    for (const name of namesOfFace(bodies[body]!, index)) if (name.startsWith(`${role}(`)) players.add(name);
  return players.size;
}

export const hasPersistentNames = (bodies: readonly BodyInfo[]): boolean =>
  bodies.some((body) => body.faces.some((face) => face.persistentNames !== undefined));
