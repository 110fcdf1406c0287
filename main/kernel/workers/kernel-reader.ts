/** The reader's thread: the complete OpenCascade, for STEP, IGES and BREP files and everything only it can do. */
import { loadOcct } from '../reader/occt.ts';
import { readerOperations } from '../reader/operations.ts';
import { serve } from './serve.ts';

await serve(async () => {
  const kernel = await loadOcct();
  return { operations: readerOperations(kernel), readFailure: (thrown) => kernel.describeFailure(thrown) };
});
