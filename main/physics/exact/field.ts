/** Exact solutions of linear elasticity, as functions of the point: what error estimates are measured by. mm, N, MPa. */
import type { Vec3 } from '../vector.ts';

/** xx, yy, zz, xy, yz, zx. */
export type Tensor = readonly [number, number, number, number, number, number];

export interface ExactField {
  young_MPa: number;
  poisson: number;
  displacement(point: Vec3): Vec3;
  stress(point: Vec3): Tensor;
  /** Force per volume, N/mm^3, that the stress balances; none where left out. */
  bodyForce?(point: Vec3): Vec3;
}

export const YOUNG = 210_000;
export const POISSON = 0.3;
const SHEAR = YOUNG / (2 * (1 + POISSON));

/** Radial and hoop stress in the plane of x and y, with a shear between them, as a tensor at an angle. */
function planarTensor(angle: number, radial: number, hoop: number, shear: number, axial: number): Tensor {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return [
    radial * c * c + hoop * s * s - 2 * shear * s * c,
    radial * s * s + hoop * c * c + 2 * shear * s * c,
    axial,
    (radial - hoop) * s * c + shear * (c * c - s * s),
    0,
    0,
  ];
}

const planarVector = (angle: number, radial: number, hoop: number): Vec3 => [
  radial * Math.cos(angle) - hoop * Math.sin(angle),
  radial * Math.sin(angle) + hoop * Math.cos(angle),
  0,
];

/** A bar under constant stress. */
export const constantStress: ExactField = {
  young_MPa: YOUNG,
  poisson: POISSON,
  displacement: ([x, y, z]) => [(100 * x) / YOUNG, (-POISSON * 100 * y) / YOUNG, (-POISSON * 100 * z) / YOUNG],
  stress: () => [100, 0, 0, 0, 0, 0],
};

/** Thick cylinder under internal pressure in plane strain. Source: G. Lamé; Timoshenko, Goodier, Theory of Elasticity, art. 28. */
export function pressedCylinder(inner: number, outer: number, pressure: number): ExactField {
  const a = (pressure * inner ** 2) / (outer ** 2 - inner ** 2);
  const b = a * outer ** 2;
  return {
    young_MPa: YOUNG,
    poisson: POISSON,
    displacement: ([x, y]) => {
      const r = Math.hypot(x, y);
      return planarVector(Math.atan2(y, x), ((1 - 2 * POISSON) * a * r + b / r) / (2 * SHEAR), 0);
    },
    stress: ([x, y]) => {
      const squared = x * x + y * y;
      return planarTensor(Math.atan2(y, x), a - b / squared, a + b / squared, 0, 2 * POISSON * a);
    },
  };
}

/** Thick sphere under internal pressure. Source: G. Lamé; Timoshenko, Goodier, Theory of Elasticity, art. 136. */
export function pressedSphere(inner: number, outer: number, pressure: number): ExactField {
  const a = (pressure * inner ** 3) / (outer ** 3 - inner ** 3);
  const b = (a * outer ** 3) / 2;
  return {
    young_MPa: YOUNG,
    poisson: POISSON,
    displacement: (point) => {
      const r = Math.hypot(...point);
      const over = ((1 - 2 * POISSON) * a) / YOUNG + ((1 + POISSON) * b) / (YOUNG * r ** 3);
      return [over * point[0], over * point[1], over * point[2]];
    },
    stress: ([x, y, z]) => {
      const r = Math.hypot(x, y, z);
      const hoop = a + b / r ** 3;
      // radial less hoop, along the radius
      const extra = (-3 * b) / r ** 5;
      return [
        hoop + extra * x * x,
        hoop + extra * y * y,
        hoop + extra * z * z,
        extra * x * y,
        extra * y * z,
        extra * z * x,
      ];
    },
  };
}

/**
 * Plate with a hole in a field of unit tension along x far away, in plane strain. Source: G. Kirsch (1898); Timoshenko, Goodier,
 * Theory of Elasticity, art. 35; displacements by the Kolosov-Muskhelishvili potentials.
 */
export function plateWithHole(radius: number, tension: number): ExactField {
  const kappa = 3 - 4 * POISSON;
  const a2 = radius ** 2;
  return {
    young_MPa: YOUNG,
    poisson: POISSON,
    displacement: ([x, y]) => {
      const r = Math.hypot(x, y);
      const t = Math.atan2(y, x);
      const scale = tension / (8 * SHEAR);
      const radial =
        scale *
        ((kappa - 1) * r +
          (2 * a2) / r +
          (2 * r + (2 * a2 * (kappa + 1)) / r - (2 * a2 * a2) / r ** 3) * Math.cos(2 * t));
      const hoop = -scale * (2 * r + (2 * a2 * (kappa - 1)) / r + (2 * a2 * a2) / r ** 3) * Math.sin(2 * t);
      return planarVector(t, radial, hoop);
    },
    stress: ([x, y]) => {
      const q = a2 / (x * x + y * y);
      const t = Math.atan2(y, x);
      const c = Math.cos(2 * t);
      const radial = (tension / 2) * (1 - q + (1 - 4 * q + 3 * q * q) * c);
      const hoop = (tension / 2) * (1 + q - (1 + 3 * q * q) * c);
      const shear = -(tension / 2) * (1 + 2 * q - 3 * q * q) * Math.sin(2 * t);
      return planarTensor(t, radial, hoop, shear, POISSON * (radial + hoop));
    },
  };
}

/**
 * Cantilever with a shear force spread as a parabola at its end x = 0; z is across, half the height is c. Without Poisson's
 * ratio it is exact in three dimensions. Source: Timoshenko, Goodier, Theory of Elasticity, art. 21.
 */
export function bentBeam(length: number, c: number, force_per_width: number): ExactField {
  const inertia = (2 * c ** 3) / 3;
  const p = force_per_width / inertia;
  const shear = YOUNG / 2;
  return {
    young_MPa: YOUNG,
    poisson: 0,
    displacement: ([x, , z]) => [
      p * ((-x * x * z) / (2 * YOUNG) + z ** 3 / (6 * shear) + (length ** 2 / (2 * YOUNG) - (c * c) / (2 * shear)) * z),
      0,
      p * (x ** 3 / (6 * YOUNG) - (length ** 2 * x) / (2 * YOUNG) + length ** 3 / (3 * YOUNG)),
    ],
    stress: ([x, , z]) => [-p * x * z, 0, 0, 0, 0, -(p / 2) * (c * c - z * z)],
  };
}

/**
 * Long hollow cylinder that turns about z, held in length. Source: Timoshenko, Goodier, Theory of Elasticity, art. 32, with the
 * constants of plane strain.
 */
export function turningCylinder(inner: number, outer: number, density: number, rad_s: number): ExactField {
  const nu = POISSON / (1 - POISSON);
  const young = YOUNG / (1 - POISSON ** 2);
  const load = density * rad_s ** 2;
  const sum = inner ** 2 + outer ** 2;
  const product = inner ** 2 * outer ** 2;
  const radialAt = (r: number): number => ((3 + nu) / 8) * load * (sum - product / r ** 2 - r ** 2);
  const hoopAt = (r: number): number =>
    ((3 + nu) / 8) * load * (sum + product / r ** 2 - ((1 + 3 * nu) / (3 + nu)) * r ** 2);
  return {
    young_MPa: YOUNG,
    poisson: POISSON,
    displacement: ([x, y]) => {
      const r = Math.hypot(x, y);
      return planarVector(Math.atan2(y, x), (r * (hoopAt(r) - nu * radialAt(r))) / young, 0);
    },
    stress: ([x, y]) => {
      const r = Math.hypot(x, y);
      return planarTensor(Math.atan2(y, x), radialAt(r), hoopAt(r), 0, POISSON * (radialAt(r) + hoopAt(r)));
    },
    bodyForce: ([x, y]) => [load * x, load * y, 0],
  };
}

/**
 * Half space y > 0 under a pressure that goes as cos(k x), in plane strain. Source: Timoshenko, Goodier, Theory of Elasticity,
 * art. 24 (Airy's stress function by Fourier series).
 */
export function wavyPressure(k: number, pressure: number): ExactField {
  const scale = pressure / (2 * SHEAR * k);
  return {
    young_MPa: YOUNG,
    poisson: POISSON,
    displacement: ([x, y]) => {
      const decay = Math.exp(-k * y);
      return [
        -scale * decay * (1 - 2 * POISSON - k * y) * Math.sin(k * x),
        scale * decay * (2 * (1 - POISSON) + k * y) * Math.cos(k * x),
        0,
      ];
    },
    stress: ([x, y]) => {
      const decay = -pressure * Math.exp(-k * y);
      const xx = decay * (1 - k * y) * Math.cos(k * x);
      const yy = decay * (1 + k * y) * Math.cos(k * x);
      return [xx, yy, POISSON * (xx + yy), decay * k * y * Math.sin(k * x), 0, 0];
    },
  };
}

/**
 * The leading term at a re-entrant corner of 270 degrees of material, opening mode, plane strain; the material lies within 135
 * degrees of the x axis. Its stress is infinite at the corner. Source: M. L. Williams, J. Appl. Mech. 19 (1952) 526; constants
 * by B. Szabó, I. Babuška, Finite Element Analysis (1991), section 10.
 */
export function reentrantCorner(intensity: number): ExactField {
  const L = 0.5444837367824622;
  const Q = 0.5430755788367461;
  const kappa = 3 - 4 * POISSON;
  return {
    young_MPa: YOUNG,
    poisson: POISSON,
    displacement: ([x, y]) => {
      const t = Math.atan2(y, x);
      const scale = (intensity * Math.hypot(x, y) ** L) / (2 * SHEAR);
      return [
        scale * ((kappa - Q * (L + 1)) * Math.cos(L * t) - L * Math.cos((L - 2) * t)),
        scale * ((kappa + Q * (L + 1)) * Math.sin(L * t) + L * Math.sin((L - 2) * t)),
        0,
      ];
    },
    stress: ([x, y]) => {
      const t = Math.atan2(y, x);
      const scale = intensity * L * Math.max(Math.hypot(x, y), 1e-9) ** (L - 1);
      const near = (L - 1) * t;
      const far = (L - 3) * t;
      const xx = scale * ((2 - Q * (L + 1)) * Math.cos(near) - (L - 1) * Math.cos(far));
      const yy = scale * ((2 + Q * (L + 1)) * Math.cos(near) + (L - 1) * Math.cos(far));
      const xy = scale * ((L - 1) * Math.sin(far) + Q * (L + 1) * Math.sin(near));
      return [xx, yy, POISSON * (xx + yy), xy, 0, 0];
    },
  };
}
