/** The menu that adds: only what belongs to the type of study, heat under a heading where there is both. */
import type { StudyType } from '../../../../preload/contract/index.ts';
import type { MenuEntry } from '../../../ui/menu.tsx';
import { belongs, describeKind, type ItemKind, isHeat, kindsOf, type ListName } from '../kinds/lists.ts';

export function addEntries(type: StudyType, list: ListName, add: (kind: ItemKind) => void): MenuEntry[] {
  const kinds = kindsOf(list).filter((kind) => belongs(type, list, kind));
  const entry = (kind: ItemKind): MenuEntry => {
    const { label, icon } = describeKind(list, kind);
    return { kind: 'item', label, icon, run: () => add(kind) };
  };
  const [heat, other] = [kinds.filter(isHeat), kinds.filter((kind) => !isHeat(kind))];
  if (heat.length === 0 || other.length === 0) return kinds.map(entry);
  return [...other.map(entry), { kind: 'separator' }, { kind: 'heading', label: 'Heat' }, ...heat.map(entry)];
}
