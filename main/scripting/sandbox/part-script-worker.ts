/** The thread that part scripts run in: one request, one answer. */
import { parentPort } from 'node:worker_threads';
import { toErrorData } from '../../../preload/contract/index.ts';
import { type GuestRequest, runGuest } from './guest.ts';
import type { WorkerAnswer } from './runner.ts';

// Node still calls its own blanking of types experimental, once per thread; that is nobody's concern here.
process.removeAllListeners('warning');

parentPort?.on('message', async (request: GuestRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { part: await runGuest(request) };
  } catch (thrown) {
    answer = { error: toErrorData(thrown) };
  }
  parentPort?.postMessage(answer);
});
