/** Walls and gaps: pairs of faces that look away from each other, or at each other, and how near they come. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape, Through } from '../../geometry/shape.ts';
import { dot, subtract } from '../../geometry/vectors.ts';

export interface FacePair {
  faces: [number, number];
  /** Where they are nearest. */
  distance_mm: number;
  at_mm: Vector3;
  /** Of the samples that were nearer than what was asked for, or of all of them. */
  area_mm2: number;
}

/**
 * Pairs of faces nearer than a limit, over a patch that is at least as large as the limit squared: a wedge that runs out to an
 * edge is no wall. Each pair once.
 */
export function thinPairs(shape: Shape, through: readonly (Through | null)[], limit_mm: number): FacePair[] {
  const pairs = new Map<string, FacePair>();
  shape.samples.forEach(({ face, point, area_mm2 }, i) => {
    const found = through[i];
    if (!found || found.distance_mm >= limit_mm) return;
    const faces: [number, number] = face < found.face ? [face, found.face] : [found.face, face];
    const key = faces.join();
    const known = pairs.get(key);
    if (!known) pairs.set(key, { faces, distance_mm: found.distance_mm, at_mm: point, area_mm2 });
    else {
      known.area_mm2 += area_mm2;
      if (found.distance_mm < known.distance_mm) [known.distance_mm, known.at_mm] = [found.distance_mm, point];
    }
  });
  return [...pairs.values()].filter(({ area_mm2 }) => area_mm2 >= limit_mm ** 2);
}

/** The thinnest of all walls (or gaps) of a body, however thick; null where nothing has another side. */
export function thinnest(shape: Shape, through: readonly (Through | null)[]): FacePair | null {
  let best: FacePair | null = null;
  shape.samples.forEach(({ face, point, area_mm2 }, i) => {
    const found = through[i];
    if (!found || (best && found.distance_mm >= best.distance_mm)) return;
    best = { faces: [face, found.face], distance_mm: found.distance_mm, at_mm: point, area_mm2 };
  });
  return best;
}

/** How far a flat wall stands up from what it stands on: from its concave edges to its furthest corner. Null where it stands on nothing. */
export function heightOfWall(shape: Shape, face: number): number | null {
  const { info, neighbours, surfaces } = shape;
  const corners = cornersOf(shape, face);
  let least: number | null = null;
  for (const { edge, angle_rad, face: other } of neighbours[face]!) {
    // Stands on it by a sharp inner edge, or by an inner fillet.
    const inner = angle_rad < -0.02 || (Math.abs(angle_rad) < 0.02 && surfaces[other]!.concave);
    const { vertices } = info.edges[edge]!;
    if (!inner || vertices.length !== 2) continue;
    const [a, b] = [info.vertices_mm[vertices[0]!]!, info.vertices_mm[vertices[1]!]!];
    const edgeVector = subtract(b, a);
    const square = dot(edgeVector, edgeVector);
    if (square === 0) continue;
    const height = Math.max(
      ...corners.map((corner) => {
        const from = subtract(corner, a);
        const share = dot(from, edgeVector) / square;
        return Math.hypot(...from.map((value, k) => value - share * edgeVector[k]!));
      }),
    );
    if (least === null || height < least) least = height;
  }
  return least;
}

/** Points along the edges of a face. */
export const cornersOf = (shape: Shape, face: number): readonly Vector3[] => shape.outline(face);

/** Between the lowest and the highest sample of some faces, along a direction. */
export function extentAlong(shape: Shape, faces: ReadonlySet<number>, direction: Vector3): number {
  let low = Infinity;
  let high = -Infinity;
  for (const face of faces)
    for (const corner of cornersOf(shape, face)) {
      const height = dot(corner, direction);
      low = Math.min(low, height);
      high = Math.max(high, height);
    }
  return high > low ? high - low : 0;
}
