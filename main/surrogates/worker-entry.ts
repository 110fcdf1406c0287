/** Where a worker's program is: in this folder when run from source, beside the bundle when packaged. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @param path within this folder, without ending
 * @param name of the bundled program
 */
export function workerEntry(path: string, name: string, from: string = import.meta.url): URL {
  if (from.endsWith('.ts')) return new URL(`./${path}.ts`, from);
  // A bundler may put shared code in a folder of chunks: programs are then one level up.
  const beside = new URL(`./${name}.js`, from);
  return existsSync(fileURLToPath(beside)) ? beside : new URL(`../${name}.js`, from);
}
