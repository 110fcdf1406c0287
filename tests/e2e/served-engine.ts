/** The real engine behind `artificer serve`, as a person without Electron has it, for tests in a browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface ServedEngine {
  url: string;
  /** Asks it to end, as Ctrl+C does, and waits until it has. */
  stop(): Promise<void>;
  /** Ends it without asking. */
  kill(): Promise<void>;
}

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'artificer-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function serveProject(project: string, dataFolder: string): Promise<ServedEngine> {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'bin/artificer.mjs'), 'serve', project], {
    env: { ...process.env, ARTIFICER_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const url = await new Promise<string>((found, failed) => {
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      const match = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(printed);
      if (match && printed.includes('\n')) found(match[0]);
    });
    child.once('exit', (code) => failed(new Error(`the engine ended with ${code}: ${said}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
