/** The feature that is being made or edited: a draft beside the project, previewed, taken or dropped as a whole. */
import * as v from 'valibot';
import { create } from 'zustand';
import { makePick, newId } from '../../../main/document/index.ts';
import {
  type AnyRecord,
  type Feature,
  type FeatureKind,
  type FeatureOutcome,
  type FeatureRecord,
  FeatureSchema,
  type PartRecord,
  type PartView,
  type Reference,
  type TopologyKind,
} from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { bodiesIn, locateIn } from '../../geometry/locate.ts';
import { recordOf } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { activePart, outcomesOf } from '../../state/parts.ts';
import { clearSelection, type SelectedItem, useSelection } from '../../state/selection.ts';
import { revealPanel, toast } from '../../state/ui.ts';
import { setTool } from '../../state/view.ts';
import { featuresOf, makeEditable, withFeature } from '../edits.ts';
import { featureName, newFeature } from '../kinds.ts';
import { askPreview, beginPreview, clearPreview, endPreview, usePreview } from '../preview.ts';
import { mapReferences } from '../references.ts';

export interface Editing {
  partId: string;
  record: FeatureRecord;
  /** Its place in the history. */
  index: number;
  isNew: boolean;
  /** Whether the draft differs from what the project holds. */
  touched: boolean;
}
export const useEditor = create<{ editing: Editing | null }>(() => ({ editing: null }));

/** What is picked on: the part as it is before the step that is edited. */
export function baseView(): PartView | undefined {
  const { editing } = useEditor.getState();
  if (!editing) return undefined;
  return usePreview.getState().preview?.base ?? useGeometry.getState().parts.get(editing.partId);
}

/** What the draft lacks, in words, or null when it can be evaluated. */
export function lackOf(feature: Feature): string | null {
  const parsed = v.safeParse(FeatureSchema, feature, { abortEarly: true });
  if (parsed.success) return null;
  const field = parsed.issues[0].path?.[0]?.key;
  return typeof field === 'string' ? field : 'something';
}

const keyOf = (item: SelectedItem): TopologyKind => (item.kind === 'part' ? 'body' : item.kind);

/** References to what is selected of this part. */
function selectedReferences(part: PartRecord): Reference[] {
  const view = useGeometry.getState().parts.get(part.id);
  if (!view) return [];
  return useSelection.getState().items.flatMap((item) => {
    if (recordOf('instance', item.instanceId)?.partId !== part.id || item.kind === 'part') return [];
    try {
      return [makePick(bodiesIn(view), item.body, keyOf(item), item.index)];
    } catch {
      return [];
    }
  });
}

/** Opens the form for a new feature of the active part, filled with what is selected. */
export async function beginFeature(kind: FeatureKind, given?: Partial<Feature>): Promise<void> {
  const active = activePart();
  if (!active) return toast('Select a part first, or make a new one.');
  const part = await makeEditable(active);
  if (!part) return;
  const references = selectedReferences(part);
  const features = featuresOf(part);
  const used = JSON.stringify(features.filter(({ feature }) => feature.kind !== 'sketch').map((one) => one.feature));
  const sketches = features.filter(({ feature }) => feature.kind === 'sketch').map(({ id }) => id);
  const solid = features.filter(({ feature }) => feature.kind !== 'sketch' && feature.kind !== 'datum-plane');
  const made = newFeature(kind, {
    references,
    sketch: sketches.findLast((id) => !used.includes(id)) ?? (kind === 'hole' ? undefined : sketches.at(-1)),
    bodies: (useGeometry.getState().parts.get(part.id)?.bodies ?? []).flatMap(({ info }) => info.persistentName ?? []),
    feature: solid.at(-1)?.id,
  });
  const record: FeatureRecord = {
    type: 'feature',
    id: newId('feature'),
    partId: part.id,
    name: featureName(kind, features),
    feature: { ...made, ...given } as Feature,
  };
  const index = Math.min(part.rollBack ?? features.length, features.length);
  open({ partId: part.id, record, index, isNew: true, touched: true });
  void beginPreview(part.id);
  preview();
}

/** Opens the form of a feature that is there: the part is shown as it is before this step. */
export async function editFeature(id: string): Promise<void> {
  const record = recordOf('feature', id);
  const part = recordOf('part', record?.partId);
  if (!record || !part) return;
  const index = (part.features ?? []).indexOf(id);
  open({ partId: part.id, record, index, isNew: false, touched: false });
  await beginPreview(part.id, [{ ...part, rollBack: index }]);
  if (useEditor.getState().editing?.record.id === id) preview();
}

function open(editing: Editing): void {
  setTool({ kind: 'select' });
  clearSelection();
  useEditor.setState({ editing });
  revealPanel('features');
}

/** The records of the project with the draft in its place, nothing after it. */
function draftRecords(editing: Editing): AnyRecord[] | null {
  const part = recordOf('part', editing.partId);
  if (!part) return null;
  const records = withFeature(part, editing.record, editing.index);
  const others = records.filter(({ id }) => id !== part.id);
  const changed = records.find(({ id }) => id === part.id) ?? part;
  return [{ ...(changed as PartRecord), rollBack: editing.index + 1 }, ...others];
}

function preview(): void {
  const { editing } = useEditor.getState();
  if (!editing) return;
  const records = lackOf(editing.record.feature) === null ? draftRecords(editing) : null;
  if (records) askPreview(records);
  else clearPreview();
}

/** Changes the draft and previews it. */
export function changeDraft(change: (feature: Feature) => Feature): void {
  const { editing } = useEditor.getState();
  if (!editing) return;
  const record = { ...editing.record, feature: change(editing.record.feature) };
  useEditor.setState({ editing: { ...editing, record, touched: true } });
  preview();
}
export function setField(field: string, value: unknown): void {
  changeDraft((feature) => {
    const next: Record<string, unknown> = { ...feature };
    if (value === undefined) delete next[field];
    else next[field] = value;
    return next as Feature;
  });
}

/** What became of the draft in the preview. */
export function draftOutcome(): FeatureOutcome | undefined {
  const { editing } = useEditor.getState();
  const { preview: shown } = usePreview.getState();
  return editing ? shown?.history?.outcomes.find(({ id }) => id === editing.record.id) : undefined;
}
/** As it stands in the project. */
export const storedOutcome = (id: string, partId: string): FeatureOutcome | undefined =>
  outcomesOf(partId).find((outcome) => outcome.id === id);

function close(): void {
  setTool({ kind: 'select' });
  useEditor.setState({ editing: null });
  endPreview();
}
export const cancelFeature = (): void => {
  if (useEditor.getState().editing) close();
};

/** Takes the draft as one undoable change. */
export async function acceptFeature(): Promise<void> {
  const { editing } = useEditor.getState();
  if (!editing) return;
  const part = recordOf('part', editing.partId);
  if (!part) return close();
  if (lackOf(editing.record.feature) !== null) return;
  if (editing.touched) {
    const label = `${editing.isNew ? 'Add' : 'Change'} “${editing.record.name}”`;
    if (!(await edit(label, withFeature(part, editing.record, editing.index)))) return;
  }
  close();
}

/** Opens the form of a step whose reference is lost, with this thing in its place: nothing is taken until a person agrees. */
export async function repairReference(
  id: string,
  item: { body: number; kind: TopologyKind; index: number },
): Promise<void> {
  await editFeature(id);
  const view = baseView();
  if (useEditor.getState().editing?.record.id !== id || !view) return;
  let done = false;
  changeDraft((feature) =>
    mapReferences(feature, (reference) => {
      if (done || !locateIn(reference, view)?.error) return reference;
      done = true;
      return makePick(bodiesIn(view), item.body, item.kind, item.index);
    }),
  );
}
