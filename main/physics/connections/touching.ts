/** Which bodies of a mesh lie on each other. */
import type { VolumeMesh } from '../model/mesh.ts';
import { defaultTolerance } from './bond.ts';

export interface TouchingBodies {
  bodyA: number;
  bodyB: number;
  /** Facets of each near the other's box; whether they touch is found by cutting them. */
  facetsA: number[];
  facetsB: number[];
  tolerance_mm: number;
}

/** @param bodyOfFace body of each global face */
export function bodiesThatMayTouch(
  mesh: VolumeMesh,
  bodyOfFace: (face: number) => number,
  bodyCount: number,
  tolerance_mm: number | undefined,
): TouchingBodies[] {
  const facets: number[][] = Array.from({ length: bodyCount }, () => []);
  mesh.facetFace.forEach((face, facet) => {
    facets[bodyOfFace(face)]?.push(facet);
  });
  const boxes = facets.map((own) => boxOf(mesh, own));
  const pairs: TouchingBodies[] = [];
  for (let a = 0; a < bodyCount; a++)
    for (let b = a + 1; b < bodyCount; b++) {
      if (facets[a]!.length === 0 || facets[b]!.length === 0) continue;
      const near = tolerance_mm ?? defaultTolerance(mesh, facets[a]!, facets[b]!);
      if (!overlap(boxes[a]!, boxes[b]!, near)) continue;
      const facetsA = facets[a]!.filter((facet) => overlap(boxOf(mesh, [facet]), boxes[b]!, near));
      const facetsB = facets[b]!.filter((facet) => overlap(boxOf(mesh, [facet]), boxes[a]!, near));
      if (facetsA.length === 0 || facetsB.length === 0) continue;
      const tolerance = tolerance_mm ?? defaultTolerance(mesh, facetsA, facetsB);
      pairs.push({ bodyA: a, bodyB: b, facetsA, facetsB, tolerance_mm: tolerance });
    }
  return pairs;
}

interface Box {
  low: number[];
  high: number[];
}

function boxOf({ nodes, facets }: VolumeMesh, some: readonly number[]): Box {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const facet of some)
    for (let k = 0; k < 6; k++)
      for (let axis = 0; axis < 3; axis++) {
        const value = nodes[3 * facets[6 * facet + k]! + axis]!;
        low[axis] = Math.min(low[axis]!, value);
        high[axis] = Math.max(high[axis]!, value);
      }
  return { low, high };
}

const overlap = (a: Box, b: Box, margin: number): boolean =>
  [0, 1, 2].every((axis) => a.low[axis]! <= b.high[axis]! + margin && b.low[axis]! <= a.high[axis]! + margin);
