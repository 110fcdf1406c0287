/**
 * Parts with a history, kept up to date: a change of records evaluates the parts that it touches, and those alone. What is
 * known by its hash is answered at once, so undo and a reopened project start no kernel. One evaluation of a part at a
 * time: what is superseded may finish if it is quick, for its modeller remembers what the next one begins from.
 */
import {
  ArtificerError,
  cancelled,
  type ErrorData,
  type JobContext,
  type PartHistory,
  type PartRecord,
  type PartView,
  toErrorData,
} from '../../preload/contract/index.ts';
import { hasHistory } from '../document/index.ts';
import type { ChangeEvent, DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import type { CachedEvaluation } from './geometry-cache.ts';
import { type KnownPart, KnownParts } from './known-parts.ts';
import { partsTouchedBy } from './part-changes.ts';
import { evaluatePart } from './part-evaluation.ts';
import { gatherPart, historyOf, type PartInputs } from './part-inputs.ts';
import { FailureMessages } from './part-messages.ts';
import { GRACE_ms } from './part-previews.ts';
import type { PartScripts } from './part-scripts.ts';
import type { SourceGeometry } from './source-geometry.ts';
import { partOf } from './study-inputs.ts';

/** Edits that come together are evaluated together. */
const PAUSE_ms = 15;

interface State {
  /** The last good evaluation. */
  shown?: KnownPart;
  /** Why the part as it is now cannot be evaluated at all, and what it was then. */
  failure?: { sequence: number; inputs: PartInputs | null; error: ErrorData };
  run?: { jobId: string; since: number; controller: AbortController; graceTimer?: NodeJS.Timeout };
  timer?: NodeJS.Timeout;
  /** Counts what happened to the records of this part. */
  sequence: number;
  /** Hash of the picture that was told last. */
  told?: string;
}

export class PartService {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #scripts: PartScripts;
  readonly #states = new Map<string, State>();
  readonly #known: KnownParts;
  readonly #messages: FailureMessages;

  constructor(engine: EngineContext, sources: SourceGeometry, scripts: PartScripts) {
    this.#engine = engine;
    this.#sources = sources;
    this.#scripts = scripts;
    this.#known = new KnownParts(engine, scripts);
    this.#messages = new FailureMessages(engine);
    engine.streams.document.subscribe((event) => this.#changed(event));
  }

  /** Forgets what belonged to the project that was open. */
  reset(): void {
    for (const state of this.#states.values()) {
      clearTimeout(state.timer);
      clearTimeout(state.run?.graceTimer);
      state.run?.controller.abort(cancelled('Rebuilding'));
    }
    this.#states.clear();
    this.#known.reset();
    this.#messages.reset();
  }

  // Questions

  /** The part as it is now, if that is known; never starts anything. */
  now(session: DocumentSession, part: PartRecord): KnownPart | null {
    return this.#known.now(session, part, this.#states.get(part.id)?.shown);
  }

  /** Display data. What is not up to date is evaluated in the background and shown as it was meanwhile. */
  view(session: DocumentSession, part: PartRecord): PartView {
    const known = this.#settled(session, part);
    if (known) return this.#known.view(session, known);
    const state = this.#stateOf(part.id);
    const bodies = state.shown ? this.#known.view(session, state.shown).bodies : [];
    const failed = state.failure?.sequence === state.sequence ? state.failure.error : undefined;
    if (failed) return { partId: part.id, status: 'failed', bodies, error: failed };
    this.#begin(session, part);
    return { partId: part.id, status: 'pending', bodies };
  }

  history(session: DocumentSession, partId: string): PartHistory {
    const part = partOf(session, partId);
    const known = this.#settled(session, part);
    if (known) return historyOf(known.inputs, known.evaluation, 'ready');
    const state = this.#stateOf(partId);
    if (state.failure?.sequence !== state.sequence) this.#begin(session, part);
    return this.#unsettledHistory(session, part);
  }

  /** A job that ends when the part is evaluated as it is now. */
  evaluate(session: DocumentSession, partId: string): string {
    const part = partOf(session, partId);
    const state = this.#stateOf(partId);
    delete state.failure;
    if (!this.#settled(session, part)) this.#begin(session, part);
    if (state.run) return state.run.jobId;
    const done = async (): Promise<PartHistory> => this.history(session, partId);
    return this.#engine.jobs.start('evaluate', `Rebuild ${part.name}`, done, { recordId: partId }).id;
  }

  /** The part as it is now, evaluated first if it has to be. @throws ArtificerError why it can't be */
  async ready(session: DocumentSession, part: PartRecord, context: JobContext): Promise<KnownPart> {
    for (;;) {
      context.signal.throwIfAborted();
      const current = partOf(session, part.id);
      const known = this.#settled(session, current);
      if (known) return known;
      const state = this.#stateOf(part.id);
      if (state.failure?.sequence === state.sequence) throw new ArtificerError(state.failure.error);
      context.progress(`Rebuilding ${part.name}`, null);
      this.#begin(session, current);
      await this.#engine.jobs.wait(state.run!.jobId, context.signal);
    }
  }

  bodyNames(session: DocumentSession, known: KnownPart): string[] {
    return this.#known.bodyNames(session, known);
  }

  // Keeping up to date

  #changed(event: ChangeEvent): void {
    const session = this.#engine.session();
    for (const partId of partsTouchedBy(event.diffs, session.store.all())) {
      const part = session.store.get(partId);
      if (part?.type !== 'part' || !hasHistory(part)) {
        this.#forget(partId);
        // Undoing its first feature shows an imported part as it was imported.
        if (part?.type === 'part') this.#engine.streams.geometry.emit(this.#sources.view(session, part));
        continue;
      }
      this.#touch(session, part);
    }
  }

  #touch(session: DocumentSession, part: PartRecord): void {
    const state = this.#stateOf(part.id);
    state.sequence++;
    clearTimeout(state.timer);
    const known = this.#settled(session, part);
    if (known) {
      this.#supersede(state);
      this.#tell(session, part.id, known);
      return;
    }
    this.#engine.streams.parts.emit(this.#unsettledHistory(session, part));
    this.#supersede(state);
    if (state.run) return;
    state.timer = setTimeout(() => {
      const current = session.store.get(part.id);
      if (current?.type === 'part') this.#begin(session, current);
    }, PAUSE_ms);
  }

  /** What runs is about an earlier state: it may end in its own time, but not for long. */
  #supersede(state: State): void {
    const { run } = state;
    if (!run || run.graceTimer) return;
    const abort = (): void => run.controller.abort(cancelled('Rebuilding an earlier state'));
    run.graceTimer = setTimeout(abort, Math.max(0, GRACE_ms - (Date.now() - run.since)));
    run.graceTimer.unref();
  }

  #begin(session: DocumentSession, part: PartRecord): void {
    const state = this.#stateOf(part.id);
    clearTimeout(state.timer);
    if (state.run) return;
    const run: NonNullable<State['run']> = { jobId: '', since: Date.now(), controller: new AbortController() };
    state.run = run;
    const job = this.#engine.jobs.start(
      'evaluate',
      `Rebuild ${part.name}`,
      async (context) => {
        try {
          await this.#runUntilCurrent(session, part.id, state, run, context);
        } finally {
          clearTimeout(run.graceTimer);
          if (state.run === run) delete state.run;
        }
        const current = session.store.get(part.id);
        return current?.type === 'part' ? this.history(session, part.id) : null;
      },
      { recordId: part.id },
    );
    run.jobId = job.id;
    // A job that was cancelled while it waited in line never ran.
    this.#engine.jobs.wait(job.id).catch((thrown: unknown) => {
      if (state.run === run) delete state.run;
      this.#fail(session, part.id, state, state.sequence, null, toErrorData(thrown));
    });
  }

  /** One job for all edits that come while it runs: evaluates again until the records are what was evaluated. */
  async #runUntilCurrent(
    session: DocumentSession,
    partId: string,
    state: State,
    run: NonNullable<State['run']>,
    context: JobContext,
  ): Promise<void> {
    for (;;) {
      const part = session.store.get(partId);
      if (part?.type !== 'part' || this.#states.get(partId) !== state) return;
      const { sequence } = state;
      run.since = Date.now();
      run.controller = new AbortController();
      clearTimeout(run.graceTimer);
      delete run.graceTimer;
      const signal = AbortSignal.any([context.signal, run.controller.signal]);
      let inputs: PartInputs | null = null;
      try {
        const step: JobContext = { signal, progress: context.progress };
        const records = session.store.all();
        const scripted = await this.#scripts.run(session, part, records, step);
        inputs = gatherPart(part, records, scripted);
        const evaluation = await this.#evaluate(session, inputs, step);
        if (this.#states.get(partId) !== state) return;
        const current = state.sequence === sequence;
        // Something newer may have been answered from the cache meanwhile: its picture stays.
        if (!current && this.#isSettled(session, partId)) return;
        this.#tell(session, partId, { inputs, evaluation });
        this.#messages.outcomes(part, historyOf(inputs, evaluation, 'ready').outcomes);
        if (current) return;
      } catch (thrown) {
        if (context.signal.aborted) throw thrown;
        if (run.controller.signal.aborted && state.sequence !== sequence) {
          if (this.#isSettled(session, partId)) return;
          continue;
        }
        const error = toErrorData(thrown);
        if (state.sequence !== sequence) continue;
        if (!error.code.startsWith('script.')) throw thrown;
        // A script that refuses these variables is an answer, not a broken job.
        this.#fail(session, partId, state, sequence, inputs, error);
        this.#messages.part(part, error);
        return;
      }
    }
  }

  async #evaluate(session: DocumentSession, inputs: PartInputs, context: JobContext): Promise<CachedEvaluation> {
    const cache = this.#engine.cache(session);
    const known = cache.ofHistory(inputs.part.id, inputs.inputHash);
    if (known) return known;
    const want = { brep: true, info: 'describe', tessellation: 'fine' } as const;
    const evaluated = await evaluatePart(this.#engine, this.#sources, session, inputs, want, context);
    context.signal.throwIfAborted();
    return cache.putEvaluation(inputs.part.id, inputs.inputHash, evaluated, context.signal);
  }

  #tell(session: DocumentSession, partId: string, shown: KnownPart): void {
    const state = this.#stateOf(partId);
    state.shown = shown;
    delete state.failure;
    const view = this.#known.view(session, shown);
    const picture = JSON.stringify(
      view.bodies.map(({ info, tessellation }) => [info.name, tessellation.hash, info.faces.length]),
    );
    const told = `${shown.inputs.inputHash} ${picture}`;
    if (state.told !== told) {
      state.told = told;
      this.#engine.streams.geometry.emit(view);
    }
    this.#engine.streams.parts.emit(historyOf(shown.inputs, shown.evaluation, 'ready'));
  }

  #fail(
    session: DocumentSession,
    partId: string,
    state: State,
    sequence: number,
    inputs: PartInputs | null,
    error: ErrorData,
  ): void {
    if (this.#states.get(partId) !== state) return;
    state.failure = { sequence, inputs, error };
    const part = session.store.get(partId);
    if (part?.type !== 'part' || state.sequence !== sequence) return;
    this.#engine.streams.geometry.emit(this.view(session, part));
    delete state.told;
    this.#engine.streams.parts.emit(this.#unsettledHistory(session, part));
  }

  // What is known

  /** Like {@link now}, and remembers it as what is shown. */
  #settled(session: DocumentSession, part: PartRecord): KnownPart | null {
    const known = this.now(session, part);
    if (known) this.#stateOf(part.id).shown = known;
    return known;
  }

  #isSettled(session: DocumentSession, partId: string): boolean {
    const part = session.store.get(partId);
    return part?.type === 'part' && this.now(session, part) !== null;
  }

  #unsettledHistory(session: DocumentSession, part: PartRecord): PartHistory {
    const state = this.#stateOf(part.id);
    const failure = state.failure?.sequence === state.sequence ? state.failure : undefined;
    const inputs = this.#known.inputs(session, part) ?? failure?.inputs ?? gatherPart(part, session.store.all(), null);
    return historyOf(inputs, state.shown?.evaluation ?? null, failure ? 'failed' : 'pending', failure?.error);
  }

  #stateOf(partId: string): State {
    let state = this.#states.get(partId);
    if (!state) {
      state = { sequence: 0 };
      this.#states.set(partId, state);
    }
    return state;
  }

  #forget(partId: string): void {
    const state = this.#states.get(partId);
    if (!state) return;
    clearTimeout(state.timer);
    clearTimeout(state.run?.graceTimer);
    state.run?.controller.abort(cancelled('Rebuilding'));
    this.#states.delete(partId);
    this.#messages.forget(partId);
  }
}
