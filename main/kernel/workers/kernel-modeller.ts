/** A modeller's thread: the fast OpenCascade, for describing, tessellating, measuring, modelling and writing. */
import { workerData } from 'node:worker_threads';
import { loadModellingKernel } from '../modeller/occt.ts';
import { modellerOperations } from '../modeller/operations.ts';
import { serve } from './serve.ts';

await serve(async () => {
  const kernel = await loadModellingKernel(workerData as WebAssembly.Module);
  return { operations: modellerOperations(kernel), readFailure: (thrown) => kernel.describeFailure(thrown) };
});
