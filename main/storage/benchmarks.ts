/** Measurements that the bench prints and the tests keep an eye on. Plain numbers, each in a folder of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RandomSource, seededRandom } from '../document/index.ts';
import { benchmarkView } from './benchmark-view.ts';
import { DocumentSession } from './session.ts';

export interface UndoBenchmark {
  count: number;
  median_ms: number;
  /** 95 % took no longer. */
  p95_ms: number;
  worst_ms: number;
  /** Including the write to the file. */
  change_median_ms: number;
}

/** Makes `count` changes to a project with some size to it, then undoes every one. */
export async function benchmarkUndo(count = 1000, passphrase?: string): Promise<UndoBenchmark> {
  return inFolder(async (folder) => {
    const session = await DocumentSession.create(join(folder, 'undo.artificer'), { passphrase });
    session.change({ label: 'Fill', put: Array.from({ length: 2000 }, (_, n) => benchmarkView(`fill${n}x`, n + 1)) });
    const changes_ms: number[] = [];
    for (let n = 0; n < count; n++) {
      const put = [benchmarkView(`fill${n % 2000}x`, n + 5000)];
      changes_ms.push(timed(() => session.change({ label: `Change ${n}`, put })));
    }
    const undos_ms: number[] = [];
    for (let n = 0; n < count; n++) undos_ms.push(timed(() => session.undo()));
    await session.close();
    const sorted = undos_ms.sort((a, b) => a - b);
    return {
      count,
      median_ms: median(sorted),
      p95_ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
      worst_ms: sorted.at(-1) ?? 0,
      change_median_ms: median(changes_ms.sort((a, b) => a - b)),
    };
  });
}

export interface KillsBenchmark {
  kills: number;
  /** Projects that failed their check afterwards. */
  damaged: number;
  /** Changes that were acknowledged and are not there. */
  lost: number;
  acknowledged: number;
  /** Changes that were in flight and made it, which is fine too. */
  unacknowledgedKept: number;
  /** What the checks said, where they failed. */
  problems: string[];
  seconds: number;
}

export interface KillOptions {
  passphrase?: string;
  seed?: number;
  /** For showing that the test can fail: the victim's program. */
  child?: string;
}

/** Kills a writer `count` times at random moments, on one and the same project, and checks it after each. */
export async function benchmarkKills(count = 20, options: KillOptions = {}): Promise<KillsBenchmark> {
  const began = performance.now();
  const random = seededRandom(options.seed ?? 1);
  const totals = { kills: 0, damaged: 0, lost: 0, acknowledged: 0, unacknowledgedKept: 0, problems: [] as string[] };
  await inFolder(async (folder) => {
    const path = join(folder, 'killed.artificer');
    const { passphrase } = options;
    await (await DocumentSession.create(path, { passphrase })).close();
    for (let n = 0; n < count; n++) {
      const acknowledged = await killOnce(path, options, random);
      totals.kills++;
      try {
        const session = await DocumentSession.open(path, { passphrase, ifLocked: 'refuse' });
        try {
          const integrity = await session.file.verify();
          if (!integrity.ok) {
            totals.damaged++;
            totals.problems.push(...integrity.problems.map((problem) => problem.message));
          }
          const kept = new Set(session.file.headers().map((header) => header.sequence));
          totals.lost += acknowledged.filter((sequence) => !kept.has(sequence)).length;
          totals.unacknowledgedKept += Math.max(0, session.file.lastSequence() - (acknowledged.at(-1) ?? 0));
          totals.acknowledged += acknowledged.length;
        } finally {
          await session.close();
        }
      } catch (thrown) {
        totals.damaged++;
        totals.problems.push((thrown as Error).message);
      }
    }
  });
  return { ...totals, seconds: (performance.now() - began) / 1000 };
}

/** Starts a writer, lets it acknowledge a few changes, and kills it at some moment after that. */
function killOnce(path: string, options: KillOptions, random: RandomSource): Promise<number[]> {
  const child = options.child ?? join(dirname(fileURLToPath(import.meta.url)), 'kill-child.ts');
  const victim = spawn(process.execPath, [child, path, options.passphrase ?? ''], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    let complaint = '';
    let armed = false;
    victim.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (armed) return;
      armed = true;
      setTimeout(() => victim.kill('SIGKILL'), random() * 250);
    });
    victim.stderr.setEncoding('utf8').on('data', (part: string) => {
      complaint += part;
    });
    victim.on('error', reject);
    victim.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`The writer ended by itself: ${complaint.slice(0, 500)}`));
      // A last line without its end was never wholly printed.
      resolve(
        text
          .slice(0, text.lastIndexOf('\n') + 1)
          .trim()
          .split('\n')
          .filter(Boolean)
          .map(Number),
      );
    });
  });
}

export interface ResponsivenessBenchmark {
  bytes: number;
  /** Longest time that nothing else got a turn, milliseconds. */
  write_longestPause_ms: number;
  write_seconds: number;
  read_longestPause_ms: number;
  read_seconds: number;
  verify_longestPause_ms: number;
  verify_seconds: number;
  saveAs_longestPause_ms: number;
  saveAs_seconds: number;
  pack_longestPause_ms: number;
  pack_seconds: number;
}

/** How long the engine's main thread is held by work on a large blob. */
export async function benchmarkResponsiveness(bytes = 80e6, passphrase?: string): Promise<ResponsivenessBenchmark> {
  return inFolder(async (folder) => {
    const session = await DocumentSession.create(join(folder, 'large.artificer'), { passphrase });
    const data = new Uint8Array(bytes);
    const random = seededRandom(1);
    for (let i = 0; i < data.length; i += 997) data[i] = random() * 256;
    let hash = '';
    const write = await watched(async () => {
      hash = await session.file.blobs.write(data, 'fields');
    });
    const read = await watched(() => session.file.blobs.read(hash));
    const verify = await watched(() => session.file.verify());
    const saveAs = await watched(() => session.file.saveAs(join(folder, 'copy.artificer'), { passphrase }));
    const pack = await watched(() => session.file.pack());
    await session.close();
    return {
      bytes,
      write_longestPause_ms: write.longestPause_ms,
      write_seconds: write.seconds,
      read_longestPause_ms: read.longestPause_ms,
      read_seconds: read.seconds,
      verify_longestPause_ms: verify.longestPause_ms,
      verify_seconds: verify.seconds,
      saveAs_longestPause_ms: saveAs.longestPause_ms,
      saveAs_seconds: saveAs.seconds,
      pack_longestPause_ms: pack.longestPause_ms,
      pack_seconds: pack.seconds,
    };
  });
}

/** Runs work while a clock that wants a turn every millisecond notes how long it was kept waiting. */
async function watched(work: () => Promise<unknown>): Promise<{ seconds: number; longestPause_ms: number }> {
  const began = performance.now();
  let last = began;
  let longestPause_ms = 0;
  const tick = (): void => {
    const now = performance.now();
    longestPause_ms = Math.max(longestPause_ms, now - last);
    last = now;
  };
  const timer = setInterval(tick, 1);
  await work();
  tick();
  clearInterval(timer);
  return { seconds: (performance.now() - began) / 1000, longestPause_ms };
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'artificer-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
