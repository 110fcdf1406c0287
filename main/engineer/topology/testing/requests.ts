/** Shapes to ask for in tests and benchmarks. */
import type { ShapeRequest } from '../types.ts';

/** Aluminium of the 6000 series, so that figures are of a usual size. */
const material = { young_MPa: 70_000, poisson: 0.33, density_t_mm3: 2.7e-9 };

/** A pin held by two bolts, 93 mm away. */
export const BRACKET: ShapeRequest = {
  name: 'Bracket',
  envelope: { minimum: [0, 0, 0], maximum: [120, 80, 12] },
  millingDirection: 'z',
  interfaces: [
    {
      name: 'mount',
      kind: 'bolt-pattern',
      centres: [
        [12, 12, 0],
        [12, 68, 0],
      ],
      diameter_mm: 9,
      land_mm: 5,
    },
    { name: 'pin', kind: 'bore', centres: [[105, 40, 0]], diameter_mm: 14, land_mm: 6 },
  ],
  loadCases: [{ name: 'down', loads: [{ on: 'pin', force_N: [0, -3000, 0] }], supports: ['mount'] }],
  material,
  minimumMember_mm: 7,
  toolRadius_mm: 3,
  amount: { volumeFraction: 0.4 },
};

/** A short cantilever, twice as long as high, clamped all along one side and loaded in the middle of the other one. */
export const CANTILEVER: ShapeRequest = {
  name: 'Cantilever',
  envelope: { minimum: [0, 0, 0], maximum: [120, 60, 10] },
  millingDirection: 'z',
  interfaces: [
    { name: 'wall', kind: 'face', centre: [0, 30, 0], length_mm: 60, land_mm: 6 },
    { name: 'tip', kind: 'face', centre: [120, 30, 0], length_mm: 10, land_mm: 6 },
  ],
  loadCases: [{ name: 'down', loads: [{ on: 'tip', force_N: [0, -1000, 0] }], supports: ['wall'] }],
  material,
  minimumMember_mm: 6,
  toolRadius_mm: 2,
  amount: { volumeFraction: 0.45 },
};
