/** What a search found, in words a person can act on: solved or not, why, and what would have to give way. */
import {
  type DesignCandidate,
  type DesignOutcome,
  designFront,
  type RequirementResult,
} from '../../../preload/contract/index.ts';
import { explain } from '../explain/explain.ts';
import { isSure, type Search, type SearchResult } from './search.ts';

/** Requirements whose margins lie this near the least of the closest design fight each other. */
const NEAR = 0.03;

export async function conclude(search: Search): Promise<SearchResult> {
  const best = bestOf(search);
  const solved = best?.candidate.feasible === true && best.candidate.purpose === 'confirm';
  const explored = search.concepts.every(({ done }) => done);
  const missed = !search.unsettled && (explored || search.budgetLeft(0.95)) ? 'infeasible' : 'budget';
  const verdict = solved ? 'solved' : missed;
  const relaxations =
    verdict === 'infeasible' && best ? await relaxationsOf(search, best.candidate) : { conflict: [], relax: [] };
  const reasons = best ? await explain(search, best) : [];
  const outcome: DesignOutcome = {
    verdict,
    summary: inWords(verdict, best?.candidate ?? null, relaxations.conflict, search),
    best: (best?.candidate ?? search.unsettled)?.number ?? null,
    front: designFront(
      search.candidates,
      search.brief.objectives.map(({ direction }) => direction),
    ).map(({ number }) => number),
    reasons,
    ...relaxations,
    candidates: search.candidates.length,
    solves: search.solves,
    seconds: search.seconds,
  };
  return { outcome, candidates: search.candidates, best: best ? { ...best, concept: best.search.concept } : null };
}

type Confirmed = Search['confirmed'][number];

/** Of the converged designs: those that surely hold first, then those that hold, then the one that misses least. */
function bestOf(search: Search): Confirmed | null {
  const goals = search.brief.objectives;
  const rank = ({ candidate }: Confirmed): number[] => [
    candidate.feasible ? (isSure(candidate) ? 0 : 1) : 2,
    candidate.feasible ? 0 : -(candidate.margin ?? Number.NEGATIVE_INFINITY),
    candidate.objectives.reduce((sum, { value }, k) => {
      const size = value === null ? Number.POSITIVE_INFINITY : Math.log(Math.max(1e-300, Math.abs(value)));
      return sum + (goals[k]!.direction === 'minimise' ? size : -size);
    }, 0),
  ];
  const ordered = [...search.confirmed].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const k = left.findIndex((value, i) => value !== right[i]);
    return k < 0 ? 0 : left[k]! - right[k]!;
  });
  return ordered[0] ?? null;
}

/**
 * Which requirements fight each other, and what each alone would have to be relaxed to: the models choose the design that
 * misses it least while all others hold, and the solver says what it is.
 */
async function relaxationsOf(
  search: Search,
  closest: DesignCandidate,
): Promise<Pick<DesignOutcome, 'conflict' | 'relax'>> {
  const worst = closest.margin ?? Number.NEGATIVE_INFINITY;
  // That a part can just be made is no sign of a conflict: rules of making are met or not, they do not press.
  const asked = search.brief.requirements.length;
  const fighting = closest.requirements.filter(
    ({ margin, holds }, k) => !holds || (k < asked && (margin === null || margin <= Math.max(0, worst) + NEAR)),
  );
  const relax: DesignOutcome['relax'] = [];
  const owner = search.concepts.find(({ concept }) => concept.name === closest.concept)!;
  for (const one of fighting) {
    if (!search.budgetLeft(0.98)) break;
    const index = closest.requirements.indexOf(one);
    const bounds = search.boundsOf(owner);
    const [proposal] = await search.models.propose(
      {
        space: owner.space,
        observations: owner.observations,
        bounds: bounds.filter(({ number }) => number !== index),
        goals: [
          {
            number: index,
            direction: bounds.find(({ number }) => number === index)!.comparison === '<=' ? 'minimise' : 'maximise',
            weight: 1,
          },
        ],
        reach: 1,
        seed: search.brief.seed,
        count: 1,
      },
      search.context.signal,
    );
    const tried = proposal ? [(await search.judge(owner, proposal.point, 'search', 'improve')).candidate] : [];
    const known = [...tried, closest, ...search.candidates.filter(({ concept }) => concept === closest.concept)];
    const reached = bestAlone(known, index);
    if (reached) relax.push(relaxationTo(one, reached));
  }
  return { conflict: fighting.map(({ text }) => text), relax };
}

/** The value of one requirement in the design that comes nearest to it while all others hold. */
function bestAlone(candidates: readonly DesignCandidate[], index: number): RequirementResult | null {
  let best: RequirementResult | null = null;
  for (const { requirements } of candidates) {
    const own = requirements[index];
    if (own?.margin == null || requirements.some(({ holds }, k) => k !== index && !holds)) continue;
    if (!best || own.margin > best.margin!) best = own;
  }
  return best;
}

const relaxationTo = (requirement: RequirementResult, reached: RequirementResult): DesignOutcome['relax'][number] => ({
  requirement: requirement.text,
  to: reached.value!,
  unit: requirement.unit,
  by_percent: 100 * Math.max(0, -reached.margin!),
});

function inWords(
  verdict: DesignOutcome['verdict'],
  best: DesignCandidate | null,
  conflict: readonly string[],
  { brief, unsettled }: Search,
): string {
  if (unsettled && verdict !== 'solved') {
    const { number, concept, material, feasible } = unsettled;
    const quick = feasible ? 'its quick solves meet all requirements' : 'its quick solves miss some requirements';
    return `The minutes of the budget were over before design ${number} (${concept}, ${material}) was made sure of; ${quick}.`;
  }
  if (!best) return 'No design could be made and solved to the end.';
  const named = `design ${best.number} (${best.concept}, ${best.material})`;
  if (verdict === 'solved') {
    const [first, ...others] = best.requirements.slice(0, brief.requirements.length);
    if (!first) return `All requirements hold in ${named}.`;
    const least = others.reduce((a, b) => ((b.margin ?? 0) < (a.margin ?? 0) ? b : a), first);
    return `All requirements hold in ${named}; the least margin is ${(100 * (least.margin ?? 0)).toFixed(1)} %, of ${least.text}.`;
  }
  const missed = best.requirements.filter(({ holds }) => !holds).map(({ text }) => text);
  if (verdict === 'budget')
    return `The budget was used before a design held all requirements; the closest is ${named}, which misses ${missed.join('; ')}.`;
  return `No design within the given ranges holds all requirements. The closest is ${named}, which misses ${missed.join('; ')}. In conflict: ${conflict.join('; ')}.`;
}
