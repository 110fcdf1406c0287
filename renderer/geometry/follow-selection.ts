/** What is selected stays what it is when its part is made anew: found again by name, let go where it is gone. */
import { makePick } from '../../main/document/index.ts';
import type { PartView } from '../../preload/contract/index.ts';
import { recordOf } from '../state/document.ts';
import { useGeometry } from '../state/geometry.ts';
import { type SelectedItem, useSelection } from '../state/selection.ts';
import { bodiesIn, locateIn } from './locate.ts';

/** The same thing on the new bodies, or null. */
export function followed(item: SelectedItem, before: PartView, after: PartView): SelectedItem | null {
  if (item.kind === 'part') return item;
  try {
    const reference = makePick(bodiesIn(before), item.body, item.kind, item.index);
    const found = locateIn(reference, after);
    const only = found?.items.length === 1 ? found.items[0] : undefined;
    return only ? { ...item, body: only.body, index: item.kind === 'body' ? item.index : only.index } : null;
  } catch {
    return null;
  }
}

/** Returns how to stop. */
export function followSelection(): () => void {
  return useGeometry.subscribe((state, before) => {
    const { items } = useSelection.getState();
    if (items.length === 0) return;
    const next = items.flatMap((item) => {
      const partId = recordOf('instance', item.instanceId)?.partId;
      const [was, is] = [partId && before.parts.get(partId), partId && state.parts.get(partId)];
      if (!was || !is || was === is || was.bodies.length === 0 || is.bodies.length === 0) return [item];
      return followed(item, was, is) ?? [];
    });
    if (next.length !== items.length || next.some((item, at) => item !== items[at]))
      useSelection.setState({ items: next });
  });
}
