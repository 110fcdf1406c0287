/** Surrogates of studies: made as a job, asked in milliseconds, compared with every later solution. */
import type {
  JobContext,
  StudySurrogateState,
  SurrogateComparison,
  SurrogateField,
  SurrogatePrediction,
  SurrogateSuggestion,
} from '../../../preload/contract/index.ts';
import { ArtificerError, silentContext, toErrorData } from '../../../preload/contract/index.ts';
import { createPhysics } from '../../physics/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import { lanesHere, makeDesigns, trainOn } from '../../surrogates/index.ts';
import type { EngineContext } from '../context.ts';
import type { ExportService } from '../export-service.ts';
import { subjectOf } from '../groups/studied-bodies.ts';
import type { ChangedParts } from '../sensitivities/changed-part.ts';
import type { SourceGeometry } from '../source-geometry.ts';
import { studyOf } from '../study-inputs.ts';
import type { StudyService } from '../study-service.ts';
import { compareOnCarriedMesh, compareWithResult } from './comparisons.ts';
import { ModelExchange, notMade } from './model-exchange.ts';
import { ask, OpenModels, type Predicted } from './open-models.ts';
import { ProjectData } from './project-data.ts';
import { projectSource } from './project-source.ts';
import { solveWithValues } from './solve-with-values.ts';
import { suggestFields, suggestParameters, suggestQuantities } from './suggestions.ts';
import { type SurrogateInputs, surrogateInputs, whyNone } from './surrogate-inputs.ts';

/** How long the fields of a prediction can be fetched. */
const KEEP_s = 15;
/** Designs take most of the time. */
const DESIGNS_SHARE = 0.85;
const MOST_FAILURES = 200;

export class SurrogateService {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #studies: StudyService;
  readonly #changed: ChangedParts;
  readonly #models: OpenModels;
  /** Models out of the project and into it. */
  readonly exchange: ModelExchange;
  /** By key. */
  readonly #data = new Map<string, ProjectData>();

  constructor(
    engine: EngineContext,
    sources: SourceGeometry,
    studies: StudyService,
    changed: ChangedParts,
    exports: ExportService,
  ) {
    this.#engine = engine;
    this.#sources = sources;
    this.#studies = studies;
    this.#changed = changed;
    this.#models = new OpenModels(engine.dataFolder);
    this.exchange = new ModelExchange(engine, exports, changed, this.#models, (session, inputs) =>
      this.#dataOf(session, inputs),
    );
    engine.streams.results.subscribe(({ studyId }) => void this.#solved(studyId));
  }

  /** What is known of a project goes with it. */
  reset(): void {
    this.#data.clear();
    void this.#models.clear();
  }
  dispose(): Promise<void> {
    return this.#models.clear();
  }

  async suggest(studyId: string, signal: AbortSignal): Promise<SurrogateSuggestion> {
    const session = this.#engine.session();
    const study = studyOf(session, studyId);
    const part = subjectOf(session, study.partId);
    const refusal = whyNone(study, part);
    if (refusal || part.type !== 'part')
      return { ...(refusal ? { refusal: refusal.data } : {}), parameters: [], quantities: [], fields: [] };
    const parameters = suggestParameters(await this.#changed.variables(session, part, silentContext(signal)));
    if (parameters.length === 0)
      return {
        refusal: {
          code: 'surrogate.no-variables',
          category: 'refused',
          message: `"${part.name}" has no variable that can be changed by itself.`,
          hint: 'Give its dimensions names in the Variables panel.',
          recordId: part.id,
        },
        parameters: [],
        quantities: [],
        fields: [],
      };
    return { parameters, quantities: suggestQuantities(study), fields: suggestFields(study) };
  }

  list(studyId?: string): StudySurrogateState[] {
    const session = this.#engine.session();
    const studies = studyId === undefined ? session.store.all() : [studyOf(session, studyId)];
    return studies.flatMap((study) =>
      study.type === 'study' && study.surrogate ? [this.#state(session, study.id)] : [],
    );
  }

  #state(session: DocumentSession, studyId: string): StudySurrogateState {
    const wanted = studyOf(session, studyId).surrogate!.designs;
    const nothing = { wanted, solved: 0, failed: 0, joined: 0, waiting: 0 };
    const empty = {
      studyId,
      failures: [],
      card: null,
      singular: [],
      outdated: false,
      surfaceHash: null,
      comparisons: [],
    };
    let inputs: SurrogateInputs;
    try {
      inputs = surrogateInputs(session, studyId);
    } catch (thrown) {
      return { ...empty, designs: nothing, refusal: toErrorData(thrown) };
    }
    const data = this.#dataOf(session, inputs);
    const { joined, comparisons } = data.log();
    const solved = data.solved('training');
    const failed = data.designs.flatMap((design) => (design.state === 'failed' ? [design] : []));
    const model = data.model();
    return {
      studyId,
      designs: {
        wanted,
        solved: solved.length,
        failed: failed.length,
        joined: joined.length,
        waiting: joined.length - data.joinedThere(joined.length),
      },
      failures: failed.slice(0, MOST_FAILURES).map(({ values, stage, error }) => ({
        values,
        stage,
        message: error.message,
        ...(error.cause === undefined ? {} : { cause: error.cause }),
      })),
      card: model?.card ?? null,
      ...(model?.brought ? { brought: model.brought } : {}),
      singular: data.singular(inputs.plan.quantities),
      outdated:
        model !== null &&
        !model.brought &&
        (model.card.dataHash !== data.hash() || joined.length > data.joinedThere(joined.length)),
      surfaceHash: data.surfaceHash(),
      comparisons,
    };
  }

  #dataOf(session: DocumentSession, { key }: Pick<SurrogateInputs, 'key'>): ProjectData {
    let data = this.#data.get(key);
    if (!data?.isOf(session)) {
      data = new ProjectData(session, key);
      this.#data.set(key, data);
    }
    return data;
  }

  #emit(studyId: string): void {
    this.#engine.streams.surrogates.emit({ studyId });
  }

  make(studyId: string): string {
    const session = this.#engine.session();
    const inputs = surrogateInputs(session, studyId);
    session.file.assertWritable();
    const job = this.#engine.jobs.start(
      'surrogate',
      `Surrogate of ${inputs.study.name}`,
      (context) => this.#make(session, inputs, context),
      { recordId: studyId, exclusive: `surrogate ${studyId}` },
    );
    return job.id;
  }

  async #make(session: DocumentSession, inputs: SurrogateInputs, context: JobContext): Promise<{ dataHash: string }> {
    const data = this.#dataOf(session, inputs);
    const lanes = lanesHere();
    // Solutions of its own, so that a study that a person solves meanwhile does not wait behind all designs.
    const physics = createPhysics({ workers: lanes });
    const source = projectSource(this.#engine, this.#sources, session, inputs);
    const told = { at: 0 };
    const part = share(context, 0, DESIGNS_SHARE);
    try {
      await makeDesigns(
        {
          physics,
          source,
          plan: inputs.plan,
          lanes,
          joined: data.log().joined,
          open: async (head, reference) => {
            await data.begin(head, reference);
            return data;
          },
        },
        {
          signal: part.signal,
          progress: (...progress) => {
            part.progress(...progress);
            if (Date.now() - told.at < 1000) return;
            told.at = Date.now();
            this.#emit(inputs.study.id);
          },
        },
      );
    } finally {
      await physics.dispose();
      this.#emit(inputs.study.id);
    }
    const files = await trainOn(data, share(context, DESIGNS_SHARE, 1));
    context.signal.throwIfAborted();
    await this.#models.close(inputs.key);
    await data.putModel(await this.#models.checked(files));
    this.#emit(inputs.study.id);
    return { dataHash: data.hash() };
  }

  /** @throws ArtificerError `surrogate.not-made` where there is no model of the study as it is now */
  async predict(
    studyId: string,
    values: readonly number[],
    fields: readonly SurrogateField[],
    signal: AbortSignal,
  ): Promise<SurrogatePrediction> {
    const started = performance.now();
    const session = this.#engine.session();
    const inputs = surrogateInputs(session, studyId);
    const predicted = await this.#ask(session, inputs, values, fields, signal);
    const fieldsHash = predicted.fields ? this.#engine.transient.put(predicted.fields, KEEP_s) : undefined;
    return {
      verdict: predicted.verdict,
      scalars: predicted.scalars,
      provider: predicted.provider,
      ...(fieldsHash ? { fieldsHash } : {}),
      milliseconds: performance.now() - started,
    };
  }

  async #ask(
    session: DocumentSession,
    inputs: SurrogateInputs,
    values: readonly number[],
    fields: readonly SurrogateField[],
    signal: AbortSignal,
  ): Promise<Predicted> {
    refuseCount(inputs, values);
    const model = await this.#models.of(inputs.key, this.#dataOf(session, inputs));
    if (!model) throw notMade(inputs);
    return ask(model, inputs, values, fields, signal);
  }

  /** What a job about one design starts from. @throws ArtificerError where the values do not fit, or nothing can be written */
  #design(studyId: string, values: readonly number[]): { session: DocumentSession; inputs: SurrogateInputs } {
    const session = this.#engine.session();
    const inputs = surrogateInputs(session, studyId);
    refuseCount(inputs, values);
    session.file.assertWritable();
    return { session, inputs };
  }

  /** A job: solved where the model knows the points, compared, and joined to the data. */
  compare(studyId: string, values: readonly number[]): string {
    const { session, inputs } = this.#design(studyId, values);
    return this.#engine.jobs.start(
      'surrogate',
      `Compare the surrogate of ${inputs.study.name} with a solution`,
      async (context) => {
        const data = this.#dataOf(session, inputs);
        const predicted = await this.#ask(session, inputs, values, inputs.plan.fields, context.signal);
        const source = projectSource(this.#engine, this.#sources, session, inputs);
        const comparison = await compareOnCarriedMesh({ source, inputs, data, predicted, values }, context);
        this.#emit(studyId);
        return comparison;
      },
      { recordId: studyId, exclusive: `surrogate ${studyId}` },
    ).id;
  }

  /** A job: the study solved with other values of the variables, as a result that is current once they have them. */
  solve(studyId: string, values: readonly number[]): string {
    const { session, inputs } = this.#design(studyId, values);
    return this.#engine.jobs.start(
      'solve',
      `Solve ${inputs.study.name} with other dimensions`,
      async (context) => {
        const result = await solveWithValues(this.#engine, this.#sources, session, inputs, values, context);
        await this.#compare(session, inputs, values, result.summary, context.signal);
        return { inputHash: result.inputHash };
      },
      { recordId: studyId, exclusive: `study ${studyId}` },
    ).id;
  }

  async forget(studyId: string): Promise<void> {
    const session = this.#engine.session();
    session.file.assertWritable();
    const inputs = surrogateInputs(session, studyId);
    await this.#models.close(inputs.key);
    await this.#dataOf(session, inputs).clear();
    this.#emit(studyId);
  }

  /** A study was solved: what its surrogate had said is compared with it, and the design joins the data. */
  async #solved(studyId: string): Promise<void> {
    try {
      const session = this.#engine.session();
      const study = session.store.get(studyId);
      if (study?.type !== 'study' || !study.surrogate || session.file.readOnly) return;
      const inputs = surrogateInputs(session, studyId);
      if (!this.#dataOf(session, inputs).model()) return;
      const result = this.#studies
        .results(studyId)
        .find(({ current, summary }) => current && summary.imported === undefined);
      if (!result) return;
      const signal = new AbortController().signal;
      const variables = await this.#changed.variables(session, inputs.part, silentContext(signal));
      const values = inputs.parameters.map(({ name, unit }) => {
        const value = variables.find((variable) => variable.name === name)?.value ?? Number.NaN;
        return unit === 'deg' ? (value * 180) / Math.PI : value;
      });
      await this.#compare(session, inputs, values, result.summary, signal);
    } catch (thrown) {
      // The solution itself is there and well; only what it says of the surrogate is lost.
      const { message } = toErrorData(thrown);
      this.#engine.tell('warning', `The surrogate could not be compared with the new solution: ${message}`, {
        recordId: studyId,
      });
    }
  }

  async #compare(
    session: DocumentSession,
    inputs: SurrogateInputs,
    values: readonly number[],
    summary: Parameters<typeof compareWithResult>[1],
    signal: AbortSignal,
  ): Promise<SurrogateComparison | null> {
    const data = this.#dataOf(session, inputs);
    const inside = inputs.parameters.every(({ minimum, maximum }, k) => values[k]! >= minimum && values[k]! <= maximum);
    if (!inside || !data.model()) return null;
    const predicted = await this.#ask(session, inputs, values, [], signal);
    const comparison = compareWithResult(predicted, summary, values);
    data.note(comparison);
    this.#emit(inputs.study.id);
    return comparison;
  }
}

function refuseCount({ parameters }: SurrogateInputs, values: readonly number[]): void {
  if (values.length === parameters.length) return;
  throw new ArtificerError({
    code: 'surrogate.values',
    category: 'usage',
    message: `${values.length} values were given for ${parameters.length} parameters.`,
    hint: `Give them in this order: ${parameters.map(({ name }) => name).join(', ')}.`,
  });
}

const share = (context: JobContext, from: number, to: number): JobContext => ({
  signal: context.signal,
  progress: (stage, fraction, detail) =>
    context.progress(stage, typeof fraction === 'number' ? from + (to - from) * fraction : null, detail),
});
