/** The search of one concept: what was tried of it, the region of trust about its best design, and when there is no more to find. */
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import type { Brief } from '../brief/brief.ts';
import type { Concept } from '../concepts/concept.ts';
import type { Bound, Observation } from './models.ts';
import { type Goal, incumbentOf, meritOf, type Proposal, violationOf } from './propose.ts';
import { DesignSpace } from './space.ts';

/** A region of trust smaller than this has nothing left to find. */
const LEAST_REACH = 0.02;
/** Rounds without an improvement worth this share end the search of a concept. */
const WORTHWHILE = 0.002;
/** Half the width of the region that is searched once more, and the improvement since it was last done that makes it worth it. */
const ANEW = 0.15;
const AGAIN = 0.02;

export class ConceptSearch {
  readonly concept: Concept;
  readonly space: DesignSpace;
  readonly observations: (Observation & { candidate: DesignCandidate })[] = [];
  reach = 1;
  #failures = 0;
  #successes = 0;
  #hopeless = 0;
  #rank: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  /** Rank when the region of trust was last as small as can be. */
  #whenShrunk: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  rounds = 0;
  done = false;
  leaveOut_mm: number | undefined;
  /** Converged over quick, by requirement. */
  corrections: number[];

  constructor(concept: Concept, brief: Brief, requirements: number) {
    this.concept = concept;
    this.space = new DesignSpace(concept, brief.materials);
    this.corrections = new Array<number>(requirements).fill(1);
  }

  /** After a round: the region of trust grows with success and shrinks with failure. */
  learn(bounds: readonly (Bound & { number: number })[], goals: readonly Goal[]): void {
    this.rounds++;
    const incumbent = incumbentOf({ observations: this.observations, bounds, goals });
    if (!incumbent) return;
    const numbers = incumbent.numbers as number[];
    const rank: [number, number] = [
      Math.max(0, violationOf(bounds, numbers, incumbent.point.material)),
      meritOf(goals, numbers),
    ];
    const better =
      rank[0] < this.#rank[0] - WORTHWHILE || (rank[0] <= this.#rank[0] && rank[1] < this.#rank[1] - WORTHWHILE);
    if (better) {
      this.#rank = rank;
      this.#failures = 0;
      if (++this.#successes >= 2) {
        this.reach = Math.min(1, 1.6 * this.reach);
        this.#successes = 0;
      }
      return;
    }
    this.#successes = 0;
    if (++this.#failures < Math.max(2, Math.ceil(this.space.dimensions / 2))) return;
    this.#failures = 0;
    this.done = this.#shrunk();
  }

  /** @returns whether the region of trust is so small that the search is over */
  #shrunk(): boolean {
    this.reach /= 2;
    if (this.reach >= LEAST_REACH) return false;
    const [over, merit] = this.#rank;
    const [overBefore, meritBefore] = this.#whenShrunk;
    if (this.space.dimensions === 0 || (over > overBefore - AGAIN && merit > meritBefore - AGAIN)) return true;
    // A corner that the models cut off as long as they were wide may be found by those that are fitted to what is near.
    this.#whenShrunk = this.#rank;
    this.reach = ANEW;
    return false;
  }

  /** Twice in a row nothing worth a solve is expected, wherever the models look: the models' own optimum was tried. */
  isExhausted(
    bounds: readonly (Bound & { number: number })[],
    goals: readonly Goal[],
    proposals: readonly Proposal[],
  ): boolean {
    const incumbent = incumbentOf({ observations: this.observations, bounds, goals });
    if (!incumbent || goals.length === 0) return false;
    const numbers = incumbent.numbers as number[];
    if (violationOf(bounds, numbers, incumbent.point.material) > 0) return false;
    const hoped = proposals.some(
      ({ violation, merit }) => violation <= 0 && merit < meritOf(goals, numbers) - WORTHWHILE,
    );
    if (hoped) {
      this.#hopeless = 0;
      return false;
    }
    if (++this.#hopeless < 2) return false;
    this.#hopeless = 0;
    return this.#shrunk();
  }

  /** New knowledge of the bounds: look again, nearby. */
  reopen(): void {
    this.done = false;
    this.reach = Math.max(this.reach, 0.15);
    this.#rank = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    this.#failures = 0;
    this.#successes = 0;
    this.#hopeless = 0;
  }
}
