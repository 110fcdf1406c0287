/**
 * Solves on meshes that are made finer where the error is, until what the study asks for changes by less than its goal. Any kind
 * of study takes part: a look at its result says where elements should be smaller and which numbers can settle at all.
 */
import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import type { ResultCurve, ResultSummary } from '../../../preload/contract/studies.ts';
import type { SizeWish } from '../mesher/adapt.ts';
import type { StudyOutcome } from '../types.ts';
import { type Interest, interestsOf, largestChange, type PlacesLeftOut } from './interest.ts';

/** What a result says of the next mesh. */
export interface Look extends PlacesLeftOut {
  /** Sizes for a mesh of about `growth` times as many elements, best placed. */
  wishes: SizeWish[];
  /** Why some stresses cannot settle, in words. */
  singular: readonly string[];
}

export interface AdaptiveWork {
  goal_percent: number;
  firstSize_mm: number;
  /** No mesh has many more elements than this. */
  mostElements?: number;
  /** Meshes with elements of at most this size, smaller where wished, and solves. */
  solve(size_mm: number, wishes: readonly SizeWish[], context: JobContext): Promise<StudyOutcome>;
  look(outcome: StudyOutcome, next: NextMesh, context: JobContext): Promise<Look>;
}

export interface NextMesh {
  /** Largest element size of the next mesh, mm. */
  size_mm: number;
  /** Elements that it should have. */
  elements: number;
  /** Around singular places, stress within this distance is left out. The same for all meshes of a study, mm. */
  radius_mm: number;
}

/** Sizes everywhere shrink by at least this a step, so that no place escapes being looked at. */
const SHRINK = 0.8;
/** Elements of one mesh over those of the mesh before. */
const GROWTH = 3;
const MOST_STEPS = 6;
/** Unless it is told otherwise, no mesh of the loop has many more elements than this. */
const MOST_ELEMENTS = 600_000;
/** A mesh whose own estimate is this far below the goal needs no second one to compare with. */
const BEYOND_DOUBT = 1e-3;
/** Stress this near to a singular place (in sizes of the first mesh) is not asked to settle. */
const LEFT_OUT_RADIUS = 1.5;

export async function solveUntilSettled(work: AdaptiveWork, context: JobContext): Promise<StudyOutcome> {
  const { goal_percent, mostElements = MOST_ELEMENTS } = work;
  const steps: NonNullable<ResultSummary['convergence']> = [];
  let best: { outcome: StudyOutcome; interests: Interest[]; look: Look } | null = null;
  let settled = false;
  let stopped = '';
  let size_mm = work.firstSize_mm;
  const radius_mm = LEFT_OUT_RADIUS * work.firstSize_mm;
  for (let step = 0; step < MOST_STEPS && !settled; step++) {
    // How many steps it takes is not known: each gets half of what is left of the bar.
    const from = 1 - 0.5 ** step;
    const share = partOf(context, step, from, from + 0.5 ** (step + 1));
    try {
      const outcome: StudyOutcome = await work.solve(size_mm, best?.look.wishes ?? [], share);
      size_mm *= SHRINK;
      const elements = Math.min(mostElements, GROWTH * outcome.summary.mesh.elements);
      const look = await work.look(outcome, { size_mm, elements, radius_mm }, share);
      const interests = interestsOf(outcome.summary, look);
      const change_percent = best ? largestChange(best.interests, interests) : null;
      steps.push({
        dof: outcome.summary.mesh.dof,
        size_mm: outcome.summary.mesh.size_mm,
        values: Object.fromEntries(interests.map(({ name, value }) => [name, value])),
        change_percent,
      });
      best = { outcome, interests, look };
      settled =
        interests.length > 0 &&
        ((change_percent !== null && change_percent <= goal_percent) || isBeyondDoubt(outcome.summary, goal_percent));
      if (settled) break;
      if (interests.length === 0) stopped = 'all that it asks for is stress at places where it is infinite';
      else if (outcome.summary.mesh.elements >= 0.8 * mostElements)
        stopped = `the mesh already has ${outcome.summary.mesh.elements} elements`;
      if (stopped) break;
    } catch (error) {
      // A finer mesh that cannot be had leaves the last result standing.
      if (!best || context.signal.aborted || !isOfTheMesh(error)) throw error;
      stopped = `a finer mesh could not be solved (${error.message.replace(/\.$/, '')})`;
      break;
    }
  }
  const { outcome, look, interests } = best!;
  const { summary } = outcome;
  const warnings = [...summary.warnings, ...leftOutWarnings(summary, look)];
  if (!settled) warnings.push(unsettled(steps, goal_percent, stopped));
  return {
    ...outcome,
    summary: {
      ...summary,
      convergence: steps,
      curves: [...(summary.curves ?? []), convergenceCurve(steps, interests)],
      warnings,
    },
  };
}

const isBeyondDoubt = (summary: ResultSummary, goal_percent: number): boolean =>
  summary.discretisation_error.energy_percent < BEYOND_DOUBT * goal_percent;

/** Errors that a coarser mesh does not have. */
const isOfTheMesh = (error: unknown): error is ArtificerError =>
  error instanceof ArtificerError &&
  ['study.too-large', 'study.mesh-too-heavy', 'physics.mesh-failed', 'physics.mesh-inverted'].includes(error.code);

function partOf(context: JobContext, step: number, from: number, to: number): JobContext {
  return {
    signal: context.signal,
    progress: (stage, fraction, detail) =>
      context.progress(
        step === 0 ? stage : `${stage} (refinement ${step})`,
        typeof fraction === 'number' ? from + (to - from) * fraction : null,
        detail,
      ),
  };
}

function leftOutWarnings(summary: ResultSummary, look: Look): ResultSummary['warnings'] {
  const probes = look.singularProbes.map((index) => `"${summary.probes[index]!.name}"`);
  if (probes.length > 0)
    return [
      {
        code: 'result.singular-probe',
        message: `Stress at ${probes.join(', ')} is no number to believe and was not asked to settle: ${look.singular.join('; ')}.`,
      },
    ];
  // Named by the analysis already where they are high; here is said what that means for the settled numbers.
  if (look.singular.length === 0 || summary.probes.length > 0 || !summary.extremes['von_mises']) return [];
  return [
    {
      code: 'result.left-out',
      message: `The largest von Mises stress that was asked to settle is the one away from: ${look.singular.join('; ')}.`,
    },
  ];
}

function unsettled(
  steps: NonNullable<ResultSummary['convergence']>,
  goal_percent: number,
  stopped: string,
): { code: string; message: string } {
  const last = steps.at(-1)?.change_percent;
  const changed =
    last == null ? 'there was no second mesh to compare with' : `the last change was ${last.toFixed(1)} %`;
  return {
    code: 'result.not-settled',
    message: `The results did not settle to ${goal_percent} %: ${changed}${stopped ? `, and ${stopped}` : ''}.`,
  };
}

function convergenceCurve(
  steps: NonNullable<ResultSummary['convergence']>,
  interests: readonly Interest[],
): ResultCurve {
  return {
    id: 'convergence',
    name: 'Convergence',
    kind: 'convergence',
    x: { name: 'degrees of freedom', unit: '-', values: steps.map(({ dof }) => dof) },
    y: interests.map(({ name, unit }) => ({ name, unit, values: steps.map(({ values }) => values[name] ?? 0) })),
    logarithmicX: true,
  };
}
