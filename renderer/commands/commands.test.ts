import { describe, expect, it } from 'vitest';
import { MENU_COMMANDS } from '../../preload/shell.ts';
import { allCommands, commandOf, formatKeys, titleOf } from './index.ts';

describe('commands', () => {
  it('have titles and ids that are their own', () => {
    const ids = allCommands().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const command of allCommands()) expect(titleOf(command)).not.toBe('');
  });
  it('share no shortcut', () => {
    const keys = allCommands().flatMap((command) => (command.keys ?? []).map((key) => key.toLowerCase()));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
  it('hold everything that the desktop menu asks for', () => {
    expect(MENU_COMMANDS.filter((id) => !commandOf(id))).toEqual([]);
  });
  it('show their keys as people write them', () => {
    expect(formatKeys('$mod+Shift+z')).toBe('Ctrl+Shift+Z');
    expect(formatKeys('Shift+?')).toBe('?');
    expect(formatKeys('Escape')).toBe('Esc');
  });
});
