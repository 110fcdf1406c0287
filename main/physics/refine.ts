/**
 * Solves on finer and finer meshes until the quantities of interest change by less than a goal: the probes, or where there are
 * none the largest displacement and the largest von Mises stress. A stress that keeps growing is named as what it is.
 */
import { ArtificerError } from '../../preload/contract/errors.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import type { ResultSummary } from '../../preload/contract/studies.ts';
import type { Physics, StudyOutcome, StudyRequest } from './types.ts';

export interface ConvergenceStep {
  dof: number;
  size_mm: number;
  /** Quantities of interest by name. */
  values: Record<string, number>;
  /** Largest relative change since the step before, percent; null for the first. */
  change_percent: number | null;
}

export interface RefinedOutcome extends StudyOutcome {
  convergence: ConvergenceStep[];
  settled: boolean;
}

/** Element sizes shrink by this: degrees of freedom grow about threefold a step. */
const SHRINK = 0.68;
const MOST_STEPS = 5;

export async function refineUntilSettled(
  physics: Pick<Physics, 'solve'>,
  request: StudyRequest,
  goal_percent: number,
  context: JobContext,
): Promise<RefinedOutcome> {
  const convergence: ConvergenceStep[] = [];
  let best: StudyOutcome | null = null;
  let settled = false;
  let { mesh } = request.study;
  for (let step = 0; step < MOST_STEPS && !settled; step++) {
    context.progress(`Refinement ${step + 1}`, step / MOST_STEPS);
    let outcome: StudyOutcome;
    try {
      outcome = await physics.solve({ ...request, study: { ...request.study, mesh } }, context);
    } catch (error) {
      // A finer mesh that does not fit leaves the last result standing, with a warning that it has not settled.
      if (best && error instanceof ArtificerError && error.code === 'study.too-large') break;
      throw error;
    }
    const values = quantitiesOfInterest(outcome.summary);
    const change_percent = best ? largestChange(quantitiesOfInterest(best.summary), values) : null;
    const { dof, size_mm } = outcome.summary.mesh;
    convergence.push({ dof, size_mm, values, change_percent });
    best = outcome;
    settled = change_percent !== null && change_percent <= goal_percent;
    mesh = {
      ...mesh,
      size_mm: SHRINK * size_mm,
      refinements: mesh.refinements.map((one) => ({ ...one, size_mm: SHRINK * one.size_mm })),
    };
  }
  const outcome = best!;
  if (!settled) outcome.summary.warnings.push(unsettled(convergence, goal_percent, outcome.summary));
  return { ...outcome, convergence, settled };
}

function quantitiesOfInterest(summary: ResultSummary): Record<string, number> {
  const cases = (summary.frames ?? []).filter(({ kind }) => kind === 'case' || kind === 'combination');
  // Every load case has to settle, not only the one that is shown first.
  if (cases.length > 1)
    return Object.assign(
      {},
      ...cases.map(({ name, extremes, probes = [] }) => {
        const named = summary.probes.map((probe, index) => ({ ...probe, value: probes[index] ?? 0 }));
        const own = interestIn({ probes: named, extremes });
        return Object.fromEntries(Object.entries(own).map(([what, value]) => [`${name}: ${what}`, value]));
      }),
    );
  return interestIn(summary);
}

function interestIn(summary: Pick<ResultSummary, 'probes' | 'extremes'>): Record<string, number> {
  if (summary.probes.length > 0)
    return Object.fromEntries(summary.probes.map((probe) => [`${probe.name} ${probe.quantity}`, probe.value]));
  if (summary.extremes['temperature'] && !summary.extremes['von_mises'])
    return {
      'highest temperature': summary.extremes['temperature'].max.value,
      'largest heat flux': summary.extremes['heat_flux.magnitude']?.max.value ?? 0,
    };
  return {
    'largest displacement': summary.extremes['displacement.magnitude']?.max.value ?? 0,
    'largest von Mises stress': summary.extremes['von_mises']?.max.value ?? 0,
  };
}

/** Largest change relative to the new value, percent. */
function largestChange(before: Record<string, number>, after: Record<string, number>): number {
  let largest = 0;
  for (const [name, value] of Object.entries(after)) {
    const scale = Math.max(Math.abs(value), Number.MIN_VALUE);
    largest = Math.max(largest, (100 * Math.abs(value - (before[name] ?? 0))) / scale);
  }
  return largest;
}

function unsettled(
  convergence: readonly ConvergenceStep[],
  goal_percent: number,
  summary: ResultSummary,
): { code: string; message: string } {
  const last = convergence.at(-1)?.change_percent;
  const changed =
    last == null ? 'there was no second mesh to compare with' : `the last change was ${last.toFixed(1)} %`;
  const singular = summary.singularities[0];
  return {
    code: 'result.not-settled',
    message:
      `The results did not settle to ${goal_percent} %: ${changed}.` +
      (singular ? ` A stress that never will: ${singular.reason}.` : ''),
  };
}
