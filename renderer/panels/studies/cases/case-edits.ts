/** Load cases and combinations as tables of factors: what a typed cell does to the study. Pure. */
import type { Combination, LoadCase, StudyRecord, StudyType } from '../../../../preload/contract/index.ts';

/** Types that solve several load cases at once. */
export const usesCases = (type: StudyType): boolean => type === 'static';

/** A row of the table: what has a factor in each column. */
export interface FactorRow {
  id: string;
  name: string;
  /** Suppressed, or of no meaning in this type: shown, but without effect. */
  idle: boolean;
}
export interface FactorColumn {
  id: string;
  name: string;
  suppressed: boolean;
  factors: ReadonlyMap<string, number>;
}

export const caseColumns = (study: StudyRecord): FactorColumn[] =>
  (study.cases ?? []).map(({ id, name, suppressed, loads }) => ({
    id,
    name,
    suppressed: suppressed ?? false,
    factors: new Map(loads.map(({ load, factor }) => [load, factor])),
  }));
export const combinationColumns = (study: StudyRecord): FactorColumn[] =>
  (study.combinations ?? []).map(({ id, name, suppressed, terms }) => ({
    id,
    name,
    suppressed: suppressed ?? false,
    factors: new Map(terms.map((term) => [term.case, term.factor])),
  }));

/** Without the list where it is empty: then all loads together are the only case. */
function withList<Key extends 'cases' | 'combinations'>(
  study: StudyRecord,
  key: Key,
  list: NonNullable<StudyRecord[Key]>,
): StudyRecord {
  const { [key]: _before, ...rest } = study;
  return (list.length > 0 ? { ...rest, [key]: list } : rest) as StudyRecord;
}
export const withCases = (study: StudyRecord, cases: LoadCase[]): StudyRecord => withList(study, 'cases', cases);

/** A combination of nothing is none: those that are left without a term go. */
export const withCombinations = (study: StudyRecord, combinations: Combination[]): StudyRecord =>
  withList(
    study,
    'combinations',
    combinations.filter(({ terms }) => terms.length > 0),
  );

const withFactor = <T extends { factor: number }>(
  items: T[],
  is: (item: T) => boolean,
  make: (factor: number) => T,
  factor: number,
): T[] => {
  if (factor === 0) return items.filter((item) => !is(item));
  return items.some(is) ? items.map((item) => (is(item) ? make(factor) : item)) : [...items, make(factor)];
};

/** Factor of a load in a case; 0 takes the load out of it. */
export const setCaseFactor = (study: StudyRecord, caseId: string, load: string, factor: number): StudyRecord =>
  withCases(
    study,
    (study.cases ?? []).map((one) =>
      one.id === caseId
        ? {
            ...one,
            loads: withFactor(
              one.loads,
              (each) => each.load === load,
              (value) => ({ load, factor: value }),
              factor,
            ),
          }
        : one,
    ),
  );

/** Factor of a case in a combination; 0 takes it out. The last term stays: a combination without any is deleted instead. */
export const setCombinationFactor = (
  study: StudyRecord,
  combinationId: string,
  caseId: string,
  factor: number,
): StudyRecord =>
  withCombinations(
    study,
    (study.combinations ?? []).map((one) => {
      if (one.id !== combinationId) return one;
      const terms = withFactor(
        one.terms,
        (each) => each.case === caseId,
        (value) => ({ case: caseId, factor: value }),
        factor,
      );
      return terms.length > 0 ? { ...one, terms } : one;
    }),
  );

/** Without the case; combinations no longer speak of it. */
export function withoutCase(study: StudyRecord, caseId: string): StudyRecord {
  const cases = (study.cases ?? []).filter(({ id }) => id !== caseId);
  const combinations = (study.combinations ?? []).map((one) =>
    one.terms.some((term) => term.case === caseId)
      ? { ...one, terms: one.terms.filter((term) => term.case !== caseId) }
      : one,
  );
  return withCombinations(withCases(study, cases), combinations);
}

/** A case of all loads: what was solved before there were any cases. */
export const caseOfAll = (study: StudyRecord, id: string, name: string): LoadCase => ({
  id,
  name,
  loads: study.loads.map((load) => ({ load: load.id, factor: 1 })),
});
