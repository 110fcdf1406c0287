/** Every command of the window, once: menus, toolbar, palette and shortcuts all read it from here. */

import { reportError } from '../state/messages.ts';
import type { IconName } from '../ui/icons.tsx';

export type CommandCategory =
  | 'File'
  | 'Edit'
  | 'View'
  | 'Select'
  | 'Part'
  | 'Sketch'
  | 'Study'
  | 'Result'
  | 'Design'
  | 'Tools'
  | 'Window'
  | 'Help';

export interface Command {
  id: string;
  /** In the imperative. May depend on the state: `Undo “Hide bracket”`. */
  title: string | (() => string);
  category: CommandCategory;
  icon?: IconName;
  /** In tinykeys' notation; the first is the one shown. */
  keys?: string[];
  /** Works while a person types into a field. */
  whileTyping?: boolean;
  enabled?: () => boolean;
  /** For commands that are on or off. */
  checked?: () => boolean;
  run: () => unknown;
  /** Not in the palette. */
  hidden?: boolean;
  /** Only while a sketch is open; its keys then go before those of the rest of the window. */
  scope?: 'sketch';
}

const commands = new Map<string, Command>();

export function register(...added: Command[]): void {
  for (const command of added) commands.set(command.id, command);
}

export const allCommands = (): Command[] => [...commands.values()];
export const commandOf = (id: string): Command | undefined => commands.get(id);
export const titleOf = (command: Command): string =>
  typeof command.title === 'string' ? command.title : command.title();

/** What puts commands aside for a while: a sketch, while it is open. */
let suspended: (command: Command) => boolean = () => false;
export const suspendCommands = (test: (command: Command) => boolean): void => {
  suspended = test;
};
export const isSuspended = (command: Command): boolean => suspended(command);
export const isEnabled = (command: Command): boolean => !suspended(command) && (command.enabled?.() ?? true);

/** Runs it if it is enabled. Whatever it throws is shown, never lost. */
export async function runCommand(id: string): Promise<void> {
  const command = commands.get(id);
  if (!command || !isEnabled(command)) return;
  try {
    await command.run();
  } catch (error) {
    reportError(error);
  }
}
