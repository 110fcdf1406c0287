/** Results of other programs beside ours: a second opinion from CalculiX, result files that people bring, reports. */
import { createHash } from 'node:crypto';
import type { ResultSummary } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import { printToPdf } from '../host/index.ts';
import { NO_DECK_HINT } from '../physics/index.ts';
import type { DocumentSession, StoredResult } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import { type ExportService, fileNameOf } from './export-service.ts';
import { listedBodies, subjectOf } from './groups/studied-bodies.ts';
import { definitionOf, materialOfBody, studyOf } from './study-inputs.ts';

const refuse = (code: string, message: string, hint: string, recordId?: string): ArtificerError =>
  new ArtificerError({ code, category: 'refused', message, hint, ...(recordId ? { recordId } : {}) });

export class ComparisonService {
  readonly #context: EngineContext;
  readonly #exports: ExportService;

  constructor(context: EngineContext, exports: ExportService) {
    this.#context = context;
    this.#exports = exports;
  }

  /** The result that is named, or the newest of the study that is our own. */
  #resultOf(session: DocumentSession, studyId: string, inputHash: string | undefined): StoredResult {
    const study = studyOf(session, studyId);
    const found =
      inputHash === undefined
        ? session.file.results.list(studyId).find(({ summary }) => !summary.imported)
        : session.file.results.get(inputHash);
    if (found?.studyId === studyId) return found;
    throw refuse('results.none', `"${study.name}" has no result.`, 'Solve it first.', studyId);
  }

  /** Solves the deck of a result with CalculiX, where it is installed, and puts its answer beside ours. */
  secondOpinion(studyId: string, inputHash: string | undefined): string {
    const session = this.#context.session();
    const study = studyOf(session, studyId);
    return this.#context.jobs.start(
      'second-opinion',
      `CalculiX solves ${study.name}`,
      async (context) => {
        const ours = this.#resultOf(session, studyId, inputHash);
        const deckHash = session.file.derived.get<string>(`deck/${ours.inputHash}`);
        const deck = deckHash === null ? null : await session.file.blobs.read(deckHash);
        const fields = ours.fieldsHash === null ? null : await session.file.blobs.read(ours.fieldsHash);
        if (!deck || !fields)
          throw refuse(
            'results.no-deck',
            `There is no CalculiX deck of the result of "${study.name}".`,
            NO_DECK_HINT,
            studyId,
          );
        const outcome = await this.#context.physics.secondOpinion(
          { deck, fields, summary: ours.summary, inputHash: `ccx-${ours.inputHash}` },
          context,
        );
        context.signal.throwIfAborted();
        // The same mesh: its bodies are ours.
        const bodies = ours.summary.bodies?.map((body) => ({ ...body, maxima: {} }));
        const summary = bodies ? { ...outcome.summary, bodies } : outcome.summary;
        await this.#keep(session, studyId, { ...outcome, summary });
        return { inputHash: outcome.summary.inputHash, comparison: outcome.summary.imported };
      },
      { recordId: studyId, exclusive: `study ${studyId}` },
    ).id;
  }

  /** Reads a result file of another program and keeps it beside the study's own results. */
  importResult(studyId: string, file: { bytes: Uint8Array; fileName: string }): string {
    const session = this.#context.session();
    const study = studyOf(session, studyId);
    return this.#context.jobs.start(
      'import-result',
      `Read ${file.fileName} beside ${study.name}`,
      async (context) => {
        context.progress('Reading the result file', null);
        const inputHash = `file-${createHash('sha256').update(studyId).update(file.bytes).digest('hex')}`;
        const outcome = await this.#context.physics.readResult(
          file,
          { solver: `another program (${file.fileName})`, inputHash },
          context,
        );
        context.signal.throwIfAborted();
        await this.#keep(session, studyId, outcome);
        return { inputHash };
      },
      { recordId: studyId },
    ).id;
  }

  async #keep(
    session: DocumentSession,
    studyId: string,
    outcome: { summary: ResultSummary; fields: Uint8Array },
  ): Promise<void> {
    const fieldsHash = await session.file.blobs.write(outcome.fields, 'fields');
    const { inputHash, createdAt } = outcome.summary;
    session.file.results.put({ inputHash, studyId, createdAt, summary: outcome.summary, fieldsHash });
    this.#context.streams.results.emit({ studyId });
    for (const warning of outcome.summary.warnings)
      this.#context.tell('warning', `${outcome.summary.solver}: ${warning.message}`, { recordId: studyId });
  }

  /** A result as a page to keep: HTML, or PDF where a browser can print it. */
  report(studyId: string, inputHash: string | undefined, format: 'html' | 'pdf', path: string | undefined): string {
    const session = this.#context.session();
    const study = studyOf(session, studyId);
    return this.#context.jobs.start(
      'report',
      `Report of ${study.name}`,
      async (context) => {
        context.progress('Drawing the pictures', 0.1);
        const result = this.#resultOf(session, studyId, inputHash);
        const fields = result.fieldsHash === null ? null : await session.file.blobs.read(result.fieldsHash);
        const subject = subjectOf(session, study.partId);
        const html = await this.#context.physics.report(
          {
            name: study.name,
            part: subject.name,
            study: definitionOf(study),
            bodies: listedBodies(session, subject).map(({ name, ...body }) => ({
              name,
              material: materialOfBody(session, study, body).material,
            })),
            summary: result.summary,
            ...(fields ? { fields } : {}),
          },
          context,
        );
        context.progress('Writing the page', 0.8);
        const bytes = format === 'html' ? html : await printToPdf(html, context.signal);
        context.signal.throwIfAborted();
        return this.#exports.deliver(session, bytes, path, fileNameOf(`${study.name} report`, format));
      },
      { recordId: studyId },
    ).id;
  }
}
