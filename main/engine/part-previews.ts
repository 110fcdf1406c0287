/** What a part would look like with other records. Nothing of it is kept in the project; the latest question wins. */
import {
  type AnyRecord,
  cancelled,
  type JobContext,
  type PartHistory,
  type PartView,
  silentContext,
} from '../../preload/contract/index.ts';
import { hasHistory, validRecord } from '../document/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import { type EngineContext, noRecord } from './context.ts';
import { viewOf } from './geometry-cache.ts';
import { evaluatePart } from './part-evaluation.ts';
import { gatherPart, historyOf, type PartInputs } from './part-inputs.ts';
import { bodyNamesOf } from './part-names.ts';
import type { PartScripts } from './part-scripts.ts';
import type { SourceGeometry } from './source-geometry.ts';

/** How long the pictures of a preview can be fetched. */
const KEEP_s = 60;
/**
 * A superseded evaluation may go on for this long: ending it ends its modeller, with all that it remembers of the part.
 */
export const GRACE_ms = 1500;

export interface PreviewRequest {
  partId: string;
  put?: readonly AnyRecord[] | undefined;
  remove?: readonly string[] | undefined;
}

/** One question that the modeller is at, or that waits for the one before. */
interface Asked {
  supersede(): void;
  /** Settles when the modeller is free again. Never rejects. */
  free: Promise<unknown>;
}

export class PartPreviews {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #scripts: PartScripts;
  readonly #asked = new Map<string, Asked>();

  constructor(engine: EngineContext, sources: SourceGeometry, scripts: PartScripts) {
    this.#engine = engine;
    this.#sources = sources;
    this.#scripts = scripts;
  }

  reset(): void {
    for (const asked of this.#asked.values()) asked.supersede();
    this.#asked.clear();
  }

  preview(request: PreviewRequest, signal: AbortSignal): Promise<{ view: PartView; history: PartHistory }> {
    const session = this.#engine.session();
    const before = this.#asked.get(request.partId);
    before?.supersede();
    const modeller = new AbortController();
    let end: (reason: Error) => void = () => {};
    const ended = new Promise<never>((_resolve, reject) => {
      end = reject;
    });
    ended.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      end(cancelled('The preview'));
      timer ??= setTimeout(() => modeller.abort(cancelled('The preview')), GRACE_ms);
      timer.unref();
    };
    let superseded = false;
    const work = (async () => {
      await before?.free;
      if (superseded) throw cancelled('The preview');
      return this.#make(session, request, silentContext(modeller.signal));
    })();
    const free = work.then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
    const asked: Asked = {
      supersede: () => {
        superseded = true;
        stop();
      },
      free,
    };
    this.#asked.set(request.partId, asked);
    void free.then(() => {
      if (this.#asked.get(request.partId) === asked) this.#asked.delete(request.partId);
      signal.removeEventListener('abort', stop);
    });
    signal.addEventListener('abort', stop, { once: true });
    return Promise.race([work, ended]);
  }

  async #make(
    session: DocumentSession,
    { partId, put = [], remove = [] }: PreviewRequest,
    context: JobContext,
  ): Promise<{ view: PartView; history: PartHistory }> {
    const records = new Map(session.store.all().map((record) => [record.id, record]));
    for (const id of remove) records.delete(id);
    for (const record of put) records.set(record.id, validRecord(record));
    const part = records.get(partId);
    if (part?.type !== 'part') throw noRecord('part', partId);
    const scripted = await this.#scripts.run(session, part, records.values(), context);
    const inputs = gatherPart(part, records.values(), scripted);
    if (!hasHistory(part))
      return { view: this.#sources.view(session, part), history: historyOf(inputs, null, 'ready') };
    if (inputs.steps.length === 0)
      return { view: { partId, status: 'ready', bodies: [] }, history: historyOf(inputs, null, 'ready') };
    const known = this.#engine.cache(session).ofHistory(partId, inputs.inputHash);
    if (known)
      return { view: this.#named(session, inputs, viewOf(partId, known)), history: historyOf(inputs, known, 'ready') };
    const evaluated = await evaluatePart(
      this.#engine,
      this.#sources,
      session,
      inputs,
      { info: 'describe', tessellation: 'fine', brep: false },
      context,
    );
    const bodies = evaluated.bodies.flatMap(({ info, tessellation }) =>
      info && tessellation
        ? [
            {
              info,
              brepHash: null,
              tessellationHash: this.#engine.transient.put(tessellation, KEEP_s),
              quality: 'fine' as const,
            },
          ]
        : [],
    );
    const { features, describe, tessellate } = evaluated.seconds;
    return {
      view: this.#named(session, inputs, viewOf(partId, { bodies })),
      history: historyOf(inputs, { outcomes: evaluated.outcomes, seconds: features + describe + tessellate }, 'ready'),
    };
  }

  #named(session: DocumentSession, inputs: PartInputs, view: PartView): PartView {
    const names = bodyNamesOf(inputs, view.bodies, importedNames(this.#engine, session, inputs));
    return {
      ...view,
      bodies: view.bodies.map((body, index) => ({ ...body, info: { ...body.info, name: names[index]! } })),
    };
  }
}

/** What the files of a part's imports call their bodies. */
export const importedNames =
  (engine: EngineContext, session: DocumentSession, inputs: PartInputs) =>
  (featureId: string, index: number): string | undefined => {
    const need = inputs.imports.find(({ id }) => id === featureId);
    return need && engine.cache(session).ofSource(need.source, need.key)?.bodies[index]?.info.name;
  };
