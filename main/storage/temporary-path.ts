import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** A new hidden name in the same folder, from where a finished file can be moved into place at once. */
export const temporaryPathBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
