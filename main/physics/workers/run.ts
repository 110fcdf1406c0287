/**
 * Runs one task in a worker thread of its own and ends the thread after it. Cancelling sets a flag that the numeric core
 * watches; TypeScript work is simply ended with its thread.
 */
import { Worker } from 'node:worker_threads';
import { ArtificerError, cancelled } from '../../../preload/contract/errors.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import { physicsFault } from '../errors.ts';
import { workerEntry } from './entry.ts';
import { type Answers, CANCEL, NATIVE_ACTIVE, type Task, type WorkerMessage, type WorkerStart } from './tasks.ts';

/** How long the core may take to notice the flag before the caller is answered without waiting for it any longer. */
const PATIENCE_ms = 900;

export function runTask<T extends Task>(task: T, context: JobContext): Promise<Answers[T['kind']]> {
  if (context.signal.aborted) return Promise.reject(cancelled('The study'));
  const state = newState();
  const worker = new Worker(workerEntry('physics-worker'), { workerData: { task, state } satisfies WorkerStart });
  // Whatever it still says after its answer is of no interest to anybody.
  worker.on('error', () => {});
  return answerOf<T>(worker, state, context);
}

/** See {@link WorkerStart}. */
export const newState = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

/** Waits for a worker's answer to a task that it has been given. A cancelled one may be at work for a little longer. */
export function answerOf<T extends Task>(
  worker: Worker,
  state: Int32Array,
  context: JobContext,
): Promise<Answers[T['kind']]> {
  const { signal } = context;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      finish();
    };
    const giveUp = (): void => settle(() => reject(cancelled('The study')));
    const onAbort = (): void => {
      Atomics.store(state, CANCEL, 1);
      // The worker sets its mark first and looks at the flag after that, so that one of the two sees the other.
      if (Atomics.load(state, NATIVE_ACTIVE) === 0) {
        void worker.terminate();
        giveUp();
      } else timer = setTimeout(giveUp, PATIENCE_ms);
    };
    const onMessage = (message: WorkerMessage): void => {
      if (message.type === 'progress') {
        if (!signal.aborted) context.progress(message.stage, message.fraction, message.detail);
      } else if (message.type === 'done') settle(() => resolve(message.answer as Answers[T['kind']]));
      else settle(() => reject(signal.aborted ? cancelled('The study') : new ArtificerError(message.error)));
    };
    const onError = (error: unknown): void =>
      settle(() =>
        reject(
          physicsFault(
            'worker-failed',
            'The worker that handles this study failed.',
            'Try a coarser mesh; if it happens again, report it.',
            error instanceof Error ? error.message : String(error),
          ),
        ),
      );
    const onExit = (code: number): void =>
      settle(() =>
        reject(
          signal.aborted
            ? cancelled('The study')
            : physicsFault(
                'worker-ended',
                'The worker that handles this study ended before it was done.',
                'It may have run out of memory: try a coarser mesh.',
                `exit code ${code}`,
              ),
        ),
      );
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
