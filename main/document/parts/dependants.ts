/** Which steps of a history need which, and who uses which variable. Read off what the records say. */
import type { AnyRecord, FeatureRecord, VariableRecord } from '../../../preload/contract/records.ts';
import { namesIn } from '../expression-names.ts';
import { expressionsIn } from './evaluate-expressions.ts';

// References, profiles and names of bodies all hold the id of the feature that they are about.
const FEATURE_ID = /feature_[A-Za-z0-9]{6,40}/g;

/**
 * Ids of features that occur in any data: in references, profiles, names of bodies. What a reference was beside, or looked
 * like, when it was picked is not needed: it only helps to find the right one.
 */
export function featureIdsIn(data: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') for (const [id] of value.matchAll(FEATURE_ID)) found.add(id);
    else if (value !== null && typeof value === 'object')
      for (const [key, each] of Object.entries(value)) if (key !== 'beside' && key !== 'fingerprint') visit(each);
  };
  visit(data);
  return found;
}

/** The features among these that would be lost with `id`, directly or through others, in their order; without itself. */
export function featuresThatNeed(id: string, features: readonly FeatureRecord[]): FeatureRecord[] {
  const lost = new Set([id]);
  const found: FeatureRecord[] = [];
  for (const record of features) {
    if (record.id === id) continue;
    const needs = featureIdsIn(record.feature);
    if (![...needs].some((each) => lost.has(each))) continue;
    lost.add(record.id);
    found.push(record);
  }
  return found;
}

/** Where a variable is used: other variables, features, configurations. */
export interface VariableUses {
  variables: VariableRecord[];
  features: FeatureRecord[];
}

/** Who uses the name of this variable; a part's variable of the same name hides one of the project. */
export function usesOf(
  variable: Pick<VariableRecord, 'id' | 'name' | 'partId'>,
  records: Iterable<AnyRecord>,
): VariableUses {
  const all = [...records];
  const hiddenIn = new Set(
    variable.partId === null
      ? all.flatMap((record) =>
          record.type === 'variable' && record.partId !== null && record.name === variable.name ? [record.partId] : [],
        )
      : [],
  );
  const sees = (partId: string | null): boolean =>
    variable.partId === null ? partId === null || !hiddenIn.has(partId) : partId === variable.partId;
  const uses = (text: string | undefined): boolean => text !== undefined && namesIn(text).includes(variable.name);
  return {
    variables: all.filter(
      (record): record is VariableRecord =>
        record.type === 'variable' &&
        record.id !== variable.id &&
        sees(record.partId) &&
        (uses(record.expression) || uses(record.minimum) || uses(record.maximum)),
    ),
    features: all.filter(
      (record): record is FeatureRecord =>
        record.type === 'feature' && sees(record.partId) && expressionsIn(record.feature).some(uses),
    ),
  };
}

/** Variables that nothing uses. A part with a script may use them there, so its variables are never counted. */
export function unusedVariables(records: Iterable<AnyRecord>): VariableRecord[] {
  const all = [...records];
  const scripted = new Set(all.flatMap((record) => (record.type === 'part' && record.script ? [record.id] : [])));
  return all.filter((record): record is VariableRecord => {
    if (record.type !== 'variable' || (record.partId !== null && scripted.has(record.partId))) return false;
    const { variables, features } = usesOf(record, all);
    return variables.length === 0 && features.length === 0;
  });
}
