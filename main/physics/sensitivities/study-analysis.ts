/** The values of a study's functionals, with their gradients, by the kind of study. */
import type { SolveOptions } from '../../../native/index.d.ts';
import type { Functional } from '../../../preload/contract/sensitivities.ts';
import { type NativeOptions, type ReportProgress, refuseTooLarge, runNative } from '../analyses/analysis.ts';
import { requireDensity } from '../analyses/modal/static-state.ts';
import { pathsOf } from '../analyses/static/load-paths.ts';
import type { AppliedConnections } from '../connections/connect.ts';
import { refuseStudy } from '../errors.ts';
import { solveSteady } from '../heat/run.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { NumericCore } from '../native-core.ts';
import type { SensitivityTask } from '../workers/tasks.ts';
import { type Anchors, analyseFunctionals, anchor, type FunctionalState, type StaticCase } from './adjoint.ts';
import { analyseEigenvalues, type ModeGroups } from './eigenvalues.ts';
import { analyseTemperatures, type HeatAnchors } from './temperatures.ts';

/** Values on a mesh; the first mesh says what stays as it is when the nodes of the others lie elsewhere. */
export type StudyAnalysis = (mesh: VolumeMesh, gradients: boolean) => Promise<FunctionalState[]>;

export interface AnalysisRunner {
  core: NumericCore;
  task: SensitivityTask;
  state: Int32Array;
  /** Progress of the next solution, which is called `what`, and its place among all of them. */
  next(what: string): { progress: ReportProgress; from: number; to: number };
}

/** @throws ArtificerError for a study that would not fit into memory */
export function studyAnalysis(runner: AnalysisRunner, mesh: VolumeMesh): StudyAnalysis {
  const { core, task } = runner;
  const [nodes, elements] = [mesh.nodes.length / 3, mesh.elements.length / 10];
  const { method } = task.solver;
  switch (task.study.study ?? 'static') {
    case 'modal':
    case 'buckling':
      refuseTooLarge(core.estimateEigenMemory(nodes, elements, highestMode(task.functionals) + 9, method), {
        mesh,
        task,
      });
      return eigenAnalysis(runner);
    case 'thermal':
      // solveSteady looks at the memory itself.
      return heatAnalysis(runner);
    default:
      refuseTooLarge(core.estimateMemory(nodes, elements, method), { mesh, task });
      return staticAnalysis(runner);
  }
}

const highestMode = (functionals: readonly Functional[]): number =>
  Math.max(1, ...functionals.map((functional) => ('mode' in functional ? (functional.mode ?? 1) : 1)));

function run<T>(runner: AnalysisRunner, what: string, compute: (options: NativeOptions) => Promise<T>): Promise<T> {
  const { progress, from, to } = runner.next(what);
  return runNative({ state: runner.state, progress }, from, to, compute);
}

/** @param who goes before the names of solutions */
function settingsOf(runner: AnalysisRunner, who = '') {
  const { core, task } = runner;
  return {
    solver: task.solver,
    solve: (model: StaticCase['built']['model'], asked: SolveOptions, what: string) =>
      run(runner, `${who}${what}`, (options) => core.solveStatic(model, { ...task.solver, ...asked, ...options })),
    run: <T>(what: string, compute: (options: object) => Promise<T>) => run(runner, what, compute),
  };
}

function staticAnalysis(runner: AnalysisRunner): StudyAnalysis {
  const { core, task } = runner;
  const { bodies, restraints, temperatureChange, functionals } = task;
  const paths = pathsOf(task);
  let anchors: Anchors | null = null;
  return async (mesh, gradients) => {
    const studies = paths.map(({ loads, prescribed }): StaticCase => {
      const field = prescribed === 1 ? temperatureChange : (temperatureChange?.map((one) => prescribed * one) ?? null);
      const built = buildModel(mesh, bodies, restraints, loads, field, task.connections);
      refuseLooseBonds(built.connections);
      const fixedValues = built.model.fixedValues.map((value) => prescribed * value);
      return { built: { ...built, model: { ...built.model, fixedValues } }, bodies, restraints, loads };
    });
    anchors ??= anchor(
      studies[0]!,
      functionals,
      studies.flatMap(({ built }) => built.loads.concentrated),
    );
    const states: FunctionalState[] = [];
    for (const [index, study] of studies.entries()) {
      const { id, name } = paths[index]!;
      refuseIdle(study, name, id !== null);
      // The mass is the same in all of them.
      const asked = functionals.flatMap((one, i) => (index === 0 || one.quantity !== 'mass' ? [i] : []));
      const own = { leftOut: anchors.leftOut, probes: asked.map((i) => anchors!.probes[i]!) };
      const settings = { gradients, ...settingsOf(runner, id === null ? '' : `${name}: `) };
      const found = await analyseFunctionals(
        core,
        study,
        asked.map((i) => functionals[i]!),
        own,
        settings,
      );
      found.forEach((state, i) => {
        const functional = functionals[asked[i]!]!;
        if (id === null || functional.quantity === 'mass') states.push({ ...state, asked: asked[i]! });
        else states.push({ ...state, asked: asked[i]!, case: { id, name }, name: `${name}: ${state.name}` });
      });
    }
    return states;
  };
}

/**
 * Bonds of meshes that match say that nodes in the same place move alike, wherever that place is: moving the part changes
 * nothing in them. The weights of those between other meshes change with every node, which is not followed yet.
 */
function refuseLooseBonds(connections: AppliedConnections | null): void {
  const loose = connections?.bonds.find(({ matching }) => !matching);
  if (!loose) return;
  throw refuseStudy(
    'not-followed',
    `Sensitivities cannot be found yet across ${loose.group.who}: the meshes of its sides differ.`,
    'Unite the bodies, let them share the face, or ask of a study of one of them.',
  );
}

/** A load case that moves nothing has no stress or displacement that could be better. */
function refuseIdle({ built: { model } }: StaticCase, name: string, isCase: boolean): void {
  const acts = [model.forces, model.fixedValues, model.temperatureChange ?? []].some((list) =>
    Array.from(list).some((value) => value !== 0),
  );
  if (acts || !isCase) return;
  throw refuseStudy(
    'not-followed',
    `Load case "${name}" does nothing to the part: it has no sensitivities.`,
    'Suppress it, or give it a load.',
  );
}

function eigenAnalysis(runner: AnalysisRunner): StudyAnalysis {
  const { core, task } = runner;
  const { bodies, restraints, functionals } = task;
  const kind = task.study.study as 'modal' | 'buckling';
  const prestressed = kind === 'modal' && task.study.modal?.prestressed === true;
  const stressed = kind === 'buckling' || prestressed;
  // Where no stress matters, neither do the loads.
  const loads = stressed ? task.loads : [];
  const temperatureChange = stressed ? task.temperatureChange : null;
  if (kind === 'modal') requireDensity({ task });
  let known: ModeGroups | null = null;
  return async (mesh, gradients) => {
    const built = buildModel(mesh, bodies, restraints, loads, temperatureChange, [], { mayMove: !stressed });
    const study = { built, bodies, restraints, loads, kind, prestressed };
    const settings = { gradients, ...settingsOf(runner) };
    const { states, groups } = await analyseEigenvalues(core, study, functionals, known, settings);
    known ??= groups;
    return states;
  };
}

function heatAnalysis(runner: AnalysisRunner): StudyAnalysis {
  const { core, task, state } = runner;
  let known: HeatAnchors | null = null;
  return async (mesh, gradients) => {
    const { states, anchors } = await analyseTemperatures(core, { ...task, mesh }, task.functionals, known, {
      gradients,
      solve: (built) => {
        const { progress, from, to } = runner.next('The temperatures');
        return solveSteady({ core, mesh, state, progress, task }, built, from, to);
      },
      differentiate: (model, temperature, byTemperature) =>
        run(runner, 'Their adjoints', (options) =>
          core.heatSensitivities(model, temperature, byTemperature, { ...task.solver, ...options }),
        ),
    });
    known ??= anchors;
    return states;
  };
}
