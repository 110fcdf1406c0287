/**
 * The search: designs of every concept tried, improved on, and the best made sure of with meshes that have settled. The same
 * brief and seed give the same search; with a store it goes on where it was stopped, for what was tried is not tried again.
 */
import {
  cancelled,
  type DesignCandidate,
  type DesignOutcome,
  type JobContext,
  toErrorData,
} from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import type { Physics } from '../../physics/index.ts';
import type { Brief } from '../brief/brief.ts';
import { type DesignRules, designRules } from '../candidates/design-rules.ts';
import { type Accuracy, type Judgement, judgeDesign, judgedCandidate, leftOutOf } from '../candidates/judge-design.ts';
import { type MadeDesign, makeDesign } from '../candidates/make-design.ts';
import type { Concept } from '../concepts/concept.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { limitOf } from '../requirements/requirement.ts';
import { ConceptSearch, type Tried } from './concept-search.ts';
import { conclude } from './conclude.ts';
import { type Exploration, improveDesigns, spreadDesigns } from './explore.ts';
import { noneMade, outOfTime } from './failures.ts';
import { sizeOf } from './models.ts';
import { type Goal, incumbentOf, meritOf, type NumberedBound, violationOf } from './propose.ts';
import { type DesignPoint, keyOf } from './space.ts';
import { ModelThread } from './thread/model-thread.ts';

/** Keeps what was tried, so that a search that was killed goes on. */
export interface CandidateStore {
  get(key: string): DesignCandidate | undefined;
  put(key: string, candidate: DesignCandidate): Promise<void>;
  /** Of all that it has. */
  keys(): string[];
}

export interface SearchOptions {
  kernel: Kernel;
  physics: Physics;
  brief: Brief;
  concepts: readonly Concept[];
  /** What is asked of every design besides the brief's own requirements: by default that it fits, and can be made. */
  rules?: DesignRules;
  /** Element size of quick solves: see {@link JudgeOptions}. */
  quickSize_mm?: number;
  store?: CandidateStore;
  /** Designs judged at once. */
  lanes?: number;
  onCandidate?(candidate: DesignCandidate): void;
}

export interface SearchResult {
  outcome: DesignOutcome;
  candidates: DesignCandidate[];
  /** The best (or closest) design with its converged cases; null where none could be made. */
  best: {
    candidate: DesignCandidate;
    concept: Concept;
    point: DesignPoint;
    made: MadeDesign;
    judgement: Judgement;
  } | null;
}

/** Converged solves of the best, each telling how far the search's quick ones are off. */
const MOST_CONFIRMATIONS = 5;
/** A correction of a governing bound by less than this share is not worth another search. */
const NOTABLE = 0.01;
/** A requirement with less margin than this governs. */
const GOVERNS = 0.1;
/** A converged solve is given up where the minutes of the budget are spent this many times. */
const OVERDRAWN = 1.2;
/** Of a timer, in ms. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** @throws ArtificerError where no concept can be made at all, and when cancelled before anything was found */
export async function searchDesign(options: SearchOptions, context: JobContext): Promise<SearchResult> {
  const models = new ModelThread(options.brief.materials);
  try {
    return await new Search(options, context, models).run();
  } finally {
    await models.dispose();
  }
}

export class Search {
  readonly options: SearchOptions;
  readonly brief: Brief;
  readonly context: JobContext;
  readonly models: ModelThread;
  readonly candidates: DesignCandidate[] = [];
  readonly concepts: ConceptSearch[];
  readonly rules: DesignRules;
  readonly #started = performance.now();
  /** Seconds that candidates from the store took, so that a budget counts what was spent before. */
  #spentBefore = 0;
  /** Tried before and not looked at yet: until none is left, what was found is found again, whatever the budget. */
  readonly #unseen: Set<string>;
  solves = 0;

  constructor(options: SearchOptions, context: JobContext, models = new ModelThread(options.brief.materials)) {
    this.options = options;
    this.brief = options.brief;
    this.context = context;
    this.models = models;
    this.#unseen = new Set(options.store?.keys().filter((key) => key.startsWith('search|')));
    this.rules = options.rules ?? designRules(options.kernel, options.brief, context);
    this.concepts = options.concepts.map((concept) => new ConceptSearch(concept, options.brief));
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000 + this.#spentBefore;
  }

  budgetLeft(share: number): boolean {
    const { minutes, solves } = this.brief.budget;
    return this.#unseen.size > 0 || (this.seconds < share * 60 * minutes && this.solves < share * solves);
  }

  /**
   * Tries designs of every concept and improves on them, by quick solves alone: nothing is made sure of.
   * @param share of the budget that it may use
   */
  async explore(share: number): Promise<void> {
    for (const one of this.concepts) await spreadDesigns(this.#exploration(0.9), one);
    if (this.candidates.every(({ state }) => state === 'failed')) throw noneMade(this.candidates);
    await improveDesigns(this.#exploration(share));
  }

  async run(): Promise<SearchResult> {
    // A share of the budget is kept for making sure of the best; once it was looked at, less is.
    await this.explore(0.7);
    for (let confirmation = 0; ; confirmation++) {
      if (confirmation > 0) await improveDesigns(this.#exploration(0.9));
      const confirmed = await this.#confirm();
      if (!confirmed) break;
      const changed = this.#correct(confirmed.search, confirmed.candidate, confirmed.quick);
      // Surely met, or surely missed: the bounds that decide it would not move the search any more.
      const { candidate } = confirmed;
      const decided = candidate.feasible ? isSure(candidate) : candidate.margin !== null && candidate.margin < -NOTABLE;
      if ((decided && changed < NOTABLE) || confirmation >= MOST_CONFIRMATIONS || !this.budgetLeft(0.9)) break;
      confirmed.search.reopen();
    }
    return conclude(this);
  }

  /** What is tried next, and judged by the solver. */
  #exploration(share: number): Exploration<ConceptSearch> {
    return {
      regions: this.concepts,
      seed: this.brief.seed,
      lanes: this.options.lanes ?? 2,
      goals: (round) => this.goals(round),
      bounds: (one) => this.boundsOf(one),
      budgetLeft: () => this.budgetLeft(share),
      propose: (request) => {
        this.context.signal.throwIfAborted();
        this.#progress('Choosing the next designs');
        return this.models.propose(request, this.context.signal);
      },
      judge: (one, points, purpose) => this.#judgeAll(one, points, purpose),
    };
  }

  /** Weights of the objectives: all alike to begin with, then one after the other in the lead, along the front. */
  goals(round: number): Goal[] {
    const { objectives, requirements } = this.brief;
    const first = requirements.length + this.rules.count;
    return objectives.map(({ direction }, k) => {
      const lead = round % (objectives.length + 1);
      const weight = objectives.length === 1 || lead === 0 ? 1 : lead === k + 1 ? 1.6 : 0.4;
      return { number: first + k, direction, weight };
    });
  }

  /** What the search must keep to so that the converged values hold, errors and all. */
  boundsOf(one: ConceptSearch): NumberedBound[] {
    const { requirements, materials } = this.brief;
    const extra = Array.from({ length: this.rules.count }, (_, k) => ({
      number: requirements.length + k,
      comparison: '<=' as const,
      limits: materials.map(() => 0),
      jumps: true,
    }));
    return [
      ...requirements.map((requirement, number) => ({
        number,
        comparison: requirement.comparison,
        limits: materials.map(
          (material) => limitOf(requirement, materialVariables(material)) / one.corrections[number]!,
        ),
      })),
      ...extra,
    ];
  }

  async #judgeAll(
    one: ConceptSearch,
    points: readonly DesignPoint[],
    purpose: DesignCandidate['purpose'],
  ): Promise<void> {
    const judged = await Promise.all(
      points.map((point, lane) => this.judge(one, point, 'search', purpose, points.length > 1 ? lane : 0)),
    );
    judged.forEach(({ candidate }, k) => {
      this.#observe(one, points[k]!, candidate);
    });
  }

  #observe(one: ConceptSearch, point: DesignPoint, candidate: DesignCandidate): void {
    const numbers =
      candidate.state === 'failed'
        ? null
        : [...candidate.requirements.map(({ value }) => value), ...candidate.objectives.map(({ value }) => value)];
    one.observations.push({ point, numbers, candidate });
  }

  /** One design made and judged, or taken from what was tried before. Never throws for a design that cannot be. */
  async judge(
    one: ConceptSearch,
    point: DesignPoint,
    accuracy: Accuracy,
    purpose: DesignCandidate['purpose'],
    lane = 0,
    signal = this.context.signal,
  ): Promise<{ candidate: DesignCandidate; made?: MadeDesign; judgement?: Judgement }> {
    const { kernel, physics, store } = this.options;
    const { concept } = one;
    const key = storeKey(accuracy, concept, point);
    const material = this.brief.materials[point.material]!;
    const number = this.candidates.length + 1;
    const named = {
      number,
      concept: concept.name,
      material: material.name,
      values: concept.variables.map(({ name, unit }, k) => ({ name, unit, value: point.values[k]! })),
      purpose,
    };
    const placeholder = {
      ...named,
      state: 'failed' as const,
      requirements: [],
      feasible: false,
      margin: null,
      objectives: [],
      mass_kg: null,
      solves: 0,
      seconds: 0,
    };
    this.candidates.push(placeholder);
    const known = accuracy === 'search' ? store?.get(key) : undefined;
    if (known) this.#unseen.delete(key);
    // A search that takes another way than the one before it has nothing left to find again.
    else if (accuracy === 'search') this.#unseen.clear();
    const quiet: JobContext = {
      signal,
      progress: (text) => this.#progress(`Design ${number}: ${text}`),
    };
    if (known) {
      // Of the first design that was solved all others are judged by what it says: that takes its body, no solution.
      if (known.state === 'solved' && one.leaveOut_mm === undefined) {
        const { infos } = await makeDesign(kernel, concept, point.values, lane, quiet);
        one.leaveOut_mm ??= leftOutOf(this.brief, infos);
      }
      // As many as there are lanes were made at once.
      this.#spentBefore += known.seconds / (this.options.lanes ?? 2);
      return { candidate: this.#told({ ...known, number, purpose }) };
    }
    const started = performance.now();
    let stage = 'make';
    try {
      const made = await makeDesign(kernel, concept, point.values, lane, quiet);
      stage = 'solve';
      const judgement = await judgeDesign(
        physics,
        this.brief,
        concept,
        material,
        made,
        {
          rules: this.rules,
          quickSize_mm: this.options.quickSize_mm,
          accuracy,
          leaveOut_mm: one.leaveOut_mm,
          ...(accuracy === 'search' && (this.options.lanes ?? 2) > 1 ? { threads: 1 } : {}),
        },
        quiet,
      );
      one.leaveOut_mm ??= judgement.leaveOut_mm;
      const candidate: DesignCandidate = { ...named, state: 'solved', ...judgedCandidate(judgement, started) };
      await store?.put(key, candidate);
      return { candidate: this.#told(candidate), made, judgement };
    } catch (thrown) {
      if (this.context.signal.aborted) throw cancelled('The design');
      const failed: DesignCandidate = {
        ...placeholder,
        failure: { stage, error: toErrorData(signal.aborted ? outOfTime(this.brief) : thrown) },
        seconds: (performance.now() - started) / 1000,
      };
      await store?.put(key, failed);
      return { candidate: this.#told(failed) };
    }
  }

  #told(candidate: DesignCandidate): DesignCandidate {
    this.candidates[candidate.number - 1] = candidate;
    this.solves += candidate.solves;
    this.options.onCandidate?.(candidate);
    return candidate;
  }

  #progress(stage: string): void {
    this.context.progress(stage, Math.min(0.99, this.seconds / (60 * this.brief.budget.minutes)), {
      designs: this.candidates.length,
      solves: this.solves,
    });
  }

  /** The best of all concepts, solved until it settles. Null where there is nothing to confirm. */
  async #confirm(): Promise<{ search: ConceptSearch; candidate: DesignCandidate; quick: DesignCandidate } | null> {
    const goals = this.goals(0);
    let best: {
      search: ConceptSearch;
      found: Tried;
      rank: [number, number];
    } | null = null;
    for (const search of this.concepts) {
      const bounds = this.boundsOf(search);
      const found = incumbentOf({ observations: search.observations, bounds, goals }) as Tried | null;
      if (!found) continue;
      const numbers = found.numbers as number[];
      const rank: [number, number] = [
        Math.max(0, violationOf(bounds, numbers, found.point.material)),
        meritOf(goals, numbers),
      ];
      if (!best || rank[0] < best.rank[0] || (rank[0] === best.rank[0] && rank[1] < best.rank[1]))
        best = { search, found, rank };
    }
    if (!best) return null;
    const { search, found } = best;
    const already = this.confirmed.find((one) => one.search === search && keyOf(one.point) === keyOf(found.point));
    if (already) return null;
    // One that was there before the search was stopped is found again, however late it is.
    const settled = this.options.store?.get(storeKey('confirm', search.concept, found.point))?.state === 'solved';
    const left_ms = settled ? LONGEST_WAIT : 1000 * (60 * OVERDRAWN * this.brief.budget.minutes - this.seconds);
    const clock = AbortSignal.timeout(Math.round(Math.min(LONGEST_WAIT, Math.max(0, left_ms))));
    const signal = AbortSignal.any([this.context.signal, clock]);
    const { candidate, made, judgement } = await this.judge(search, found.point, 'confirm', 'confirm', 0, signal);
    if (!made || !judgement) {
      if (clock.aborted) {
        this.unsettled = found.candidate;
        return null;
      }
      // What cannot be solved finely is no design to deliver: the search forgets it.
      search.observations.splice(search.observations.indexOf(found as never), 1);
      return { search, candidate, quick: found.candidate };
    }
    this.confirmed.push({ search, point: found.point, candidate, made, judgement });
    return { search, candidate, quick: found.candidate };
  }

  /** The best design by its quick solves, where the budget's minutes ended before its converged ones did. */
  unsettled: DesignCandidate | null = null;

  readonly confirmed: {
    search: ConceptSearch;
    point: DesignPoint;
    candidate: DesignCandidate;
    made: MadeDesign;
    judgement: Judgement;
  }[] = [];

  /**
   * How far the quick solves are off, and the converged one's own error, become part of the bounds.
   * @returns the largest change of a bound that governs, as a share
   */
  #correct(search: ConceptSearch, fine: DesignCandidate, quick: DesignCandidate): number {
    let largest = 0;
    search.corrections = search.corrections.map((before, k) => {
      const [exact, rough] = [fine.requirements[k], quick.requirements[k]];
      if (exact?.value == null || rough?.value == null || !(Math.abs(rough.value) > 0)) return before;
      const sure = 1 + (exact.error_percent ?? 0) / 100;
      const ratio = exact.value / rough.value;
      const after = this.brief.requirements[k]!.comparison === '<=' ? ratio * sure : ratio / sure;
      if (exact.margin !== null && exact.margin < GOVERNS) largest = Math.max(largest, Math.abs(after / before - 1));
      return after;
    });
    return largest;
  }
}

const storeKey = (accuracy: Accuracy, { name }: Concept, point: DesignPoint): string =>
  `${accuracy}|${name}|${keyOf(point)}`;

/** Every bound holds with its estimated error on top. */
export const isSure = ({ requirements }: DesignCandidate): boolean =>
  requirements.every(({ margin, value, limit, error_percent }) => {
    if (margin === null || value === null) return false;
    const error = (Math.abs(value) * (error_percent ?? 0)) / 100 / sizeOf(limit);
    return margin >= error;
  });
