/** The briefs that are shipped, and the files that they name. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { DesignSample } from '../../../preload/contract/index.ts';
import { refuseDesign } from '../../engineer/index.ts';
import { type InputFile, readInputFile } from '../../host/index.ts';

/** `resources` beside the source or the bundle, or in the packaged application. */
function resourcesFolder(from = import.meta.dirname): string {
  for (const up of ['../../..', '../..', '..']) {
    const folder = join(from, up, 'resources');
    if (existsSync(join(folder, 'briefs'))) return folder;
  }
  const packaged = (process as { resourcesPath?: string }).resourcesPath;
  return packaged ? join(packaged, 'resources') : 'resources';
}

/** Where a shipped brief would lie: what a brief names is looked for from there. */
export const samplePath = (): string => join(resourcesFolder(), 'briefs', 'brief.yaml');

/** What is shipped may be read by any brief, and nothing else: its text may come from anywhere. */
export async function readShippedFile(path: string): Promise<InputFile> {
  const folder = normalize(resourcesFolder() + sep);
  const asked = normalize(path);
  if (!asked.startsWith(folder) || !existsSync(asked))
    throw refuseDesign(
      'no-file',
      `The brief names "${path.split(/[\\/]/).at(-1)}", which is neither a part of the project nor a sample.`,
      'Import the file or add the script to the project, and name the part.',
    );
  return readInputFile(asked);
}

const HeadSchema = v.object({ name: v.string(), about: v.optional(v.string(), '') });

export async function sampleBriefs(): Promise<DesignSample[]> {
  const folder = join(resourcesFolder(), 'briefs');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const { name, about } = v.parse(HeadSchema, parse(text));
      return { key: file.slice(0, -'.yaml'.length), name, about, text };
    }),
  );
}
