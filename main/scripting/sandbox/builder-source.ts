/**
 * The builder as modules for the sandbox: its sources with their types blanked out while developing, and the one file that
 * they are bundled into in the packaged application.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** The name that scripts import. */
export const BUILDER = 'artificer';

let known: ReadonlyMap<string, string> | undefined;

/** JavaScript by module name: `artificer` and what it imports. */
export function builderModules(from: string = import.meta.url): ReadonlyMap<string, string> {
  known ??= from.endsWith('.ts') ? sources(new URL('../builder/', from)) : bundle(from);
  return known;
}

function sources(folder: URL): Map<string, string> {
  const modules = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const code = stripTypeScriptTypes(readFileSync(new URL(name, folder), 'utf8'), { mode: 'strip' });
    modules.set(name === 'index.ts' ? BUILDER : `./${name}`, code);
  }
  return modules;
}

function bundle(from: string): Map<string, string> {
  // Code that several entries share is bundled into a folder of its own, one level down.
  const beside = new URL('./part-builder.js', from);
  const file = existsSync(beside) ? beside : new URL('../part-builder.js', from);
  return new Map([[BUILDER, readFileSync(file, 'utf8')]]);
}
