/**
 * Ids are chosen by chance in every project. In what is hashed of a part and its study they are put as places: a feature is
 * called by its place in the history, an item of a study by its place in the study. So the same part and study have the same
 * hashes in whatever project they are.
 */
import type { PartRecord } from '../../../preload/contract/index.ts';

const FEATURE_ID = /\bfeature_[A-Za-z0-9]{6,40}\b/g;
/** Keys of a study's items whose value is the id of an item: of itself, or of another one. */
const ITEM_KEYS = new Set(['id', 'load', 'case', 'probe']);

/** A copy of plain data with places for the part's features: in names of faces and in keys too. */
export function placesOfFeatures({ features = [] }: PartRecord): <T>(value: T) => T {
  const places = new Map(features.map((id, place) => [id, `step ${place}`]));
  const placed = (text: string): string => text.replace(FEATURE_ID, (id) => places.get(id) ?? id);
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return placed(value);
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [placed(key), rename(each)]));
  };
  return (value) => rename(value) as typeof value;
}

/** A copy of a study's plain data with places for its items. Not for sketches, whose ids are meant by more keys than these. */
export function placesOfItems<T>(value: T): T {
  const places = new Map<string, string>();
  const collect = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    const { id } = each as { id?: unknown };
    if (typeof id === 'string' && !places.has(id)) places.set(id, `item ${places.size}`);
    // Lists in their order, everything else by its name, not as somebody happened to write it.
    const keys = Array.isArray(each) ? Object.keys(each) : Object.keys(each).sort();
    for (const key of keys) collect((each as Record<string, unknown>)[key]);
  };
  collect(value);
  const rename = (each: unknown, key: string): unknown => {
    if (typeof each === 'string') return (ITEM_KEYS.has(key) ? places.get(each) : undefined) ?? each;
    if (Array.isArray(each)) return each.map((one) => rename(one, key));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, one]) => [name, rename(one, name)]));
  };
  return rename(value, '') as T;
}
