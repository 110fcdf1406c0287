/** Shortcuts: how they are shown, and when a key belongs to what has the focus instead. */
import { tinykeys } from 'tinykeys';
import { allCommands, isEnabled, runCommand } from './registry.ts';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const NAMES: Record<string, string> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  Escape: 'Esc',
  ' ': 'Space',
  Space: 'Space',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** `$mod+Shift+z` as `Ctrl+Shift+Z`. */
export function formatKeys(keys: string): string {
  const [first, ...then] = keys.split(/(?<=\S) (?=\S)/);
  if (then.length > 0) return [first!, ...then].map(formatKeys).join(' ');
  const parts = keys.split('+').map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  // The question mark is typed with Shift on most keyboards; nobody thinks of it as Shift+?.
  const shown = parts.at(-1) === '?' ? ['?'] : parts;
  return shown.join(isMac ? '' : '+');
}

const TYPING = 'input:not([type=checkbox]):not([type=range]):not([type=radio]), textarea, select, [contenteditable]';
/** Things that use Space, Enter and arrows themselves. */
const CONTROL = 'button, a, summary, [role=tab], [role=tree], [role=listbox], [role=menu], input';

/** Does this key press belong to the focused control rather than to a command? */
export function belongsToFocus(event: KeyboardEvent, whileTyping: boolean): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('[role=menu]')) return true;
  if (target?.closest(TYPING)) return !whileTyping;
  // A tree or a form that has a use of its own for this key says so.
  const own = target?.closest<HTMLElement>('[data-own-keys]')?.dataset['ownKeys'];
  if (own?.split(' ').includes(event.key === ' ' ? 'Space' : event.key)) return true;
  if (document.querySelector('dialog[open]')) return true;
  return event.key === ' ' && Boolean(target?.closest(CONTROL));
}

const presses = (keys: string): number => keys.split(' ').length;

/** Listens for every command's keys; returns how to stop. */
export function listenForKeys(): () => void {
  const byKeys = new Map<string, string[]>();
  // A sketch comes before the rest of the window.
  const inOrder = allCommands().sort((a, b) => Number(b.scope === 'sketch') - Number(a.scope === 'sketch'));
  for (const { id, keys } of inOrder) {
    for (const key of keys ?? []) byKeys.set(key, [...(byKeys.get(key) ?? []), id]);
  }
  const commands = new Map(allCommands().map((command) => [command.id, command]));
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  // A sequence comes before the single keys that it ends with, also those of a sketch: the first that fits is the last one asked.
  for (const [keys, ids] of [...byKeys].sort(([a], [b]) => presses(b) - presses(a))) {
    bindings[keys] = (event) => {
      if (event.defaultPrevented) return;
      for (const id of ids) {
        const command = commands.get(id)!;
        if (belongsToFocus(event, command.whileTyping ?? false) || !isEnabled(command)) continue;
        event.preventDefault();
        void runCommand(id);
        return;
      }
    };
  }
  return tinykeys(window, bindings, {
    ignore: (event) => event.isComposing,
    // Before the dock's tabs, which take Enter for themselves whatever is held with it.
    capture: true,
    // A second is short for two keys while a large picture is drawn.
    timeout: 2000,
  });
}
