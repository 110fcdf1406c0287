import type { BodyInfo, TopologyKind } from '../../../../preload/contract/index.ts';
import { groupOf, infoOf, isOfSubject } from '../../../geometry/subject.ts';
import { type SelectedItem, useSelection } from '../../../state/selection.ts';
import { toast } from '../../../state/ui.ts';
import { setTool, useView } from '../../../state/view.ts';
import { IconButton } from '../../../ui/button.tsx';

interface TakeFromPartProps<T> {
  /** Its own pick, to know it again. */
  owner: string;
  partId: string;
  title: string;
  accepts: TopologyKind[];
  /** What picked topology stands for, or null where it stands for nothing of the kind. */
  read: (info: BodyInfo, kind: TopologyKind, index: number) => T | null;
  onTake: (value: T) => void;
}

/** A button that takes a point or an axis from what is selected, or from the next thing that is picked in the view. */
export function TakeFromPart<T>({ owner, partId, title, accepts, read, onTake }: TakeFromPartProps<T>) {
  const picking = useView(({ tool }) => tool.kind === 'pick' && tool.owner === owner);
  const take = (items: readonly SelectedItem[]): boolean => {
    const item = items.at(-1);
    if (!item || item.kind === 'part') return false;
    const instanceId = groupOf(partId) ? item.instanceId : undefined;
    const info = isOfSubject(item.instanceId, partId) ? infoOf({ instanceId, body: item.body }, partId) : undefined;
    const value = info && read(info, item.kind, item.index);
    if (value) onTake(value);
    return Boolean(value);
  };
  return (
    <IconButton
      small
      icon="pick"
      label={picking ? `Stop picking: ${title}` : title}
      pressed={picking}
      onClick={() => {
        if (picking) return setTool({ kind: 'select' });
        if (take(useSelection.getState().items)) return;
        setTool(
          {
            kind: 'pick',
            owner,
            title,
            accepts,
            lit: () => [],
            onPick: (items) => {
              if (take(items)) setTool({ kind: 'select' });
              else toast('That has no such place. Pick something else.');
            },
          },
          accepts[0]!,
        );
      }}
    />
  );
}
