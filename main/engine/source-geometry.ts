/** Geometry of imported files: import as a job, and again when what was derived of it has been dropped. */
import type { InstanceRecord, JobContext, PartRecord, PartView, SourceRecord } from '../../preload/contract/index.ts';
import { ArtificerError, toErrorData } from '../../preload/contract/index.ts';
import { hasHistory } from '../document/index.ts';
import type { InputFile } from '../host/index.ts';
import { refusalOf } from '../kernel/index.ts';
import type { ImportedModel } from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';
import { type EngineContext, noRecord } from './context.ts';
import { type CachedPart, viewOf } from './geometry-cache.ts';
import { recordsOf } from './import-records.ts';

const PERSON = { kind: 'person', name: 'You' } as const;

export class SourceGeometry {
  readonly #context: EngineContext;
  /** Sources that are being made again after their derived data was dropped. */
  readonly #rebuilding = new Set<string>();
  readonly #failures = new Map<string, PartView>();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Forgets what belonged to the project that was open. */
  reset(): void {
    this.#rebuilding.clear();
    this.#failures.clear();
  }

  // Import

  /** Recognises at once, so that an unreadable format is answered without a job; the rest is a job. */
  startImport(file: InputFile, heal: boolean): string {
    const session = this.#context.session();
    session.file.assertWritable();
    this.assertReadable(file);
    const job = this.#context.jobs.start('import', `Import ${file.fileName}`, (context) =>
      this.#import(session, file, heal, context),
    );
    return job.id;
  }

  /** @throws ArtificerError that says what the format is and what to ask for instead */
  assertReadable(file: InputFile): void {
    const recognition = this.#context.kernel.recognise(file.bytes, file.fileName);
    if (!recognition.readable) throw refusalOf(recognition, file.fileName);
  }

  async #import(
    session: DocumentSession,
    file: InputFile,
    heal: boolean,
    context: JobContext,
  ): Promise<{ sourceId: string; partIds: string[] }> {
    const cache = this.#context.cache(session);
    // The structure is complete at the first picture: from there on the import stands, and only gets finer.
    let firstPicture: Promise<{ sourceId: string; partIds: string[] }> | undefined;
    const commit = async (
      model: ImportedModel,
      quality: 'coarse' | 'fine',
    ): Promise<{ sourceId: string; partIds: string[] }> => {
      const sha256 = await session.file.writeSource(file.bytes, file.fileName);
      const kept = await cache.putModel(model, { sha256, healed: heal }, quality);
      context.signal.throwIfAborted();
      const roots = session.store
        .all()
        .filter((record): record is InstanceRecord => record.type === 'instance' && record.parentId === null);
      const order = roots.reduce((highest, root) => Math.max(highest, root.order + 1), 0);
      const records = recordsOf(model, {
        fileName: file.fileName,
        sha256,
        bytes: file.bytes.length,
        healed: heal,
        order,
      });
      session.change({ label: `Import ${file.fileName}`, author: PERSON, put: records.all });
      for (const [key, part] of records.parts) this.#context.streams.geometry.emit(viewOf(part.id, kept.get(key)!));
      for (const warning of model.warnings)
        this.#context.tell('warning', `${file.fileName}: ${warning.message}`, { recordId: records.source.id });
      for (const sentence of model.healing)
        this.#context.tell('info', `${file.fileName}: ${sentence}`, { recordId: records.source.id });
      return { sourceId: records.source.id, partIds: [...records.parts.values()].map((part) => part.id) };
    };
    try {
      const model = await this.#context.kernel.import({ bytes: file.bytes, fileName: file.fileName, heal }, context, {
        firstPicture: (coarse) => {
          firstPicture ??= commit(coarse, 'coarse');
          firstPicture.catch(() => {});
        },
      });
      if (firstPicture === undefined) return await commit(model, 'fine');
      const done = await firstPicture;
      await this.#refine(session, done.sourceId, model);
      return done;
    } catch (thrown) {
      if (firstPicture === undefined) throw thrown;
      const done = await firstPicture;
      const error = toErrorData(thrown);
      this.#context.tell('warning', `${file.fileName} is shown coarsely: making the fine picture ended early.`, {
        error,
        recordId: done.sourceId,
      });
      return done;
    }
  }

  async #refine(session: DocumentSession, sourceId: string, model: ImportedModel): Promise<void> {
    const source = session.store.get(sourceId);
    if (source?.type !== 'source') return;
    const kept = await this.#context.cache(session).putModel(model, source, 'fine');
    this.#emitAll(session, source, (part) => {
      const cached = kept.get(part.sourceKey ?? '');
      return cached && viewOf(part.id, cached);
    });
  }

  // As it was imported

  sourceOf(session: DocumentSession, sourceId: string): SourceRecord {
    const source = session.store.get(sourceId);
    if (source?.type !== 'source') throw noRecord('source', sourceId);
    return source;
  }

  /** The geometry of a part that is shown as it was imported, if it is at hand. */
  cached(session: DocumentSession, part: PartRecord): CachedPart | null {
    const source = this.sourceOf(session, part.sourceId ?? part.id);
    return this.#context.cache(session).ofSource(source, part.sourceKey ?? '');
  }

  /** The same as display data; what is gone is answered as pending and made again in the background. */
  view(session: DocumentSession, part: PartRecord): PartView {
    const cached = this.cached(session, part);
    if (cached) return viewOf(part.id, cached);
    const failure = this.#failures.get(part.id);
    if (failure) return failure;
    this.#rebuild(session, this.sourceOf(session, part.sourceId ?? part.id));
    return { partId: part.id, status: 'pending', bodies: [] };
  }

  /** The bodies of a part of a source, made again first if they have to be. `about` is the record that needs them. */
  async bodiesOf(
    session: DocumentSession,
    source: SourceRecord,
    key: string,
    about: { name: string; id: string },
    context: JobContext,
  ): Promise<CachedPart> {
    const cached = this.#context.cache(session).ofSource(source, key);
    if (cached) return cached;
    const made = (await this.#importAgain(session, source, context)).get(key);
    if (made) return made;
    throw new ArtificerError({
      code: 'geometry.gone',
      category: 'fault',
      message: `"${about.name}" could not be found again in "${source.fileName}".`,
      hint: 'Import the file anew.',
      recordId: about.id,
    });
  }

  #emitAll(session: DocumentSession, source: SourceRecord, make: (part: PartRecord) => PartView | undefined): void {
    for (const record of session.store.all())
      if (record.type === 'part' && record.sourceId === source.id && !hasHistory(record)) {
        const view = make(record);
        if (view) this.#context.streams.geometry.emit(view);
      }
  }

  #rebuild(session: DocumentSession, source: SourceRecord): void {
    if (this.#rebuilding.has(source.id)) return;
    this.#rebuilding.add(source.id);
    const job = this.#context.jobs.start('import', `Prepare ${source.fileName} for display`, async (context) => {
      const kept = await this.#importAgain(session, source, context);
      this.#emitAll(session, source, (part) => {
        const cached = kept.get(part.sourceKey ?? '');
        return cached && viewOf(part.id, cached);
      });
    });
    this.#context.jobs
      .wait(job.id)
      .catch((thrown: unknown) => {
        const error = toErrorData(thrown);
        this.#emitAll(session, source, (part) => {
          const view: PartView = { partId: part.id, status: 'failed', bodies: [], error };
          this.#failures.set(part.id, view);
          return view;
        });
      })
      .finally(() => this.#rebuilding.delete(source.id));
  }

  async #importAgain(
    session: DocumentSession,
    source: SourceRecord,
    context: JobContext,
  ): Promise<Map<string, CachedPart>> {
    const bytes = await session.file.readSource(source.sha256);
    if (!bytes)
      throw new ArtificerError({
        code: 'geometry.source-missing',
        category: 'fault',
        message: `The original bytes of "${source.fileName}" are missing from the project.`,
        hint: 'Verify the project (File, Project information), or import the file again.',
        recordId: source.id,
      });
    const model = await this.#context.kernel.import({ bytes, fileName: source.fileName, heal: source.healed }, context);
    return this.#context.cache(session).putModel(model, source, 'fine', context.signal);
  }
}
