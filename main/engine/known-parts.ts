/** Parts with a history as far as they are known: their inputs, and what was made of these, without starting anything. */
import type { AnyRecord, PartRecord, PartView } from '../../preload/contract/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import { type CachedEvaluation, viewOf } from './geometry-cache.ts';
import { gatherPart, type PartInputs } from './part-inputs.ts';
import { bodyNamesOf } from './part-names.ts';
import { importedNames } from './part-previews.ts';
import type { PartScripts } from './part-scripts.ts';

/** A state of a part and what it was evaluated to. */
export interface KnownPart {
  inputs: PartInputs;
  evaluation: CachedEvaluation;
}

/** Of a part that has no steps yet, or is rolled back to its beginning. */
const NOTHING: CachedEvaluation = { bodies: [], outcomes: [], seconds: 0 };

export class KnownParts {
  readonly #engine: EngineContext;
  readonly #scripts: PartScripts;
  /** By part: what it was made of at a place of the project's history. */
  readonly #gathered = new Map<string, { at: string; inputs: PartInputs }>();

  constructor(engine: EngineContext, scripts: PartScripts) {
    this.#engine = engine;
    this.#scripts = scripts;
  }

  reset(): void {
    this.#gathered.clear();
  }

  /** What the part is made of now; null where its script has to be run first. */
  inputs(session: DocumentSession, part: PartRecord): PartInputs | null {
    const { sequence, branch } = session.state();
    const at = `${branch} ${sequence}`;
    // Asked several times of the same records: by the window, by studies, and while a change is told.
    const known = this.#gathered.get(part.id);
    if (known?.at === at) return known.inputs;
    const records: AnyRecord[] = session.store.all();
    const scripted = this.#scripts.known(session, part, records);
    if (scripted === undefined) return null;
    const inputs = gatherPart(part, records, scripted);
    this.#gathered.set(part.id, { at, inputs });
    return inputs;
  }

  /** The part as it is now, or null where it has to be evaluated. `last` is what it was evaluated to last. */
  now(session: DocumentSession, part: PartRecord, last?: KnownPart): KnownPart | null {
    const inputs = this.inputs(session, part);
    if (!inputs) return null;
    if (inputs.steps.length === 0) return { inputs, evaluation: NOTHING };
    const cache = this.#engine.cache(session);
    if (last?.inputs.inputHash === inputs.inputHash && cache.isWhole(last.evaluation))
      return { inputs, evaluation: last.evaluation };
    const evaluation = cache.ofHistory(part.id, inputs.inputHash);
    return evaluation && { inputs, evaluation };
  }

  bodyNames(session: DocumentSession, { inputs, evaluation }: KnownPart): string[] {
    return bodyNamesOf(inputs, evaluation.bodies, importedNames(this.#engine, session, inputs));
  }

  view(session: DocumentSession, known: KnownPart): PartView {
    return viewOf(known.inputs.part.id, known.evaluation, this.bodyNames(session, known));
  }
}
