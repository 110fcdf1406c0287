/** How fast a large sketch follows the hand, and how fast it is solved and diagnosed from cold. */

import { init_planegcs_module } from '@salusoft89/planegcs';
import { seededRandom } from '../document/index.ts';
import { loadSketchSolver } from './solver/load.ts';
import { solveByPlanegcs } from './solver/planegcs.ts';
import { perforatedPlate } from './testing/perforated-plate.ts';
import type { SolvableSketch } from './types.ts';

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
  /** A smaller one of the same kind, off by up to half a millimetre, cold: by us, and by planegcs alone. */
  smallConstraints: number;
  smallOurs_ms: number;
  smallPlanegcs_ms: number;
}

/** Every point somewhere else, by up to half a millimetre. */
function disturbed(sketch: SolvableSketch): SolvableSketch {
  const random = seededRandom(11);
  const shift = () => random() - 0.5;
  const entities = sketch.entities.map((entity) =>
    entity.kind === 'point' ? { ...entity, x_mm: entity.x_mm + shift(), y_mm: entity.y_mm + shift() } : entity,
  );
  return { entities, constraints: sketch.constraints };
}

export async function benchmarkSketch(steps = 240): Promise<SketchBenchmark> {
  const { sketch, handle } = perforatedPlate();
  const solver = await loadSketchSolver();
  // Warm code, as in a session that has been going on for a while.
  solver.solve(sketch);
  const off = disturbed(sketch);
  const solveStart = performance.now();
  solver.solve(off);
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

  // Of the large one planegcs runs out of its memory.
  const small = disturbed(perforatedPlate(14, 9, 6).sketch);
  const module = await init_planegcs_module();
  const timed = (run: () => unknown): number => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  const smallOurs_ms = timed(() => solver.solve(small));
  const smallPlanegcs_ms = timed(() => solveByPlanegcs(module, small));
  solver.dispose();
  return {
    constraints: sketch.constraints.length,
    entities: sketch.entities.length,
    dragMedian_ms: times[Math.floor(steps / 2)]!,
    dragP95_ms: times[Math.floor(steps * 0.95)]!,
    unsolved,
    steps,
    solve_ms,
    smallConstraints: small.constraints.length,
    smallOurs_ms,
    smallPlanegcs_ms,
  };
}
