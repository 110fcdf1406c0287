/** Asking for a plane to sketch on: a principal one, a planar face, or a datum plane. */
import { create } from 'zustand';
import { makePick } from '../../../main/document/index.ts';
import type { Plane } from '../../../preload/contract/index.ts';
import { bodiesIn } from '../../geometry/locate.ts';
import { recordOf } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { clearSelection, type SelectedItem, useSelection } from '../../state/selection.ts';
import { toast } from '../../state/ui.ts';
import { setTool } from '../../state/view.ts';

interface Request {
  partId: string;
  title: string;
  done: (plane: Plane) => void;
}
export const usePlanePicker = create<{ request: Request | null }>(() => ({ request: null }));

/** The plane of a planar face, or null with the reason said. */
function planeOf(item: SelectedItem, partId: string, aloud: boolean): Plane | null {
  const view = useGeometry.getState().parts.get(partId);
  const face = view && bodiesIn(view)[item.body]?.faces[item.index];
  if (item.kind !== 'face' || !view || recordOf('instance', item.instanceId)?.partId !== partId) return null;
  if (face?.type !== 'plane') {
    if (aloud) toast('That face is not planar.');
    return null;
  }
  return { by: 'face', face: makePick(bodiesIn(view), item.body, 'face', item.index) };
}

/** Takes the planar face that is selected, or asks for a plane. */
export function askForPlane(partId: string, title: string, done: (plane: Plane) => void): void {
  const { items } = useSelection.getState();
  const selected = items.length === 1 ? planeOf(items[0]!, partId, false) : null;
  if (selected) {
    clearSelection();
    done(selected);
    return;
  }
  usePlanePicker.setState({ request: { partId, title, done } });
  setTool(
    {
      kind: 'pick',
      owner: 'plane',
      title,
      accepts: ['face'],
      lit: () => [],
      onPick: ([item]) => {
        const plane = item && planeOf(item, partId, true);
        if (plane) choosePlane(plane);
      },
    },
    'face',
  );
}

export function choosePlane(plane: Plane): void {
  const { request } = usePlanePicker.getState();
  endPlanePicking();
  request?.done(plane);
}
export function endPlanePicking(): void {
  if (!usePlanePicker.getState().request) return;
  usePlanePicker.setState({ request: null });
  setTool({ kind: 'select' });
}
