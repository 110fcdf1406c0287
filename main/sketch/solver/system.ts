/** A connected part of a sketch: equations that share unknowns, with what is needed to solve them again and again. */
import { type Equation, evaluateEquation } from '../equations/equation.ts';
import { SparseCholesky } from './sparse-cholesky.ts';

export class EquationSystem {
  readonly equations: readonly Equation[];
  /** The sketch's own numbers of this part's unknowns, ascending. */
  readonly unknowns: Int32Array;
  /** Columns of each equation, numbered within this part. */
  readonly columns: Int32Array[];
  readonly gradients: Float64Array[];
  readonly residuals: Float64Array;
  readonly weights: Float64Array;
  #cholesky: SparseCholesky | undefined;

  constructor(equations: readonly Equation[], unknowns: Iterable<number>) {
    this.equations = equations;
    this.unknowns = Int32Array.from(unknowns).sort();
    const local = new Map(Array.from(this.unknowns, (global, i) => [global, i]));
    this.columns = equations.map(({ columns }) => columns.map((global) => local.get(global)!));
    this.gradients = equations.map(({ columns }) => new Float64Array(columns.length + 1));
    this.residuals = new Float64Array(equations.length);
    this.weights = new Float64Array(equations.length).fill(1);
  }

  get cholesky(): SparseCholesky {
    this.#cholesky ??= new SparseCholesky(this.unknowns.length, this.columns);
    return this.#cholesky;
  }

  /** Residuals, and gradients when asked for; answers the weighted sum of squares. */
  evaluate(x: Float64Array, withGradients: boolean): number {
    let sum = 0;
    for (let i = 0; i < this.equations.length; i++) {
      const value = evaluateEquation(this.equations[i]!, x, withGradients ? this.gradients[i] : undefined);
      this.residuals[i] = value;
      sum += this.weights[i]! * value * value;
    }
    return sum;
  }

  /** The largest residual, mm. */
  worst(): number {
    let worst = 0;
    for (let i = 0; i < this.equations.length; i++) {
      const size = Math.abs(this.residuals[i]!);
      if (!(size <= worst)) worst = size;
    }
    return worst;
  }
}

/** The connected parts, each with its equations in their order. Unknowns without an equation are in none. */
export function partsOf(equations: readonly Equation[], count: number): EquationSystem[] {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const { columns } of equations)
    for (let i = 1; i < columns.length; i++) parent[root(columns[i]!)] = root(columns[0]!);
  const groups = new Map<number, { equations: Equation[]; unknowns: Set<number> }>();
  for (const equation of equations) {
    const key = equation.columns.length > 0 ? root(equation.columns[0]!) : -1;
    const group = groups.get(key) ?? { equations: [], unknowns: new Set<number>() };
    groups.set(key, group);
    group.equations.push(equation);
    for (const column of equation.columns) group.unknowns.add(column);
  }
  return [...groups.values()].map((group) => new EquationSystem(group.equations, group.unknowns));
}
