/**
 * Where a worker's program is: beside its source while developing, where Node strips the types itself, and beside the
 * bundled engine in the packaged application, where every entry is a file `out/main/<name>.js`.
 */
import { existsSync } from 'node:fs';

export type WorkerName = 'kernel-reader' | 'kernel-modeller';

export function workerEntry(name: WorkerName, from: string = import.meta.url): URL {
  if (from.endsWith('.ts')) return new URL(`./${name}.ts`, from);
  const beside = new URL(`./${name}.js`, from);
  // Code that several entries share is bundled into a folder of its own, one level down.
  return existsSync(beside) ? beside : new URL(`../${name}.js`, from);
}
