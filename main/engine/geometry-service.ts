/** Import, display data, measuring and export: what the kernel and the project file do for each other. */
import { basename } from 'node:path';
import type {
  InstanceRecord,
  JobContext,
  PartRecord,
  PartView,
  Reference,
  SourceRecord,
} from '../../preload/contract/index.ts';
import { ArtificerError, toErrorData } from '../../preload/contract/index.ts';
import { AssemblyTree, resolveReference } from '../document/index.ts';
import { type InputFile, writeFileAtomically } from '../host/index.ts';
import { refusalOf, WRITABLE_FORMATS } from '../kernel/index.ts';
import type {
  ExportPart,
  ExportRequest,
  ImportedInstance,
  ImportedModel,
  MeasureAnswer,
  WritableFormat,
} from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';
import { type EngineContext, noRecord } from './context.ts';
import { type CachedPart, GeometryCache, viewOf } from './geometry-cache.ts';
import { recordsOf } from './import-records.ts';
import { partOf } from './study-inputs.ts';

const PERSON = { kind: 'person', name: 'You' } as const;

export class GeometryService {
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
    const recognition = this.#context.kernel.recognise(file.bytes, file.fileName);
    if (!recognition.readable) throw refusalOf(recognition, file.fileName);
    const job = this.#context.jobs.start('import', `Import ${file.fileName}`, (context) =>
      this.#import(session, file, heal, context),
    );
    return job.id;
  }

  async #import(
    session: DocumentSession,
    file: InputFile,
    heal: boolean,
    context: JobContext,
  ): Promise<{ sourceId: string; partIds: string[] }> {
    const cache = new GeometryCache(session);
    // The structure is complete at the first picture: from there on the import stands, and only gets finer.
    let firstPicture: Promise<{ sourceId: string; partIds: string[] }> | undefined;
    const commit = async (
      model: ImportedModel,
      quality: 'coarse' | 'fine',
    ): Promise<{ sourceId: string; partIds: string[] }> => {
      const sha256 = await session.file.writeSource(file.bytes, file.fileName);
      const kept = await cache.put(model, sha256, heal, quality);
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
    const kept = await new GeometryCache(session).put(model, source.sha256, source.healed, 'fine');
    for (const record of session.store.all())
      if (record.type === 'part' && record.sourceId === sourceId) {
        const cached = kept.get(record.sourceKey ?? '');
        if (cached) this.#context.streams.geometry.emit(viewOf(record.id, cached));
      }
  }

  // Display

  #sourceOf(session: DocumentSession, part: PartRecord): SourceRecord {
    const source = part.sourceId === undefined ? undefined : session.store.get(part.sourceId);
    if (source?.type !== 'source') throw noRecord('source', part.sourceId ?? part.id);
    return source;
  }

  /** Display data of parts. One whose derived data is gone is answered as pending and made again in the background. */
  parts(partIds?: readonly string[]): PartView[] {
    const session = this.#context.session();
    const cache = new GeometryCache(session);
    const wanted = partIds
      ? partIds.map((id) => partOf(session, id))
      : session.store.all().filter((record): record is PartRecord => record.type === 'part');
    return wanted.map((part) => {
      const source = this.#sourceOf(session, part);
      const cached = cache.get(part, source);
      if (cached) return viewOf(part.id, cached);
      const failure = this.#failures.get(part.id);
      if (failure) return failure;
      this.#rebuild(session, source);
      return { partId: part.id, status: 'pending', bodies: [] };
    });
  }

  /** The geometry of one part, made again first if it has to be. */
  async geometryOf(session: DocumentSession, part: PartRecord, context: JobContext): Promise<CachedPart> {
    const source = this.#sourceOf(session, part);
    const cache = new GeometryCache(session);
    const cached = cache.get(part, source);
    if (cached) return cached;
    const made = (await this.#importAgain(session, source, context)).get(part.sourceKey ?? '');
    if (!made)
      throw new ArtificerError({
        code: 'geometry.gone',
        category: 'fault',
        message: `"${part.name}" could not be found again in "${source.fileName}".`,
        hint: 'Import the file anew.',
        recordId: part.id,
      });
    return made;
  }

  #rebuild(session: DocumentSession, source: SourceRecord): void {
    if (this.#rebuilding.has(source.id) || session.file.readOnly) return;
    this.#rebuilding.add(source.id);
    const emitAll = (make: (part: PartRecord) => PartView | undefined): void => {
      for (const record of session.store.all())
        if (record.type === 'part' && record.sourceId === source.id) {
          const view = make(record);
          if (view) this.#context.streams.geometry.emit(view);
        }
    };
    const job = this.#context.jobs.start('import', `Prepare ${source.fileName} for display`, async (context) => {
      const kept = await this.#importAgain(session, source, context);
      emitAll((part) => {
        const cached = kept.get(part.sourceKey ?? '');
        return cached ? viewOf(part.id, cached) : undefined;
      });
    });
    this.#context.jobs
      .wait(job.id)
      .catch((thrown: unknown) => {
        const error = toErrorData(thrown);
        emitAll((part) => {
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
    return new GeometryCache(session).put(model, source.sha256, source.healed, 'fine', context.signal);
  }

  // Questions

  /** What references mean now. */
  resolve(
    partId: string,
    references: readonly Reference[],
  ): {
    items: { body: number; kind: 'face' | 'edge' | 'vertex' | 'body'; index: number }[];
    error?: ReturnType<typeof toErrorData>;
  }[] {
    const session = this.#context.session();
    const part = partOf(session, partId);
    const cached = new GeometryCache(session).get(part, this.#sourceOf(session, part));
    if (!cached)
      throw new ArtificerError({
        code: 'geometry.pending',
        category: 'refused',
        message: `"${part.name}" is still being prepared.`,
        hint: 'Try again when its picture has appeared.',
        recordId: partId,
      });
    const bodies = cached.bodies.map((body) => body.info);
    return references.map((reference) => {
      try {
        return { items: resolveReference(reference, bodies).items };
      } catch (thrown) {
        return { items: [], error: toErrorData(thrown) };
      }
    });
  }

  async measure(
    items: readonly { instanceId: string; body: number; kind: 'face' | 'edge' | 'vertex' | 'body'; index: number }[],
    context: JobContext,
  ): Promise<MeasureAnswer & { mass_kg?: number }> {
    const session = this.#context.session();
    const tree = new AssemblyTree(session.store.all());
    const cache = new GeometryCache(session);
    let mass_kg: number | undefined;
    const measured = await Promise.all(
      items.map(async (item) => {
        const instance = session.store.get(item.instanceId);
        if (instance?.type !== 'instance' || instance.partId === null) throw noRecord('placed part', item.instanceId);
        const part = partOf(session, instance.partId);
        const body = cache.get(part, this.#sourceOf(session, part))?.bodies[item.body];
        const brep = body?.brepHash ? await session.file.blobs.read(body.brepHash) : null;
        if (!body || !brep)
          throw new ArtificerError({
            code: 'measure.no-exact-geometry',
            category: 'refused',
            message: `"${part.name}" is a triangle mesh or not ready: only exact geometry can be measured.`,
            hint: 'Wait until it is drawn, or import it as STEP, IGES or BREP.',
          });
        const material = part.materialId === undefined ? undefined : session.store.get(part.materialId);
        if (items.length === 1 && item.kind === 'body' && material?.type === 'material')
          mass_kg = body.info.mass.volume_mm3 * 1e-9 * material.properties.density_kg_m3;
        return { brep, transform: tree.worldTransformOf(instance.id), kind: item.kind, index: item.index };
      }),
    );
    const answer = await this.#context.kernel.measure(measured, context);
    return mass_kg === undefined ? answer : { ...answer, mass_kg };
  }

  // Export

  startExport(options: {
    format: string;
    path?: string | undefined;
    instanceIds?: string[] | undefined;
    deflection_mm?: number | undefined;
    view?: string | undefined;
  }): string {
    const session = this.#context.session();
    const format = WRITABLE_FORMATS.find((known) => known === options.format);
    if (!format)
      throw new ArtificerError({
        code: 'export.unknown-format',
        category: 'usage',
        message: `"${options.format}" cannot be written.`,
        hint: `Choose one of ${WRITABLE_FORMATS.join(', ')}.`,
      });
    const label = options.path ? `Export ${basename(options.path)}` : `Export as ${format.toUpperCase()}`;
    return this.#context.jobs.start('export', label, async (context) => {
      const request = await this.exportRequest(session, format, options.instanceIds, context);
      const answer = await this.#context.kernel.export(
        {
          ...request,
          ...(options.deflection_mm ? { deflection_mm: options.deflection_mm } : {}),
          ...(options.view ? { view: options.view as NonNullable<ExportRequest['view']> } : {}),
        },
        context,
      );
      context.signal.throwIfAborted();
      return this.deliver(
        session,
        answer.bytes,
        options.path,
        `model.${format === 'step' ? 'stp' : format}`,
        answer.warnings,
      );
    }).id;
  }

  /** Writes to the path, or keeps the bytes as a blob for the window to fetch. */
  async deliver(
    session: DocumentSession,
    bytes: Uint8Array,
    path: string | undefined,
    fileName: string,
    warnings: { code: string; message: string }[] = [],
  ) {
    if (path !== undefined) {
      await writeFileAtomically(path, bytes);
      return { path, fileName: basename(path), bytes: bytes.length, warnings };
    }
    return { blobHash: await session.file.blobs.write(bytes, 'export'), fileName, bytes: bytes.length, warnings };
  }

  /** The assembly as it is now, or some of its branches, as the kernel exports it. */
  async exportRequest(
    session: DocumentSession,
    format: WritableFormat,
    instanceIds: readonly string[] | undefined,
    context: JobContext,
  ): Promise<ExportRequest> {
    const tree = new AssemblyTree(session.store.all());
    const roots = instanceIds
      ? instanceIds.map((id) => tree.get(id)).filter((each) => each !== undefined)
      : tree.roots();
    const instances: ImportedInstance[] = [];
    const partIds = new Set<string>();
    const add = (instance: InstanceRecord, parentKey: string | null): void => {
      instances.push({
        key: instance.id,
        parentKey,
        partKey: instance.partId,
        name: instance.name,
        transform: parentKey === null ? tree.worldTransformOf(instance.id) : instance.transform,
        ...(instance.colour ? { colour: instance.colour } : {}),
      });
      if (instance.partId !== null) partIds.add(instance.partId);
      for (const child of tree.childrenOf(instance.id)) add(child, instance.id);
    };
    for (const root of roots) add(root, null);
    if (partIds.size === 0)
      throw new ArtificerError({
        code: 'export.empty',
        category: 'refused',
        message: 'There is nothing to export.',
        hint: 'Import or select a part first.',
      });
    const parts: ExportPart[] = [];
    for (const id of partIds) {
      const part = partOf(session, id);
      const geometry = await this.geometryOf(session, part, context);
      parts.push({
        key: part.id,
        name: part.name,
        bodies: await Promise.all(
          geometry.bodies.map(async (body, index) => {
            const colour = part.bodies[index]?.colour ?? part.colour;
            const brep = body.brepHash ? await session.file.blobs.read(body.brepHash) : null;
            const tessellation = await session.file.blobs.read(body.tessellationHash);
            return {
              name: part.bodies[index]?.name ?? body.info.name,
              ...(colour ? { colour } : {}),
              faceColours: body.info.faces.map((face) => face.colour ?? null),
              ...(brep ? { brep } : {}),
              ...(tessellation ? { tessellation } : {}),
            };
          }),
        ),
      });
    }
    return { format, parts, instances };
  }
}
