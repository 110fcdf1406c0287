/**
 * The 6-node triangle: corners 0-2, midsides 01, 12, 20. Local coordinates r, s on the unit triangle, L0 = 1 - r - s.
 * Source: Zienkiewicz, Taylor, Zhu, The Finite Element Method, 7th ed., section 6.2 (shape functions); quadrature by
 * D. A. Dunavant, Int. J. Numer. Meth. Engng 21 (1985) 1129, degree 4 (exact for N_i N_j and for N_i n dA on curved facets).
 */
import type { Vec3 } from '../vector.ts';

const A = 0.4459484909159649;
const B = 0.09157621350977074;
const WEIGHT_A = 0.22338158967801147 / 2;
const WEIGHT_B = 0.10995174365532187 / 2;

/** r, s and weight (the weights add up to the reference area, 1/2). */
export const TRIANGLE_POINTS: readonly (readonly [number, number, number])[] = [
  [A, A, WEIGHT_A],
  [A, 1 - 2 * A, WEIGHT_A],
  [1 - 2 * A, A, WEIGHT_A],
  [B, B, WEIGHT_B],
  [B, 1 - 2 * B, WEIGHT_B],
  [1 - 2 * B, B, WEIGHT_B],
];

/** The six shape functions at (r, s). */
export function triangleShape(r: number, s: number): number[] {
  const l = 1 - r - s;
  return [l * (2 * l - 1), r * (2 * r - 1), s * (2 * s - 1), 4 * l * r, 4 * r * s, 4 * s * l];
}

/** Derivatives of the six shape functions by r and by s. */
export function triangleDerivatives(r: number, s: number): { byR: number[]; byS: number[] } {
  const l = 1 - r - s;
  return {
    byR: [1 - 4 * l, 4 * r - 1, 0, 4 * (l - r), 4 * s, -4 * s],
    byS: [1 - 4 * l, 0, 4 * s - 1, -4 * r, 4 * r, 4 * (l - s)],
  };
}

/** Local coordinates of the six nodes. */
export const TRIANGLE_NODES: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [0.5, 0],
  [0.5, 0.5],
  [0, 0.5],
];

const NODE_DERIVATIVES = TRIANGLE_NODES.map(([r, s]) => triangleDerivatives(r, s));

/** Outward area vector dx/dr x dx/ds of facet `facet` at its local node `node` (not normalised; mm^2). */
export function facetNormalAtNode(nodes: Float64Array, facets: Int32Array, facet: number, node: number): Vec3 {
  const { byR, byS } = NODE_DERIVATIVES[node]!;
  return areaVector(nodes, facets, facet, byR, byS);
}

/** dx/dr x dx/ds of a facet from the shape derivatives at a point, mm^2. */
export function areaVector(
  nodes: Float64Array,
  facets: Int32Array,
  facet: number,
  byR: readonly number[],
  byS: readonly number[],
): Vec3 {
  let rx = 0;
  let ry = 0;
  let rz = 0;
  let sx = 0;
  let sy = 0;
  let sz = 0;
  for (let k = 0; k < 6; k++) {
    const node = facets[6 * facet + k]! * 3;
    const x = nodes[node]!;
    const y = nodes[node + 1]!;
    const z = nodes[node + 2]!;
    rx += byR[k]! * x;
    ry += byR[k]! * y;
    rz += byR[k]! * z;
    sx += byS[k]! * x;
    sy += byS[k]! * y;
    sz += byS[k]! * z;
  }
  return [ry * sz - rz * sy, rz * sx - rx * sz, rx * sy - ry * sx];
}
