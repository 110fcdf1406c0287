/**
 * The 10-node tetrahedron in C3D10 order: corners 0-3, then midsides 01, 12, 02, 03, 13, 23. Local coordinates r, s, t on
 * the unit tetrahedron, L0 = 1 - r - s - t.
 * Sources: Zienkiewicz, Taylor, Zhu, The Finite Element Method, 7th ed., section 6.3; 14-point rule of degree 5 with
 * positive weights by N. J. Walkington, Quadrature on simplices of arbitrary dimension (2000).
 */
const P1 = 0.3108859192633006;
const P2 = 0.09273525031089122;
const P3 = 0.04550370412564965;
const W1 = 0.11268792571801585 / 6;
const W2 = 0.07349304311636196 / 6;
const W3 = 0.04254602077708146 / 6;

const fourPoints = (a: number, weight: number): [number, number, number, number][] => [
  [a, a, a, weight],
  [1 - 3 * a, a, a, weight],
  [a, 1 - 3 * a, a, weight],
  [a, a, 1 - 3 * a, weight],
];

/** r, s, t and weight (the weights add up to the reference volume, 1/6). */
export const TETRAHEDRON_POINTS: readonly (readonly [number, number, number, number])[] = [
  ...fourPoints(P1, W1),
  ...fourPoints(P2, W2),
  [P3, P3, 0.5 - P3, W3],
  [P3, 0.5 - P3, P3, W3],
  [0.5 - P3, P3, P3, W3],
  [P3, 0.5 - P3, 0.5 - P3, W3],
  [0.5 - P3, P3, 0.5 - P3, W3],
  [0.5 - P3, 0.5 - P3, P3, W3],
];

/** Corner pairs of the six midside nodes 4..9. */
export const TETRAHEDRON_EDGES: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 2],
  [0, 2],
  [0, 3],
  [1, 3],
  [2, 3],
];

/** The four faces as 6-node triangles (local node numbers), normals outward for a positive element. */
export const TETRAHEDRON_FACES: readonly (readonly [number, number, number, number, number, number])[] = [
  [0, 2, 1, 6, 5, 4],
  [0, 1, 3, 4, 8, 7],
  [1, 2, 3, 5, 9, 8],
  [0, 3, 2, 7, 9, 6],
];

export function tetrahedronShape(r: number, s: number, t: number): number[] {
  const l = 1 - r - s - t;
  return [
    l * (2 * l - 1),
    r * (2 * r - 1),
    s * (2 * s - 1),
    t * (2 * t - 1),
    4 * l * r,
    4 * r * s,
    4 * l * s,
    4 * l * t,
    4 * r * t,
    4 * s * t,
  ];
}

/** Thirty values: derivatives by r (10), by s (10), by t (10). */
export function tetrahedronDerivatives(r: number, s: number, t: number): number[] {
  const l = 1 - r - s - t;
  const c = 1 - 4 * l;
  return [
    ...[c, 4 * r - 1, 0, 0, 4 * (l - r), 4 * s, -4 * s, -4 * t, 4 * t, 0],
    ...[c, 0, 4 * s - 1, 0, -4 * r, 4 * r, 4 * (l - s), -4 * t, 0, 4 * t],
    ...[c, 0, 0, 4 * t - 1, -4 * r, 0, -4 * s, 4 * (l - t), 4 * r, 4 * s],
  ];
}

/** The 3x3 Jacobian dx/d(r, s, t) of an element, row-major by x, y, z. */
export function jacobian(
  nodes: ArrayLike<number>,
  elements: ArrayLike<number>,
  element: number,
  derivatives: readonly number[],
  out: Float64Array,
): number {
  out.fill(0);
  for (let k = 0; k < 10; k++) {
    const node = 3 * elements[10 * element + k]!;
    const dr = derivatives[k]!;
    const ds = derivatives[10 + k]!;
    const dt = derivatives[20 + k]!;
    for (let axis = 0; axis < 3; axis++) {
      const x = nodes[node + axis]!;
      out[3 * axis]! += dr * x;
      out[3 * axis + 1]! += ds * x;
      out[3 * axis + 2]! += dt * x;
    }
  }
  return (
    out[0]! * (out[4]! * out[8]! - out[5]! * out[7]!) -
    out[1]! * (out[3]! * out[8]! - out[5]! * out[6]!) +
    out[2]! * (out[3]! * out[7]! - out[4]! * out[6]!)
  );
}

export const POINT_SHAPES = TETRAHEDRON_POINTS.map(([r, s, t]) => tetrahedronShape(r, s, t));
export const POINT_DERIVATIVES = TETRAHEDRON_POINTS.map(([r, s, t]) => tetrahedronDerivatives(r, s, t));

/** Volume of one element, mm^3, exact for curved sides. */
export function elementVolume(nodes: ArrayLike<number>, elements: ArrayLike<number>, element: number): number {
  let volume = 0;
  for (let q = 0; q < TETRAHEDRON_POINTS.length; q++)
    volume += TETRAHEDRON_POINTS[q]![3] * jacobian(nodes, elements, element, POINT_DERIVATIVES[q]!, SCRATCH);
  return volume;
}
const SCRATCH = new Float64Array(9);
