/**
 * Surfaces through a volume of ten-node tetrahedra: of constant value, or where a plane cuts. Each element is taken as eight
 * straight tetrahedra on its ten nodes (corners 0-3, midsides 01, 12, 02, 03, 13, 23), as its surface facets are drawn. Pure.
 */
import type { SlicedWork } from './slices.ts';

/** Loose triangles: 3 vertices each, with what is needed to paint and deform them. */
export interface TetSurface {
  positions: Float32Array;
  normals: Float32Array;
  displacements: Float32Array;
  values: Float32Array;
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

/** Surface where a number given per node is zero. `level(node)` is called for the nodes of every element near it. */
function* zeroSurface(
  nodes: Float32Array,
  elements: Int32Array,
  values: Float32Array,
  displacement: Float32Array | null,
  level: (node: number) => number,
  flatNormal: readonly [number, number, number] | null,
): SlicedWork<TetSurface> {
  const positions: number[] = [];
  const normals: number[] = [];
  const displacements: number[] = [];
  const painted: number[] = [];
  const at = new Float64Array(10);
  // One crossing point: position 3, displacement 3, value.
  const point = (a: number, b: number, fa: number, fb: number): number[] => {
    // From the lower-numbered node, so that neighbours compute the same point to the last bit.
    if (a > b) return point(b, a, fb, fa);
    const t = fa / (fa - fb);
    const out = new Array<number>(7);
    for (let k = 0; k < 3; k++) {
      out[k] = nodes[3 * a + k]! + (nodes[3 * b + k]! - nodes[3 * a + k]!) * t;
      out[3 + k] = displacement
        ? displacement[3 * a + k]! + (displacement[3 * b + k]! - displacement[3 * a + k]!) * t
        : 0;
    }
    out[6] = values[a]! + (values[b]! - values[a]!) * t;
    return out;
  };
  const put = (p: number[], q: number[], r: number[]): void => {
    let n: readonly number[];
    if (flatNormal) n = flatNormal;
    else {
      const u = [q[0]! - p[0]!, q[1]! - p[1]!, q[2]! - p[2]!] as const;
      const v = [r[0]! - p[0]!, r[1]! - p[1]!, r[2]! - p[2]!] as const;
      const c = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
      const l = Math.hypot(...c);
      if (l === 0) return;
      n = [c[0] / l, c[1] / l, c[2] / l];
    }
    for (const vertex of [p, q, r]) {
      positions.push(vertex[0]!, vertex[1]!, vertex[2]!);
      displacements.push(vertex[3]!, vertex[4]!, vertex[5]!);
      painted.push(vertex[6]!);
      normals.push(n[0]!, n[1]!, n[2]!);
    }
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
        const crossing = (a: number, b: number): number[] =>
          point(elements[10 * e + a]!, elements[10 * e + b]!, at[a]!, at[b]!);
        if (low.length === 2) {
          const p = crossing(low[0]!, high[0]!);
          const q = crossing(low[0]!, high[1]!);
          const r = crossing(low[1]!, high[1]!);
          const s = crossing(low[1]!, high[0]!);
          put(p, q, r);
          put(p, r, s);
        } else {
          const [lone, others] = low.length === 1 ? [low[0]!, high] : [high[0]!, low];
          put(crossing(lone, others[0]!), crossing(lone, others[1]!), crossing(lone, others[2]!));
        }
      }
    }
    if (e % 2000 === 1999) yield;
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    displacements: Float32Array.from(displacements),
    values: Float32Array.from(painted),
  };
}

/** Where the values equal a level. */
export function isoSurface(
  nodes: Float32Array,
  elements: Int32Array,
  values: Float32Array,
  displacement: Float32Array | null,
  level: number,
): SlicedWork<TetSurface> {
  return zeroSurface(nodes, elements, values, displacement, (node) => values[node]! - level, null);
}

/** Where a plane n . p = offset cuts the undeformed volume; the values are carried onto the cut. */
export function cutTets(
  nodes: Float32Array,
  elements: Int32Array,
  values: Float32Array,
  displacement: Float32Array | null,
  plane: readonly [number, number, number, number],
): SlicedWork<TetSurface> {
  const [x, y, z, offset] = plane;
  return zeroSurface(
    nodes,
    elements,
    values,
    displacement,
    (node) => x * nodes[3 * node]! + y * nodes[3 * node + 1]! + z * nodes[3 * node + 2]! - offset,
    [x, y, z],
  );
}

/** Total area, for checks. */
export function surfaceArea(surface: TetSurface): number {
  const p = surface.positions;
  let area = 0;
  for (let i = 0; i + 8 < p.length; i += 9) {
    const ux = p[i + 3]! - p[i]!;
    const uy = p[i + 4]! - p[i + 1]!;
    const uz = p[i + 5]! - p[i + 2]!;
    const vx = p[i + 6]! - p[i]!;
    const vy = p[i + 7]! - p[i + 1]!;
    const vz = p[i + 8]! - p[i + 2]!;
    area += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
  }
  return area;
}
