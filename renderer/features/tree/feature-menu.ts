/** What can be done with a row of the history, as a menu. */
import type { FeatureRecord, PartRecord } from '../../../preload/contract/index.ts';
import { freshName } from '../../actions/studies.ts';
import { openHelp } from '../../help/help-state.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { editFeature } from '../editor/editor-state.ts';
import { featuresOf, moveFeature, rollBackTo, setGroup, setSuppressed } from '../edits.ts';
import { editSketch } from '../sketching.ts';
import { useFeatureTree } from './tree-state.ts';

/** Opens the form of a step, or the sketcher for a sketch. */
export function openFeature(record: FeatureRecord): void {
  if (record.feature.kind === 'sketch') editSketch(record);
  else if (record.feature.kind !== 'import') void editFeature(record.id);
}

/** Asks first where other steps need what goes. */
export const askToDelete = (ids: string[]): void => useFeatureTree.setState({ deleting: ids });

export function featureEntries(part: PartRecord, record: FeatureRecord, chosen: FeatureRecord[]): MenuEntry[] {
  const all = chosen.includes(record) ? chosen : [record];
  const features = featuresOf(part);
  const index = features.indexOf(record);
  const suppressed = all.every((one) => one.suppressed);
  const grouped = all.some(({ group }) => group !== undefined);
  const taken = [...new Set(features.flatMap(({ group }) => group ?? []))].map((name) => ({ name }));
  return [
    {
      kind: 'item',
      label: record.feature.kind === 'sketch' ? 'Edit sketch' : 'Edit',
      icon: 'pencil',
      keys: 'Enter',
      disabled: record.feature.kind === 'import',
      run: () => openFeature(record),
    },
    {
      kind: 'item',
      label: 'Rename',
      keys: 'F2',
      run: () => useFeatureTree.setState({ renaming: record.id }),
    },
    {
      kind: 'item',
      label: 'Suppressed',
      keys: 'Space',
      checked: suppressed,
      run: () => void setSuppressed(all, !suppressed),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Move up',
      icon: 'up',
      keys: 'Alt+↑',
      disabled: index === 0,
      run: () => void moveFeature(part, record, index - 1),
    },
    {
      kind: 'item',
      label: 'Move down',
      icon: 'down',
      keys: 'Alt+↓',
      disabled: index === features.length - 1,
      run: () => void moveFeature(part, record, index + 1),
    },
    { kind: 'item', label: 'Roll back to before this', run: () => void rollBackTo(part, index) },
    { kind: 'item', label: 'Roll to after this', run: () => void rollBackTo(part, index + 1) },
    { kind: 'separator' },
    grouped
      ? { kind: 'item', label: 'Ungroup', icon: 'group', run: () => void setGroup(all, null) }
      : {
          kind: 'item',
          label: all.length > 1 ? `Group ${all.length} steps` : 'Group',
          icon: 'group',
          run: () => void setGroup(all, freshName('Group', taken)),
        },
    { kind: 'separator' },
    { kind: 'item', label: 'Delete…', icon: 'trash', keys: 'Del', run: () => askToDelete(all.map(({ id }) => id)) },
    { kind: 'item', label: 'Help', icon: 'help', keys: 'F1', run: () => openHelp(`feature:${record.feature.kind}`) },
  ];
}
