/** The application's version, from its package. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function applicationVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let level = 0; level < 5; level++, folder = dirname(folder))
    try {
      const read = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (read.name === 'artificer' && read.version) return read.version;
    } catch {
      // Not in this folder: one further up.
    }
  return 'unknown';
}
