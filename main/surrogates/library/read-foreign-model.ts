/** A model that somebody hands over: read in a thread of its own, whose time and memory are bounded. */
import { Worker } from 'node:worker_threads';
import { ArtificerError, cancelled } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { workerEntry } from '../worker-entry.ts';
import type { ModelFiles } from './model-files.ts';
import type { ModelPlace } from './model-source.ts';
import type { ReadingMessage } from './reading-worker.ts';

/** The largest model takes some seconds. */
const PATIENCE_ms = 60_000;
/** Of objects, beside the bytes of the files: a card of the largest size takes some tens of MiB. */
const MEMORY_MiB = 512;

/**
 * @throws ArtificerError what {@link readModelFrom} refuses, `surrogate.unreadable-model`, and when cancelled
 */
export function readForeignModel(place: ModelPlace, signal: AbortSignal): Promise<ModelFiles> {
  if (signal.aborted) return Promise.reject(cancelled('Reading the model'));
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerEntry('library/reading-worker', 'reading-worker'), {
      workerData: place,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MiB },
    });
    let settled = false;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', onAbort);
      clearTimeout(timer);
      void worker.terminate();
      finish();
    };
    const onAbort = (): void => settle(() => reject(cancelled('Reading the model')));
    const gone = (cause: string): void =>
      settle(() =>
        reject(
          refuseSurrogate('unreadable-model', 'The model cannot be read.', 'Ask for it again, or learn one here.', {
            cause,
          }),
        ),
      );
    const timer = setTimeout(() => gone(`it was not read within ${PATIENCE_ms / 1000} s`), PATIENCE_ms);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', (message: ReadingMessage) =>
      settle(() => (message.type === 'done' ? resolve(message.files) : reject(new ArtificerError(message.error)))),
    );
    worker.on('error', (thrown) => gone(thrown instanceof Error ? thrown.message : String(thrown)));
    worker.on('exit', (code) => gone(`the thread that reads it ended with ${code}`));
  });
}
