/** Runs the scripts of parts, and remembers what they made of the same variables. */
import type { AnyRecord, JobContext, PartRecord } from '../../preload/contract/index.ts';
import { definitionOf } from '../document/index.ts';
import { runPartScript, type ScriptedPart } from '../scripting/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import { scriptRequestOf } from './part-inputs.ts';

export class PartScripts {
  readonly #engine: EngineContext;

  constructor(engine: EngineContext) {
    this.#engine = engine;
  }

  /** What is known without running anything: null for a part without a script, undefined where it has to be run. */
  known(session: DocumentSession, part: PartRecord, records: Iterable<AnyRecord>): ScriptedPart | null | undefined {
    const wanted = part.script && scriptRequestOf(definitionOf(part, records));
    if (!wanted) return null;
    return this.#engine.cache(session).derived<ScriptedPart>(wanted.key) ?? undefined;
  }

  /** @throws ArtificerError `script.*` */
  async run(
    session: DocumentSession,
    part: PartRecord,
    records: Iterable<AnyRecord>,
    context: JobContext,
  ): Promise<ScriptedPart | null> {
    const wanted = part.script && scriptRequestOf(definitionOf(part, records));
    if (!wanted) return null;
    const cache = this.#engine.cache(session);
    const known = cache.derived<ScriptedPart>(wanted.key);
    if (known) return known;
    const made = await runPartScript(wanted.request, context);
    cache.putDerived(wanted.key, made);
    return made;
  }
}
