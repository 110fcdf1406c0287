/** Studies: gather, answer from the cache, or mesh and solve as a job; results, probes and exports. */
import type { JobContext, ResultEntry, ResultSummary, StudyRecord, Vector3 } from '../../preload/contract/index.ts';
import { ArtificerError, silentContext } from '../../preload/contract/index.ts';
import type { ExportFormat } from '../physics/index.ts';
import { NO_DECK_HINT } from '../physics/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import { type ExportService, fileNameOf } from './export-service.ts';
import type { GeometryService } from './geometry-service.ts';
import { type PlacedBrep, placedBreps } from './groups/placed-breps.ts';
import { studiedBodies, studiedNow, subjectOf } from './groups/studied-bodies.ts';
import { gatherInputs, type StudyInputs, studyOf } from './study-inputs.ts';

export class StudyService {
  readonly #context: EngineContext;
  readonly #geometry: GeometryService;

  readonly #exports: ExportService;

  constructor(context: EngineContext, geometry: GeometryService, exports: ExportService) {
    this.#context = context;
    this.#geometry = geometry;
    this.#exports = exports;
  }

  /** The study's inputs as they are now, if its geometry is at hand. */
  #inputsNow(session: DocumentSession, study: StudyRecord): StudyInputs | null {
    try {
      const studied = studiedNow(this.#geometry, session, subjectOf(session, study.partId));
      return studied && gatherInputs(session, study.id, studied, this.#temperatureHash(session, study));
    } catch {
      return null;
    }
  }

  /** The inputs, as they are now, of the study that temperatures come from. One that takes its own from a third has none. */
  #temperatureHash(session: DocumentSession, study: StudyRecord): string | null {
    if (study.temperatures?.from !== 'study') return null;
    const source = session.store.get(study.temperatures.studyId);
    if (source?.type !== 'study' || source.temperatures?.from === 'study') return null;
    return this.#inputsNow(session, source)?.inputHash ?? null;
  }

  solve(studyId: string, force: boolean): { jobId: string; cached: boolean } {
    const session = this.#context.session();
    const study = studyOf(session, studyId);
    const now = this.#inputsNow(session, study);
    const known = now && !force ? session.file.results.get(now.inputHash) : null;
    const cached = known !== null && known.fieldsHash !== null && session.file.blobs.has(known.fieldsHash);
    const job = this.#context.jobs.start(
      'solve',
      `Solve ${study.name}`,
      async (context) => {
        if (cached) return { inputHash: now!.inputHash, cached: true };
        return this.#solve(session, studyId, context);
      },
      { recordId: studyId, exclusive: `study ${studyId}` },
    );
    return { jobId: job.id, cached };
  }

  /** Everything that physics is asked of a study with, its geometry made first if it has to be. */
  async requestOf(session: DocumentSession, studyId: string, context: JobContext) {
    const study = studyOf(session, studyId);
    const subject = subjectOf(session, study.partId);
    context.progress('Preparing the geometry', null);
    const studied = await studiedBodies(this.#geometry, session, subject, context);
    const inputs = gatherInputs(session, studyId, studied, this.#temperatureHash(session, study));
    const read = async (hash: string, name: string): Promise<Uint8Array> => {
      const bytes = await this.#context.cache(session).read(hash);
      if (bytes) return bytes;
      throw new ArtificerError({
        code: 'geometry.evicted',
        category: 'fault',
        message: `The geometry of "${name}" was dropped from the cache.`,
        hint: 'Solve again: it is made anew.',
      });
    };
    const members = inputs.bodies.flatMap((body) => (body.of ? [{ ...body, of: body.of }] : []));
    const placed: PlacedBrep[] =
      members.length > 0
        ? await placedBreps(this.#context, session, members, read, context)
        : await Promise.all(
            inputs.bodies.map(async ({ brepHash, name, info }) => ({ brep: await read(brepHash, name), info })),
          );
    const brep = await this.#context.kernel.brepText(
      placed.map((body) => body.brep),
      context,
    );
    return {
      inputs,
      request: {
        bodies: inputs.bodies.map(({ index, name, part, of, material, axes }, place) => ({
          index,
          name,
          ...(of ? { part: part.name } : {}),
          info: placed[place]!.info,
          material,
          ...(axes ? { axes } : {}),
        })),
        brep,
        inputHash: inputs.inputHash,
      },
    };
  }

  async #solve(
    session: DocumentSession,
    studyId: string,
    context: JobContext,
  ): Promise<{ inputHash: string; cached: boolean }> {
    const { inputs, request } = await this.requestOf(session, studyId, context);
    const temperatures = await this.#temperatures(session, inputs.study);
    const outcome = await this.#context.physics.solve(
      { ...request, study: inputs.definition, ...(temperatures ? { temperatures } : {}) },
      context,
    );
    context.signal.throwIfAborted();
    const fieldsHash = await session.file.blobs.write(outcome.fields, 'fields');
    if (outcome.deck) {
      const deckHash = await session.file.blobs.write(outcome.deck, 'deck');
      session.file.derived.put(`deck/${inputs.inputHash}`, deckHash);
    }
    session.file.results.put({
      inputHash: inputs.inputHash,
      studyId,
      createdAt: Date.now(),
      summary: withMembers(outcome.summary, inputs),
      fieldsHash,
    });
    this.#context.streams.results.emit({ studyId });
    for (const warning of outcome.summary.warnings)
      this.#context.tell('warning', `${inputs.study.name}: ${warning.message}`, { recordId: studyId });
    return { inputHash: inputs.inputHash, cached: false };
  }

  /** The fields of the thermal study that a study takes its temperatures from, and which of its frames. */
  async #temperatures(session: DocumentSession, study: StudyRecord) {
    if (study.temperatures?.from !== 'study') return null;
    const { studyId, time_s } = study.temperatures;
    const hash = this.#temperatureHash(session, study);
    const result = hash === null ? null : session.file.results.get(hash);
    if (!result) {
      const source = session.store.get(studyId);
      // Temperatures of before a change would give a stress that belongs to no design.
      const why =
        session.file.results.list(studyId).length > 0 ? 'has changed since it was solved' : 'has not been solved';
      throw new ArtificerError({
        code: 'study.no-temperatures',
        category: 'refused',
        message: `The temperatures of "${study.name}" come from ${source?.type === 'study' ? `"${source.name}", which ${why}` : 'a study that is gone'}.`,
        hint: 'Solve the thermal study first, or choose another source of temperatures.',
        recordId: study.id,
      });
    }
    const frames = result.summary.frames ?? [];
    const nearest = frames.reduce(
      (best, { value }, index) =>
        Math.abs((value ?? 0) - (time_s ?? 0)) < Math.abs((frames[best]?.value ?? 0) - (time_s ?? 0)) ? index : best,
      0,
    );
    const frame = time_s === undefined ? Math.max(0, frames.length - 1) : nearest;
    return { fields: await this.#fields(session, result.inputHash), frame };
  }

  mesh(studyId: string): string {
    const session = this.#context.session();
    const study = studyOf(session, studyId);
    return this.#context.jobs.start(
      'mesh',
      `Mesh ${study.name}`,
      async (context) => {
        const { request, inputs } = await this.requestOf(session, studyId, context);
        const outcome = await this.#context.physics.mesh({ ...request, mesh: inputs.study.mesh }, context);
        return { summary: outcome.summary, fieldsHash: await session.file.blobs.write(outcome.fields, 'mesh') };
      },
      { recordId: studyId, exclusive: `study ${studyId}` },
    ).id;
  }

  results(studyId?: string): ResultEntry[] {
    const session = this.#context.session();
    const current = new Map<string, string | undefined>();
    return session.file.results.list(studyId).flatMap((stored) => {
      const study = session.store.get(stored.studyId);
      if (study?.type !== 'study') return [];
      if (!current.has(study.id)) current.set(study.id, this.#inputsNow(session, study)?.inputHash);
      const present = stored.fieldsHash !== null && session.file.blobs.has(stored.fieldsHash);
      return [
        {
          inputHash: stored.inputHash,
          studyId: stored.studyId,
          current: current.get(study.id) === stored.inputHash,
          summary: stored.summary,
          fieldsHash: present ? stored.fieldsHash : null,
        },
      ];
    });
  }

  async #fields(session: DocumentSession, inputHash: string): Promise<Uint8Array> {
    const stored = session.file.results.get(inputHash);
    const fields = stored?.fieldsHash ? await session.file.blobs.read(stored.fieldsHash) : null;
    if (fields) return fields;
    throw new ArtificerError({
      code: 'results.no-fields',
      category: 'refused',
      message: 'The fields of this result are not in the project any more.',
      hint: 'Solve the study again.',
    });
  }

  async probe(inputHash: string, points_mm: Vector3[], frame: number | undefined, signal: AbortSignal) {
    const fields = await this.#fields(this.#context.session(), inputHash);
    return this.#context.physics.probe(fields, points_mm, silentContext(signal), frame);
  }

  export(
    studyId: string,
    inputHash: string | undefined,
    { format, frame }: { format: ExportFormat; frame?: number },
    path: string | undefined,
  ): string {
    const session = this.#context.session();
    const study = studyOf(session, studyId);
    return this.#context.jobs.start(
      'export',
      `Export ${study.name} as ${format.toUpperCase()}`,
      async (context) => {
        const hash = inputHash ?? this.#inputsNow(session, study)?.inputHash;
        const stored = hash === undefined ? null : session.file.results.get(hash);
        if (!stored)
          throw new ArtificerError({
            code: 'results.none',
            category: 'refused',
            message: `"${study.name}" has no result to export.`,
            hint: 'Solve it first.',
            recordId: studyId,
          });
        let bundle: Uint8Array | null;
        if (format === 'inp') {
          const deckHash = session.file.derived.get<string>(`deck/${stored.inputHash}`);
          bundle = deckHash === null ? null : await session.file.blobs.read(deckHash);
          if (!bundle)
            throw new ArtificerError({
              code: 'results.no-deck',
              category: 'refused',
              message: 'There is no CalculiX deck of this result.',
              hint: NO_DECK_HINT,
            });
        } else bundle = await this.#fields(session, stored.inputHash);
        const bytes = await this.#context.physics.export(format, bundle, context, frame);
        context.signal.throwIfAborted();
        return this.#exports.deliver(session, bytes, path, fileNameOf(study.name, format));
      },
      { recordId: studyId },
    ).id;
  }
}

/** Which bodies of which parts the solved ones are, for what is picked on the result and for its table of bodies. */
function withMembers(summary: ResultSummary, { subject, bodies: solved }: StudyInputs): ResultSummary {
  if (subject.type === 'part' && !summary.bodies) return summary;
  const bodies = solved.map(({ name, body, of }, index) => ({
    name,
    maxima: {},
    ...summary.bodies?.[index],
    body,
    ...(of ? { instanceId: of.instanceId } : {}),
  }));
  return { ...summary, bodies };
}
