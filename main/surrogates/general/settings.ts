/** How coarse a preview is, how fine what it is judged by, and which seeds are for learning and which for judging. */
import type { PreviewSettings } from '../../physics/index.ts';

/** Meshes and solves in well under a second on one core. */
export const COARSE: PreviewSettings = {
  elements: 2400,
  perRadius: 1.1,
  smallestPart: 0.3,
  grading: 0.5,
  optimisationSteps: 1,
  divideWallsUpTo: 0,
  threads: 1,
  tolerance: 1e-6,
};

/** What a coarse solve can afford in the time that a preview and its correction take: more than that, in fact. */
export const EQUAL_TIME: PreviewSettings = { ...COARSE, elements: 1.1 * COARSE.elements };

/** Up to 150,000 degrees of freedom: some ten times those of a preview, and small elements where surfaces curve. */
export const REFERENCE: PreviewSettings = {
  elements: 14_000,
  perRadius: 3,
  smallestPart: 0.15,
  grading: 0.3,
  optimisationSteps: 3,
  divideWallsUpTo: 30_000,
  threads: 1,
  tolerance: 1e-8,
};

export interface Seeds {
  first: number;
  count: number;
}
/** Of parts to learn from. What the kernel or the mesher cannot make is left out. */
export const TRAINING_SEEDS: readonly Seeds[] = [
  { first: 1000, count: 46 },
  { first: 1052, count: 6 },
  { first: 1065, count: 24 },
];
/** Of parts to judge by; no part is in both. */
export const UNSEEN_SEEDS: Seeds = { first: 500_000, count: 50 };

export const seedsOf = (ranges: readonly Seeds[]): number[] =>
  ranges.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
