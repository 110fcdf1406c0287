/** Real files for benchmarks: the full corpus where it is, else the part of it that is kept with the tests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDERS = [join(ROOT, '../shared/corpus'), join(ROOT, 'tests/corpus/files')];

/** The folder of the whole corpus with its ground truth, or of the part of it kept here. */
export function corpusFolder(): string | null {
  return FOLDERS.find((folder) => existsSync(join(folder, 'truth.jsonl'))) ?? null;
}

export function sampleFile(name: string): string | null {
  for (const folder of FOLDERS)
    for (const place of ['step', 'iges', 'brep', 'aero', '']) {
      const path = join(folder, place, name);
      if (existsSync(path)) return path;
    }
  return null;
}
