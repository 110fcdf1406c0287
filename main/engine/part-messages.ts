/** Tells of steps that fail: once, when they have failed for a moment, not at every keystroke of an edit. */
import type { ErrorData, FeatureOutcome, PartRecord } from '../../preload/contract/index.ts';
import type { EngineContext } from './context.ts';

const PAUSE_ms = 800;

export class FailureMessages {
  readonly #engine: EngineContext;
  /** By part: what was said of its steps, by their id. */
  readonly #said = new Map<string, Map<string, string>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(engine: EngineContext) {
    this.#engine = engine;
  }

  reset(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#said.clear();
  }

  forget(partId: string): void {
    clearTimeout(this.#timers.get(partId));
    this.#timers.delete(partId);
    this.#said.delete(partId);
  }

  outcomes(part: PartRecord, outcomes: readonly FeatureOutcome[]): void {
    const failures = new Map(
      outcomes.flatMap(({ id, name, state, error }) =>
        state === 'failed' && error ? [[id, { text: `${part.name}, ${name}: ${error.message}`, error }] as const] : [],
      ),
    );
    this.#later(part.id, failures);
  }

  /** The part as a whole can't be made. */
  part(part: PartRecord, error: ErrorData): void {
    this.#later(part.id, new Map([[part.id, { text: `${part.name}: ${error.message}`, error }]]));
  }

  #later(partId: string, failures: ReadonlyMap<string, { text: string; error: ErrorData }>): void {
    clearTimeout(this.#timers.get(partId));
    const said = this.#said.get(partId) ?? new Map<string, string>();
    this.#said.set(partId, said);
    // What works again may be told anew when it fails again.
    for (const id of said.keys()) if (!failures.has(id)) said.delete(id);
    const fresh = [...failures].filter(([id, { error }]) => said.get(id) !== error.code);
    if (fresh.length === 0) return;
    const timer = setTimeout(() => {
      this.#timers.delete(partId);
      for (const [id, { text, error }] of fresh) {
        said.set(id, error.code);
        const about = { error, recordId: id, ...(error.hint ? { hint: error.hint } : {}) };
        this.#engine.tell('error', text, about);
      }
    }, PAUSE_ms);
    timer.unref();
    this.#timers.set(partId, timer);
  }
}
