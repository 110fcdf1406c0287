/** Where a worker's file is: `.ts` beside this one when run from source, `.js` beside the bundle when packaged. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function workerEntry(name: string, from: string = import.meta.url): URL {
  if (from.endsWith('.ts')) return new URL(`./${name}.ts`, from);
  // A bundler may put shared code in a folder of chunks: the worker is then one level up.
  const beside = new URL(`./${name}.js`, from);
  return existsSync(fileURLToPath(beside)) ? beside : new URL(`../${name}.js`, from);
}
