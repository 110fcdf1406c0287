/** Takes what was picked in the viewport into the references of a restraint, load or refinement. */
import { makePick } from '../../../main/document/index.ts';
import type { Reference, StudyRecord, TopologyKind } from '../../../preload/contract/index.ts';
import { editStudy } from '../../actions/studies.ts';
import { sameReference } from '../../geometry/references.ts';
import { recordOf } from '../../state/document.ts';
import { bodiesOf } from '../../state/geometry.ts';
import type { SelectedItem } from '../../state/selection.ts';
import { toast } from '../../state/ui.ts';

export type StudyList = 'restraints' | 'loads' | 'refinements';

/** The references of an item wherever it is in the study. */
export function referencesOf(study: StudyRecord, itemId: string): Reference[] {
  for (const item of [...study.restraints, ...study.loads, ...study.mesh.refinements]) {
    if (item.id === itemId) return 'on' in item ? item.on : [];
  }
  return [];
}

/** The study with other references on that item. */
export function withReferences(study: StudyRecord, itemId: string, on: Reference[]): StudyRecord {
  const replaced = <T extends { id: string }>(items: T[]): T[] =>
    items.map((item) => (item.id === itemId && 'on' in item ? { ...item, on } : item));
  return {
    ...study,
    restraints: replaced(study.restraints),
    loads: replaced(study.loads),
    mesh: { ...study.mesh, refinements: replaced(study.mesh.refinements) },
  };
}

/** Adds each, or takes it away again when it was there already. Things of other parts are refused aloud. */
export async function addPickedReferences(studyId: string, itemId: string, items: SelectedItem[]): Promise<void> {
  const study = recordOf('study', studyId);
  if (!study) return;
  let on = referencesOf(study, itemId);
  for (const item of items) {
    const partId = recordOf('instance', item.instanceId)?.partId;
    if (partId !== study.partId) {
      toast('That belongs to another part than the study’s.');
      continue;
    }
    const kind: TopologyKind = item.kind === 'part' ? 'body' : item.kind;
    const reference = makePick(bodiesOf(partId), item.body, kind, item.index);
    const without = on.filter((known) => !sameReference(known, reference));
    on = without.length < on.length ? without : [...on, reference];
  }
  await editStudy(studyId, 'Choose faces in view', (current) => withReferences(current, itemId, on), `pick-${itemId}`);
}
