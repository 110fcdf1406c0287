/** How fast a large sketch follows the hand, and how fast it is solved and diagnosed from cold. */

import { init_planegcs_module } from '@salusoft89/planegcs';
import { loadSketchSolver } from './solver/load.ts';
import { solveByPlanegcs } from './solver/planegcs.ts';
import { perforatedPlate } from './testing/perforated-plate.ts';

export interface SketchBenchmark {
  constraints: number;
  /** Curves and points. */
  entities: number;
  /** One step of a drag that moves most of the sketch: solving alone, without drawing. */
  dragMedian_ms: number;
  dragP95_ms: number;
  /** Steps at which a constraint was off, of all. */
  unsolved: number;
  steps: number;
  /** A cold solution with degrees of freedom, redundancy and what is free. */
  solve_ms: number;
  /** The same sketch by planegcs alone. */
  planegcs_ms: number;
}

export async function benchmarkSketch(steps = 240): Promise<SketchBenchmark> {
  const { sketch, handle } = perforatedPlate();
  const solver = await loadSketchSolver();
  // Warm code, as in a session that has been going on for a while.
  solver.solve(sketch);
  const solveStart = performance.now();
  solver.solve(sketch);
  const solve_ms = performance.now() - solveStart;

  const session = solver.begin(sketch);
  const times: number[] = [];
  let unsolved = 0;
  for (let i = 0; i < steps; i++) {
    const to = [380 + 60 * Math.sin(i / 12), 300 + 4 * Math.cos(i / 7)] as const;
    const start = performance.now();
    if (!session.drag(handle, to).solved) unsolved++;
    times.push(performance.now() - start);
  }
  session.cancel();
  times.sort((a, b) => a - b);

  const module = await init_planegcs_module();
  const otherStart = performance.now();
  solveByPlanegcs(module, sketch);
  const planegcs_ms = performance.now() - otherStart;
  solver.dispose();
  return {
    constraints: sketch.constraints.length,
    entities: sketch.entities.length,
    dragMedian_ms: times[Math.floor(steps / 2)]!,
    dragP95_ms: times[Math.floor(steps * 0.95)]!,
    unsolved,
    steps,
    solve_ms,
    planegcs_ms,
  };
}
