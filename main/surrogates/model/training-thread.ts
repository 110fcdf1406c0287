/** Arithmetic of many seconds, off the main thread: ended by ending the thread, which holds nothing that could be lost. */
import { Worker } from 'node:worker_threads';
import { ArtificerError, cancelled, type JobContext } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import type { ModelFiles } from '../library/model-files.ts';
import type { PlacementQuestion } from '../sampling/least-sure.ts';
import { workerEntry } from '../worker-entry.ts';
import type { TrainingTask } from './training-task.ts';
import type { TrainingMessage } from './training-worker.ts';

/** What the thread can be asked, and what it answers. */
export type ThreadWork = { kind: 'train'; task: TrainingTask } | { kind: 'place'; question: PlacementQuestion };

/** A model of designs. @throws ArtificerError what training refuses, and when cancelled */
export const trainInThread = (task: TrainingTask, context: JobContext): Promise<ModelFiles> =>
  inThread<ModelFiles>({ kind: 'train', task }, 'The training', context);

/** Designs to be solved next. @throws ArtificerError when cancelled */
export const placeInThread = (question: PlacementQuestion, context: JobContext): Promise<number[][]> =>
  inThread<number[][]>({ kind: 'place', question }, 'The choice of designs', context);

function inThread<Answer>(work: ThreadWork, what: string, { signal, progress }: JobContext): Promise<Answer> {
  if (signal.aborted) return Promise.reject(cancelled(what));
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerEntry('model/training-worker', 'training-worker'), { workerData: work });
    const onAbort = (): void => {
      void worker.terminate();
      reject(cancelled(what));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    worker.on('message', (message: TrainingMessage) => {
      if (message.type === 'progress') {
        if (!signal.aborted) progress(message.stage, message.fraction);
      } else if (message.type === 'done') settle(() => resolve(message.answer as Answer));
      else settle(() => reject(new ArtificerError(message.error)));
    });
    const gone = (cause: string): void =>
      settle(() =>
        reject(
          refuseSurrogate('training-failed', 'The thread that trains the model ended.', 'Train on fewer designs.', {
            cause,
          }),
        ),
      );
    worker.on('error', (thrown) => gone(thrown instanceof Error ? thrown.message : String(thrown)));
    worker.on('exit', (code) => gone(`exit code ${code}`));
  });
}
