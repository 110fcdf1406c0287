/** Everything that the surrogate of a study is made from, gathered from records and hashed. */
import type {
  AnyRecord,
  GroupRecord,
  PartRecord,
  SourceRecord,
  StudyDefinition,
  StudyRecord,
  StudySurrogate,
  SurrogateParameter,
} from '../../../preload/contract/index.ts';
import { ArtificerError, STUDY_KINDS } from '../../../preload/contract/index.ts';
import { hasHistory, definitionOf as partDefinition, setVariable } from '../../document/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { DesignPlan } from '../../surrogates/index.ts';
import { FEATURES_VERSION, GEOMETRY_VERSION } from '../geometry-cache.ts';
import { subjectOf } from '../groups/studied-bodies.ts';
import { hashOfInputs } from '../input-hash.ts';
import { definitionOf, materialAmong, PHYSICS_VERSION, studyOf, withoutNames } from '../study-inputs.ts';
import { placesOfFeatures, placesOfItems } from './portable-ids.ts';

/** Raised when designs of the same inputs come out differently. */
const SURROGATE_VERSION = 2;
/** Kinds whose answer is one picture and its numbers, or numbers alone. */
const KINDS: readonly StudyRecord['study'][] = ['static', 'thermal', 'modal', 'buckling'];

export type Records = ReadonlyMap<string, AnyRecord>;

export interface SurrogateInputs {
  study: StudyRecord;
  part: PartRecord;
  surrogate: StudySurrogate;
  /** Records as they were when this was gathered: what is made from them does not follow later edits. */
  records: Records;
  definition: StudyDefinition;
  parameters: SurrogateParameter[];
  plan: DesignPlan;
  partHash: string;
  studyHash: string;
  /** Of all that designs and model depend on, besides how many designs there are. */
  key: string;
}

const refuse = (code: string, message: string, hint: string, recordId: string): ArtificerError =>
  new ArtificerError({ code: `surrogate.${code}`, category: 'refused', message, hint, recordId });

/** Why a study can have no surrogate at all; null where it can. */
export function whyNone(study: StudyRecord, subject: PartRecord | GroupRecord): ArtificerError | null {
  if (subject.type === 'group')
    return refuse(
      'group',
      'A surrogate follows one part, and this study is of several.',
      'Study the part by itself.',
      study.id,
    );
  if (!KINDS.includes(study.study))
    return refuse(
      'study-kind',
      `A surrogate cannot follow ${STUDY_KINDS[study.study].words} yet.`,
      'It follows static, thermal, modal and buckling studies.',
      study.id,
    );
  if ((study.cases ?? []).filter(({ suppressed }) => !suppressed).length > 1)
    return refuse(
      'load-cases',
      'A surrogate is of one load case, and this study has several.',
      'Duplicate the study for each case that is to be predicted.',
      study.id,
    );
  if (study.largeDisplacement)
    return refuse(
      'large-displacement',
      'A surrogate cannot follow large displacement yet.',
      'Make a study without it.',
      study.id,
    );
  if (study.temperatures?.from === 'study')
    return refuse(
      'temperatures',
      'A surrogate cannot follow temperatures of another study yet.',
      'Give the temperature as a number, or make a surrogate of the thermal study.',
      study.id,
    );
  if (!hasHistory(subject))
    return refuse(
      'no-variables',
      `"${subject.name}" was imported as it is: it has no variables to change.`,
      'Recognise its features, or draw it with variables.',
      subject.id,
    );
  return null;
}

const DIMENSIONS = { mm: 'length', deg: 'angle', '1': 'number' } as const;

/** A value as the variable's expression says it. */
export const expressionOf = (value: number, unit: SurrogateParameter['unit']): string =>
  unit === '1' ? `${value}` : `${value} ${unit}`;

/** The records with these values of the part's variables. */
export function withValues(
  records: Records,
  part: PartRecord,
  parameters: readonly Pick<SurrogateParameter, 'name' | 'unit'>[],
  values: readonly number[],
): Map<string, AnyRecord> {
  const changed = new Map(records);
  parameters.forEach(({ name, unit }, k) => {
    const expression = expressionOf(values[k]!, unit);
    const { put } = setVariable({ partId: part.id, name, expression, dimension: DIMENSIONS[unit] }, changed);
    for (const record of put) changed.set(record.id, record);
  });
  return changed;
}

/**
 * @param surrogate in place of the one that the study has
 * @throws ArtificerError `surrogate.none` where the study has none, and why it can have none
 */
export function surrogateInputs(
  session: DocumentSession,
  studyId: string,
  surrogate: StudySurrogate | undefined = studyOf(session, studyId).surrogate,
): SurrogateInputs {
  const study = studyOf(session, studyId);
  const subject = subjectOf(session, study.partId);
  if (!surrogate) throw refuse('none', `"${study.name}" has no surrogate.`, 'Make one in the Studies panel.', study.id);
  const refusal = whyNone(study, subject);
  if (refusal) throw refusal;
  const part = subject as PartRecord;
  const records: Records = new Map(session.store.all().map((record) => [record.id, record]));
  const parameters = surrogate.parameters.map(
    ({ name, unit, minimum, maximum }): SurrogateParameter => ({
      name,
      unit,
      minimum,
      maximum,
      logarithmic: minimum > 0,
    }),
  );
  const definition = definitionOf(study);
  const reference = surrogate.parameters.map((parameter) => parameter.reference);
  const placed = placesOfFeatures(part);
  const partHash = hashOfPart(part, records, parameters, placed);
  const { bodyMaterials: _, ...asked } = withoutNames(withoutAdvice(definition));
  const studyHash = hashOfInputs(
    placed(
      placesOfItems({
        version: PHYSICS_VERSION,
        ...asked,
        probes: definition.probes.filter(({ name }) => surrogate.quantities.includes(`probe ${name}`)),
        // A part may have more bodies than it has materials of its own; what all others are made of is the part's.
        materials: Array.from(
          { length: 2 + Math.max(-1, ...(study.bodyMaterials ?? []).map(({ body }) => body)) },
          (_, body) => {
            const { material, axes } = materialOf(records, study, part, body);
            return { properties: material?.properties ?? null, axes };
          },
        ),
      }),
    ),
  );
  const { quantities, fields, seed, designs, minutes } = surrogate;
  return {
    study,
    part,
    surrogate,
    records,
    definition,
    parameters,
    plan: {
      name: study.name,
      parameters,
      reference,
      quantities,
      fields,
      seed,
      designs,
      adaptive: 0,
      unseen: 0,
      ownMeshEvery: 0,
      budget: { minutes },
    },
    partHash,
    studyHash,
    key: hashOfInputs({
      version: SURROGATE_VERSION,
      partHash,
      studyHash,
      parameters,
      reference,
      quantities,
      fields,
      seed,
      ...(surrogate.model === undefined ? {} : { model: surrogate.model }),
    }),
  };
}

export const materialOf = (records: Records, study: StudyRecord, part: PartRecord, body: number) =>
  materialAmong((id) => records.get(id), study, { part, body });

/** What is asked about a solution does not change it. */
const withoutAdvice = ({ sensitivities, ...definition }: StudyDefinition): StudyDefinition => definition;

/** What an imported step reads: the file's bytes, and whether it is healed on the way. One that is missing is like no other. */
function contentOf(sourceId: string, sources: ReadonlyMap<string, SourceRecord>): unknown[] {
  const source = sources.get(sourceId);
  return source ? [source.sha256, source.healed] : ['missing', sourceId];
}

/**
 * Everything that decides the part's bodies besides the parameters' own values: the same before and after one was changed, and
 * in every project that has the part.
 */
function hashOfPart(
  part: PartRecord,
  records: Records,
  parameters: readonly SurrogateParameter[],
  placed: <T>(value: T) => T,
): string {
  // Whatever they are, as long as it is always the same.
  const ones = parameters.map(() => 1);
  const definition = partDefinition(part, withValues(records, part, parameters, ones).values());
  const variables = [...definition.variables, ...definition.projectVariables];
  const sources = new Map([...records.values()].flatMap((each) => (each.type === 'source' ? [[each.id, each]] : [])));
  return hashOfInputs(
    placed({
      version: [GEOMETRY_VERSION, FEATURES_VERSION],
      script: part.script?.source,
      rollBack: part.rollBack,
      features: definition.features.map(({ id, suppressed, feature }) => ({
        id,
        suppressed,
        ...(feature.kind === 'import'
          ? { feature: { ...feature, sourceId: '' }, source: contentOf(feature.sourceId, sources) }
          : { feature }),
      })),
      variables: variables
        .map(({ name, dimension, expression, partId }) => ({ name, dimension, expression, own: partId !== null }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      configuration: definition.configuration && {
        values: definition.configuration.values,
        suppressed: definition.configuration.suppressed,
      },
    }),
  );
}
