/** The thread in which a model is trained: minutes of arithmetic, ended by ending the thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorData, toErrorData } from '../../../preload/contract/index.ts';
import type { ModelFiles } from '../library/model-folder.ts';
import { type TrainingTask, trainingTask } from './training-task.ts';

export type TrainingMessage =
  | { type: 'progress'; stage: string; fraction: number | null }
  | { type: 'done'; files: ModelFiles }
  | { type: 'failed'; error: ErrorData };

if (parentPort) {
  const port = parentPort;
  const post = (message: TrainingMessage): void => port.postMessage(message);
  try {
    const files = trainingTask(workerData as TrainingTask, (stage, fraction) =>
      post({ type: 'progress', stage, fraction: fraction ?? null }),
    );
    post({ type: 'done', files });
  } catch (thrown) {
    post({ type: 'failed', error: toErrorData(thrown) });
  }
}
