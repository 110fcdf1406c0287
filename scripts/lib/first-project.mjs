/** The project that opens when none is named: the person's own copy of the sample, or else a new one. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const isProject = (name) => name.endsWith('.artificer');

/** The path, and whether somebody still has to make it. */
export function firstProject(root, dataFolder) {
  const samples = join(root, 'resources/samples');
  const sample = existsSync(samples) ? readdirSync(samples).filter(isProject).sort()[0] : undefined;
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, sample ? basename(sample) : 'First project.artificer');
  if (existsSync(path)) return { path, isNew: false };
  if (!sample) return { path, isNew: true };
  copyFileSync(join(samples, sample), path);
  return { path, isNew: false };
}
