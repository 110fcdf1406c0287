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

/** A load in front of a wall that may carry anywhere: two bars at right angles to each other are best (Michell 1904). */
export const TWO_BARS: ShapeRequest = {
  name: 'Two bars',
  envelope: { minimum: [0, 0, 0], maximum: [40, 100, 10] },
  millingDirection: 'z',
  interfaces: [
    { name: 'wall', kind: 'face', centre: [0, 50, 0], length_mm: 100, land_mm: 1.5 },
    { name: 'tip', kind: 'face', centre: [40, 50, 0], length_mm: 5, land_mm: 4 },
  ],
  loadCases: [{ name: 'down', loads: [{ on: 'tip', force_N: [0, -1000, 0] }], supports: ['wall'] }],
  material,
  minimumMember_mm: 5,
  toolRadius_mm: 2,
  amount: { volumeFraction: 0.2 },
};

/** Milled along Y, with a pad, a keep-out, and loads across the plane. */
export const ARM: ShapeRequest = {
  name: 'Arm',
  envelope: { minimum: [0, 5, -10], maximum: [90, 25, 130] },
  millingDirection: 'y',
  interfaces: [
    {
      name: 'mount',
      kind: 'bolt-pattern',
      centres: [
        [15, 0, 5],
        [75, 0, 5],
        [15, 0, 45],
        [75, 0, 45],
      ],
      diameter_mm: 8,
      land_mm: 5,
    },
    { name: 'pin', kind: 'bore', centres: [[45, 0, 112]], diameter_mm: 16, land_mm: 7 },
    { name: 'rest', kind: 'pad', centre: [45, 0, 75], diameter_mm: 16, raised_mm: 2, side: 'top' },
  ],
  keepOuts: [{ kind: 'circle', centre: [45, 0, 30], diameter_mm: 30 }],
  loadCases: [
    { name: 'down', loads: [{ on: 'pin', force_N: [0, -1500, 0] }], supports: ['mount'] },
    { name: 'side', loads: [{ on: 'pin', force_N: [2500, 0, 800] }], supports: ['mount'] },
    {
      name: 'rest',
      loads: [
        { on: 'rest', force_N: [0, -2000, 0] },
        { on: 'pin', moment_N_mm: [20_000, 0, 10_000] },
      ],
      supports: ['mount'],
    },
  ],
  material,
  minimumMember_mm: 9,
  toolRadius_mm: 4,
  amount: { volumeFraction: 0.35 },
};
