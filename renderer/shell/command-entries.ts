/** Commands as entries of a menu. */

import { formatKeys } from '../commands/keys.ts';
import { commandOf, isEnabled, runCommand, titleOf } from '../commands/registry.ts';
import type { MenuEntry } from '../ui/menu.tsx';

/** `-` is a separator. Read when the menu opens, so the entries are as the state is then. */
export function commandEntries(ids: string[]): MenuEntry[] {
  return ids.map((id): MenuEntry => {
    if (id === '-') return { kind: 'separator' };
    const command = commandOf(id);
    if (!command) throw new Error(`There is no command "${id}".`);
    const keys = command.keys?.[0];
    const checked = command.checked?.();
    return {
      kind: 'item',
      label: titleOf(command),
      disabled: !isEnabled(command),
      run: () => void runCommand(id),
      ...(command.icon ? { icon: command.icon } : {}),
      ...(keys ? { keys: formatKeys(keys) } : {}),
      ...(checked === undefined ? {} : { checked }),
    };
  });
}
