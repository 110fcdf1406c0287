/**
 * Runs CalculiX (`ccx`, Debian's calculix-ccx) on a deck where it is installed: a second opinion for tests, benchmarks and
 * whoever asks for one. GPL: only ever a process of its own.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { physicsFault } from '../errors.ts';
import { type FrdBlock, readFrd } from './calculix-results.ts';
import { peakMemoryOf } from './peak-memory.ts';

export interface CalculixRun {
  blocks: Map<string, FrdBlock>;
  seconds: number;
  /** Largest resident memory seen, MiB. */
  peakMemory_MiB: number;
  output: string;
  /** The .dat file: eigenvalues, buckling factors, printed tables. */
  tables: string;
}

/** The version's words, or null where ccx is not installed. */
export function calculixVersion(): string | null {
  const answer = spawnSync('ccx', ['-v'], { encoding: 'utf8' });
  if (answer.error) return null;
  // It says "This is Version 2.20".
  const said = answer.stdout.trim();
  return `CalculiX ${/\bversion\s+(\S+)/i.exec(said)?.[1] ?? said}`.trim();
}

/** How often a running process is looked at, ms. */
const WATCH_EVERY_ms = 50;

export interface SolveInFolderOptions {
  threads: number;
  timeout_ms?: number;
  /** Ends the process at once. */
  signal?: AbortSignal;
  /** Called again and again while it runs. */
  watch?: (pid: number) => void;
}

/** Solves the `model.inp` of a folder, and answers with the end of what CalculiX said, however it went. */
export function solveInFolder(
  folder: string,
  { threads, timeout_ms, signal, watch }: SolveInFolderOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('ccx', ['-i', 'model'], {
      cwd: folder,
      env: { ...process.env, OMP_NUM_THREADS: String(threads), CCX_NPROC_EQUATION_SOLVER: String(threads) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(timeout_ms === undefined ? {} : { timeout: timeout_ms }),
    });
    let text = '';
    const collect = (chunk: string): void => {
      text = (text + chunk).slice(-20_000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const stop = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    const watching = watch && setInterval(() => child.pid && watch(child.pid), WATCH_EVERY_ms);
    child.on('error', reject);
    child.on('close', () => {
      clearInterval(watching);
      signal?.removeEventListener('abort', stop);
      resolve(text);
    });
  });
}

export async function runCalculix(
  deck: Uint8Array,
  nodeCount: number,
  options: { threads?: number; seconds?: number } = {},
): Promise<CalculixRun> {
  const folder = await mkdtemp(join(tmpdir(), 'artificer-ccx-'));
  try {
    await writeFile(join(folder, 'model.inp'), deck);
    const started = performance.now();
    let peakMemory_MiB = 0;
    const output = await solveInFolder(folder, {
      threads: options.threads ?? 1,
      timeout_ms: 1000 * (options.seconds ?? 1800),
      watch: async (pid) => {
        peakMemory_MiB = Math.max(peakMemory_MiB, await peakMemoryOf(pid));
      },
    });
    const seconds = (performance.now() - started) / 1000;
    const result = await readFile(join(folder, 'model.frd'), 'latin1').catch(() => '');
    if (!result || output.includes('*ERROR'))
      throw physicsFault('calculix-failed', 'CalculiX could not solve the deck.', undefined, output.slice(-3000));
    const tables = await readFile(join(folder, 'model.dat'), 'latin1').catch(() => '');
    return { blocks: readFrd(result, nodeCount), seconds, peakMemory_MiB, output, tables };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
