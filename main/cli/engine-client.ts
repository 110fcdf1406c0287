/** The command line calls the engine through the contract like every other front, over a pair of ends in this process. */
import { type Api, api, type Client, connect, inProcessPair, serve } from '../../preload/contract/index.ts';
import type { Engine } from '../engine.ts';
import type { CommandIo } from './output.ts';

export function callEngine(engine: Engine): { client: Client<Api>; close: () => void } {
  const [far, near] = inProcessPair();
  serve(api, engine.handlers, far);
  return { client: connect(api, near), close: () => near.close() };
}

/** Waits for a job, showing its stages; a SIGINT cancels it. */
export async function waitForJob(client: Client<Api>, jobId: string, io: CommandIo): Promise<unknown> {
  const stop = client['jobs.changed']({}, (job) => {
    if (job.id !== jobId || job.state !== 'running') return;
    const percent = job.fraction === null ? '' : ` ${Math.round(job.fraction * 100)} %`;
    if (io.isTerminal) io.err(`\r\x1b[K${job.stage}${percent}`);
  });
  const cancel = (): void => void client['jobs.cancel']({ jobId });
  io.signal.addEventListener('abort', cancel, { once: true });
  try {
    return (await client['jobs.wait']({ jobId })).value;
  } finally {
    io.signal.removeEventListener('abort', cancel);
    stop();
  }
}
