/** SQLite's own check of a file's pages, off the main thread. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ArtificerError } from '../../preload/contract/errors.ts';
import type { FileKey } from './keys.ts';
import { Connection } from './sqlite.ts';

export interface PageCheckRequest {
  path: string;
  key?: FileKey;
}

/** What SQLite complains of, in its words; empty when all is well. */
export function pageProblems({ path, key }: PageCheckRequest): string[] {
  const problems: string[] = [];
  try {
    const connection = new Connection(path, { key, readOnly: true, mustExist: true });
    try {
      const rows = connection.pragmaRows<Record<string, string>>('integrity_check(100)');
      problems.push(...rows.map((row) => Object.values(row)[0]!).filter((line) => line !== 'ok'));
    } finally {
      connection.close();
    }
  } catch (thrown) {
    // Damage that SQLite stumbles over rather than reports.
    problems.push(thrown instanceof ArtificerError ? (thrown.data.cause ?? thrown.message) : String(thrown));
  }
  return problems;
}

/** In a worker, which the signal ends at once. Where its program isn't beside this one, here and now. */
export function checkPagesAside(request: PageCheckRequest, signal?: AbortSignal): Promise<string[]> {
  const program = workerProgram();
  if (!program) return Promise.resolve(pageProblems(request));
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: request });
    const stop = (): void => {
      void worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', (thrown) => resolve([`the check itself failed: ${thrown.message}`]));
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      // After a message this changes nothing; without one, the check was cut short.
      resolve(['the check itself was cut short']);
    });
  });
}

/** Beside its source while developing; beside the bundle, or above its folder of chunks, in the packaged application. */
function workerProgram(): URL | undefined {
  const name = 'storage-page-check';
  const places = import.meta.url.endsWith('.ts') ? [`./${name}.ts`] : [`./${name}.js`, `../${name}.js`];
  return places.map((place) => new URL(place, import.meta.url)).find((place) => existsSync(fileURLToPath(place)));
}
