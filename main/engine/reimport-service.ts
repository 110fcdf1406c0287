/** Reads a new revision of an imported file: one undoable change, and a report of what was found again. */
import { type BodyInfo, type JobContext, type SourceRecord, silentContext } from '../../preload/contract/index.ts';
import type { InputFile } from '../host/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import { type PartRevision, reimportRecords } from './reimport-records.ts';
import type { SourceGeometry } from './source-geometry.ts';

export interface ReimportAnswer {
  sourceId: string;
  parts: PartRevision[];
  absent: string[];
  unknown: string[];
}

export class ReimportService {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;

  constructor(engine: EngineContext, sources: SourceGeometry) {
    this.#engine = engine;
    this.#sources = sources;
  }

  start(sourceId: string, file: InputFile): string {
    const session = this.#engine.session();
    session.file.assertWritable();
    this.#sources.sourceOf(session, sourceId);
    this.#sources.assertReadable(file);
    return this.#engine.jobs.start('import', `Read ${file.fileName} again`, (context) =>
      this.#read(session, sourceId, file, context),
    ).id;
  }

  async #read(
    session: DocumentSession,
    sourceId: string,
    file: InputFile,
    context: JobContext,
  ): Promise<ReimportAnswer> {
    const { healed } = this.#sources.sourceOf(session, sourceId);
    const model = await this.#engine.kernel.import(
      { bytes: file.bytes, fileName: file.fileName, heal: healed },
      context,
    );
    const sha256 = await session.file.writeSource(file.bytes, file.fileName);
    await this.#engine.cache(session).putModel(model, { sha256, healed }, 'fine', context.signal);
    context.progress('Finding faces again', null);
    const source = this.#sources.sourceOf(session, sourceId);
    const before = await this.#bodiesBefore(session, source, context);
    context.signal.throwIfAborted();
    // From here on nothing waits: the records are those that the change is made of.
    const revised: SourceRecord = {
      ...this.#sources.sourceOf(session, sourceId),
      fileName: file.fileName,
      sha256,
      bytes: file.bytes.length,
      format: model.format,
      schema: model.schema,
      originatingSystem: model.originatingSystem,
      lengthUnit: model.lengthUnit,
      warnings: model.warnings,
      healing: model.healing,
      pmi: model.pmi,
      layers: model.layers,
    };
    const records = session.store.all();
    const { put, ...answer } = reimportRecords(source, revised, model, records, (key) => before.get(key) ?? []);
    session.change({ label: `Read ${file.fileName} again`, put });
    this.#tell(file.fileName, sourceId, answer);
    return { sourceId, ...answer };
  }

  /** By key, what each part of the source that is in use looked like. */
  async #bodiesBefore(
    session: DocumentSession,
    source: SourceRecord,
    context: JobContext,
  ): Promise<Map<string, BodyInfo[]>> {
    const bodies = new Map<string, BodyInfo[]>();
    for (const record of session.store.all()) {
      const isImport = record.type === 'feature' && record.feature.kind === 'import';
      const key =
        record.type === 'part' && record.sourceId === source.id
          ? (record.sourceKey ?? '')
          : isImport && record.feature.kind === 'import' && record.feature.sourceId === source.id
            ? record.feature.sourceKey
            : undefined;
      if (key === undefined || bodies.has(key)) continue;
      const quiet = silentContext(context.signal);
      const part = await this.#sources.bodiesOf(session, source, key, { id: source.id, name: source.fileName }, quiet);
      bodies.set(
        key,
        part.bodies.map(({ info }) => info),
      );
    }
    return bodies;
  }

  #tell(fileName: string, sourceId: string, { parts, absent, unknown }: Omit<ReimportAnswer, 'sourceId'>): void {
    for (const { name, same, changed, moved, lost, added, partId } of parts) {
      const faces = same + changed + moved;
      const moves = moved > 0 ? `, ${moved} of them by their neighbours` : '';
      this.#engine.tell(
        lost.length > 0 ? 'warning' : 'info',
        `${fileName}: ${name} keeps the names of ${faces} faces${moves}; ${lost.length} are gone, ${added} are new.`,
        {
          recordId: partId,
          ...(lost.length > 0 ? { hint: 'What was on faces that are gone says so when it is used.' } : {}),
        },
      );
    }
    for (const name of absent)
      this.#engine.tell('warning', `${fileName} has no "${name}" any more: it stays as it was.`, {
        recordId: sourceId,
      });
    for (const name of unknown)
      this.#engine.tell('warning', `${fileName} has a new part "${name}", which was not added.`, {
        recordId: sourceId,
        hint: 'Import the file to add it.',
      });
  }
}
