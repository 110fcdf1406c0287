/** What is open, searched for and being renamed in the assembly tree. */
import { create } from 'zustand';
import { useDocument } from '../../state/document.ts';
import { useSelection } from '../../state/selection.ts';
import { revealPanel } from '../../state/ui.ts';

interface TreeState {
  expanded: ReadonlySet<string>;
  filter: string;
  /** Row that is being renamed. */
  renaming: string | null;
  /** Row that the arrow keys start from. */
  cursor: string | null;
  setExpanded: (keys: string[], open: boolean) => void;
  beginRename: () => void;
}

export const useTree = create<TreeState>((set) => ({
  expanded: new Set(),
  filter: '',
  renaming: null,
  cursor: null,
  setExpanded: (keys, open) =>
    set(({ expanded }) => {
      const next = new Set(expanded);
      for (const key of keys) {
        if (open) next.add(key);
        else next.delete(key);
      }
      return { expanded: next };
    }),
  beginRename: () => {
    const item = useSelection.getState().items[0];
    if (!item) return;
    const key = item.kind === 'body' ? `${item.instanceId}#${item.body}` : item.instanceId;
    revealInstance(item.instanceId);
    const begin = () => set({ renaming: key, cursor: key });
    if (document.querySelector('[data-testid=tree]')?.checkVisibility()) return begin();
    // Coming forward takes the focus, and a field that loses it gives up: begun only once the panel is in front.
    revealPanel('assembly');
    setTimeout(begin);
  },
}));

/** Opens everything above this instance. */
export function revealInstance(id: string): void {
  const above = useDocument.getState().tree.ancestorsOf(id);
  const { expanded, setExpanded } = useTree.getState();
  const closed = above.filter((instance) => !expanded.has(instance.id));
  if (closed.length > 0)
    setExpanded(
      closed.map((instance) => instance.id),
      true,
    );
}

/** The first levels are open at first, as long as that is not a wall of rows. */
export function expandAtFirst(): void {
  const { tree } = useDocument.getState();
  const open: string[] = [];
  let rows = tree.roots().length;
  let level = [...tree.roots()];
  while (level.length > 0) {
    const children = level.flatMap((instance) => [...tree.childrenOf(instance.id)]);
    if (rows + children.length > 60) break;
    open.push(...level.filter((instance) => tree.childrenOf(instance.id).length > 0).map(({ id }) => id));
    rows += children.length;
    level = children;
  }
  useTree.getState().setExpanded(open, true);
}
