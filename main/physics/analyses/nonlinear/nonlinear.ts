/**
 * Statics with large displacements: the loads are raised in steps, and equilibrium is found on the deformed part. Forces,
 * tractions and gravity keep their direction and size (dead loads); pressures follow their faces unless the study says no.
 */
import type { NonlinearModel, NonlinearOptions } from '../../../../native/index.d.ts';
import { DEFAULT_REFERENCE_TEMPERATURE_degC } from '../../../../preload/contract/studies.ts';
import { refuseStudy } from '../../errors.ts';
import { packDeck } from '../../export/deck.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';
import { type BuiltModel, buildModel } from '../../model/build.ts';
import { nodeCount } from '../../model/mesh.ts';
import { packFrames, staticFrame } from '../../results/fields.ts';
import { safetyFactors, strengthsOf, summarise } from '../../results/summary.ts';
import { type Analysis, type AnalysisInput, packedMeshOf, refuseTooLarge, runNative } from '../analysis.ts';
import { curvesOf, framesOf, packedFrame } from './frames.ts';
import { nonlinearWarnings } from './warnings.ts';

/** Shares of the whole that the stages of a solution take on the progress bar. */
const SOLVE_FROM = 0.1;
const SOLVE_TO = 0.92;
/** Steps to begin with, where the study names none. */
const STEPS = 10;
/** Newton's method doubles its digits with every iteration: what static studies ask for costs one more. */
const TOLERANCE = 1e-7;

export const nonlinearAnalysis: Analysis = async (input) => {
  const { task, core, mesh, quality, progress } = input;
  refuseWhatIsMissing(task);
  const following = task.study.largeDisplacement?.followerPressure !== false;
  const { built, model } = buildNonlinear(input, following);
  refuseTooLarge(core.estimateNonlinearMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method), input);
  const solution = await runNative(input, SOLVE_FROM, SOLVE_TO, ({ cancel }) =>
    core.solveNonlinear(model, {
      ...stepsOf(task.study.largeDisplacement?.steps ?? STEPS),
      method: task.solver.method,
      threads: task.solver.threads,
      tolerance: TOLERANCE,
      cancel,
      onProgress: ({ fraction, step, loadFactor, iteration, relativeResidual }) =>
        progress(
          step === undefined ? 'Preparing load steps' : `Load step ${step}, to ${percent(loadFactor ?? 0)} of the load`,
          SOLVE_FROM + (SOLVE_TO - SOLVE_FROM) * fraction,
          detailOf({ step, loadFactor, iteration, residual: relativeResidual }),
        ),
    }),
  );
  if (solution.loadFactor === 0)
    throw refuseStudy(
      'no-load-step',
      `Not even ${percent(stepsOf(STEPS).smallestStep!)} of the load could be put on. ${solution.explanation}`,
      'Check units and directions of the loads, and that nothing thin is held by an edge or a point only.',
    );

  progress('Collecting results', SOLVE_TO);
  const strengths = strengthsOf(task.bodies);
  const asStatic = {
    ...solution,
    residualHistory: solution.attempts.at(-1)?.residual ?? new Float64Array(0),
    constraintForces: new Float64Array(0),
    // Fields around neighbouring nodes are compared in linear solutions only: here each side of the elements' average counts.
    stressError: solution.stressSpread.map((spread) => spread / 2),
    seconds: { assemble: 0, factorise: 0, ...solution.seconds },
  };
  const safetyFactor = safetyFactors(mesh, built.elementBody, strengths, asStatic);
  const frames = [...solution.frames].reverse();
  const fields = packFrames(
    { ...packedMeshOf(input, built.elementBody), elementError: solution.elementError, strengths },
    [staticFrame(asStatic, safetyFactor), ...frames.slice(1).map(packedFrame)],
    task.inputHash,
  );
  const linear = summarise({
    inputHash: task.inputHash,
    mesh,
    order: task.order,
    bodies: task.bodies,
    // What is carried at the end, on the sides as they lie then: what the reactions balance.
    built: { ...built, model: { ...built.model, forces: solution.externalForces } },
    restraints: task.restraints,
    solution: asStatic,
    quality,
    strengths,
    safetyFactor,
    probes: task.study.probes,
    warnings: [...task.warnings, ...input.warnings],
    solver: `Artificer ${core.version}`,
    meshSeconds: task.meshSeconds,
    totalSeconds: (Date.now() - task.startedAt) / 1000,
  });
  const summary = {
    ...linear,
    frames: framesOf(mesh, built.elementBody, frames, linear, task.study.probes),
    curves: curvesOf(mesh, built.elementBody, solution, task.study.probes),
    warnings: nonlinearWarnings(linear.warnings, solution, task.loads, task.temperatureChange !== null),
  };
  progress('Packing', 0.97);
  const deck = packDeck(model, {
    inputHash: task.inputHash,
    title: task.title,
    bodies: task.bodies.map((body) => ({ name: body.name, material: body.material.name })),
    largeDisplacement: true,
  });
  return { summary, fields, deck };
};

const percent = (factor: number): string => `${Number((100 * factor).toPrecision(3))} %`;

const detailOf = (values: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined));

/** The steps to begin with; they may become twice as long, and a hundredth as long. */
export const stepsOf = (
  steps: number,
): Required<Pick<NonlinearOptions, 'firstStep' | 'largestStep' | 'smallestStep' | 'mostFrames'>> => ({
  firstStep: 1 / steps,
  largestStep: Math.min(1, 2 / steps),
  smallestStep: Math.min(1e-3, 0.1 / steps),
  mostFrames: Math.max(50, steps),
});

const isPressure = ({ load }: ResolvedLoad): boolean => load.kind === 'pressure';

/** The static model of the other loads, and the facets under pressure with it. */
function buildNonlinear(
  { task, mesh }: Pick<AnalysisInput, 'task' | 'mesh'>,
  following: boolean,
): { built: BuiltModel; model: NonlinearModel } {
  const dead = following ? task.loads.filter((load) => !isPressure(load)) : task.loads;
  // Properties that follow the temperature are those of the whole of it, from the first load step on.
  const built = buildModel(mesh, task.bodies, task.restraints, dead, task.temperatureChange, [], {
    referenceTemperature_degC: task.study.referenceTemperature_degC ?? DEFAULT_REFERENCE_TEMPERATURE_degC,
  });
  // Equations between nodes hold for small rotations only.
  if (built.connections)
    throw notYet('remote points, cyclic symmetry or other restraints and loads that couple parts of the model');
  if (!following) return { built, model: built.model };
  const facets: Int32Array[] = [];
  const pressures: number[] = [];
  for (const { load, target } of task.loads) {
    if (load.kind !== 'pressure' || load.suppressed) continue;
    const who = `Load "${load.name}"`;
    if (!target) throw refuseStudy('nothing-there', `${who} is on nothing.`, 'Pick where it acts.');
    const patch = built.finder.patch(target, who);
    if (patch.dimension !== 2)
      throw refuseStudy('needs-faces', `${who}: a pressure acts on faces.`, 'Pick faces, or use a force.');
    facets.push(patch.cellNodes);
    for (let cell = 0; cell < patch.cellNodes.length / 6; cell++) pressures.push(load.pressure_MPa);
  }
  const pressureFacets = new Int32Array(6 * pressures.length);
  let at = 0;
  for (const one of facets) {
    pressureFacets.set(one, at);
    at += one.length;
  }
  return { built, model: { ...built.model, pressureFacets, pressures: Float64Array.from(pressures) } };
}

/** What a study may ask for already and large displacements do not do yet must never be left out in silence. */
function refuseWhatIsMissing({ study, connections, bodies, loads, temperatures }: AnalysisInput['task']): void {
  const missing: [boolean, string][] = [
    [connections.length > 0, 'connections between bodies'],
    [(study.cases ?? []).length > 0, 'load cases: the sum of two loads is not the sum of what they do'],
    [study.inertiaRelief === true, 'inertia relief'],
    [temperatures !== null || study.temperatures !== undefined, 'temperatures of another study'],
    [loads.some(({ load }) => load.kind === 'remote-force' && load.coupling === 'rigid'), 'rigid remote forces'],
    [bodies.some(({ material }) => material.properties.orthotropic !== undefined), 'orthotropic materials'],
  ];
  const found = missing.find(([asked]) => asked);
  if (found) throw notYet(found[1]);
}

const notYet = (what: string): Error =>
  refuseStudy(
    'not-yet',
    `Studies of large displacements cannot be solved with ${what} yet.`,
    'Leave them out, or solve without large displacements.',
  );
