/** From the checked mesh to the core's modes: what modal and harmonic studies share. */
import type { ModalSolution, StaticSolution } from '../../../../native/index.d.ts';
import { refuseStudy } from '../../errors.ts';
import { type BuiltModel, buildModel } from '../../model/build.ts';
import { nodeCount } from '../../model/mesh.ts';
import type { SolveTask } from '../../workers/tasks.ts';
import { type AnalysisInput, refuseTooLarge, runNative } from '../analysis.ts';

/** What can be asked for and is not done for vibration yet must never be left out in silence. */
export function refuseWhatVibrationLacks({ task }: AnalysisInput, words: string): void {
  const { study, connections, temperatures } = task;
  const missing: [boolean, string][] = [
    [connections.length > 0, 'connections between bodies'],
    [(study.cases ?? []).length > 0, 'load cases'],
    [study.inertiaRelief === true, 'inertia relief'],
    [study.largeDisplacement !== undefined, 'large displacement'],
    [temperatures !== null || study.temperatures !== undefined, 'temperatures of another study'],
    [task.loads.some(({ load }) => load.kind === 'remote-force' && load.coupling === 'rigid'), 'rigid remote forces'],
    [task.restraints.some(({ restraint }) => restraint.kind === 'cyclic-symmetry'), 'cyclic symmetry'],
    [task.bodies.some(({ material }) => material.properties.orthotropic !== undefined), 'orthotropic materials'],
    [
      task.bodies.some(({ material }) => material.properties.tables !== undefined),
      'properties that change with temperature',
    ],
  ];
  const found = missing.find(([asked]) => asked);
  if (found) throw refuseStudy('not-yet', `${words} with ${found[1]} cannot be solved yet.`, 'Leave them out.');
}

/** Without mass nothing vibrates. */
export function requireDensity({ task }: { task: Pick<SolveTask, 'bodies'> }): void {
  const without = task.bodies.find(({ material }) => !(material.properties.density_kg_m3 > 0));
  if (!without) return;
  throw refuseStudy(
    'no-density',
    `Material "${without.material.name}" has no density: without mass there are no natural frequencies.`,
    'Give the material its density.',
  );
}

/** The model of the study's restraints and loads. @param mayMove whether it may be free to move as a whole */
export function buildUnconnected({ task, mesh }: AnalysisInput, words: string, mayMove: boolean): BuiltModel {
  const { bodies, restraints, loads, temperatureChange, connections } = task;
  const built = buildModel(mesh, bodies, restraints, loads, temperatureChange, connections, { mayMove });
  if (built.connections)
    throw refuseStudy('not-yet', `${words} with connections between bodies cannot be solved yet.`, 'Leave them out.');
  return built;
}

/** The static solution of all loads together. */
export async function solveStaticState(
  input: AnalysisInput,
  built: BuiltModel,
  from: number,
  to: number,
): Promise<StaticSolution> {
  const { core, task, mesh } = input;
  refuseTooLarge(core.estimateMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method), input);
  return runNative(input, from, to, (options) => core.solveStatic(built.model, { ...task.solver, ...options }));
}

export interface ModesWanted {
  count: number;
  prestressDisplacement?: Float64Array;
  from: number;
  to: number;
}

export async function solveModes(input: AnalysisInput, built: BuiltModel, wanted: ModesWanted): Promise<ModalSolution> {
  const { core, task, mesh } = input;
  const { method, threads } = task.solver;
  refuseTooLarge(core.estimateEigenMemory(nodeCount(mesh), mesh.elements.length / 10, wanted.count + 6, method), input);
  return runNative(input, wanted.from, wanted.to, (options) =>
    core.solveModes(built.model, {
      ...options,
      method,
      threads,
      modeCount: wanted.count,
      ...(wanted.prestressDisplacement ? { prestressDisplacement: wanted.prestressDisplacement } : {}),
    }),
  );
}

export const frequencyOf = (eigenvalue: number): number => Math.sqrt(Math.max(0, eigenvalue)) / (2 * Math.PI);
