/** The loop inside a worker: one request at a time, its answer or its failure, and nothing else. */
import { parentPort } from 'node:worker_threads';
import { type KernelFailureReader, outOfMemory, translateFailure } from '../errors.ts';
import { heapSize_MiB, installMemoryBound, ranOutOfMemory, setMemoryBound } from './memory-bound.ts';
import type { Operation, WorkerMessage, WorkerRequest } from './protocol.ts';

export interface LoadedKernel {
  operations: Record<string, Operation>;
  readFailure: KernelFailureReader;
}

export async function serve(load: () => Promise<LoadedKernel>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('this program is a worker');
  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  installMemoryBound();
  let kernel: LoadedKernel;
  try {
    kernel = await load();
  } catch (thrown) {
    post({ kind: 'unusable', error: translateFailure(thrown, () => undefined, 'Starting the CAD kernel').error });
    return;
  }
  port.on('message', (request: WorkerRequest) => {
    setMemoryBound(request.memory_MiB);
    try {
      const operation = kernel.operations[request.operation];
      if (!operation) throw new Error(`unknown operation ${request.operation}`);
      const { value, transfer } = operation(request.argument as never, (stage, fraction = null) =>
        post({ kind: 'progress', stage, fraction }),
      );
      post({ kind: 'done', value, memory_MiB: heapSize_MiB() }, transfer);
    } catch (thrown) {
      const memory = heapSize_MiB();
      if (ranOutOfMemory()) {
        post({ kind: 'failed', error: outOfMemory(request.memory_MiB), poisoned: true, memory_MiB: memory });
        return;
      }
      const { error, poisoned } = translateFailure(thrown, kernel.readFailure, request.operation);
      post({ kind: 'failed', error, poisoned, memory_MiB: memory });
    }
  });
  post({ kind: 'ready', memory_MiB: heapSize_MiB() });
}
