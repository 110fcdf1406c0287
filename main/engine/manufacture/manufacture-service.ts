/** Whether parts of the project can be made: checked as a job, kept under the hash of everything that decides the answer. */
import type {
  JobContext,
  ManufacturingOptions,
  ManufacturingReport,
  Material,
  PartRecord,
  Process,
} from '../../../preload/contract/index.ts';
import { ArtificerError, PROCESS_TITLES } from '../../../preload/contract/index.ts';
import { recogniseFeatures } from '../../kernel/index.ts';
import { checkInWorker, MANUFACTURE_VERSION, type ManufacturingRequest } from '../../manufacture/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';
import { GEOMETRY_VERSION } from '../geometry-cache.ts';
import type { GeometryService, PartGeometry } from '../geometry-service.ts';
import { hashOfInputs } from '../input-hash.ts';
import { partOf } from '../study-inputs.ts';

export interface ManufacturingQuestion {
  partId: string;
  process: Process;
  quantity?: number | undefined;
  material?: Material | null | undefined;
  options?: ManufacturingOptions | undefined;
}

export class ManufactureService {
  readonly #engine: EngineContext;
  readonly #geometry: GeometryService;

  constructor(engine: EngineContext, geometry: GeometryService) {
    this.#engine = engine;
    this.#geometry = geometry;
  }

  /** A job that answers a {@link ManufacturingReport}. */
  check(question: ManufacturingQuestion): string {
    const session = this.#engine.session();
    const part = partOf(session, question.partId);
    return this.#engine.jobs.start(
      'manufacture',
      `Check ${part.name} for ${PROCESS_TITLES[question.process].toLowerCase()}`,
      (context) => this.#check(session, question, context),
      { recordId: part.id, exclusive: `manufacture ${part.id}` },
    ).id;
  }

  /** The answer for the part as it is now, if it was asked for before; starts nothing. */
  known(question: ManufacturingQuestion): ManufacturingReport | null {
    const session = this.#engine.session();
    const part = partOf(session, question.partId);
    const geometry = this.#geometry.geometryNow(session, part);
    if (!geometry) return null;
    return this.#engine
      .cache(session)
      .derived<ManufacturingReport>(keyOf(geometry, materialOf(session, part, question), question));
  }

  async #check(
    session: DocumentSession,
    question: ManufacturingQuestion,
    context: JobContext,
  ): Promise<ManufacturingReport> {
    const part = partOf(session, question.partId);
    const geometry = await this.#geometry.geometryOf(session, part, context);
    refuseFailed(part, geometry);
    const material = materialOf(session, part, question);
    const cache = this.#engine.cache(session);
    const key = keyOf(geometry, material, question);
    const known = cache.derived<ManufacturingReport>(key);
    if (known) return known;
    context.progress('Reading the bodies', null);
    const bodies: ManufacturingRequest['bodies'][number][] = [];
    for (const [index, { info, tessellationHash }] of geometry.bodies.entries()) {
      context.signal.throwIfAborted();
      const tessellation = await cache.read(tessellationHash);
      if (!tessellation)
        throw new ArtificerError({
          code: 'geometry.pending',
          category: 'refused',
          message: `"${part.name}" is still being prepared.`,
          hint: 'Try again when its picture has appeared.',
          recordId: part.id,
        });
      bodies.push({ info, tessellation, features: recogniseFeatures(info, index).features });
    }
    const { process, quantity, options } = question;
    const checked = await checkInWorker(
      {
        bodies,
        process,
        ...(quantity === undefined ? {} : { quantity }),
        ...(material ? { material } : {}),
        ...(options ? { options } : {}),
      },
      context,
    );
    context.signal.throwIfAborted();
    const report = { ...checked, shape: geometry.bodies.map(({ tessellationHash }) => tessellationHash).join() };
    cache.putDerived(key, report);
    return report;
  }
}

/** A part that is not all that was meant says nothing about what was meant. */
function refuseFailed(part: PartRecord, { failed }: PartGeometry): void {
  const [first] = failed;
  if (!first) return;
  throw new ArtificerError({
    code: 'manufacture.part-failed',
    category: 'refused',
    message: `The step "${first.name}" of "${part.name}" failed: the part is not what it was meant to be.`,
    hint: 'Repair the step first.',
    recordId: part.id,
  });
}

/** As the question says; otherwise that of the part. */
function materialOf(session: DocumentSession, part: PartRecord, { material }: ManufacturingQuestion): Material | null {
  if (material !== undefined) return material;
  const record = part.materialId === undefined ? undefined : session.store.get(part.materialId);
  if (record?.type !== 'material') return null;
  const { name, category, source, properties } = record;
  return { name, category, source, properties };
}

const keyOf = (
  { bodies }: PartGeometry,
  material: Material | null,
  { process, quantity = 1, options = {} }: ManufacturingQuestion,
): string =>
  `manufacture/${hashOfInputs({
    version: MANUFACTURE_VERSION,
    geometry: GEOMETRY_VERSION,
    bodies: bodies.map(({ brepHash, tessellationHash }) => ({ brepHash, tessellationHash })),
    process,
    quantity,
    material,
    options,
  })}`;
