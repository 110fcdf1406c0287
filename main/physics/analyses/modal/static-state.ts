/** The model that vibrates or buckles, and the static states whose stress stiffens it. */
import type { StaticModel, StaticSolution } from '../../../../native/index.d.ts';
import { DEFAULT_REFERENCE_TEMPERATURE_degC } from '../../../../preload/contract/studies.ts';
import { blameConnections } from '../../connections/blame.ts';
import { connectionStressStiffness, type NodeBlocks } from '../../connections/stress-stiffness.ts';
import { tightenBolts } from '../../connections/tighten.ts';
import { refuseStudy } from '../../errors.ts';
import { type BuiltModel, buildModel } from '../../model/build.ts';
import { withoutExpansion } from '../../model/material-arrays.ts';
import { nodeCount } from '../../model/mesh.ts';
import { dot, norm, subtract, type Vec3 } from '../../vector.ts';
import type { SolveTask } from '../../workers/tasks.ts';
import { type AnalysisInput, refuseTooLarge, runNative } from '../analysis.ts';

/** Arms along their force shorter than this part of the body change nothing that matters. */
const FREE_ARM = 0.01;

/** What can be asked for and is not done for vibration and buckling yet must never be left out in silence. */
export function refuseWhatVibrationLacks({ task }: AnalysisInput, words: string): void {
  const { study, temperatures } = task;
  const missing: [boolean, string][] = [
    [(study.cases ?? []).length > 0, 'load cases'],
    [study.inertiaRelief === true, 'inertia relief'],
    [study.largeDisplacement !== undefined, 'large displacement'],
    [temperatures !== null || study.temperatures !== undefined, 'temperatures of another study'],
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

/**
 * The model of the study's restraints, loads and connections.
 * @param options.mayMove whether it may be free to move as a whole
 * @param options.stressed whether the stress of a static state is to stiffen it
 */
export function buildForEigenvalues(
  { task, mesh }: AnalysisInput,
  options: { mayMove: boolean; stressed: boolean },
): BuiltModel {
  const { bodies, restraints, loads, temperatureChange, connections, study } = task;
  return buildModel(mesh, bodies, restraints, loads, temperatureChange, connections, {
    mayMove: options.mayMove,
    stressStiffness: options.stressed,
    expands: options.stressed,
    referenceTemperature_degC: study.referenceTemperature_degC ?? DEFAULT_REFERENCE_TEMPERATURE_degC,
  });
}

/**
 * What decks of other programs cannot say: the stress stiffness of connections, and bolts that stay as tight as they are while
 * the loads are multiplied. A deck without them would be of another model.
 */
export const fitsDeck = (...states: (StressState | null)[]): boolean =>
  states.every((state) => (state?.blocks?.nodes.length ?? 0) === 0);

/** Of a sector, only the modes that are alike in all sectors are found: never left unsaid. */
export function sectorWarnings({ task }: { task: Pick<SolveTask, 'restraints'> }, what: string) {
  const cyclic = task.restraints.some(({ restraint }) => restraint.kind === 'cyclic-symmetry' && !restraint.suppressed);
  if (!cyclic) return [];
  return [
    {
      code: 'result.nodal-diameter-0',
      message: `These are only the ${what} in which all sectors move alike (nodal diameter 0): others may be lower. Solve the whole part to see them.`,
    },
  ];
}

/** A distributed force has its direction and its place on the faces: the arm that leans with a rigid point is missing. */
export function armWarnings({ task }: Pick<AnalysisInput, 'task'>, { finder }: BuiltModel) {
  return task.loads.flatMap(({ load, target }) => {
    if (load.kind !== 'remote-force' || load.coupling === 'rigid' || load.suppressed || !target) return [];
    const arm = subtract(load.point_mm as Vec3, finder.patch(target, `Load "${load.name}"`).centroid);
    const along = Math.abs(dot(arm, load.force_N as Vec3)) / (norm(load.force_N as Vec3) || 1);
    if (along <= FREE_ARM * Math.max(...task.bodies.map(({ size_mm }) => size_mm))) return [];
    return [
      {
        code: 'result.arm-left-out',
        message: `Load "${load.name}" acts ${along.toPrecision(3)} mm beyond its faces, but distributed over them its arm does not lean with them: with a rigid coupling the part may buckle sooner.`,
      },
    ];
  });
}

/** Whether some bolt is tightened. */
export const isTightened = ({ task }: { task: Pick<SolveTask, 'connections'> }): boolean =>
  task.connections.some(({ connection }) => connection.kind === 'bolt' && connection.preload_N !== 0);

/** The static solution of a model, as the core gives it: with the nodes beyond the mesh. */
export async function solveStatic(
  input: AnalysisInput,
  built: BuiltModel,
  model: StaticModel,
  from: number,
  to: number,
): Promise<StaticSolution> {
  const { core, task, mesh } = input;
  refuseTooLarge(core.estimateMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method), input);
  return runNative(input, from, to, (options) =>
    core.solveStatic(model, { ...task.solver, ...options }).catch(blameConnections(built.connections)),
  );
}

/** A static state as far as it stiffens a model: displacement, and what connections add. */
export interface StressState {
  displacement: Float64Array;
  blocks: NodeBlocks | null;
}

export interface StaticStates {
  /** Of everything together: loads, prescribed displacements, tightened bolts. */
  whole: StaticSolution;
  wholeStress: StressState;
  /** Of the tightened bolts alone; null without any. */
  tightened: StressState | null;
  /** Of everything but them. */
  loadsAlone: StressState;
}

/** Tightens the bolts and solves for all loads together; the model's forces hold the preloads from then on. */
export async function solveStaticStates(
  input: AnalysisInput,
  built: BuiltModel,
  from: number,
  to: number,
): Promise<StaticStates> {
  const { mesh } = input;
  const { connections, model } = built;
  const loads = Float64Array.from(model.forces);
  await tightenBolts(model, connections, (unit) => solveStatic(input, built, unit, from, from));
  const middle = isTightened(input) ? (from + to) / 2 : to;
  const whole = await solveStatic(input, built, model, from, middle);
  const stressOf = (
    one: Pick<StaticSolution, 'displacement' | 'constraintForces'>,
    tightened: boolean,
  ): StressState => ({
    displacement: one.displacement,
    blocks:
      connections &&
      connectionStressStiffness(
        connections,
        mesh,
        {
          constraintForces: one.constraintForces,
          extra: { displacement: one.displacement.subarray(3 * nodeCount(mesh)) },
        },
        tightened,
      ),
  });
  const wholeStress = stressOf(whole, true);
  if (!isTightened(input)) return { whole, wholeStress, tightened: null, loadsAlone: wholeStress };
  const bolts = await solveStatic(
    input,
    built,
    {
      ...withoutExpansion(model),
      forces: model.forces.map((value, i) => value - loads[i]!),
      fixedValues: new Float64Array(model.fixedValues.length),
    },
    middle,
    to,
  );
  const without = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);
  return {
    whole,
    wholeStress,
    tightened: stressOf(bolts, true),
    loadsAlone: stressOf(
      {
        displacement: without(whole.displacement, bolts.displacement),
        constraintForces: without(whole.constraintForces, bolts.constraintForces),
      },
      false,
    ),
  };
}
