/**
 * Natural frequencies and buckling factors with their exact gradients by the nodes' coordinates. For modes x_i of modal mass 1,
 *   d lambda_i = x_i . (dK + dK_sigma - lambda_i dM) x_i,
 * and for factors of (K + lambda_i K_sigma) x_i = 0
 *   d lambda_i = -x_i . (dK + lambda_i dK_sigma) x_i / (x_i . K_sigma x_i),
 * where K_sigma changes with the nodes and through the static displacement, whose part the adjoint method gives. That of a
 * repeated eigenvalue exists for no mode, but for the mean of them all (A. P. Seyranian, E. Lund, N. Olhoff 1994).
 */
import type { ShapeDerivatives } from '../../../native/index.d.ts';
import type { Functional } from '../../../preload/contract/sensitivities.ts';
import { refuseStudy } from '../errors.ts';
import type { NumericCore } from '../native-core.ts';
import {
  type AdjointSettings,
  addThroughDisplacement,
  type FunctionalState,
  massState,
  refuseQuantity,
  type StaticCase,
} from './adjoint.ts';
import { addSupportGradient } from './support-gradient.ts';

/** Eigenvalues nearer to one another than this, relatively, are taken for one that is repeated: a small change swaps them. */
const REPEATED = 0.01;
/** Gradients are as good as the modes are: the residual asked for, in the norm of energy. */
const TOLERANCE = 1e-8;
/** Modes beyond the highest asked for, which show whether it is repeated. */
const MORE = 3;

export interface EigenCase extends StaticCase {
  kind: 'modal' | 'buckling';
  /** Whether the stress of the loads stiffens the modes. */
  prestressed: boolean;
}

/** The first and last of the eigenvalues that are taken together, from 0; null for other quantities. */
export type ModeGroups = ({ first: number; last: number } | null)[];

export type EigenSettings = AdjointSettings & {
  /** Runs other solutions than static ones with the caller's cancel and progress. */
  run<T>(what: string, compute: (options: object) => Promise<T>): Promise<T>;
};

interface Pairs {
  /** Ascending: squares of circular frequencies (1/s^2) of elastic modes, or factors. */
  values: Float64Array;
  shape(index: number): Float64Array;
}

/** @param known groups of the part before it changed. @throws ArtificerError `study.no-such-mode` */
export async function analyseEigenvalues(
  core: NumericCore,
  study: EigenCase,
  functionals: readonly Functional[],
  known: ModeGroups | null,
  settings: EigenSettings,
): Promise<{ states: FunctionalState[]; groups: ModeGroups }> {
  const { model } = study.built;
  const stressed = study.kind === 'buckling' || study.prestressed;
  const displacement = stressed
    ? (await settings.solve(model, settings.solver, 'The state under load')).displacement
    : null;
  const wanted = functionals.map((functional) => modeOf(functional, study.kind));
  const highest = Math.max(
    0,
    ...wanted.map((mode) => mode ?? 0),
    ...(known ?? []).map((group) => (group?.last ?? -1) + 1),
  );
  const find = (count: number): Promise<Pairs> =>
    study.kind === 'modal'
      ? findModes(core, study, count, displacement, settings)
      : findFactors(core, study, count, displacement!, settings);

  let groups = known;
  let pairs: Pairs | null = null;
  for (let count = highest + MORE; highest > 0; count *= 2) {
    pairs = await find(count);
    const { values } = pairs;
    if (groups) break;
    const found = wanted.map((mode) => (mode === null ? null : groupOf(values, mode, study.kind)));
    // One more must be known beyond a group, or it may be longer than it seems.
    if (values.length < count || found.every((group) => group === null || group.last < values.length - 1)) {
      groups = found;
      break;
    }
  }
  groups ??= functionals.map(() => null);

  const shape = new core.ShapeDerivatives(model);
  const elastic = model.temperatureChange ? new core.ShapeDerivatives({ ...model, temperatureChange: null }) : shape;
  const states: FunctionalState[] = [];
  for (const [index, group] of groups.entries()) {
    if (!group) {
      const { byNodes, ...state } = massState(shape, model.nodes.length);
      states.push({ ...state, ...(settings.gradients ? { byNodes } : {}) });
      continue;
    }
    states.push(await stateOf(study, pairs!, group, { shape, elastic, displacement }, settings, wanted[index]!));
  }
  return { states, groups };
}

function modeOf(functional: Functional, kind: EigenCase['kind']): number | null {
  if (functional.quantity === 'mass') return null;
  if (functional.quantity === (kind === 'modal' ? 'frequency' : 'buckling'))
    return (functional as { mode?: number }).mode ?? 1;
  throw refuseQuantity(functional, `${kind} studies`);
}

function groupOf(values: Float64Array, mode: number, kind: EigenCase['kind']): { first: number; last: number } {
  if (mode > values.length)
    throw refuseStudy(
      'no-such-mode',
      `There is no ${kind === 'modal' ? 'natural frequency' : 'positive buckling factor'} number ${mode}: ${values.length} were found.`,
      'Ask for a lower one.',
    );
  const near = REPEATED * values[mode - 1]!;
  let first = mode - 1;
  let last = mode - 1;
  while (first > 0 && values[first]! - values[first - 1]! < near) first--;
  while (last + 1 < values.length && values[last + 1]! - values[last]! < near) last++;
  return { first, last };
}

async function findModes(
  core: NumericCore,
  study: EigenCase,
  count: number,
  displacement: Float64Array | null,
  settings: EigenSettings,
): Promise<Pairs> {
  const { model } = study.built;
  const modes = await settings.run('The modes', (options) =>
    core.solveModes(model, {
      ...options,
      ...settings.solver,
      tolerance: TOLERANCE,
      modeCount: count,
      recoverStress: false,
      prestressDisplacement: displacement,
    }),
  );
  const size = model.nodes.length;
  return {
    values: modes.eigenvalues.subarray(modes.rigidModes),
    shape: (index) => modes.shapes.slice(size * (modes.rigidModes + index), size * (modes.rigidModes + index + 1)),
  };
}

async function findFactors(
  core: NumericCore,
  study: EigenCase,
  count: number,
  displacement: Float64Array,
  settings: EigenSettings,
): Promise<Pairs> {
  const { model } = study.built;
  const buckling = await settings.run('The factors', (options) =>
    core.solveBuckling(model, {
      ...options,
      ...settings.solver,
      tolerance: TOLERANCE,
      displacement,
      modeCount: count,
      negativeCount: 0,
    }),
  );
  const size = model.nodes.length;
  return { values: buckling.factors, shape: (index) => buckling.shapes.slice(size * index, size * (index + 1)) };
}

async function stateOf(
  study: EigenCase,
  pairs: Pairs,
  { first, last }: { first: number; last: number },
  {
    shape,
    elastic,
    displacement,
  }: { shape: ShapeDerivatives; elastic: ShapeDerivatives; displacement: Float64Array | null },
  settings: EigenSettings,
  mode: number,
): Promise<FunctionalState> {
  const count = last - first + 1;
  if (last >= pairs.values.length)
    throw refuseStudy('no-such-mode', 'The changed part has fewer modes than the part had.', 'Ask for a lower one.');
  let mean = 0;
  for (let i = first; i <= last; i++) mean += pairs.values[i]! / count;
  const modal = study.kind === 'modal';
  const frequency = Math.sqrt(Math.max(0, mean)) / (2 * Math.PI);
  const what = modal ? 'frequency' : 'buckling factor';
  const name =
    count === 1
      ? `${what} of mode ${mode}`
      : `${what} of modes ${first + 1} to ${last + 1}, which are practically equal: their mean`;
  const state: FunctionalState = { name, unit: modal ? 'Hz' : '1', value: modal ? frequency : mean };
  if (!settings.gradients) return state;

  const byNodes = new Float64Array(study.built.model.nodes.length);
  const add = (values: Float64Array, factor: number): void => {
    for (let i = 0; i < values.length; i++) byNodes[i]! += factor * values[i]!;
  };
  for (let i = first; i <= last; i++) {
    const x = pairs.shape(i);
    const lambda = pairs.values[i]!;
    const stress = displacement ? shape.geometricWork(displacement, x) : null;
    // By lambda for factors, by the frequency f for modes: d f = d lambda / (8 pi^2 f).
    const each = modal ? 1 / (8 * Math.PI ** 2 * frequency * count) : -1 / (stress!.value * count);
    add(elastic.internalWork(x, x), each);
    addSupportGradient(study.built.finder, study.restraints, x, x, each, byNodes);
    if (modal) add(shape.massWork(x, x).byNodes, -each * lambda);
    if (!stress) continue;
    const share = modal ? each : each * lambda;
    add(stress.byNodes, share);
    await addThroughDisplacement(shape, study, displacement!, stress.byDisplacement, share, settings, name, byNodes);
  }
  return { ...state, byNodes };
}
