/**
 * How far a field is from balance inside a body, from the field alone: at a node that nothing is applied to, the forces of the
 * elements around it cancel. One product with the stiffness matrix, element by element, without assembling it: cheap enough to
 * judge a predicted field by, where solving would defeat the purpose.
 */
import { tetrahedronDerivatives } from '../elements/tetrahedron10.ts';

/** The four-point rule of degree 2: exact for the stiffness of straight-sided elements. */
const A = 0.1381966011250105;
const B = 0.5854101966249685;
const POINTS = [
  [A, A, A],
  [B, A, A],
  [A, B, A],
  [A, A, B],
].map(([r, s, t]) => tetrahedronDerivatives(r!, s!, t!));
const WEIGHT = 1 / 24;

export interface BalanceRequest {
  /** 3n, mm. */
  nodes: ArrayLike<number>;
  /** 10m, C3D10 order. */
  elements: ArrayLike<number>;
  /** n; nodes where it is true are judged: those that nothing is applied to. */
  isFree: ArrayLike<number>;
  /** Displacement (3n) of an isotropic body of one material, or temperature (n) of one conductivity. */
  field:
    | { kind: 'displacement'; values: ArrayLike<number>; poisson: number }
    | { kind: 'temperature'; values: ArrayLike<number> };
}

/**
 * |sum of element forces| over |element forces|, root mean square over the free nodes: 0 in balance, about 1 where a field knows
 * nothing of its body. The size of the field, the modulus and the conductivity cancel. 0 where no node is free.
 */
export function imbalance({ nodes, elements, isFree, field }: BalanceRequest): number {
  const components = field.kind === 'displacement' ? 3 : 1;
  const count = nodes.length / 3;
  const sums = new Float64Array(components * count);
  let parts = 0;
  const gradients = new Float64Array(30);
  const forces = new Float64Array(30);
  const gradient = new Float64Array(9);
  for (let first = 0; first < elements.length; first += 10) {
    forces.fill(0);
    for (const derivatives of POINTS) {
      const volume = WEIGHT * physicalGradients(nodes, elements, first, derivatives, gradients);
      gradient.fill(0);
      for (let a = 0; a < 10; a++) {
        const node = elements[first + a]!;
        for (let i = 0; i < components; i++) {
          const value = field.values[components * node + i]!;
          for (let axis = 0; axis < 3; axis++) gradient[3 * i + axis]! += value * gradients[3 * a + axis]!;
        }
      }
      if (field.kind === 'displacement') toStress(gradient, field.poisson);
      for (let a = 0; a < 10; a++)
        for (let i = 0; i < components; i++) {
          let sum = 0;
          for (let axis = 0; axis < 3; axis++) sum += gradient[3 * i + axis]! * gradients[3 * a + axis]!;
          forces[components * a + i]! += volume * sum;
        }
    }
    for (let a = 0; a < 10; a++) {
      const node = elements[first + a]!;
      if (!isFree[node]) continue;
      for (let i = 0; i < components; i++) {
        const force = forces[components * a + i]!;
        sums[components * node + i]! += force;
        parts += force * force;
      }
    }
  }
  let whole = 0;
  for (const sum of sums) whole += sum * sum;
  return parts > 0 ? Math.sqrt(whole / parts) : 0;
}

/** Of the ten shape functions, by x, y, z; @returns the determinant of the Jacobian */
function physicalGradients(
  nodes: ArrayLike<number>,
  elements: ArrayLike<number>,
  first: number,
  derivatives: readonly number[],
  gradients: Float64Array,
): number {
  let [xr, xs, xt, yr, ys, yt, zr, zs, zt] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let a = 0; a < 10; a++) {
    const node = 3 * elements[first + a]!;
    const [x, y, z] = [nodes[node]!, nodes[node + 1]!, nodes[node + 2]!];
    const [r, s, t] = [derivatives[a]!, derivatives[10 + a]!, derivatives[20 + a]!];
    xr += x * r;
    xs += x * s;
    xt += x * t;
    yr += y * r;
    ys += y * s;
    yt += y * t;
    zr += z * r;
    zs += z * s;
    zt += z * t;
  }
  const [cx, cy, cz] = [ys * zt - yt * zs, yt * zr - yr * zt, yr * zs - ys * zr];
  const determinant = xr * cx + xs * cy + xt * cz;
  const inverse = 1 / determinant;
  for (let a = 0; a < 10; a++) {
    const [r, s, t] = [derivatives[a]!, derivatives[10 + a]!, derivatives[20 + a]!];
    gradients[3 * a] = inverse * (r * cx + s * cy + t * cz);
    gradients[3 * a + 1] = inverse * (r * (xt * zs - xs * zt) + s * (xr * zt - xt * zr) + t * (xs * zr - xr * zs));
    gradients[3 * a + 2] = inverse * (r * (xs * yt - xt * ys) + s * (xt * yr - xr * yt) + t * (xr * ys - xs * yr));
  }
  return determinant;
}

/** The displacement's gradient becomes the stress over twice the shear modulus, in place. */
function toStress(gradient: Float64Array, poisson: number): void {
  const trace = (gradient[0]! + gradient[4]! + gradient[8]!) * (poisson / (1 - 2 * poisson));
  const [xy, xz, yz] = [
    (gradient[1]! + gradient[3]!) / 2,
    (gradient[2]! + gradient[6]!) / 2,
    (gradient[5]! + gradient[7]!) / 2,
  ];
  gradient[0]! += trace;
  gradient[4]! += trace;
  gradient[8]! += trace;
  gradient[1] = gradient[3] = xy;
  gradient[2] = gradient[6] = xz;
  gradient[5] = gradient[7] = yz;
}
