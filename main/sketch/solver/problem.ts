/** A sketch made ready for solving: its unknowns, its equations and their connected parts. */
import { equationsOf } from '../equations/constraints.ts';
import type { Equation } from '../equations/equation.ts';
import { Unknowns } from '../equations/unknowns.ts';
import { SketchView } from '../model/view.ts';
import type { Constraint, SolvableSketch } from '../types.ts';
import { solveLeastSquares } from './least-squares.ts';
import { type EquationSystem, partsOf } from './system.ts';

export class Problem {
  readonly view: SketchView;
  readonly constraints: readonly Constraint[];
  readonly unknowns: Unknowns;
  readonly equations: readonly Equation[];
  readonly parts: readonly EquationSystem[];
  /** Below this the equations hold, mm: rounding of the coordinates' own size comes on top of 10^-11. */
  readonly tolerance_mm: number;

  /** @throws ArtificerError `sketch.invalid`, `sketch.value` */
  constructor(sketch: SolvableSketch) {
    this.view = new SketchView(sketch.entities);
    this.constraints = sketch.constraints;
    this.unknowns = new Unknowns(this.view);
    this.equations = equationsOf(this.unknowns, sketch.constraints);
    this.parts = partsOf(this.equations, this.unknowns.count);
    this.tolerance_mm = toleranceFor(this.unknowns.values);
  }

  /** The parts that cannot be solved from `x`, which holds the answers of the others and the best of these. */
  solve(x: Float64Array): EquationSystem[] {
    return this.parts.filter((part) => !solvePart(part, x, this.tolerance_mm));
  }
}

export function toleranceFor(values: Float64Array): number {
  let largest = 1;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return 1e-11 + 64 * Number.EPSILON * largest;
}

/** Once from where it stands, then from beside it: a drawing may stand exactly where no direction is better than another. */
export function solvePart(part: EquationSystem, x: Float64Array, tolerance_mm: number): boolean {
  const start = values(part, x);
  let best = solveLeastSquares(part, x, { tolerance_mm });
  if (best.solved || part.unknowns.length === 0) return best.solved;
  let bestValues = values(part, x);
  const reach = 1e-3 * Math.max(1, spread(start));
  for (const seed of [0.6180339887, 0.3819660113]) {
    part.unknowns.forEach((unknown, i) => {
      x[unknown] = start[i]! + reach * (2 * (((i + 1) * seed) % 1) - 1);
    });
    const again = solveLeastSquares(part, x, { tolerance_mm, damping: 1e-3 });
    if (again.solved) return true;
    if (again.residual_mm < best.residual_mm) [best, bestValues] = [again, values(part, x)];
  }
  part.unknowns.forEach((unknown, i) => {
    x[unknown] = bestValues[i]!;
  });
  return false;
}

const values = (part: EquationSystem, x: Float64Array): Float64Array =>
  Float64Array.from(part.unknowns, (unknown) => x[unknown]!);
function spread(numbers: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of numbers) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}
