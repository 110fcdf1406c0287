import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { findCore } from '../native-core.ts';

/** Ends threads at odd moments, while they are in the core and about to bring its answer home. */
const PROGRAM = `
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
if (isMainThread)
  (async () => {
    for (let i = 0; i < 6; i++) {
      const worker = new Worker(process.argv[1], { eval: true, workerData: process.argv[2] });
      await new Promise((resolve) => worker.once('message', resolve));
      await new Promise((resolve) => setTimeout(resolve, 30 + 17 * i));
      await worker.terminate();
    }
    console.log('alive');
  })();
else {
  const core = require(workerData);
  const corners = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0.5, 0, 0.5, 0.5];
  const nodes = Float64Array.from({ length: 30 * 20000 }, (_, i) => corners[i % 30]);
  const elements = Int32Array.from({ length: 10 * 20000 }, (_, i) => i);
  parentPort.postMessage('computing');
  for (;;) core.meshQuality(nodes, elements);
}`;

it('a thread that is ended while the core computes in it does not end the process', () => {
  const { stdout, status } = spawnSync(process.execPath, ['-e', PROGRAM, PROGRAM, findCore()!], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect({ stdout, status }).toEqual({ stdout: 'alive\n', status: 0 });
});
