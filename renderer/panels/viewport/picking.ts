/** What a click in the viewport does, by the tool in hand. */
import { invertTransform, transformPoint } from '../../../main/document/index.ts';
import type { Vector3 } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { freshName, newItemId } from '../../actions/studies.ts';
import { engine } from '../../engine/connection.ts';
import { recordOf } from '../../state/document.ts';
import { addPathPoint } from '../../state/path.ts';
import { setDisplay } from '../../state/results.ts';
import { clearSelection, itemKey, type SelectionMode, select, useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import type { PickedItem } from '../../viewport/api.ts';
import { addPickedReferences } from '../studies/picked-references.ts';
import { placeWithin } from './instance-of-study.ts';
import { measureSelection } from './measuring.ts';

const withoutPoint = ({ point_mm: _point, element: _element, value: _value, ...item }: PickedItem) => item;

export function onPick(items: PickedItem[], mode: SelectionMode): void {
  const { tool } = useView.getState();
  if (tool.kind === 'references') {
    if (items.length > 0) void addPickedReferences(tool.studyId, tool.itemId, items, tool.side);
    return;
  }
  if (tool.kind === 'pick') {
    if (items.length > 0) tool.onPick(items);
    return;
  }
  if (tool.kind === 'probe') {
    const [item] = items;
    if (item) void placeProbe(tool.studyId, item.instanceId, item.point_mm);
    return;
  }
  if (tool.kind === 'path') {
    const [item] = items;
    const at = item && inStudy(item.instanceId, tool.partId, item.point_mm);
    if (at) addPathPoint(at);
    return;
  }
  if (tool.kind === 'elements') {
    const element = items[0]?.element;
    if (element !== undefined) setDisplay({ element });
    return;
  }
  if (tool.kind === 'measure') {
    const { items: before } = useSelection.getState();
    const picked = items.slice(-1).map(withoutPoint);
    const fresh = picked.filter((item) => !before.some((one) => itemKey(one) === itemKey(item)));
    // The third pick starts anew.
    const kept = before.length >= 2 ? [] : before;
    if (fresh.length === 0) {
      clearSelection();
      return;
    }
    select([...kept, ...fresh]);
    void measureSelection();
    return;
  }
  if (items.length === 0 && mode !== 'replace') return;
  select(items.map(withoutPoint), mode);
}

/** A world point in the coordinates of what is studied, if the instance is one of it. */
function inStudy(instanceId: string, studied: string, point: Vector3): Vector3 | null {
  const world = placeWithin(instanceId, studied);
  return world && transformPoint(invertTransform(world), point);
}

async function placeProbe(studyId: string, instanceId: string, point: Vector3): Promise<void> {
  const study = recordOf('study', studyId);
  const at_mm = study && inStudy(instanceId, study.partId, point);
  if (!study || !at_mm) return;
  const probe = { id: newItemId(), name: freshName('Probe', study.probes), at_mm };
  await attempt(() => engine()['studies.probes.set']({ studyId, probes: [...study.probes, probe] }));
}
