import { describe, expect, it } from 'vitest';
import { MENU_COMMANDS } from '../../preload/shell.ts';
import { allCommands, commandOf, formatKeys, titleOf } from './index.ts';
import { findCommands } from './search.ts';

describe('commands', () => {
  it('have titles and ids that are their own', () => {
    const ids = allCommands().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const command of allCommands()) expect(titleOf(command)).not.toBe('');
  });
  it('share no shortcut, in a sketch and out of it', () => {
    for (const scope of ['sketch', undefined]) {
      const commands = allCommands().filter((command) => command.scope === scope);
      const keys = commands.flatMap((command) => (command.keys ?? []).map((key) => key.toLowerCase()));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
  });
  it('hold everything that the desktop menu asks for', () => {
    expect(MENU_COMMANDS.filter((id) => !commandOf(id))).toEqual([]);
  });
  it('show their keys as people write them', () => {
    expect(formatKeys('$mod+Shift+z')).toBe('Ctrl+Shift+Z');
    expect(formatKeys('Shift+?')).toBe('?');
    expect(formatKeys('Escape')).toBe('Esc');
    expect(formatKeys('q Shift+h')).toBe('Q Shift+H');
  });
});

describe('finding commands', () => {
  const command = (title: string, category = 'View', enabled = true) => ({ title, category, enabled });
  const all = [
    command('Select all parts', 'Select'),
    command('Save picture of the view', 'File'),
    command('Section plane'),
    command('Solve', 'Study', false),
    command('Reset the layout', 'Window'),
  ];
  const titles = (query: string) => findCommands(all, query).map(({ title }) => title);

  it('puts the beginning of a title before the beginning of a word, and that before the middle', () => {
    expect(titles('se')).toEqual(['Section plane', 'Select all parts', 'Reset the layout']);
    expect(titles('sect')).toEqual(['Section plane']);
    expect(titles('pa')).toEqual(['Select all parts']);
  });
  it('needs every word, anywhere', () => {
    expect(titles('the save')).toEqual(['Save picture of the view']);
    expect(titles('section moon')).toEqual([]);
  });
  it('shows what is disabled last, and everything for nothing', () => {
    expect(titles('s').at(-1)).toBe('Solve');
    expect(titles('  ')).toHaveLength(all.length);
  });
});
