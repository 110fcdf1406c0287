/** How a study's quantities change with faces and dimensions: the part on both sides of each variable, then the adjoint method. */
import type {
  Functional,
  JobContext,
  SensitivityAnswer,
  SensitivitySummary,
  VariableValue,
} from '../../../preload/contract/index.ts';
import { ArtificerError, toErrorData } from '../../../preload/contract/index.ts';
import { type FollowedVariable, functionalsOf } from '../../physics/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';
import { subjectOf } from '../groups/studied-bodies.ts';
import { hashOfInputs } from '../input-hash.ts';
import { partOf, studyOf } from '../study-inputs.ts';
import type { StudyService } from '../study-service.ts';
import { type ChangedParts, isIndependent, stepOf, unitOfVariable } from './changed-part.ts';

/** Raised when the gradients of the same inputs come out differently. */
const SENSITIVITY_VERSION = 1;

export class SensitivityService {
  readonly #engine: EngineContext;
  readonly #studies: StudyService;
  readonly #changed: ChangedParts;

  constructor(engine: EngineContext, studies: StudyService, changed: ChangedParts) {
    this.#engine = engine;
    this.#studies = studies;
    this.#changed = changed;
  }

  /** A job that answers a {@link SensitivityAnswer}. @param names variables to follow; all of the part's where left out */
  start(studyId: string, asked: Functional[] | undefined, names: string[] | undefined): { jobId: string } {
    const session = this.#engine.session();
    const study = studyOf(session, studyId);
    const functionals = asked ?? functionalsOf(study);
    const job = this.#engine.jobs.start(
      'sensitivities',
      `Sensitivities of ${study.name}`,
      (context) => this.#find(session, studyId, functionals, names, context),
      { recordId: studyId, exclusive: `study ${studyId}` },
    );
    return { jobId: job.id };
  }

  async #find(
    session: DocumentSession,
    studyId: string,
    functionals: Functional[],
    names: string[] | undefined,
    context: JobContext,
  ): Promise<SensitivityAnswer> {
    const subject = subjectOf(session, studyOf(session, studyId).partId);
    // Its dimensions are those of several parts, whose faces would have to be followed where each part stands.
    if (subject.type === 'group')
      throw new ArtificerError({
        code: 'sensitivities.of-assembly',
        category: 'refused',
        message: `What would improve "${subject.name}" can't be said yet: it is several parts of the assembly.`,
        hint: 'Ask it of a study of one part.',
        recordId: studyId,
      });
    const { inputs, request } = await this.#studies.requestOf(session, studyId, context);
    const key = `sensitivities/${hashOfInputs({
      version: SENSITIVITY_VERSION,
      inputHash: inputs.inputHash,
      functionals,
      names: names ?? null,
    })}`;
    const known = session.file.derived.get<SensitivityAnswer>(key);
    if (known && session.file.blobs.has(known.fieldsHash)) return known;

    const { variables, leftOut } = await this.#variables(session, studyId, names, share(context, 0, 0.3));
    const outcome = await this.#engine.physics.sensitivities(
      { ...request, study: inputs.definition, functionals, variables, leftOut },
      share(context, 0.3, 1),
    );
    context.signal.throwIfAborted();
    const fieldsHash = await session.file.blobs.write(outcome.fields, 'fields');
    const answer: SensitivityAnswer = { studyId, summary: outcome.summary, fieldsHash };
    session.file.derived.put(key, answer);
    return answer;
  }

  /** The part a little before and after each variable's value; those it cannot be made with are named. */
  async #variables(
    session: DocumentSession,
    studyId: string,
    names: string[] | undefined,
    context: JobContext,
  ): Promise<{ variables: FollowedVariable[]; leftOut: SensitivitySummary['leftOut'] }> {
    const part = partOf(session, studyOf(session, studyId).partId);
    const seen = await this.#changed.variables(session, part, context);
    // Those of the project change other parts too.
    const all = seen.filter(({ scope }) => scope !== 'project');
    for (const name of names ?? [])
      if (!all.some((variable) => variable.name === name))
        throw new ArtificerError({
          code: 'sensitivities.no-variable',
          category: 'usage',
          message: `"${part.name}" has no variable "${name}".`,
          hint: `It has: ${all.map((variable) => variable.name).join(', ') || 'none'}.`,
        });
    const wanted: VariableValue[] = names ? all.filter(({ name }) => names.includes(name)) : all;
    const variables: FollowedVariable[] = [];
    const leftOut: SensitivitySummary['leftOut'] = [];
    for (const [index, variable] of wanted.entries()) {
      const { name, value } = variable;
      context.progress(`Making the part with ${name} changed`, index / wanted.length);
      if (!isIndependent(variable, seen)) {
        leftOut.push({ name, reason: `it follows from others: ${variable.expression}` });
        continue;
      }
      const step = stepOf(variable);
      const quiet: JobContext = { signal: context.signal, progress: () => {} };
      try {
        variables.push({
          name,
          unit: unitOfVariable(variable),
          value: value!,
          step,
          plus: await this.#changed.with(session, part, variable, value! + step, quiet),
          minus: await this.#changed.with(session, part, variable, value! - step, quiet),
        });
      } catch (thrown) {
        context.signal.throwIfAborted();
        leftOut.push({ name, reason: toErrorData(thrown).message });
      }
    }
    return { variables, leftOut };
  }
}

const share = (context: JobContext, from: number, to: number): JobContext => ({
  signal: context.signal,
  progress: (stage, fraction, detail) =>
    context.progress(stage, typeof fraction === 'number' ? from + (to - from) * fraction : null, detail),
});
