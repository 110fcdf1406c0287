/** Runs the core on a thermal model: memory first, then the solution, with what the core refuses said in terms of heat. */
import type {
  HeatSolution,
  HeatSolveOptions,
  TransientHeatOptions,
  TransientHeatSolution,
} from '../../../native/index.d.ts';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import { type AnalysisInput, refuseTooLarge, runNative } from '../analyses/analysis.ts';
import { physicsFault, refuseStudy } from '../errors.ts';
import { nodeCount } from '../model/mesh.ts';
import type { SolveTask } from '../workers/tasks.ts';
import type { BuiltHeat } from './model.ts';

/** Unbalanced heat of the free nodes over all heat that flows; statics' tolerance is of forces and is not used. */
const TOLERANCE = 1e-10;
/** Difference between what a load promises and what the model carries that is put down to the rules of integration. */
const PROMISE_TOLERANCE = 1e-5;
/** A balance of heat that is worse than this is no solution. */
const BALANCE_TOLERANCE = 1e-6;

type Input = Pick<AnalysisInput, 'core' | 'mesh' | 'state' | 'progress'> & {
  task: Pick<SolveTask, 'solver' | 'memoryLimit_bytes'>;
};
type TransientSettings = Omit<TransientHeatOptions, keyof HeatSolveOptions>;

const optionsOf = ({ task }: Input) => ({
  method: task.solver.method,
  threads: task.solver.threads,
  tolerance: TOLERANCE,
});

export async function solveSteady(
  input: Input,
  built: Pick<BuiltHeat, 'model' | 'entries'>,
  from: number,
  to: number,
): Promise<HeatSolution> {
  const { core, mesh, task } = input;
  refuseTooLarge(core.estimateHeatMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method, false), input);
  refuseUnset(built);
  input.progress('Assembling', from);
  const solution = await inTermsOfHeat(() =>
    runNative(input, from, to, (options) => core.solveHeat(built.model, { ...optionsOf(input), ...options })),
  );
  requirePromises(built, solution.inflow.surfaces);
  requireBalance(solution.balanceError);
  return solution;
}

export async function solveOverTime(
  input: Input,
  built: BuiltHeat,
  settings: TransientSettings,
  from: number,
  to: number,
): Promise<TransientHeatSolution> {
  const { core, mesh, task } = input;
  const kept = 8 * nodeCount(mesh) * 8 * (settings.outputTimes?.length ?? 0);
  refuseTooLarge(
    core.estimateHeatMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method, true) + kept,
    input,
  );
  input.progress('Assembling', from);
  const solution = await inTermsOfHeat(() =>
    runNative(input, from, to, (options) =>
      core.solveTransientHeat(built.model, { ...optionsOf(input), ...settings, ...options }),
    ),
  );
  requireBalance(solution.balanceError);
  return solution;
}

/** Refuses a steady study in which nothing sets a temperature, before the core looks part by part. */
function refuseUnset(built: Pick<BuiltHeat, 'model'>): void {
  const { model } = built;
  const lets = (model.surfaces ?? []).some(({ kind }) => kind !== 'flux');
  if (model.fixedNodes.length > 0 || lets) return;
  throw refuseStudy(
    'no-temperature',
    'Nothing sets the temperature: no face has a fixed temperature, convection or radiation.',
    'Fix the temperature of a face, or let one give its heat to the surroundings. Without that, heat only piles up: use a transient thermal study.',
  );
}

async function inTermsOfHeat<T>(compute: () => Promise<T>): Promise<T> {
  try {
    return await compute();
  } catch (error) {
    if (!(error instanceof ArtificerError)) throw error;
    if (error.code === 'study.singular')
      throw refuseStudy(
        'no-temperature',
        error.data.cause ?? 'Nothing sets the temperature of some part.',
        'Fix a temperature on it, let a face give heat to the surroundings, or bond it to its neighbours.',
      );
    if (error.code === 'physics.not-converged')
      throw physicsFault(
        'not-converged',
        'The temperatures did not converge.',
        'Look at emissivities, ambient temperatures and tables of conductivity; a finer mesh may help.',
        error.data.cause,
      );
    throw error;
  }
}

/** What a person asked for is what the model carries, or there is an error. */
function requirePromises({ entries }: Pick<BuiltHeat, 'entries'>, carried: Float64Array): void {
  for (const { name, surface, promised_mW } of entries) {
    if (surface === undefined || promised_mW === undefined) continue;
    const got = carried[surface]!;
    if (Math.abs(got - promised_mW) <= PROMISE_TOLERANCE * Math.abs(promised_mW)) continue;
    throw physicsFault(
      'load-lost',
      `Load "${name}" promises ${promised_mW / 1000} W, but the model carries ${got / 1000} W.`,
      'Try another element size; if it happens again, report it.',
    );
  }
}

function requireBalance(error: number): void {
  if (error <= BALANCE_TOLERANCE) return;
  throw physicsFault(
    'heat-unbalanced',
    `The heat that flows in and out differs by ${(100 * error).toExponential(1)} %.`,
    'Try another mesh size, or the direct method.',
  );
}
