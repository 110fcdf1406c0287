/** The sample parts that are shipped: scripts in `resources/parts`, which say themselves what they are. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SamplePart } from '../../preload/contract/index.ts';
import { runPartScript } from './sandbox/runner.ts';
import { scriptError } from './sandbox/scripted-part.ts';

const FOLDER = join('resources', 'parts');

/** Beside the source or the bundle, or in the packaged application. */
function sampleFolder(from = import.meta.dirname): string {
  for (const up of ['../..', '..', '../../..']) {
    const folder = join(from, up, FOLDER);
    if (existsSync(folder)) return folder;
  }
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  return resources ? join(resources, FOLDER) : FOLDER;
}

/** What a script must be called for: nothing that leads out of the folder. */
const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The script of a sample. @throws ArtificerError `script.no-sample` */
export async function readSamplePart(key: string): Promise<{ fileName: string; source: string }> {
  const fileName = `${key}.ts`;
  const path = join(sampleFolder(), fileName);
  if (!KEY.test(key) || !existsSync(path))
    throw scriptError('no-sample', `There is no sample part "${key.slice(0, 60)}".`, {
      hint: `There are: ${(await sampleKeys()).join(', ')}.`,
    });
  return { fileName, source: await readFile(path, 'utf8') };
}

/** Their file names without the ending, in order of the alphabet. */
export async function sampleKeys(): Promise<string[]> {
  const names = await readdir(sampleFolder());
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3))
    .filter((key) => KEY.test(key))
    .sort();
}

let known: Promise<SamplePart[]> | undefined;

/** All samples with their titles, from running each once. */
export function sampleParts(): Promise<SamplePart[]> {
  known ??= describeAll();
  // One that fails, or a cancel, must not be remembered.
  known.catch(() => {
    known = undefined;
  });
  return known;
}

async function describeAll(): Promise<SamplePart[]> {
  const samples: SamplePart[] = [];
  for (const key of await sampleKeys()) {
    const part = await runPartScript(await readSamplePart(key));
    samples.push({ key, title: part.name, about: part.about ?? '', parameters: part.variables.length });
  }
  return samples;
}
