/**
 * Faces of one revision of a body found again in the next: the same face; the same surface with another outline; or the
 * one face that lies among the same neighbours. What could be any of several is not matched: it is lost loudly instead.
 */
import type { BodyInfo, EdgeInfo, FaceInfo, Vector3 } from '../../preload/contract/geometry.ts';
import { cross, distance, dot, lengthOf } from './vectors.ts';

export type MatchedHow = 'same' | 'changed' | 'moved';

export interface FaceMatches {
  /** New index of each old face that was found again. */
  faces: Map<number, { face: number; how: MatchedHow }>;
  /** Old faces that were not. */
  lost: number[];
  /** New faces that no old one became. */
  added: number[];
}

/** Relative to the size of the body for places, to the thing itself for sizes. */
const TOLERANCE = 1e-4;
const PARALLEL = 1e-6;

export function matchFaces(before: BodyInfo, after: BodyInfo): FaceMatches {
  const scale_mm = Math.max(sizeOf(before), sizeOf(after));
  const matching = new Matching(before, after);
  matching.pair('same', (old, now) => isSame(old, now, scale_mm));
  matching.pair('changed', (old, now) => onSameSurface(old, now, scale_mm) && boxesTouch(old, now, scale_mm));
  matching.pairByNeighbours();
  return matching.result();
}

class Matching {
  readonly #before: BodyInfo;
  readonly #after: BodyInfo;
  readonly #to = new Map<number, { face: number; how: MatchedHow }>();
  readonly #taken = new Set<number>();

  constructor(before: BodyInfo, after: BodyInfo) {
    this.#before = before;
    this.#after = after;
  }

  /** Pairs faces that fit each other and nothing else that is left. */
  pair(how: MatchedHow, fits: (old: FaceInfo, now: FaceInfo) => boolean): void {
    const olds = new Map<number, number[]>();
    const counts = new Map<number, number>();
    for (const [index, old] of this.#before.faces.entries()) {
      if (this.#to.has(index)) continue;
      const fitting = this.#after.faces.flatMap((now, face) =>
        !this.#taken.has(face) && fits(old, now) ? [face] : [],
      );
      olds.set(index, fitting);
      for (const face of fitting) counts.set(face, (counts.get(face) ?? 0) + 1);
    }
    for (const [index, [face, ...more]] of olds)
      if (face !== undefined && more.length === 0 && counts.get(face) === 1) this.#match(index, face, how);
  }

  /** Goes on from what is matched until nothing more is found. */
  pairByNeighbours(): void {
    const oldNeighbours = neighboursOf(this.#before);
    const newNeighbours = neighboursOf(this.#after);
    for (let found = true; found; ) {
      found = false;
      const wishes = new Map<number, number[]>();
      for (const [index, old] of this.#before.faces.entries()) {
        if (this.#to.has(index)) continue;
        const known = [...oldNeighbours[index]!].flatMap((each) => this.#to.get(each)?.face ?? []);
        // One neighbour in common says too little.
        if (known.length < 2) continue;
        const best = this.#after.faces.flatMap((now, face) => {
          const beside = newNeighbours[face]!;
          const fits = !this.#taken.has(face) && alike(old, now) && known.every((each) => beside.has(each));
          return fits ? [face] : [];
        });
        if (best.length === 1) wishes.set(best[0]!, [...(wishes.get(best[0]!) ?? []), index]);
      }
      for (const [face, [index, ...more]] of wishes)
        if (more.length === 0) {
          this.#match(index!, face, 'moved');
          found = true;
        }
    }
  }

  result(): FaceMatches {
    return {
      faces: this.#to,
      lost: this.#before.faces.flatMap((_, index) => (this.#to.has(index) ? [] : [index])),
      added: this.#after.faces.flatMap((_, index) => (this.#taken.has(index) ? [] : [index])),
    };
  }

  #match(index: number, face: number, how: MatchedHow): void {
    this.#to.set(index, { face, how });
    this.#taken.add(face);
  }
}

function neighboursOf(body: BodyInfo): Set<number>[] {
  const neighbours = body.faces.map(() => new Set<number>());
  for (const { faces } of body.edges) for (const a of faces) for (const b of faces) if (a !== b) neighbours[a]!.add(b);
  return neighbours;
}

function sizeOf({ box: { min, max } }: BodyInfo): number {
  return Math.max(Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]), 1e-9);
}

const near = (a: number | undefined, b: number | undefined, tolerance: number): boolean =>
  a === undefined || b === undefined ? a === b : Math.abs(a - b) <= tolerance;
const relative = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));

function isSame(old: FaceInfo, now: FaceInfo, scale_mm: number): boolean {
  return (
    old.type === now.type &&
    distance(old.centroid_mm, now.centroid_mm) <= TOLERANCE * scale_mm &&
    relative(old.area_mm2, now.area_mm2) &&
    old.concave === now.concave &&
    near(old.radius_mm, now.radius_mm, TOLERANCE * (old.radius_mm ?? 0)) &&
    (!old.normal || !now.normal || old.type !== 'plane' || dot(old.normal, now.normal) > 1 - PARALLEL)
  );
}

/** The same infinite plane, cylinder, cone, sphere or torus; nothing can be said of free surfaces. */
function onSameSurface(old: FaceInfo, now: FaceInfo, scale_mm: number): boolean {
  const length = TOLERANCE * scale_mm;
  if (old.type !== now.type || old.concave !== now.concave) return false;
  if (old.type === 'plane')
    return (
      old.normal !== undefined &&
      now.normal !== undefined &&
      dot(old.normal, now.normal) > 1 - PARALLEL &&
      Math.abs(dot(old.normal, minus(now.centroid_mm, old.centroid_mm))) <= length
    );
  if (!near(old.radius_mm, now.radius_mm, length) || !near(old.minorRadius_mm, now.minorRadius_mm, length))
    return false;
  if (old.type === 'sphere')
    return (
      old.centre_mm !== undefined && now.centre_mm !== undefined && distance(old.centre_mm, now.centre_mm) <= length
    );
  if (old.type !== 'cylinder' && old.type !== 'cone' && old.type !== 'torus') return false;
  return near(old.semiAngle_rad, now.semiAngle_rad, TOLERANCE) && onSameAxis(old, now, length);
}

function onSameAxis({ axis: a, type }: FaceInfo, { axis: b }: FaceInfo, length: number): boolean {
  if (!a || !b || lengthOf(cross(a.direction, b.direction)) > Math.sqrt(PARALLEL)) return false;
  const between = minus(b.origin_mm, a.origin_mm);
  // A torus is also held along its axis; a cone is by its radius, which is measured at the origin.
  return lengthOf(type === 'torus' || type === 'cone' ? between : cross(between, a.direction)) <= length;
}

function boxesTouch({ box: a }: FaceInfo, { box: b }: FaceInfo, scale_mm: number): boolean {
  const slack = TOLERANCE * scale_mm;
  return ([0, 1, 2] as const).every((axis) => a.min[axis] <= b.max[axis] + slack && b.min[axis] <= a.max[axis] + slack);
}

/** Could be the same face after it was moved: the same kind of surface, lying the same way, as large for a hole or a round. */
function alike(old: FaceInfo, now: FaceInfo): boolean {
  if (old.type !== now.type || old.concave !== now.concave) return false;
  if (old.type === 'plane') return !old.normal || !now.normal || dot(old.normal, now.normal) > 0.99;
  if (old.axis && now.axis && Math.abs(dot(old.axis.direction, now.axis.direction)) < 0.99) return false;
  return true;
}

const minus = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Edges and vertices follow the faces that they lie between; of several, the one that has not changed. */
export function matchEdge(edge: number, before: BodyInfo, after: BodyInfo, { faces }: FaceMatches): number | undefined {
  const old = before.edges[edge];
  if (!old) return undefined;
  const wanted = old.faces.map((face) => faces.get(face)?.face);
  if (wanted.includes(undefined)) return undefined;
  const fitting = after.edges.flatMap((now, index) =>
    now.type === old.type && now.faces.length === wanted.length && wanted.every((face) => now.faces.includes(face!))
      ? [index]
      : [],
  );
  if (fitting.length === 1) return fitting[0];
  const unmoved = fitting.filter((index) => isSameEdge(old, after.edges[index]!, sizeOf(before)));
  return unmoved.length === 1 ? unmoved[0] : undefined;
}

const isSameEdge = (old: EdgeInfo, now: EdgeInfo, scale_mm: number): boolean =>
  distance(old.centre_mm, now.centre_mm) <= TOLERANCE * scale_mm && relative(old.length_mm, now.length_mm);

export function matchVertex(
  vertex: number,
  before: BodyInfo,
  after: BodyInfo,
  { faces }: FaceMatches,
): number | undefined {
  const around = (body: BodyInfo): Map<number, Set<number>> => {
    const found = new Map<number, Set<number>>();
    for (const edge of body.edges)
      for (const each of edge.vertices) {
        const set = found.get(each) ?? new Set();
        for (const face of edge.faces) set.add(face);
        found.set(each, set);
      }
    return found;
  };
  const wanted = [...(around(before).get(vertex) ?? [])].map((face) => faces.get(face)?.face);
  if (wanted.length === 0 || wanted.includes(undefined)) return undefined;
  const fitting = [...around(after)].filter(
    ([, set]) => set.size === wanted.length && wanted.every((face) => set.has(face!)),
  );
  return fitting.length === 1 ? fitting[0]![0] : undefined;
}
