/** The region of trust about the best design that was tried of a space, and when there is no more to find in it. */
import type { Observation } from './models.ts';
import { type Goal, incumbentOf, meritOf, type NumberedBound, type Proposal, violationOf } from './propose.ts';
import type { DesignSpace } from './space.ts';

/** A region of trust smaller than this has nothing left to find. */
const LEAST_REACH = 0.02;
/** An improvement by less than this share is no success: the region of trust shrinks. */
const WORTHWHILE = 0.002;
/**
 * A design that is expected to gain less than this share is not worth a solve. Twice as much missed the least mass of closed
 * forms by up to 2 % (`bench search-loop`).
 */
const LEAST_GAIN = 0.0005;
/** Designs over the models' inputs and one, before what they do not expect is believed. */
const KNOWING = 2;
/** Half the width of the region that is searched once more when the bounds have changed. */
const ANEW = 0.15;

export class TrustRegion<Tried extends Observation = Observation> {
  readonly space: DesignSpace;
  readonly observations: Tried[] = [];
  reach = 1;
  #failures = 0;
  #successes = 0;
  #rank: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  rounds = 0;
  done = false;

  constructor(space: DesignSpace) {
    this.space = space;
  }

  /** After a round: the region of trust grows with success and shrinks with failure. */
  learn(bounds: readonly NumberedBound[], goals: readonly Goal[]): void {
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
    this.#narrow();
  }

  /** Whether a solve of any of them is: where nothing holds the bounds yet, every attempt is. */
  isWorthwhile(bounds: readonly NumberedBound[], goals: readonly Goal[], proposals: readonly Proposal[]): boolean {
    if (this.observations.length < KNOWING * (this.space.inputs + 1)) return true;
    const incumbent = incumbentOf({ observations: this.observations, bounds, goals });
    if (!incumbent || goals.length === 0) return true;
    if (violationOf(bounds, incumbent.numbers as number[], incumbent.point.material) > 0) return true;
    return proposals.some(({ gain }) => gain > LEAST_GAIN);
  }

  /** A round without a solve: the next one looks nearer, by models of what is near, and at what else is wanted. */
  pass(): void {
    this.rounds++;
    this.#narrow();
  }

  #narrow(): void {
    this.reach /= 2;
    this.done = this.reach < LEAST_REACH;
  }

  /** New knowledge of the bounds: look again, nearby. */
  reopen(): void {
    this.done = false;
    this.reach = Math.max(this.reach, ANEW);
    this.#rank = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    this.#failures = 0;
    this.#successes = 0;
  }
}
