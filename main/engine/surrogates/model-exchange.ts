/** Models out of a project and into it: given away in one file, and brought in as those of strangers. */
import { basename } from 'node:path';
import type { JobContext } from '../../../preload/contract/index.ts';
import { ArtificerError } from '../../../preload/contract/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import {
  type ModelFiles,
  type ModelPlace,
  packModel,
  readForeignModel,
  refuseSilentModel,
  sha256,
} from '../../surrogates/index.ts';
import type { EngineContext } from '../context.ts';
import { type ExportService, fileNameOf } from '../export-service.ts';
import { subjectOf } from '../groups/studied-bodies.ts';
import type { ChangedParts } from '../sensitivities/changed-part.ts';
import { studyOf } from '../study-inputs.ts';
import { refuseOtherHashes, surrogateOfCard } from './brought-model.ts';
import type { OpenModels } from './open-models.ts';
import type { ProjectData } from './project-data.ts';
import { type SurrogateInputs, surrogateInputs, whyNone } from './surrogate-inputs.ts';

export class ModelExchange {
  readonly #engine: EngineContext;
  readonly #exports: ExportService;
  readonly #changed: ChangedParts;
  readonly #models: OpenModels;
  readonly #dataOf: (session: DocumentSession, inputs: SurrogateInputs) => ProjectData;

  constructor(
    engine: EngineContext,
    exports: ExportService,
    changed: ChangedParts,
    models: OpenModels,
    dataOf: (session: DocumentSession, inputs: SurrogateInputs) => ProjectData,
  ) {
    this.#engine = engine;
    this.#exports = exports;
    this.#changed = changed;
    this.#models = models;
    this.#dataOf = dataOf;
  }

  /** @throws ArtificerError `surrogate.not-made` where there is no model of the study as it is now */
  give(studyId: string, path: string | undefined): string {
    const session = this.#engine.session();
    const inputs = surrogateInputs(session, studyId);
    const data = this.#dataOf(session, inputs);
    const stored = data.model();
    if (!stored) throw notMade(inputs);
    return this.#engine.jobs.start(
      'export',
      `Give away the model of ${inputs.study.name}`,
      async ({ signal, progress }) => {
        progress('Packing the model', null);
        const { card, ...files } = await data.modelFiles(stored);
        signal.throwIfAborted();
        // Where the model comes from, so that another project puts its loads where they were.
        const reference = inputs.surrogate.parameters.map((parameter) => parameter.reference);
        const singular = data.singular(inputs.plan.quantities);
        const bytes = packModel({ ...files, card: { ...card, reference, singular } });
        return this.#exports.deliver(session, bytes, path, fileNameOf(inputs.study.name, 'surrogate.zip'));
      },
      { recordId: studyId },
    ).id;
  }

  /** A stranger's model becomes the study's, in one change; or nothing is changed. */
  bring(studyId: string, place: ModelPlace): string {
    const session = this.#engine.session();
    const { name } = studyOf(session, studyId);
    session.file.assertWritable();
    if ('files' in place && place.files.length === 0)
      throw new ArtificerError({
        code: 'surrogate.none-named',
        category: 'usage',
        message: 'No file of a model was named.',
        hint: 'Name the file that it was given away in, or its card.',
      });
    const fileName = 'path' in place ? basename(place.path) : place.files.map((file) => file.name).join(', ');
    return this.#engine.jobs.start(
      'import',
      `Bring ${fileName.slice(0, 200)} to ${name}`,
      (context) => this.#bring(session, studyId, place, fileName, context),
      { recordId: studyId, exclusive: `surrogate ${studyId}` },
    ).id;
  }

  async #bring(
    session: DocumentSession,
    studyId: string,
    place: ModelPlace,
    fileName: string,
    context: JobContext,
  ): Promise<{ name: string }> {
    const { signal, progress } = context;
    progress('Reading the model', 0);
    const files = await readForeignModel(place, signal);
    progress('Comparing it with part and study', 0.4);
    const inputs = await this.#inputsFor(session, studyId, files, context);
    progress('Trying the model', 0.5);
    const checked = await this.#models.checked(files, (model) => refuseSilentModel(model, signal));
    signal.throwIfAborted();
    const data = this.#dataOf(session, inputs);
    await this.#models.close(inputs.key);
    const now = surrogateInputs(session, studyId, inputs.surrogate);
    // Part or study may have been changed while it was tried.
    refuseOtherHashes(checked.card, now);
    await data.putModel(checked, { fileName, at: Date.now() });
    const study = studyOf(session, studyId);
    session.change({ label: `Bring a model to ${study.name}`, put: [{ ...study, surrogate: inputs.surrogate }] });
    this.#engine.streams.surrogates.emit({ studyId });
    return { name: checked.card.name };
  }

  /** What the study is with this model. @throws ArtificerError where the model is of something else */
  async #inputsFor(
    session: DocumentSession,
    studyId: string,
    { card, model }: ModelFiles,
    context: JobContext,
  ): Promise<SurrogateInputs> {
    const study = studyOf(session, studyId);
    const subject = subjectOf(session, study.partId);
    const refusal = whyNone(study, subject);
    if (refusal || subject.type !== 'part') throw refusal ?? new Error(`${subject.id} is no part`);
    const variables = await this.#changed.variables(session, subject, context);
    // With its own name in the record, neither it nor what is said of it takes the place of a model that learnt here.
    const surrogate = { ...surrogateOfCard(card, study, subject.name, variables), model: sha256(model) };
    const inputs = surrogateInputs(session, studyId, surrogate);
    refuseOtherHashes(card, inputs);
    return inputs;
  }
}

export const notMade = ({ study }: SurrogateInputs): ArtificerError =>
  new ArtificerError({
    code: 'surrogate.not-made',
    category: 'refused',
    message: `There is no model of "${study.name}" as part and study are now.`,
    hint: 'Make the surrogate, bring a model in, or go back to what it was made of.',
    recordId: study.id,
  });
