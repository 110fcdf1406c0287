/**
 * The 3-node line: ends 0, 1 and the midside 2; local coordinate t in 0..1. Gauss-Legendre with three points integrates
 * degree 5, so that shape function times curved length is integrated closely.
 */
const OFFSET = Math.sqrt(0.6) / 2;

/** t and weight (the weights add up to 1). */
export const LINE_POINTS: readonly (readonly [number, number])[] = [
  [0.5 - OFFSET, 5 / 18],
  [0.5, 8 / 18],
  [0.5 + OFFSET, 5 / 18],
];

export const lineShape = (t: number): number[] => [(1 - t) * (1 - 2 * t), t * (2 * t - 1), 4 * t * (1 - t)];
export const lineDerivative = (t: number): number[] => [4 * t - 3, 4 * t - 1, 4 - 8 * t];
