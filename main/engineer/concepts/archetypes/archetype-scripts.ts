/** The scripts of archetypes, which are shipped in `resources/archetypes`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = join('resources', 'archetypes');

/** Beside the source or the bundle, or in the packaged application. */
function scriptFolder(from = import.meta.dirname): string {
  for (const up of ['../../../..', '../..', '..', '../../..']) {
    const folder = join(from, up, FOLDER);
    if (existsSync(folder)) return folder;
  }
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  return resources ? join(resources, FOLDER) : FOLDER;
}

/** @param key of an archetype that there is: a name from outside is looked up in the list of them first */
export async function readArchetypeScript(key: string): Promise<{ fileName: string; source: string }> {
  const fileName = `${key}.ts`;
  return { fileName, source: await readFile(join(scriptFolder(), fileName), 'utf8') };
}
