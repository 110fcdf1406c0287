/** The command line calls the engine through the contract like every other front, over a pair of ends in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, api, type Client, connect, inProcessPair, serve } from '../../preload/contract/index.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine.ts';
import type { CommandIo } from './output.ts';

export function callEngine(engine: Engine): { client: Client<Api>; close: () => void } {
  const [far, near] = inProcessPair();
  serve(api, engine.handlers, far);
  return { client: connect(api, near), close: () => near.close() };
}

export interface TemporaryEngine {
  engine: Engine;
  client: Client<Api>;
  /** Gone afterwards, with everything in it: settings, recent files, untitled projects. */
  dataFolder: string;
}

/** An engine for one command: what it keeps beside the project is thrown away, so that a script leaves nothing behind. */
export async function withTemporaryEngine<Result>(
  options: Omit<EngineOptions, 'dataFolder'>,
  run: (temporary: TemporaryEngine) => Promise<Result>,
): Promise<Result> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'artificer-'));
  const engine = createEngine({ ...options, dataFolder });
  const { client, close } = callEngine(engine);
  try {
    return await run({ engine, client, dataFolder });
  } finally {
    close();
    await engine.dispose();
    await rm(dataFolder, { recursive: true, force: true });
  }
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
