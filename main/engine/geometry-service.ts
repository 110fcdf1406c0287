/** Display data of parts and questions about their geometry, however they were made. */
import type { ErrorData, JobContext, PartRecord, PartView, Reference } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import {
  AssemblyTree,
  hasHistory,
  nameOf,
  resolveInGroup,
  resolveReference,
  type TopologyItem,
} from '../document/index.ts';
import type { MeasureAnswer } from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';
import { type EngineContext, noRecord } from './context.ts';
import type { CachedBody, CachedPart } from './geometry-cache.ts';
import { studiedNow, subjectOf } from './groups/studied-bodies.ts';
import type { PartService } from './part-service.ts';
import type { SourceGeometry } from './source-geometry.ts';
import { partOf } from './study-inputs.ts';

/** The bodies of a part, with what a person calls them. */
export interface PartGeometry {
  bodies: CachedBody[];
  names: string[];
  /** Steps of its history that failed: its bodies are not all that was meant. */
  failed: { id: string; name: string; error?: ErrorData | undefined }[];
}

export class GeometryService {
  readonly #context: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #parts: PartService;

  constructor(context: EngineContext, sources: SourceGeometry, parts: PartService) {
    this.#context = context;
    this.#sources = sources;
    this.#parts = parts;
  }

  /** Display data. What is not known is answered as pending and made in the background. */
  parts(partIds?: readonly string[]): PartView[] {
    const session = this.#context.session();
    const wanted = partIds
      ? partIds.map((id) => partOf(session, id))
      : session.store.all().filter((record): record is PartRecord => record.type === 'part');
    return wanted.map((part) =>
      hasHistory(part) ? this.#parts.view(session, part) : this.#sources.view(session, part),
    );
  }

  /** The geometry of one part, made first if it has to be. */
  async geometryOf(session: DocumentSession, part: PartRecord, context: JobContext): Promise<PartGeometry> {
    if (!hasHistory(part)) {
      const source = this.#sources.sourceOf(session, part.sourceId ?? part.id);
      return asImported(part, await this.#sources.bodiesOf(session, source, part.sourceKey ?? '', part, context));
    }
    await this.#parts.ready(session, part, context);
    return this.geometryNow(session, partOf(session, part.id))!;
  }

  /** The same if it is at hand; starts nothing. */
  geometryNow(session: DocumentSession, part: PartRecord): PartGeometry | null {
    if (!hasHistory(part)) {
      const cached = this.#sources.cached(session, part);
      return cached && asImported(part, cached);
    }
    const shown = this.#parts.now(session, part);
    if (!shown) return null;
    const { bodies, outcomes } = shown.evaluation;
    const failed = [...outcomes, ...shown.inputs.rolledBack].filter(({ state }) => state === 'failed');
    return { bodies, names: this.#parts.bodyNames(session, shown), failed };
  }

  #geometryNowOrRefuse(session: DocumentSession, part: PartRecord): PartGeometry {
    const geometry = this.geometryNow(session, part);
    if (geometry) return geometry;
    throw pending(`"${part.name}"`, part.id);
  }

  /** What references mean now on a part, or on a group: then of which instance's part. */
  resolve(id: string, references: readonly Reference[]): ResolvedReference[] {
    const session = this.#context.session();
    if (session.store.get(id)?.type === 'group') {
      const group = studiedNow(this, session, subjectOf(session, id))?.group;
      if (!group) throw pending(nameOf(session.store.get(id)!), id);
      return references.map((reference) => {
        const { items, error } = resolveInGroup(reference, group);
        return { items: items.map(({ instanceId, own }) => ({ ...own, instanceId })), ...(error ? { error } : {}) };
      });
    }
    const bodies = this.#geometryNowOrRefuse(session, partOf(session, id)).bodies.map((body) => body.info);
    return references.map((reference) => resolveReference(reference, bodies));
  }

  async measure(
    items: readonly { instanceId: string; body: number; kind: 'face' | 'edge' | 'vertex' | 'body'; index: number }[],
    context: JobContext,
  ): Promise<MeasureAnswer & { mass_kg?: number }> {
    const session = this.#context.session();
    const tree = new AssemblyTree(session.store.all());
    const cache = this.#context.cache(session);
    let mass_kg: number | undefined;
    const measured = await Promise.all(
      items.map(async (item) => {
        const instance = session.store.get(item.instanceId);
        if (instance?.type !== 'instance' || instance.partId === null) throw noRecord('placed part', item.instanceId);
        const part = partOf(session, instance.partId);
        const body = this.geometryNow(session, part)?.bodies[item.body];
        const brep = body?.brepHash ? await cache.read(body.brepHash) : null;
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
}

interface ResolvedReference {
  items: (TopologyItem & { instanceId?: string })[];
  error?: ErrorData;
}

const pending = (what: string, recordId: string): ArtificerError =>
  new ArtificerError({
    code: 'geometry.pending',
    category: 'refused',
    message: `${what[0]!.toUpperCase()}${what.slice(1)} is still being prepared.`,
    hint: 'Try again when its picture has appeared.',
    recordId,
  });

const asImported = (part: PartRecord, { bodies }: CachedPart): PartGeometry => ({
  bodies,
  names: bodies.map(({ info }, index) => part.bodies[index]?.name ?? info.name),
  failed: [],
});
