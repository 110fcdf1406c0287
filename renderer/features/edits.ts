/** Edits of a history by the window: what the document makes of them, sent as one undoable change; refusals are said aloud. */
import {
  addFeature as addFeatureEdit,
  featuresOf as featuresIn,
  groupFeatures,
  hasHistory,
  lostWith,
  newId,
  type RecordEdit,
  removeFeatures,
  reorderFeature,
  rollBackTo as rollBackEdit,
  suppressFeatures,
  translation,
} from '../../main/document/index.ts';
import type { AnyRecord, FeatureRecord, PartRecord } from '../../preload/contract/index.ts';
import { toErrorData } from '../../preload/contract/index.ts';
import { attempt, edit } from '../actions/edit.ts';
import { freshName } from '../actions/studies.ts';
import { engine } from '../engine/connection.ts';
import { recordOf, recordsOf, useDocument } from '../state/document.ts';
import { putPartViews } from '../state/geometry.ts';
import { setActivePart } from '../state/parts.ts';
import { partItem, select } from '../state/selection.ts';
import { revealPanel, toast } from '../state/ui.ts';

const records = () => useDocument.getState().records;

/** The part's own features in order, without those of its script. */
export const featuresOf = (part: PartRecord | undefined, known = records()): FeatureRecord[] =>
  part ? featuresIn(part, known) : [];

/** `“Fillet”, “Hole” and 3 more`. */
export function namesInWords(named: readonly { name: string }[], shown = 3): string {
  const names = named.slice(0, shown).map(({ name }) => `“${name}”`);
  const rest = named.length - names.length;
  if (rest > 0) names.push(`${rest} more`);
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Sends what `make` says; what it refuses is told at once, where the person is looking. */
async function send(label: string, make: () => RecordEdit, coalesce?: string): Promise<boolean> {
  let made: RecordEdit;
  try {
    made = make();
  } catch (thrown) {
    toast(toErrorData(thrown).message);
    return false;
  }
  if (made.put.length + made.remove.length === 0) return false;
  return edit(label, made.put, { remove: made.remove, ...(coalesce ? { coalesce } : {}) });
}

/** A new, empty part, placed in the assembly and made the active one. */
export async function createPart(): Promise<PartRecord | undefined> {
  const part: PartRecord = {
    type: 'part',
    id: newId('part'),
    name: freshName('Part', recordsOf('part')),
    features: [],
    bodies: [],
  };
  const instanceId = newId('instance');
  const placed: AnyRecord = {
    type: 'instance',
    id: instanceId,
    name: part.name,
    parentId: null,
    partId: part.id,
    transform: translation([0, 0, 0]),
    order: Math.max(-1, ...recordsOf('instance').map(({ order }) => order)) + 1,
  };
  if (!(await edit(`New part “${part.name}”`, [part, placed]))) return undefined;
  setActivePart(part.id);
  select([partItem(instanceId)]);
  revealPanel('features');
  return part;
}

/** An imported part gets a history that begins with its import, and its faces get names. Undefined when it can't have one. */
export async function makeEditable(part: PartRecord): Promise<PartRecord | undefined> {
  if (hasHistory(part) || part.sourceId === undefined) return part;
  return attempt(async () => {
    await engine()['parts.makeEditable']({ partId: part.id });
    const { jobId } = await engine()['parts.evaluate']({ partId: part.id });
    await engine()['jobs.wait']({ jobId });
    putPartViews(await engine()['geometry.parts']({ partIds: [part.id] }));
    // The change itself arrives by an event, which may be a moment behind the answers.
    for (let i = 0; i < 40 && !hasHistory(recordOf('part', part.id) ?? part); i++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    return recordOf('part', part.id);
  });
}

/** The records that hold this feature in the part's history: at `index` where it is new. */
export function withFeature(part: PartRecord, record: FeatureRecord, index: number): AnyRecord[] {
  if (part.features?.includes(record.id)) return [record];
  const { type: _type, partId: _partId, hidden: _hidden, ...step } = record;
  return addFeatureEdit(part, step as Parameters<typeof addFeatureEdit>[1], index).put;
}

export const addFeature = (part: PartRecord, record: FeatureRecord): Promise<boolean> =>
  edit(`${record.name} in “${part.name}”`, withFeature(part, record, part.rollBack ?? part.features?.length ?? 0));

export const renameFeature = (record: FeatureRecord, name: string): Promise<boolean> =>
  edit(`Rename “${record.name}”`, [{ ...record, name }]);

const partOf = (record: FeatureRecord | undefined) => recordOf('part', record?.partId);

export async function setSuppressed(chosen: FeatureRecord[], suppressed: boolean): Promise<void> {
  const part = partOf(chosen[0]);
  if (!part) return;
  const ids = chosen.map(({ id }) => id);
  await send(`${suppressed ? 'Suppress' : 'Restore'} ${namesInWords(chosen)}`, () =>
    suppressFeatures(part, ids, suppressed, records()),
  );
}

export async function setGroup(chosen: FeatureRecord[], group: string | null): Promise<void> {
  const ids = chosen.map(({ id }) => id);
  await send(group === null ? `Ungroup ${namesInWords(chosen)}` : `Group “${group}”`, () =>
    groupFeatures(ids, group, records()),
  );
}

/** To a place among the other steps. What can't be is said and changes nothing. */
export async function moveFeature(part: PartRecord, record: FeatureRecord, index: number): Promise<boolean> {
  const features = featuresOf(part);
  const place = Math.max(0, Math.min(index, features.length - 1));
  if (features.findIndex(({ id }) => id === record.id) === place) return false;
  return send(`Move “${record.name}”`, () => reorderFeature(part, record.id, place, records()));
}

/** Only what stands before this place is made; undefined makes everything. */
export function rollBackTo(part: PartRecord, index: number | undefined): Promise<boolean> {
  const all = index === undefined || index >= (part.features?.length ?? 0);
  return send(all ? 'Roll forward' : 'Roll back', () => rollBackEdit(part, index), `roll-${part.id}`);
}

/** Removes steps; with `dependants`, also everything that needs them. */
export const deleteFeatures = (part: PartRecord, chosen: FeatureRecord[], dependants: boolean): Promise<boolean> =>
  send(`Delete ${namesInWords(chosen)}`, () =>
    removeFeatures(
      part,
      chosen.map(({ id }) => id),
      records(),
      { dependants },
    ),
  );

/** The steps that need these. */
export const dependantsOf = (part: PartRecord, chosen: readonly FeatureRecord[]): FeatureRecord[] =>
  lostWith(
    part,
    chosen.map(({ id }) => id),
    records(),
  );
