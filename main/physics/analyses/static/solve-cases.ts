/** Solves the load cases of a study from one assembly, and their combinations from the cases. */
import type { StaticSolution } from '../../../../native/index.d.ts';
import { DEFAULT_REFERENCE_TEMPERATURE_degC } from '../../../../preload/contract/studies.ts';
import { blameConnections } from '../../connections/blame.ts';
import { type MeshSolution, meshSolution, padded } from '../../connections/extend-model.ts';
import { tightenBolts } from '../../connections/tighten.ts';
import { refuseStudy } from '../../errors.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';
import { type AppliedCase, applyCase, type BuiltModel, buildModel } from '../../model/build.ts';
import { nodeCount } from '../../model/mesh.ts';
import { scale } from '../../vector.ts';
import { type AnalysisInput, refuseTooLarge, runNative } from '../analysis.ts';
import { type BalancingAcceleration, InertiaRelief } from './inertia-relief.ts';
import { type CombinationOfCases, loadCasesOf } from './load-cases.ts';

/** Shares of the whole that the stages of a solution take on the progress bar. */
export const SOLVE_FROM = 0.15;
export const SOLVE_TO = 0.9;

/** What is solved, and what came of it: a load case or a combination of them. */
export interface SolvedCase {
  kind: 'case' | 'combination';
  id: string | null;
  name: string;
  /** The model with this case's loads. */
  built: BuiltModel;
  solution: MeshSolution;
  acceleration: BalancingAcceleration | null;
  /** How often the prescribed displacements count: once in a load case, as the sum of its factors in a combination. */
  prescribed: number;
}

export type CasesInput = Pick<AnalysisInput, 'core' | 'mesh' | 'state' | 'progress'> & {
  task: Pick<
    AnalysisInput['task'],
    'bodies' | 'restraints' | 'loads' | 'connections' | 'temperatureChange' | 'solver' | 'memoryLimit_bytes' | 'study'
  >;
};

/** Cases first, then combinations. */
export async function solveCases(input: CasesInput): Promise<SolvedCase[]> {
  const { task, core, mesh } = input;
  const { cases, combinations } = loadCasesOf(task.study, task.loads);
  const reference = task.study.referenceTemperature_degC ?? DEFAULT_REFERENCE_TEMPERATURE_degC;
  const heated = cases.some((one) => one.loads.some(({ load }) => load.kind === 'body-temperature'));
  const built = buildModel(
    mesh,
    task.bodies,
    task.restraints,
    cases[0]!.loads,
    task.temperatureChange,
    task.connections,
    {
      referenceTemperature_degC: reference,
      heated,
      inertiaRelief: task.study.inertiaRelief === true,
      loadsOfAllCases: task.loads,
    },
  );
  const count = cases.length + combinations.length;
  refuseTooLarge(core.estimateMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method, count), input);

  const applied: AppliedCase[] = cases.map((one, index) =>
    index === 0
      ? { loads: built.loads, mass: built.mass, temperatureChange: built.model.temperatureChange }
      : applyCase({ ...built, bodies: task.bodies }, one.loads, task.temperatureChange, reference),
  );
  refuseWhatDoesNotAdd(task, combinations, applied);
  if (task.study.inertiaRelief && built.connections)
    throw refuseStudy('not-yet', 'Inertia relief with connections cannot be solved yet.', 'Unite the bodies.');
  const relief = task.study.inertiaRelief ? new InertiaRelief(built, task.bodies) : null;
  const accelerations = applied.map((one) => relief?.balance(one) ?? null);

  input.progress('Assembling', SOLVE_FROM);
  await tightenBolts(built.model, built.connections, (model) =>
    runNative(input, SOLVE_FROM, SOLVE_FROM, (options) => core.solveStatic(model, { ...task.solver, ...options })),
  );
  const models = applied.map((one, index) => withCase(built, one, factorsOfLoads(task.loads, cases[index]!.loads)));
  const solutions = await runNative(input, SOLVE_FROM, SOLVE_TO, (options) => {
    const solved =
      count === 1
        ? core.solveStatic(models[0]!.model, { ...task.solver, ...options }).then((one) => [one])
        : core.solveStaticCases(
            built.model,
            models.map(({ model: { forces, temperatureChange } }) => ({ forces, temperatureChange })),
            { ...task.solver, ...options, combinations: combinations.map(({ factors }) => factors) },
          );
    return solved.catch(blameConnections(built.connections));
  });
  for (const { displacement } of relief ? solutions : []) relief!.withoutRigidMotion(displacement);
  return solutions.map((whole, index): SolvedCase => {
    const solution = meshSolution(whole, nodeCount(mesh));
    const one = cases[index];
    if (one) {
      const { id, name } = one;
      return {
        kind: 'case',
        id,
        name,
        built: models[index]!,
        solution,
        acceleration: accelerations[index]!,
        prescribed: 1,
      };
    }
    const { id, name, factors } = combinations[index - cases.length]!;
    const ofLoads = task.loads.map((_, load) =>
      cases.reduce((sum, { loads }, k) => sum + factors[k]! * factorsOfLoads(task.loads, loads)[load]!, 0),
    );
    const sum = withCase(built, sumOfCases(applied, factors), ofLoads);
    const prescribed = factors.reduce((total, factor) => total + factor, 0);
    return { kind: 'combination', id, name, built: sum, solution, acceleration: null, prescribed };
  });
}

/** How often each of the study's loads acts in a case. */
const factorsOfLoads = (all: readonly ResolvedLoad[], loads: readonly ResolvedLoad[]): number[] =>
  all.map(({ load: { id } }) => loads.reduce((sum, { load, factor = 1 }) => sum + (load.id === id ? factor : 0), 0));

/** The model with a case's loads; those that act on points beyond the mesh by `factors` of the study's loads. */
function withCase(
  built: BuiltModel,
  { loads, temperatureChange }: AppliedCase,
  factors: readonly number[],
): BuiltModel {
  if (!built.connections)
    return { ...built, loads, model: { ...built.model, forces: loads.forces, temperatureChange } };
  const connections = {
    ...built.connections,
    forces: built.connections.forces.map((one) => ({ ...one, force: scale(one.force, factors[one.load]!) })),
  };
  const forces = new Float64Array(built.model.nodes.length);
  forces.set(loads.forces);
  for (const { node, force } of connections.forces)
    force.forEach((value, axis) => {
      forces[3 * node + axis]! += value;
    });
  // Bolts are tight in every case.
  const bolts = connections.connectors.filter(({ bolt }) => bolt !== null);
  for (const [index, { node }] of bolts.entries()) forces[3 * node]! += connections.preloads[index] ?? 0;
  const temperatures = temperatureChange && padded(temperatureChange, forces.length / 3);
  return { ...built, loads, connections, model: { ...built.model, forces, temperatureChange: temperatures } };
}

/**
 * Only what is linear may be added: with materials that follow the temperature, cases of different temperatures are not; and
 * the tightness of bolts, which is in every case, must count once.
 */
function refuseWhatDoesNotAdd(
  task: CasesInput['task'],
  combinations: readonly CombinationOfCases[],
  applied: readonly AppliedCase[],
): void {
  const bolted = task.connections.some(({ connection }) => connection.kind === 'bolt' && connection.preload_N !== 0);
  const uneven = combinations.find(({ factors }) => Math.abs(factors.reduce((sum, f) => sum + f, 0) - 1) > 1e-9);
  if (bolted && uneven)
    throw refuseStudy(
      'preload-not-once',
      `The factors of combination "${uneven.name}" do not add up to 1: the preload of the bolts, which is in every case, would not count once.`,
      'Make a load case that holds all of the loads instead of the combination.',
    );
  const follows = task.bodies.some(({ material }) => material.properties.tables !== undefined);
  if (combinations.length === 0 || !follows) return;
  const first = applied[0]!.temperatureChange;
  const same = applied.every(({ temperatureChange: other }) =>
    first && other ? first.every((value, node) => value === other[node]) : first === other,
  );
  if (same) return;
  throw refuseStudy(
    'not-linear',
    'Load cases of different temperatures cannot be combined: a material follows the temperature, so their stiffnesses differ.',
    'Make a load case that holds all of the loads instead of the combination.',
  );
}

function sumOfCases(applied: readonly AppliedCase[], factors: Float64Array): AppliedCase {
  const { forces } = applied[0]!.loads;
  const sum = new Float64Array(forces.length);
  let temperatureChange: Float64Array | null = null;
  applied.forEach((one, index) => {
    const factor = factors[index]!;
    for (let i = 0; i < sum.length; i++) sum[i]! += factor * one.loads.forces[i]!;
    if (!one.temperatureChange || factor === 0) return;
    temperatureChange ??= new Float64Array(sum.length / 3);
    for (let i = 0; i < temperatureChange.length; i++) temperatureChange[i]! += factor * one.temperatureChange[i]!;
  });
  const used = applied.filter((_, index) => factors[index] !== 0);
  return {
    mass: applied[0]!.mass,
    temperatureChange,
    loads: {
      ...applied[0]!.loads,
      forces: sum,
      concentrated: used.flatMap(({ loads }) => loads.concentrated),
      byLoad: used.flatMap(({ loads }) => loads.byLoad),
    },
  };
}

/**
 * One picture of where any of the cases is uncertain, for the choice of element sizes: each case counts by its own largest
 * stress, so that a small load is seen beside a large one.
 */
export function mostUncertain(
  solved: readonly SolvedCase[],
): Pick<StaticSolution, 'elementError' | 'vonMises' | 'relativeEnergyError'> {
  const first = solved[0]!.solution;
  if (solved.length === 1) return first;
  const elementError = new Float64Array(first.elementError.length);
  const vonMises = new Float64Array(first.vonMises.length);
  let relativeEnergyError = 0;
  for (const { solution } of solved) {
    const largest = solution.vonMises.reduce((most, value) => Math.max(most, value), 0);
    if (largest === 0) continue;
    relativeEnergyError = Math.max(relativeEnergyError, solution.relativeEnergyError);
    for (let i = 0; i < elementError.length; i++)
      elementError[i] = Math.max(elementError[i]!, solution.elementError[i]! / largest);
    for (let i = 0; i < vonMises.length; i++) vonMises[i] = Math.max(vonMises[i]!, solution.vonMises[i]! / largest);
  }
  return { elementError, vonMises, relativeEnergyError };
}
