/** What is selected: things in the model (instances, bodies, faces, edges, vertices) and one thing being edited. */
import { create } from 'zustand';
import type { PickedItem } from '../viewport/api.ts';

export type SelectedItem = Omit<PickedItem, 'point_mm'>;
export type SelectionMode = 'replace' | 'toggle' | 'add';

export interface SelectionState {
  items: SelectedItem[];
  /** Under the pointer in the viewport or the tree. */
  hovered: PickedItem | null;
}
export const useSelection = create<SelectionState>(() => ({ items: [], hovered: null }));

export const itemKey = (item: SelectedItem): string => `${item.instanceId}/${item.kind}/${item.body}/${item.index}`;

export const partItem = (instanceId: string): SelectedItem => ({ instanceId, kind: 'part', body: 0, index: 0 });

/** The selection after picking `picked` in this way. */
export function combine(items: SelectedItem[], picked: SelectedItem[], mode: SelectionMode): SelectedItem[] {
  if (mode === 'replace') return picked;
  const result = new Map(items.map((item) => [itemKey(item), item]));
  for (const item of picked) {
    const key = itemKey(item);
    if (mode === 'toggle' && result.has(key)) result.delete(key);
    else result.set(key, item);
  }
  return [...result.values()];
}

export function select(picked: SelectedItem[], mode: SelectionMode = 'replace'): void {
  useSelection.setState(({ items }) => ({ items: combine(items, picked, mode) }));
}
export const clearSelection = (): void => {
  if (useSelection.getState().items.length > 0) useSelection.setState({ items: [] });
};

/** Instances that hold any of the selected things, once each. */
export const selectedInstanceIds = (items = useSelection.getState().items): string[] => [
  ...new Set(items.map(({ instanceId }) => instanceId)),
];
