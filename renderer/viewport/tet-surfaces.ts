/**
 * Surfaces through a volume of ten-node tetrahedra: of constant value, or where a plane cuts. Each element is taken as eight
 * straight tetrahedra on its ten nodes (corners 0-3, midsides 01, 12, 02, 03, 13, 23), as its surface facets are drawn. Pure.
 */
import type { Carriers } from './field/carriers.ts';
import { growingFloats, growingWhole } from './growing-array.ts';
import { PairTable } from './pair-table.ts';
import type { SlicedWork } from './slices.ts';

/** Triangles on points between nodes: any nodal field can be carried onto it. */
export interface TetSurface extends Carriers {
  to: Uint32Array;
  weight: Float32Array;
  /** Undeformed, mm, 3 a point. */
  positions: Float32Array;
  /** Unit, towards larger values of what the surface is a level of. */
  normals: Float32Array;
  indices: Uint32Array;
  /** The element that each triangle lies in. */
  element: Uint32Array;
}

/** The four corner tetrahedra, and the octahedron between the midsides cut along its 4-9 diagonal. */
const SUB_TETRAHEDRA = [
  [0, 4, 6, 7],
  [4, 1, 5, 8],
  [6, 5, 2, 9],
  [7, 8, 9, 3],
  [4, 9, 6, 7],
  [4, 9, 7, 8],
  [4, 9, 8, 5],
  [4, 9, 5, 6],
] as const;

/** Surface where a number given per node is zero. `level(node)` is called for the nodes of every element. */
function* zeroSurface(
  nodes: Float32Array,
  elements: Int32Array,
  level: (node: number) => number,
  flatNormal: readonly [number, number, number] | null,
): SlicedWork<TetSurface> {
  const positions = growingFloats();
  const normals = growingFloats();
  const from = growingWhole();
  const to = growingWhole();
  const weight = growingFloats();
  const indices = growingWhole();
  const element = growingWhole();
  const known = new PairTable(4096);
  const at = new Float64Array(10);
  const crossing = (a: number, b: number, fa: number, fb: number): number => {
    // One point for all elements round this line, so that shading is smooth and neighbours meet to the last bit.
    const there = known.get(a, b);
    if (there !== undefined) return there;
    const point = from.length;
    known.exchange(a, b, point);
    // From the lower-numbered node, whichever element comes first.
    const [p, q, fp, fq] = a < b ? [a, b, fa, fb] : [b, a, fb, fa];
    const t = fp / (fp - fq);
    from.push(p);
    to.push(q);
    weight.push(t);
    for (let k = 0; k < 3; k++) {
      positions.push(nodes[3 * p + k]! + (nodes[3 * q + k]! - nodes[3 * p + k]!) * t);
      normals.push(flatNormal ? flatNormal[k]! : 0);
    }
    return point;
  };
  const uphill = new Float64Array(3);
  const put = (e: number, p: number, q: number, r: number): void => {
    const side = (i: number, j: number, k: number): number => positions.at(3 * j + k) - positions.at(3 * i + k);
    const x = side(p, q, 1) * side(p, r, 2) - side(p, q, 2) * side(p, r, 1);
    const y = side(p, q, 2) * side(p, r, 0) - side(p, q, 0) * side(p, r, 2);
    const z = side(p, q, 0) * side(p, r, 1) - side(p, q, 1) * side(p, r, 0);
    const area = Math.hypot(x, y, z);
    const turned = x * uphill[0]! + y * uphill[1]! + z * uphill[2]! < 0;
    // Slivers have no normal to speak of, so that of the level itself is taken; larger triangles count for more.
    if (!flatNormal)
      for (const vertex of [p, q, r])
        for (let k = 0; k < 3; k++) normals.add(3 * vertex + k, (area + 1e-12) * uphill[k]!);
    if (area === 0) return;
    indices.push(p);
    indices.push(turned ? r : q);
    indices.push(turned ? q : r);
    element.push(e);
  };
  /** Unit gradient of the level in one straight tetrahedron, into `uphill`. */
  const slope = (e: number, [a, b, c, d]: readonly number[]): void => {
    const node = (k: number): number => 3 * elements[10 * e + k]!;
    const origin = node(a!);
    const u = [0, 1, 2].map((k) => nodes[node(b!) + k]! - nodes[origin + k]!);
    const v = [0, 1, 2].map((k) => nodes[node(c!) + k]! - nodes[origin + k]!);
    const w = [0, 1, 2].map((k) => nodes[node(d!) + k]! - nodes[origin + k]!);
    const [fu, fv, fw] = [at[b!]! - at[a!]!, at[c!]! - at[a!]!, at[d!]! - at[a!]!];
    for (let k = 0; k < 3; k++) {
      const [i, j] = [(k + 1) % 3, (k + 2) % 3];
      uphill[k] =
        fu * (v[i]! * w[j]! - v[j]! * w[i]!) +
        fv * (w[i]! * u[j]! - w[j]! * u[i]!) +
        fw * (u[i]! * v[j]! - u[j]! * v[i]!);
    }
    const volume =
      u[0]! * (v[1]! * w[2]! - v[2]! * w[1]!) +
      u[1]! * (v[2]! * w[0]! - v[0]! * w[2]!) +
      u[2]! * (v[0]! * w[1]! - v[1]! * w[0]!);
    const l = (Math.hypot(uphill[0]!, uphill[1]!, uphill[2]!) || 1) * (volume < 0 ? -1 : 1);
    for (let k = 0; k < 3; k++) uphill[k]! /= l;
  };
  const count = Math.floor(elements.length / 10);
  for (let e = 0; e < count; e++) {
    let below = false;
    let above = false;
    for (let k = 0; k < 10; k++) {
      const f = level(elements[10 * e + k]!);
      at[k] = f;
      if (f < 0) below = true;
      else above = true;
    }
    if (below && above) {
      for (const tetrahedron of SUB_TETRAHEDRA) {
        const low: number[] = [];
        const high: number[] = [];
        for (const k of tetrahedron) (at[k]! < 0 ? low : high).push(k);
        if (low.length === 0 || high.length === 0) continue;
        const cross = (a: number, b: number): number =>
          crossing(elements[10 * e + a]!, elements[10 * e + b]!, at[a]!, at[b]!);
        slope(e, tetrahedron);
        if (low.length === 2) {
          const p = cross(low[0]!, high[0]!);
          const q = cross(low[0]!, high[1]!);
          const r = cross(low[1]!, high[1]!);
          const s = cross(low[1]!, high[0]!);
          put(e, p, q, r);
          put(e, p, r, s);
        } else {
          const [lone, others] = low.length === 1 ? [low[0]!, high] : [high[0]!, low];
          put(e, cross(lone, others[0]!), cross(lone, others[1]!), cross(lone, others[2]!));
        }
      }
    }
    if (e % 2000 === 1999) yield;
  }
  const unit = normals.done();
  if (!flatNormal)
    for (let i = 0; i < unit.length; i += 3) {
      const l = Math.hypot(unit[i]!, unit[i + 1]!, unit[i + 2]!) || 1;
      for (let k = 0; k < 3; k++) unit[i + k]! /= l;
      if (i % 60_000 === 0) yield;
    }
  return {
    positions: positions.done(),
    normals: unit,
    indices: indices.done(),
    from: from.done(),
    to: to.done(),
    weight: weight.done(),
    element: element.done(),
  };
}

/** Where the values equal a level. Elements with a value that is not a number are left out. */
export function isoSurface(
  nodes: Float32Array,
  elements: Int32Array,
  values: Float32Array,
  level: number,
): SlicedWork<TetSurface> {
  return zeroSurface(nodes, elements, (node) => values[node]! - level, null);
}

/** Where a plane n . p = offset cuts the undeformed volume. */
export function cutTets(
  nodes: Float32Array,
  elements: Int32Array,
  plane: readonly [number, number, number, number],
): SlicedWork<TetSurface> {
  const [x, y, z, offset] = plane;
  return zeroSurface(
    nodes,
    elements,
    (node) => x * nodes[3 * node]! + y * nodes[3 * node + 1]! + z * nodes[3 * node + 2]! - offset,
    [x, y, z],
  );
}

/** Total area, for checks. */
export function surfaceArea({ positions: p, indices }: Pick<TetSurface, 'positions' | 'indices'>): number {
  let area = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const [a, b, c] = [3 * indices[i]!, 3 * indices[i + 1]!, 3 * indices[i + 2]!];
    const ux = p[b]! - p[a]!;
    const uy = p[b + 1]! - p[a + 1]!;
    const uz = p[b + 2]! - p[a + 2]!;
    const vx = p[c]! - p[a]!;
    const vy = p[c + 1]! - p[a + 1]!;
    const vz = p[c + 2]! - p[a + 2]!;
    area += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
  }
  return area;
}
