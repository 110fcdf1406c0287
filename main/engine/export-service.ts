/** Files out of the project: the assembly or some of its branches, and outlines of faces and sketches. */
import { basename } from 'node:path';
import type { Api, Handlers, InstanceRecord, JobContext } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import { AssemblyTree, resolveReference } from '../document/index.ts';
import { writeFileAtomically } from '../host/index.ts';
import { WRITABLE_FORMATS } from '../kernel/index.ts';
import type { ExportPart, ExportRequest, ImportedInstance, OutlineRequest, WritableFormat } from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import type { GeometryService } from './geometry-service.ts';
import type { PartService } from './part-service.ts';
import { partOf } from './study-inputs.ts';

type ExportOptions = Parameters<Handlers<Api>['files.export']>[0];
type Outline = NonNullable<ExportOptions['outline']>;

const usage = (code: string, message: string, hint?: string): ArtificerError =>
  new ArtificerError({ code, category: 'usage', message, ...(hint ? { hint } : {}) });

/** A name as it may stand in a file's: nothing of it may mean something to a file system. */
export const fileNamePart = (name: string): string => name.replace(/[^\p{L}\p{N} _-]/gu, '_').slice(0, 80);

/** A file name made of a study's name. */
export const fileNameOf = (name: string, ending: string): string => `${fileNamePart(name)}.${ending}`;

export class ExportService {
  readonly #context: EngineContext;
  readonly #geometry: GeometryService;
  readonly #parts: PartService;

  constructor(context: EngineContext, geometry: GeometryService, parts: PartService) {
    this.#context = context;
    this.#geometry = geometry;
    this.#parts = parts;
  }

  start(options: ExportOptions): string {
    const session = this.#context.session();
    const format = WRITABLE_FORMATS.find((known) => known === options.format);
    if (!format)
      throw usage(
        'export.unknown-format',
        `"${options.format}" cannot be written.`,
        `Choose one of ${WRITABLE_FORMATS.join(', ')}.`,
      );
    if (options.outline && format !== 'dxf')
      throw usage('export.outline-format', 'An outline is written as DXF.', 'Choose the format dxf.');
    if (options.schema && format !== 'step')
      throw usage(
        'export.schema',
        `${format.toUpperCase()} knows no ${options.schema}.`,
        'Only STEP has such schemas.',
      );
    const label = options.path ? `Export ${basename(options.path)}` : `Export as ${format.toUpperCase()}`;
    return this.#context.jobs.start('export', label, async (context) => {
      const { outline } = options;
      if (outline) {
        const bytes = await this.#context.kernel.outline(await this.#outline(session, outline, context), context);
        context.signal.throwIfAborted();
        return this.deliver(session, bytes, options.path, 'outline.dxf');
      }
      const request = await this.request(session, format, options.instanceIds, context);
      const answer = await this.#context.kernel.export(
        {
          ...request,
          ...(options.schema ? { schema: options.schema } : {}),
          ...(options.deflection_mm ? { deflection_mm: options.deflection_mm } : {}),
          ...(options.view ? { view: options.view as NonNullable<ExportRequest['view']> } : {}),
        },
        context,
      );
      context.signal.throwIfAborted();
      const fileName = `model.${format === 'step' ? 'stp' : format}`;
      return this.deliver(session, answer.bytes, options.path, fileName, answer.warnings);
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
    // Looking at a project that may not be written does not forbid taking something out of it.
    const blobHash = session.file.readOnly
      ? this.#context.transient.put(bytes, 600)
      : await session.file.blobs.write(bytes, 'export');
    return { blobHash, fileName, bytes: bytes.length, warnings };
  }

  async #outline(session: DocumentSession, outline: Outline, context: JobContext): Promise<OutlineRequest> {
    const part = partOf(session, outline.partId);
    if (outline.of === 'sketch') {
      const { inputs, evaluation } = await this.#parts.ready(session, part, context);
      const step = inputs.steps.find(({ id }) => id === outline.sketch);
      if (step?.feature.kind !== 'sketch')
        throw usage('export.no-such-sketch', `"${part.name}" has no sketch ${outline.sketch}.`);
      const { sketch, error } = evaluation.outcomes.find(({ id }) => id === step.id) ?? {};
      if (error) throw new ArtificerError(error);
      // As it was solved: the record's positions are where a solve begins.
      const entities = sketch?.entities as typeof step.feature.entities | undefined;
      return { sketch: { ...step.feature, entities: entities ?? step.feature.entities } };
    }
    const { bodies } = await this.#geometry.geometryOf(session, part, context);
    const { items, error } = resolveReference(
      outline.face,
      bodies.map(({ info }) => info),
    );
    if (error) throw new ArtificerError(error);
    const [item] = items;
    if (!item || items.length > 1 || item.kind !== 'face')
      throw usage('export.one-face', `An outline is of one face, but ${items.length} items were named.`);
    const body = bodies[item.body]!;
    const brep = body.brepHash === null ? null : await this.#context.cache(session).read(body.brepHash);
    if (!brep || body.info.faces[item.index]?.type !== 'plane')
      throw new ArtificerError({
        code: 'export.not-planar',
        category: 'refused',
        message: 'Only the outline of a planar face of exact geometry can be written.',
        hint: 'Choose a flat face.',
        recordId: part.id,
      });
    return { brep, face: item.index };
  }

  /** The assembly as it is now, or some of its branches, as the kernel exports it. */
  async request(
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
    const parts: ExportPart[] = [];
    for (const id of partIds) parts.push(await this.#part(session, id, context));
    if (parts.every(({ bodies }) => bodies.length === 0))
      throw new ArtificerError({
        code: 'export.empty',
        category: 'refused',
        message: 'There is nothing to export.',
        hint: 'Import, draw or select a part first.',
      });
    return { format, parts, instances };
  }

  async #part(session: DocumentSession, id: string, context: JobContext): Promise<ExportPart> {
    const part = partOf(session, id);
    const cache = this.#context.cache(session);
    const { bodies, names } = await this.#geometry.geometryOf(session, part, context);
    return {
      key: part.id,
      name: part.name,
      bodies: await Promise.all(
        bodies.map(async (body, index) => {
          const colour = part.bodies[index]?.colour ?? part.colour ?? body.info.colour;
          const brep = body.brepHash ? await cache.read(body.brepHash) : null;
          const tessellation = await cache.read(body.tessellationHash);
          return {
            name: names[index]!,
            ...(colour ? { colour } : {}),
            faceColours: body.info.faces.map((face) => face.colour ?? null),
            ...(brep ? { brep } : {}),
            ...(tessellation ? { tessellation } : {}),
          };
        }),
      ),
    };
  }
}
