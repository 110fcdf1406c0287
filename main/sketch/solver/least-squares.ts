/**
 * Levenberg and Marquardt's method on the sparse equations of one part of a sketch. With little damping the step is the
 * shortest one that solves the linearised equations, so a sketch that is free to move goes no farther than it must.
 * Nocedal and Wright, Numerical Optimization (2006), ch. 10.
 */
import type { EquationSystem } from './system.ts';

export interface LeastSquaresOptions {
  /** Largest residual that counts as solved, mm. */
  tolerance_mm: number;
  iterations?: number;
  damping?: number;
  leastDamping?: number;
}
export interface LeastSquaresAnswer {
  solved: boolean;
  iterations: number;
  residual_mm: number;
}

/** Moves the part's unknowns in `x`. When it is not solved they stand where the sum of squares is least. */
export function solveLeastSquares(
  system: EquationSystem,
  x: Float64Array,
  options: LeastSquaresOptions,
): LeastSquaresAnswer {
  const { tolerance_mm, iterations = 60, leastDamping = 1e-11 } = options;
  const size = system.unknowns.length;
  const before = new Float64Array(size);
  const right = new Float64Array(size);
  const diagonal = new Float64Array(size);
  let damping = options.damping ?? 1e-7;
  let sum = system.evaluate(x, true);
  let iteration = 0;
  let idle = 0;
  for (; iteration < iterations; iteration++) {
    const worst = system.worst();
    if (worst <= tolerance_mm) break;
    if (!Number.isFinite(sum) || size === 0) break;
    descent(system, right);
    diagonal.fill(damping);
    if (!system.cholesky.factorise(system.gradients, system.weights, diagonal)) {
      damping = Math.max(damping * 100, 1e-9);
      if (damping > 1e8) break;
      continue;
    }
    system.cholesky.solve(right);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      before[i] = x[system.unknowns[i]!]!;
      x[system.unknowns[i]!] = before[i]! + right[i]!;
      largest = Math.max(largest, Math.abs(right[i]!));
    }
    const next = system.evaluate(x, true);
    if (next < sum) {
      idle = next > sum * (1 - 1e-10) ? idle + 1 : 0;
      sum = next;
      damping = Math.max(damping * 0.1, leastDamping);
      if (idle > 3) break;
    } else {
      for (let i = 0; i < size; i++) x[system.unknowns[i]!] = before[i]!;
      system.evaluate(x, true);
      damping = Math.max(damping * 20, 1e-9);
      if (damping > 1e8 || largest < 1e-15) break;
    }
  }
  const residual_mm = system.worst();
  return { solved: residual_mm <= tolerance_mm, iterations: iteration, residual_mm };
}

/** The weighted residuals against their gradients: right-hand side of the normal equations. */
function descent(system: EquationSystem, right: Float64Array): void {
  right.fill(0);
  for (let row = 0; row < system.columns.length; row++) {
    const pull = -system.weights[row]! * system.residuals[row]!;
    if (pull === 0) continue;
    const columns = system.columns[row]!;
    const gradient = system.gradients[row]!;
    for (let i = 0; i < columns.length; i++) right[columns[i]!]! += pull * gradient[i]!;
  }
}

/** One step of Gauss and Newton's method from `x`, by the part's unknowns; null where the equations leave it open. */
export function gaussNewtonStep(system: EquationSystem, x: Float64Array, damping: number): Float64Array | null {
  const right = new Float64Array(system.unknowns.length);
  system.evaluate(x, true);
  descent(system, right);
  const diagonal = new Float64Array(right.length).fill(damping);
  if (!system.cholesky.factorise(system.gradients, system.weights, diagonal)) return null;
  system.cholesky.solve(right);
  return right;
}
