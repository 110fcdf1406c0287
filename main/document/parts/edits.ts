/**
 * Edits of a part's history as the records to put and to remove; one undoable change each. Pure: window, scripts and agent
 * send them through `document.change`.
 */
import type { Feature } from '../../../preload/contract/features.ts';
import type { AnyRecord, FeatureRecord, PartRecord } from '../../../preload/contract/records.ts';
import { newId } from '../ids.ts';
import { listInWords, refuse } from '../refuse.ts';
import { featureIdsIn, featuresThatNeed } from './dependants.ts';

export interface RecordEdit {
  put: AnyRecord[];
  remove: string[];
}

type Records = ReadonlyMap<string, AnyRecord>;

/** The part's own features in order. */
export const featuresOf = (part: PartRecord, records: Records): FeatureRecord[] =>
  (part.features ?? []).flatMap((id) => {
    const record = records.get(id);
    return record?.type === 'feature' ? [record] : [];
  });

/** An imported part begins its history with its import. The same part where there is nothing to do. */
export function makeEditable(part: PartRecord): RecordEdit & { part: PartRecord } {
  if (part.sourceId === undefined || (part.features?.length ?? 0) > 0) return { part, put: [], remove: [] };
  const record: FeatureRecord = {
    type: 'feature',
    id: newId('feature'),
    partId: part.id,
    name: 'Import',
    feature: { kind: 'import', sourceId: part.sourceId, sourceKey: part.sourceKey ?? '' },
  };
  const edited = { ...part, features: [record.id] };
  return { part: edited, put: [edited, record], remove: [] };
}

/** A new step where the part is rolled back to, or at the end. On an imported part the import comes before it. */
export function addFeature(
  part: PartRecord,
  step: { name: string; feature: Feature; id?: string; group?: string; suppressed?: boolean },
  at?: number,
): RecordEdit & { part: PartRecord; record: FeatureRecord } {
  const begun = makeEditable(part);
  const features = begun.part.features ?? [];
  const place = Math.max(0, Math.min(at ?? part.rollBack ?? features.length, features.length));
  const { id = newId('feature'), ...rest } = step;
  const record: FeatureRecord = { type: 'feature', id, partId: part.id, ...rest };
  const edited: PartRecord = {
    ...begun.part,
    features: [...features.slice(0, place), id, ...features.slice(place)],
    ...(part.rollBack === undefined || place > part.rollBack ? {} : { rollBack: part.rollBack + 1 }),
  };
  const others = begun.put.filter((each) => each.id !== part.id);
  return { part: edited, record, put: [edited, ...others, record], remove: [] };
}

/** What would go with these steps: those that need them, in order, without themselves. */
export function lostWith(part: PartRecord, ids: readonly string[], records: Records): FeatureRecord[] {
  const features = featuresOf(part, records);
  const lost = new Map<string, FeatureRecord>();
  for (const id of ids) for (const record of featuresThatNeed(id, features)) lost.set(record.id, record);
  return features.filter(({ id }) => lost.has(id) && !ids.includes(id));
}

/** Takes steps out; with `dependants`, those too that need them. Configurations forget about them. */
export function removeFeatures(
  part: PartRecord,
  ids: readonly string[],
  records: Records,
  options: { dependants?: boolean } = {},
): RecordEdit {
  const going = new Set(ids);
  if (options.dependants) for (const { id } of lostWith(part, ids, records)) going.add(id);
  const features = part.features ?? [];
  const edited: PartRecord = {
    ...part,
    features: features.filter((id) => !going.has(id)),
    ...(part.rollBack === undefined
      ? {}
      : { rollBack: features.slice(0, part.rollBack).filter((id) => !going.has(id)).length }),
  };
  const put: AnyRecord[] = [edited];
  for (const record of records.values())
    if (record.type === 'configuration' && record.partId === part.id) {
      const kept = Object.fromEntries(Object.entries(record.suppressed).filter(([id]) => !going.has(id)));
      if (Object.keys(kept).length < Object.keys(record.suppressed).length) put.push({ ...record, suppressed: kept });
    }
  return { put, remove: [...going].filter((id) => records.has(id)) };
}

/**
 * A step to another place among the others.
 * @throws ArtificerError `part.order` where it would stand before what it needs, or after what needs it
 */
export function reorderFeature(part: PartRecord, id: string, at: number, records: Records): RecordEdit {
  const features = featuresOf(part, records);
  const record = features.find((each) => each.id === id);
  if (!record) throw refuse('part.no-such-feature', `"${part.name}" has no step ${id}.`, { category: 'usage' });
  const others = features.filter((each) => each !== record);
  const place = Math.max(0, Math.min(at, others.length));
  const needs = featureIdsIn(record.feature);
  const needed = others.slice(place).filter((each) => needs.has(each.id));
  const needing = others.slice(0, place).filter((each) => featureIdsIn(each.feature).has(id));
  const names = (list: FeatureRecord[]): string => listInWords(list.map(({ name }) => `"${name}"`));
  if (needed.length > 0)
    throw refuse('part.order', `"${record.name}" can't stand before ${names(needed)}, which it needs.`, {
      recordId: id,
    });
  if (needing.length > 0)
    throw refuse('part.order', `"${record.name}" can't stand after ${names(needing)}, which needs it.`, {
      recordId: id,
    });
  const order = others.map((each) => each.id);
  order.splice(place, 0, id);
  return { put: [{ ...part, features: order }], remove: [] };
}

/** Leaves steps out, or takes them in again: in the configuration that is shown, where there is one. */
export function suppressFeatures(
  part: PartRecord,
  ids: readonly string[],
  suppressed: boolean,
  records: Records,
): RecordEdit {
  const configuration = part.configurationId === undefined ? undefined : records.get(part.configurationId);
  if (configuration?.type === 'configuration') {
    const changed = { ...configuration.suppressed };
    for (const id of ids) changed[id] = suppressed;
    return { put: [{ ...configuration, suppressed: changed }], remove: [] };
  }
  return {
    put: featuresOf(part, records)
      .filter(({ id }) => ids.includes(id))
      .map((record) => ({ ...record, suppressed })),
    remove: [],
  };
}

/** Only what stands before this place is made; undefined makes everything. */
export function rollBackTo(part: PartRecord, at: number | undefined): RecordEdit {
  const { rollBack: _before, ...rest } = part;
  const all = at === undefined || at >= (part.features?.length ?? 0);
  return { put: [all ? rest : { ...rest, rollBack: Math.max(0, Math.floor(at)) }], remove: [] };
}

/** One heading for steps in the tree; null takes them out of theirs. */
export function groupFeatures(ids: readonly string[], group: string | null, records: Records): RecordEdit {
  return {
    put: ids.flatMap((id) => {
      const record = records.get(id);
      if (record?.type !== 'feature') return [];
      const { group: _before, ...rest } = record;
      return [group === null ? rest : { ...rest, group }];
    }),
    remove: [],
  };
}
