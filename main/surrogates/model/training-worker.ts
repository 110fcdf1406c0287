/** The thread in which a model is trained, or asked where it is least sure: seconds to minutes of arithmetic. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorData, toErrorData } from '../../../preload/contract/index.ts';
import type { ModelFiles } from '../library/model-files.ts';
import { leastSure } from '../sampling/least-sure.ts';
import { trainingTask } from './training-task.ts';
import type { ThreadWork } from './training-thread.ts';

export type TrainingMessage =
  | { type: 'progress'; stage: string; fraction: number | null }
  | { type: 'done'; answer: ModelFiles | number[][] }
  | { type: 'failed'; error: ErrorData };

if (parentPort) {
  const port = parentPort;
  const post = (message: TrainingMessage): void => port.postMessage(message);
  try {
    const work = workerData as ThreadWork;
    const answer =
      work.kind === 'place'
        ? leastSure(work.question)
        : trainingTask(work.task, (stage, fraction) => post({ type: 'progress', stage, fraction: fraction ?? null }));
    post({ type: 'done', answer });
  } catch (thrown) {
    post({ type: 'failed', error: toErrorData(thrown) });
  }
}
