/** One check in a thread of its own: large bodies take seconds, and nobody else shall wait for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../../preload/contract/index.ts';
import { checkManufacturing, type ManufacturingRequest } from '../check.ts';
import type { ManufactureMessage } from './messages.ts';

const tell = (message: ManufactureMessage): void => parentPort!.postMessage(message);

try {
  const report = checkManufacturing(workerData as ManufacturingRequest, {
    step: (stage) => tell({ type: 'step', stage }),
  });
  tell({ type: 'done', report });
} catch (thrown) {
  tell({ type: 'failed', error: toErrorData(thrown) });
}
