/** What a surrogate is to be made of, while a person chooses it. Pure but for its store. */
import { create } from 'zustand';
import {
  type ErrorData,
  FEWEST_DESIGNS,
  MOST_DESIGNS,
  MOST_SURROGATE_PARAMETERS,
  type StudySurrogate,
  type SurrogateField,
  type SurrogateSuggestion,
} from '../../../preload/contract/index.ts';

type Suggested = SurrogateSuggestion['parameters'][number];

export interface DraftParameter extends Suggested {
  /** The value of the design that the others are compared with. */
  reference: number;
}

export interface Draft {
  studyId: string;
  parameters: DraftParameter[];
  quantities: SurrogateSuggestion['quantities'];
  fields: { name: SurrogateField; chosen: boolean }[];
  designs: number;
  minutes: number | undefined;
  seed: number;
}

/** The draft of the study that is being set up; null while none is. */
export const useSetup = create<{
  draft: Draft | null;
  /** The study whose suggestion is on its way. */
  opening: string | null;
  /** Why a study can have no surrogate. */
  refusal: { studyId: string; error: ErrorData } | null;
}>(() => ({ draft: null, opening: null, refusal: null }));

/** Designs a parameter that make a useful model as a rule, and at least so many. */
const DESIGNS_EACH = 10;
const FEWEST = 30;
export const recommendedDesigns = (parameters: number): number => Math.max(FEWEST, DESIGNS_EACH * parameters);

/** From what the engine suggests and, where there is one already, from what was chosen before. */
export function draftOf(studyId: string, suggested: SurrogateSuggestion, before: StudySurrogate | undefined): Draft {
  const parameters = suggested.parameters.map((one): DraftParameter => {
    const kept = before?.parameters.find(({ name }) => name === one.name);
    return {
      ...one,
      reference: kept?.reference ?? one.value,
      ...(kept ? { minimum: kept.minimum, maximum: kept.maximum } : {}),
      chosen: before ? kept !== undefined : one.chosen,
    };
  });
  const names = new Set(suggested.quantities.map(({ name }) => name));
  const others = (before?.quantities ?? []).filter((name) => !names.has(name));
  return {
    studyId,
    parameters,
    quantities: [
      ...suggested.quantities.map((one) => ({
        ...one,
        chosen: before ? before.quantities.includes(one.name) : one.chosen,
      })),
      ...others.map((name) => ({ name, unit: '', chosen: true })),
    ],
    fields: suggested.fields.map((name) => ({ name, chosen: before ? before.fields.includes(name) : true })),
    designs: before?.designs ?? recommendedDesigns(parameters.filter(({ chosen }) => chosen).length),
    minutes: before?.minutes,
    seed: before?.seed ?? 1,
  };
}

/** Why nothing can be made of it yet, in a sentence; null where it can. */
export function whyNot({ parameters, quantities, fields, designs }: Draft): string | null {
  const chosen = parameters.filter((one) => one.chosen);
  if (chosen.length === 0) return 'Choose a variable to follow.';
  if (chosen.length > MOST_SURROGATE_PARAMETERS)
    return `A surrogate follows ${MOST_SURROGATE_PARAMETERS} variables at most.`;
  const empty = chosen.find(({ minimum, maximum }) => !(maximum > minimum));
  if (empty) return `The range of ${empty.name} has no width.`;
  if (![...quantities, ...fields].some((one) => one.chosen)) return 'Choose a quantity or a field to predict.';
  if (designs < FEWEST_DESIGNS || designs > MOST_DESIGNS)
    return `${FEWEST_DESIGNS} to ${MOST_DESIGNS} designs can be solved.`;
  const needed = Math.max(FEWEST_DESIGNS, 2 * (chosen.length + 1));
  return designs < needed ? `${chosen.length} variables need ${needed} designs at least.` : null;
}

/** As the study record keeps it. The reference stays where it is as long as it lies in the range. */
export function surrogateOf({ parameters, quantities, fields, designs, minutes, seed }: Draft): StudySurrogate {
  return {
    parameters: parameters
      .filter(({ chosen }) => chosen)
      .map(({ name, unit, minimum, maximum, reference }) => ({
        name,
        unit,
        minimum,
        maximum,
        reference: Math.min(maximum, Math.max(minimum, reference)),
      })),
    quantities: quantities.filter(({ chosen }) => chosen).map(({ name }) => name),
    fields: fields.filter(({ chosen }) => chosen).map(({ name }) => name),
    designs,
    seed,
    ...(minutes === undefined ? {} : { minutes }),
  };
}
