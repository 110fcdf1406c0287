/** Takes what was picked in the viewport into the places of a restraint, load, connection or refinement. */
import type { Reference, StudyRecord } from '../../../preload/contract/index.ts';
import { editStudy } from '../../actions/studies.ts';
import { sameReference } from '../../geometry/references.ts';
import { groupOf, referenceTo } from '../../geometry/subject.ts';
import { recordOf } from '../../state/document.ts';
import type { SelectedItem } from '../../state/selection.ts';
import { toast } from '../../state/ui.ts';
import type { Side } from './kinds/item-kinds.ts';
import { itemsOf, LISTS, placesOn, withItems } from './kinds/lists.ts';

/** The references of an item wherever it is in the study. */
export function referencesOf(study: StudyRecord, itemId: string, side: Side = 'on'): Reference[] {
  const all = [...LISTS.flatMap((list) => itemsOf(study, list)), ...study.mesh.refinements];
  const item = all.find(({ id }) => id === itemId);
  return item ? placesOn(item as { on: Reference[] }, side) : [];
}

/** The study with other references on that item. */
export function withReferences(
  study: StudyRecord,
  itemId: string,
  references: Reference[],
  side: Side = 'on',
): StudyRecord {
  const replaced = <T extends { id: string }>(items: T[]): T[] =>
    items.map((item) => (item.id === itemId && side in item ? { ...item, [side]: references } : item));
  let next = study;
  for (const list of LISTS) {
    const items = itemsOf(study, list);
    if (items.some(({ id }) => id === itemId)) next = withItems(next, list, replaced(items));
  }
  return { ...next, mesh: { ...study.mesh, refinements: replaced(study.mesh.refinements) } };
}

/** Adds each, or takes it away again when it was there already. Things of other parts are refused aloud. */
export async function addPickedReferences(
  studyId: string,
  itemId: string,
  items: SelectedItem[],
  side: Side = 'on',
): Promise<void> {
  const study = recordOf('study', studyId);
  if (!study) return;
  let on = referencesOf(study, itemId, side);
  for (const item of items) {
    const reference = referenceTo(item, study.partId);
    if (!reference) {
      toast(
        groupOf(study.partId)
          ? 'That belongs to a part that is not in the study.'
          : 'That belongs to another part than the study’s.',
      );
      continue;
    }
    const without = on.filter((known) => !sameReference(known, reference));
    on = without.length < on.length ? without : [...on, reference];
  }
  const label = side === 'on' ? 'Choose faces in view' : 'Choose faces of the other side in view';
  await editStudy(
    studyId,
    label,
    (current) => withReferences(current, itemId, on, side),
    `pick-${itemId}${side === 'on' ? '' : `-${side}`}`,
  );
}
