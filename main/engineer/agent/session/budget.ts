/** What one request may cost: operations, solutions, minutes. */
import { type AgentBudget, ArtificerError } from '../../../../preload/contract/index.ts';

export class Budget {
  readonly limits: AgentBudget;
  readonly #started: number;
  #operations = 0;
  #solves = 0;
  #waited_ms = 0;
  #waitingSince: number | null = null;
  #ended: number | null = null;

  constructor(limits: AgentBudget) {
    this.limits = limits;
    this.#started = performance.now();
  }

  get spent(): { operations: number; solves: number; minutes: number } {
    return { operations: this.#operations, solves: this.#solves, minutes: this.#used_ms() / 60_000 };
  }
  /** Milliseconds that are left. */
  get left_ms(): number {
    return this.limits.minutes * 60_000 - this.#used_ms();
  }

  /** For work that keeps to a budget of its own. */
  get left(): { solves: number; minutes: number } {
    return { solves: this.limits.solves - this.#solves, minutes: this.left_ms / 60_000 };
  }

  /** @throws ArtificerError `agent.budget` */
  operation(): void {
    if (this.#operations >= this.limits.operations) throw spentUp(`${this.limits.operations} operations`);
    if (this.left_ms <= 0) throw spentUp(`${this.limits.minutes} minutes`);
    this.#operations++;
  }
  /** @throws ArtificerError `agent.budget` */
  solve(): void {
    if (this.#solves >= this.limits.solves) throw spentUp(`${this.limits.solves} solutions`);
    this.#solves++;
  }
  /** The time a person takes to answer is not the agent's. */
  pause(): void {
    this.#waitingSince ??= performance.now();
  }
  resume(): void {
    if (this.#waitingSince !== null) this.#waited_ms += performance.now() - this.#waitingSince;
    this.#waitingSince = null;
  }
  end(): void {
    this.resume();
    this.#ended ??= performance.now();
  }

  #used_ms(): number {
    const now = this.#waitingSince ?? this.#ended ?? performance.now();
    return now - this.#started - this.#waited_ms;
  }
}

export const spentUp = (what: string): ArtificerError =>
  new ArtificerError({
    code: 'agent.budget',
    category: 'refused',
    message: `The budget of ${what} for one request is used up.`,
    hint: 'Give it more in the panel, and ask to go on. What was done so far is there.',
  });
