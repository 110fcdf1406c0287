/** The menu of views: standard ones and those of the project. */

import { edit } from '../../actions/edit.ts';
import { savedViews, showView } from '../../actions/saved-views.ts';
import { VIEWS } from '../../commands/view.ts';
import { commandEntries } from '../../shell/command-entries.ts';
import type { MenuEntry } from '../../ui/menu.tsx';

export function viewEntries(): MenuEntry[] {
  const saved = savedViews();
  const entries = commandEntries([
    'view.fit',
    '-',
    ...VIEWS.map(({ view }) => `view.${view}`),
    'view.normalTo',
    '-',
    'view.save',
  ]);
  if (saved.length === 0) return entries;
  return [
    ...entries,
    { kind: 'heading', label: 'Saved views' },
    ...saved.map((view): MenuEntry => ({ kind: 'item', label: view.name, icon: 'camera', run: () => showView(view) })),
    {
      kind: 'item',
      label: `Forget ${saved.at(-1)!.name}`,
      icon: 'trash',
      run: () => void edit(`Forget ${saved.at(-1)!.name}`, [], { remove: [saved.at(-1)!.id] }),
    },
  ];
}
