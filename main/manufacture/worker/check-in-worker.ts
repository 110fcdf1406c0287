/** The same check, off the main thread, with progress and a cancel that ends it at once. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  ArtificerError,
  cancelled,
  type JobContext,
  type ManufacturingReport,
} from '../../../preload/contract/index.ts';
import type { ManufacturingRequest } from '../check.ts';
import type { ManufactureMessage } from './messages.ts';

const NAME = 'manufacture-worker';

/** `.ts` beside this one when run from source, `.js` beside the bundle (or above its chunks) when packaged. */
function entry(from: string = import.meta.url): URL {
  if (from.endsWith('.ts')) return new URL(`./${NAME}.ts`, from);
  const beside = new URL(`./${NAME}.js`, from);
  return existsSync(fileURLToPath(beside)) ? beside : new URL(`../${NAME}.js`, from);
}

/** @throws ArtificerError `manufacture.*`, or `cancelled` */
export function checkInWorker(
  request: ManufacturingRequest,
  { signal, progress }: JobContext,
): Promise<ManufacturingReport> {
  if (signal.aborted) return Promise.reject(cancelled('The check'));
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry(), { workerData: request });
    const onAbort = (): void => {
      void worker.terminate();
      reject(cancelled('The check'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    worker.on('message', (message: ManufactureMessage) => {
      if (message.type === 'step') {
        if (!signal.aborted) progress(message.stage, null);
      } else if (message.type === 'done') settle(() => resolve(message.report));
      else settle(() => reject(new ArtificerError(message.error)));
    });
    const gone = (cause: string): void =>
      settle(() =>
        reject(
          new ArtificerError({
            code: 'manufacture.ended',
            category: 'fault',
            message: 'The thread that checks the part ended before it was done.',
            hint: 'It may have run out of memory: check a simpler part.',
            cause,
          }),
        ),
      );
    worker.on('error', (thrown) => gone(thrown instanceof Error ? thrown.message : String(thrown)));
    worker.on('exit', (code) => gone(`exit code ${code}`));
  });
}
