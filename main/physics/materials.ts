/** The materials library: JSON files of `resources/materials`, one a family, checked against the contract's schema when read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { type Material, MaterialSchema } from '../../preload/contract/studies.ts';
import { refuseStudy } from './errors.ts';

const FOLDER = join('resources', 'materials');

/** The resources beside the source or the bundle, or in the packaged app. */
export function resourceFolder(relative: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let level = 0; level < 6; level++) {
    const candidate = join(folder, relative);
    if (existsSync(candidate)) return candidate;
    folder = dirname(folder);
  }
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  return resources ? join(resources, relative) : relative;
}

let library: readonly Material[] | null = null;

/** Every material, by category and name. Read once. */
export function materialLibrary(folder: string = resourceFolder(FOLDER)): readonly Material[] {
  if (library) return library;
  const all: Material[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    all.push(...v.parse(v.array(MaterialSchema), JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  }
  library = all.sort((a, b) => a.category.localeCompare(b.category) || a.name.localeCompare(b.name));
  return library;
}

/** Names of materials that differ in case, spaces and dashes only are one. */
export const simplifiedName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** A library material by its name; case, spaces and dashes do not matter. An unknown name is an error with the nearest ones. */
export function materialByName(name: string): Material {
  const wanted = simplifiedName(name);
  const found = materialLibrary().find((material) => simplifiedName(material.name) === wanted);
  if (found) return found;
  const near = materialLibrary()
    .map((material) => material.name)
    .filter((other) => simplifiedName(other).includes(wanted) || wanted.includes(simplifiedName(other)))
    .slice(0, 5);
  throw refuseStudy(
    'unknown-material',
    `There is no material "${name}" in the library.`,
    near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Use a library name, or give young, poisson and density.',
    { details: { near } },
  );
}
