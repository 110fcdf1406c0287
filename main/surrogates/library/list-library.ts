/** What there is to be asked for: the specifications that ship, and the models in some folders. */

import { type Dirent, existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ErrorData, type SurrogateCard, toErrorData } from '../../../preload/contract/index.ts';
import { CARD_FILE } from './model-files.ts';
import { readCard } from './read-model-folder.ts';

export interface ShippedSpecification {
  /** What it is called by: `flange`. */
  key: string;
  path: string;
}

const FOLDER = join('resources', 'surrogates');

/** Beside the sources, or where a packaged program keeps its resources. */
export function specificationFolder(): string {
  const besides = [import.meta.dirname, join(import.meta.dirname, '..')];
  for (const start of besides)
    for (let up = start, i = 0; i < 5; up = join(up, '..'), i++)
      if (existsSync(join(up, FOLDER))) return join(up, FOLDER);
  return FOLDER;
}

export async function shippedSpecifications(folder: string = specificationFolder()): Promise<ShippedSpecification[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('-study.yaml'))
    .sort()
    .map((name) => ({ key: basename(name, '.yaml'), path: join(folder, name) }));
}

const isArchiveName = (name: string): boolean => /\.zip$/i.test(name);
const mayHold = (entry: Dirent): boolean => entry.isDirectory() || (entry.isFile() && isArchiveName(entry.name));

export type ListedModel = { folder: string } & ({ card: SurrogateCard } | { error: ErrorData });

/** Longer than the list of an archive's files that is a model. */
const TAIL = 64 * 2 ** 10;

/** Whether a file ends with the list of an archive that has a card: other archives are not read. */
async function seemsModel(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return false;
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, TAIL)), {
      position: Math.max(0, size - TAIL),
    });
    return buffer.subarray(0, bytesRead).includes(CARD_FILE);
  } catch {
    // What cannot be read is no model.
    return false;
  } finally {
    await file.close();
  }
}

/**
 * Models in the folders themselves, and one level below: as folders, or as the files that they were given away in. One that
 * cannot be read is listed with the reason.
 */
export async function modelsIn(folders: readonly string[]): Promise<ListedModel[]> {
  const found: ListedModel[] = [];
  for (const folder of folders) {
    const below = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const places = [folder, ...below.filter(mayHold).map(({ name }) => join(folder, name))];
    for (const place of places.sort()) {
      if (!existsSync(join(place, CARD_FILE)) && !(isArchiveName(place) && (await seemsModel(place)))) continue;
      found.push(
        await readCard(place).then(
          (card): ListedModel => ({ folder: place, card }),
          (thrown): ListedModel => ({ folder: place, error: toErrorData(thrown) }),
        ),
      );
    }
  }
  return found;
}
