/** The thread that fits the models of a search: up to seconds of arithmetic a question, ended by ending the thread. */
import { parentPort } from 'node:worker_threads';
import { type ErrorData, toErrorData } from '../../../../preload/contract/index.ts';
import { answerTask, type ModelTask } from './model-tasks.ts';

export type ModelReply = { answer: ReturnType<typeof answerTask> } | { error: ErrorData };

parentPort?.on('message', (task: ModelTask) => {
  let reply: ModelReply;
  try {
    reply = { answer: answerTask(task) };
  } catch (thrown) {
    reply = { error: toErrorData(thrown) };
  }
  parentPort!.postMessage(reply);
});
