/** How alike two designs are, by the distance between them: covariance functions with a length for every input. */

/** Once, twice or infinitely often differentiable functions are each best met by another family. */
export const COVARIANCES = ['matern52', 'squared-exponential'] as const;
export type Covariance = (typeof COVARIANCES)[number];

const SQRT5 = Math.sqrt(5);

/** Correlation at the scaled distance r (C. E. Rasmussen and C. K. I. Williams, Gaussian Processes, 2006, section 4.2). */
export function correlation(kind: Covariance, squaredDistance: number): number {
  if (kind === 'squared-exponential') return Math.exp(-squaredDistance / 2);
  const r = Math.sqrt(squaredDistance);
  return (1 + SQRT5 * r + (5 / 3) * squaredDistance) * Math.exp(-SQRT5 * r);
}

/** Derivative by ln(length) of one input, over the part of r² that this input has. */
export function correlationSlope(kind: Covariance, squaredDistance: number): number {
  if (kind === 'squared-exponential') return Math.exp(-squaredDistance / 2);
  const r = Math.sqrt(squaredDistance);
  return (5 / 3) * (1 + SQRT5 * r) * Math.exp(-SQRT5 * r);
}
