/** What a new study would be of: one part, or several parts of the assembly where they stand. */
import { newId } from '../../main/document/index.ts';
import type { GroupRecord, PartRecord } from '../../preload/contract/index.ts';
import { membersNow } from '../geometry/subject.ts';
import { groupName, placementsIn, withoutCovered } from '../panels/studies/members/member-edits.ts';
import { recordOf, recordsOf, useDocument } from '../state/document.ts';
import { selectedInstanceIds, useSelection } from '../state/selection.ts';

export interface NewSubject {
  subject: PartRecord | GroupRecord;
  /** For titles: what it is of. */
  words: 'the selected part' | 'the selected parts' | 'the assembly';
}

let last: { records: unknown; items: unknown; found: NewSubject | undefined } | null = null;

/** Asked by every command that makes a study, whenever anything changes: thought about once. */
export function subjectForStudy(): NewSubject | undefined {
  const { records } = useDocument.getState();
  const { items } = useSelection.getState();
  if (last?.records !== records || last.items !== items) last = { records, items, found: findSubject() };
  return last.found;
}

/** The selected part, or the selected parts together; with nothing selected the only part, or the whole assembly. */
function findSubject(): NewSubject | undefined {
  const { tree } = useDocument.getState();
  const selected = selectedInstanceIds();
  const placed = placementsIn(selected, tree);
  const [only] = placed;
  if (only !== undefined && placed.length === 1) {
    const part = recordOf('part', recordOf('instance', only)?.partId);
    return part && { subject: part, words: 'the selected part' };
  }
  if (placed.length > 1) return { subject: groupFor(withoutCovered(selected, tree)), words: 'the selected parts' };
  if (selected.length > 0) return undefined;
  const parts = recordsOf('part');
  const [first] = parts;
  if (first && parts.length === 1) return { subject: first, words: 'the selected part' };
  const roots = tree.roots().map(({ id }) => id);
  return placementsIn(roots, tree).length > 1 ? { subject: groupFor(roots), words: 'the assembly' } : undefined;
}

/** A group of these members: one that there is, so that studies of it can take temperatures from each other, or a new one. */
function groupFor(members: string[]): GroupRecord {
  const wanted = new Set(members);
  const same = recordsOf('group').find(
    (group) => group.members.length === wanted.size && group.members.every((id) => wanted.has(id)),
  );
  if (same) return same;
  const { tree } = useDocument.getState();
  const [alone] = members.length === 1 ? members : [];
  const group: GroupRecord = { type: 'group', id: newId('group'), name: '', members };
  const own = alone === undefined ? '' : (tree.get(alone)?.name.trim() ?? '');
  return { ...group, name: own || groupName(membersNow(group).present) };
}
