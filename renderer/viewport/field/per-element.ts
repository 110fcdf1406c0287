/** Surfaces painted with one number an element: loose triangles, each with the number of its own. Pure. */
import type { SlicedWork } from '../slices.ts';
import type { Carriers } from './carriers.ts';

export interface LooseSurface {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint32Array;
  carriers: Carriers;
  fixedValues: Float32Array;
}

/** Takes an indexed surface apart; a triangle without an element gets NaN, which is painted grey. */
export function* loosen(
  surface: { positions: Float32Array; normals: Float32Array; indices: Uint32Array },
  carriers: Carriers,
  element: Uint32Array,
  values: Float32Array,
): SlicedWork<LooseSurface> {
  const { indices } = surface;
  const count = indices.length;
  const positions = new Float32Array(3 * count);
  const normals = new Float32Array(3 * count);
  const from = new Uint32Array(count);
  const to = carriers.to ? new Uint32Array(count) : null;
  const weight = carriers.weight ? new Float32Array(count) : null;
  const fixedValues = new Float32Array(count);
  const own = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const vertex = indices[i]!;
    own[i] = i;
    for (let k = 0; k < 3; k++) {
      positions[3 * i + k] = surface.positions[3 * vertex + k]!;
      normals[3 * i + k] = surface.normals[3 * vertex + k]!;
    }
    from[i] = carriers.from[vertex]!;
    if (to) to[i] = carriers.to![vertex]!;
    if (weight) weight[i] = carriers.weight![vertex]!;
    fixedValues[i] = values[element[Math.floor(i / 3)]!] ?? Number.NaN;
    if (i % 30_000 === 29_999) yield;
  }
  return { positions, normals, indices: own, carriers: { from, to, weight }, fixedValues };
}

/** The four facets of a ten-node tetrahedron, each in four: local nodes, outward for a positive volume. */
const QUARTERS = [
  [0, 2, 1, 6, 5, 4],
  [0, 1, 3, 4, 8, 7],
  [1, 2, 3, 5, 9, 8],
  [0, 3, 2, 7, 9, 6],
].flatMap(([a, b, c, ab, bc, ca]) => [a!, ab!, ca!, ab!, b!, bc!, ca!, bc!, c!, ab!, bc!, ca!]);

/** More than this many elements are no longer looked at one by one. */
export const MOST_WHOLE_ELEMENTS = 100_000;

/** Whole elements whose number is within the bounds, as solid bodies: those inside the part are seen too. */
export function* wholeElements(
  nodes: Float32Array,
  elements: Int32Array,
  values: Float32Array,
  bounds: { minimum?: number; maximum?: number },
): SlicedWork<LooseSurface> {
  const { minimum = -Infinity, maximum = Infinity } = bounds;
  const found: number[] = [];
  for (let e = 0; e < values.length && found.length < MOST_WHOLE_ELEMENTS; e++) {
    if (values[e]! >= minimum && values[e]! <= maximum) found.push(e);
    if (e % 50_000 === 49_999) yield;
  }
  const count = found.length * QUARTERS.length;
  const positions = new Float32Array(3 * count);
  const normals = new Float32Array(3 * count);
  const from = new Uint32Array(count);
  const fixedValues = new Float32Array(count);
  let at = 0;
  for (const element of found) {
    for (let q = 0; q < QUARTERS.length; q += 3) {
      for (let corner = 0; corner < 3; corner++) {
        const node = elements[10 * element + QUARTERS[q + corner]!]!;
        from[at + corner] = node;
        for (let k = 0; k < 3; k++) positions[3 * (at + corner) + k] = nodes[3 * node + k]!;
        fixedValues[at + corner] = values[element]!;
      }
      const side = (to: number, k: number): number => positions[3 * (at + to) + k]! - positions[3 * at + k]!;
      const n = [
        side(1, 1) * side(2, 2) - side(1, 2) * side(2, 1),
        side(1, 2) * side(2, 0) - side(1, 0) * side(2, 2),
        side(1, 0) * side(2, 1) - side(1, 1) * side(2, 0),
      ];
      const l = Math.hypot(...n) || 1;
      for (let corner = 0; corner < 3; corner++) for (let k = 0; k < 3; k++) normals[3 * (at + corner) + k] = n[k]! / l;
      at += 3;
    }
    if (at % 4800 === 0) yield;
  }
  return {
    positions,
    normals,
    indices: Uint32Array.from({ length: count }, (_, i) => i),
    carriers: { from, to: null, weight: null },
    fixedValues,
  };
}
