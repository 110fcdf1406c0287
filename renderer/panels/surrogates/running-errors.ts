/** How predictions have held against later solutions. Pure. */
import type { SurrogateComparison } from '../../../preload/contract/index.ts';

export interface Running {
  name: string;
  unit: string;
  n: number;
  within: number;
  /** Root of the mean square of the relative differences. */
  relative: number;
}

/** How the predictions of before have held against solutions. */
export function runningErrors(comparisons: readonly SurrogateComparison[]): Running[] {
  const all = new Map<string, Running>();
  for (const { scalars } of comparisons)
    for (const { name, unit, value, low, high, solved } of scalars) {
      if (solved === null) continue;
      const running = all.get(name) ?? { name, unit, n: 0, within: 0, relative: 0 };
      running.n++;
      if (solved >= low && solved <= high) running.within++;
      running.relative += ((value - solved) / (solved || 1)) ** 2;
      all.set(name, running);
    }
  return [...all.values()].map((running) => ({ ...running, relative: Math.sqrt(running.relative / running.n) }));
}
