/** What is selected, open and being renamed in the history tree. */
import { create } from 'zustand';

interface FeatureTreeState {
  selected: ReadonlySet<string>;
  /** The row that the arrow keys start from. */
  cursor: string | null;
  renaming: string | null;
  closed: ReadonlySet<string>;
  /** Asks before steps go that others need. */
  deleting: string[] | null;
}
export const useFeatureTree = create<FeatureTreeState>(() => ({
  selected: new Set(),
  cursor: null,
  renaming: null,
  closed: new Set(),
  deleting: null,
}));

export function selectRow(id: string, mode: 'replace' | 'toggle' = 'replace'): void {
  useFeatureTree.setState(({ selected }) => {
    if (mode === 'replace') return { selected: new Set([id]), cursor: id };
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    return { selected: next, cursor: id };
  });
}
export function toggleGroup(name: string): void {
  useFeatureTree.setState(({ closed }) => {
    const next = new Set(closed);
    const key = `group:${name}`;
    if (!next.delete(key)) next.add(key);
    return { closed: next };
  });
}
