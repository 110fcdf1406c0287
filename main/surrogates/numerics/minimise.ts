/** Minimising a smooth function of some variables whose gradient is known. */

export interface Minimum {
  at: Float64Array;
  value: number;
  iterations: number;
}

export interface ValueAndGradient {
  value: number;
  gradient: Float64Array;
}

const MEMORY = 8;
/** Sufficient decrease (Armijo). */
const DECREASE = 1e-4;

/**
 * L-BFGS with backtracking (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and 3.1). Pairs without
 * positive curvature are left out, so that every direction goes down.
 * @param evaluate null where the function has no value: the step is shortened then
 * @param longest of one step, in any variable
 */
export function minimise(
  evaluate: (at: Float64Array) => ValueAndGradient | null,
  start: Float64Array,
  {
    iterations = 60,
    tolerance = 1e-5,
    longest = 2,
  }: { iterations?: number; tolerance?: number; longest?: number } = {},
): Minimum | null {
  let at = start.slice();
  let here = evaluate(at);
  if (!here) return null;
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(here.gradient) < tolerance) return { at, value: here.value, iterations: iteration };
    const direction = towards(here.gradient, pairs);
    const most = largest(direction);
    const slope = dot(direction, here.gradient);
    let step = Math.min(1, longest / most);
    if (pairs.length === 0) step = Math.min(step, 0.5 / most);
    let next: ValueAndGradient | null = null;
    let there = at;
    for (let halving = 0; halving < 25; halving++, step /= 2) {
      there = at.map((x, i) => x + step * direction[i]!);
      next = evaluate(there);
      if (next && next.value <= here.value + DECREASE * step * slope) break;
      next = null;
    }
    if (!next) return { at, value: here.value, iterations: iteration };
    const s = there.map((x, i) => x - at[i]!);
    const y = next.gradient.map((g, i) => g - here!.gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-10 * Math.sqrt(dot(s, s) * dot(y, y))) {
      pairs.push({ s, y, rho: 1 / curvature });
      if (pairs.length > MEMORY) pairs.shift();
    }
    const gained = here.value - next.value;
    at = there;
    here = next;
    if (gained < 1e-9 * (1 + Math.abs(here.value))) return { at, value: here.value, iterations: iteration + 1 };
  }
  return { at, value: here.value, iterations };
}

/** Minus the inverse Hessian's estimate times the gradient, by the two-loop recursion. */
function towards(
  gradient: Float64Array,
  pairs: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.slice();
  const alphas: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    const alpha = rho * dot(s, q);
    alphas[i] = alpha;
    for (let k = 0; k < q.length; k++) q[k]! -= alpha * y[k]!;
  }
  const last = pairs.at(-1);
  const scale = last ? dot(last.s, last.y) / dot(last.y, last.y) : 1;
  for (let k = 0; k < q.length; k++) q[k]! *= scale;
  pairs.forEach(({ s, y, rho }, i) => {
    const beta = rho * dot(y, q);
    for (let k = 0; k < q.length; k++) q[k]! += (alphas[i]! - beta) * s[k]!;
  });
  return q.map((x) => -x);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const largest = (a: Float64Array): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
