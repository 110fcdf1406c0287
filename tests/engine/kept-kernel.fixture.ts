/** One kernel for all the engines of a test file: starting one takes longer than most of what a test asks of it. */
import { afterAll } from 'vitest';
import { createKernel } from '../../main/kernel/index.ts';
import type { Kernel } from '../../main/kernel/port.ts';

/** A kernel that outlives the engines that it is given to, and ends after the last test of the file. */
export function keptKernel(): Kernel {
  const kernel = createKernel();
  afterAll(() => kernel.dispose());
  return { ...kernel, dispose: async () => {} };
}
