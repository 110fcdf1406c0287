/** Whether a model that somebody made is one of this part and this study, and what the study's record then says of it. */
import {
  ArtificerError,
  FEWEST_DESIGNS,
  MOST_DESIGNS,
  MOST_SURROGATE_PARAMETERS,
  STUDY_KINDS,
  type StudyRecord,
  type StudySurrogate,
  type VariableValue,
} from '../../../preload/contract/index.ts';
import { FIELD_ARRAYS, type ModelFiles, parseQuantityName, unitOfQuantity } from '../../surrogates/index.ts';
import { suggestFields, suggestParameters } from './suggestions.ts';
import type { SurrogateInputs } from './surrogate-inputs.ts';

type Card = ModelFiles['card'];

const MOST_QUANTITIES = 20;
const LARGEST_SEED = 2 ** 31;

const refuse = (code: string, message: string, hint: string, recordId: string, cause?: string): ArtificerError =>
  new ArtificerError({
    code: `surrogate.${code}`,
    category: 'refused',
    message,
    hint,
    recordId,
    ...(cause === undefined ? {} : { cause }),
  });

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * @param variables of the part, as they are now
 * @throws ArtificerError `surrogate.other-study`, `surrogate.missing-variables`, `surrogate.foreign-quantity`,
 * `surrogate.too-large-model`
 */
export function surrogateOfCard(
  card: Card,
  study: StudyRecord,
  partName: string,
  variables: readonly VariableValue[],
): StudySurrogate {
  if (card.studyType !== study.study) {
    const kind = Object.hasOwn(STUDY_KINDS, card.studyType)
      ? STUDY_KINDS[card.studyType as StudyRecord['study']].words
      : `"${card.studyType.slice(0, 60)}"`;
    throw refuse(
      'other-study',
      `The model is of ${kind}, and "${study.name}" is of ${STUDY_KINDS[study.study].words}.`,
      'Bring it to the study that it is of.',
      study.id,
    );
  }
  if (card.parameters.length > MOST_SURROGATE_PARAMETERS || card.scalars.length > MOST_QUANTITIES)
    throw refuse(
      'too-large-model',
      `The model follows ${card.parameters.length} variables and predicts ${card.scalars.length} quantities.`,
      `The surrogate of a study follows at most ${MOST_SURROGATE_PARAMETERS}, and predicts ${MOST_QUANTITIES}. Ask it by the command line.`,
      study.id,
    );
  const known = new Map(suggestParameters(variables).map((parameter) => [parameter.name, parameter]));
  const missing = card.parameters.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const dependent = missing.filter((name) => variables.some((variable) => variable.name === name));
    throw refuse(
      'missing-variables',
      dependent.length === missing.length
        ? `The model follows ${quoted(missing)}, which cannot be changed by themselves in "${partName}".`
        : `The model follows ${quoted(missing)}, and "${partName}" has no such variable.`,
      dependent.length === missing.length
        ? 'Give the variable a value of its own, in the part.'
        : 'Bring the model to the part that it is of, or give the dimensions these names in the Variables panel.',
      study.id,
    );
  }
  const otherUnit = card.parameters.find(({ name, unit }) => known.get(name)!.unit !== unit);
  if (otherUnit)
    throw refuse(
      'missing-variables',
      `The model takes "${otherUnit.name}" in ${otherUnit.unit}, and in "${partName}" it is in ${known.get(otherUnit.name)!.unit}.`,
      'Bring the model to the part that it is of.',
      study.id,
    );
  refuseForeignQuantities(card, study);
  return {
    parameters: card.parameters.map(({ name, unit, minimum, maximum }, k) => ({
      name,
      unit,
      minimum,
      maximum,
      reference: card.reference?.[k] ?? within(known.get(name)!.value, minimum, maximum),
    })),
    quantities: card.scalars.map(({ name }) => name),
    fields: card.fields.map(({ name }) => name),
    designs: Math.round(within(card.designs, FEWEST_DESIGNS, MOST_DESIGNS)),
    seed: Math.round(within(card.seed, 0, LARGEST_SEED)),
  };
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** A number of another meaning or unit than the study's own would be a wrong one that looks right. */
function refuseForeignQuantities(card: Card, study: StudyRecord): void {
  const foreign = (what: string, cause?: string): ArtificerError =>
    refuse(
      'foreign-quantity',
      `The model predicts ${what}, which "${study.name}" does not answer.`,
      'Ask it by the command line, or learn a model here.',
      study.id,
      cause,
    );
  const fields = suggestFields(study);
  for (const { name, unit, components } of card.fields) {
    const own = FIELD_ARRAYS[name];
    if (!fields.includes(name)) throw foreign(`the field "${name}"`);
    if (own.unit !== unit || own.components !== components)
      throw foreign(
        `the field "${name}" with ${components} numbers a point in ${unit.slice(0, 20)}`,
        `it is ${own.components} in ${own.unit}`,
      );
  }
  for (const { name, unit } of card.scalars) {
    const own = unitOfQuantity(name, study.probes);
    if (!isOfStudy(name, study)) throw foreign(`"${name}"`);
    if (own !== unit) throw foreign(`"${name}" in ${unit.slice(0, 20)}`, `it is in ${own}`);
  }
}

function isOfStudy(name: string, study: StudyRecord): boolean {
  const asked = parseQuantityName(name);
  if (asked.kind === 'mass' || asked.kind === 'probe') return true;
  if (asked.kind === 'frequency') return study.study === 'modal';
  if (asked.kind === 'buckling') return study.study === 'buckling';
  return study.study === (asked.quantity === 'temperature' ? 'thermal' : 'static');
}

/** @throws ArtificerError `surrogate.other-part`, `surrogate.other-study` */
export function refuseOtherHashes(card: Card, { part, study, partHash, studyHash }: SurrogateInputs): void {
  const otherPart = card.partHash !== partHash;
  const otherStudy = card.studyHash !== studyHash;
  if (!otherPart && !otherStudy) return;
  const hashes = [
    ...(otherPart ? [`The part of the model is ${card.partHash}, "${part.name}" is ${partHash}.`] : []),
    ...(otherStudy ? [`The study of the model is ${card.studyHash}, "${study.name}" is ${studyHash}.`] : []),
  ].join(' ');
  if (!otherStudy)
    throw refuse(
      'other-part',
      `The model was learnt from another part than "${part.name}" as it is now; the study is the same.`,
      'Steps, script and all variables that it does not follow have to be as they were then: take the part from the project that the model comes from, undo what was changed, or learn a model here.',
      study.id,
      hashes,
    );
  throw refuse(
    otherPart ? 'other-part' : 'other-study',
    otherPart
      ? `The model was learnt from another part than "${part.name}" and under another study than "${study.name}", as they are now.`
      : `The model was learnt under another study than "${study.name}" as it is now; the part is the same.`,
    otherPart
      ? 'Bring it to the part and study that it is of, in the project that it comes from or a copy, or learn a model here.'
      : 'Loads, restraints, material and mesh have to be as they were then: take the study from the project that the model comes from, undo what was changed, or learn a model here.',
    study.id,
    hashes,
  );
}
