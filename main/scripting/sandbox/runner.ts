/**
 * Runs part scripts in a thread of its own: the engine stays free, a cancel ends the thread at once, and a script that broke
 * its bounds takes its thread with it. One thread is kept warm for a while, so that a dragged dimension re-runs its script
 * in milliseconds.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import {
  ArtificerError,
  cancelled,
  type ErrorData,
  type JobContext,
  silentContext,
} from '../../../preload/contract/index.ts';
import type { GuestRequest, ScriptLimits } from './guest.ts';
import { type ScriptedPart, scriptError } from './scripted-part.ts';
import type { ScopeVariable } from './variables.ts';

export interface PartScriptRequest {
  source: string;
  /** What messages call the script. */
  fileName: string;
  /** In place of what the script gives its variables: expressions, or numbers in mm, degrees or plain. */
  values?: Record<string, string | number>;
  /** Variables that the script finds there: those of the project. */
  scope?: Record<string, ScopeVariable>;
  limits?: Partial<ScriptLimits>;
}

export type WorkerAnswer = { part: ScriptedPart } | { error: ErrorData };

export const SCRIPT_LIMITS: ScriptLimits = { memory_MiB: 64, seconds: 5, output: 8_000_000 };
const LONGEST_SOURCE = 1_000_000;
/** Beyond the script's own time, for reading it and checking what it made, s. */
const GRACE_s = 5;
/** On a crowded machine a thread may wait for its turn: its own time counts, and this many times as long by the clock at most. */
const MOST_WAITING = 8;
const IDLE_s = 60;
const HEAP_MiB = 512;
/** Errors after which nothing in the thread is in doubt. */
const HARMLESS = new Set(['script.failed', 'script.syntax', 'script.import', 'script.no-part', 'script.invalid']);

class ScriptThread {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Hears what the thread answers to the one request that it has. */
  #listener: ((answer: WorkerAnswer) => void) | undefined;

  run(request: GuestRequest, signal: AbortSignal): Promise<ScriptedPart> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    return new Promise((resolve, reject) => {
      const listener = (answer: WorkerAnswer): void => {
        watch.end();
        signal.removeEventListener('abort', onAbort);
        this.#listener = undefined;
        if ('part' in answer || HARMLESS.has(answer.error.code)) this.#watchIdle(worker);
        else this.end();
        if ('part' in answer) resolve(answer.part);
        else reject(new ArtificerError(answer.error));
      };
      const onAbort = (): void => listener({ error: cancelled('Running the script').data });
      const seconds = request.limits.seconds + GRACE_s;
      const watch = watchTime(worker, seconds, () =>
        listener({ error: scriptError('too-slow', `${request.fileName} was stopped after ${seconds} s.`).data }),
      );
      signal.addEventListener('abort', onAbort, { once: true });
      this.#listener = listener;
      worker.postMessage(request);
    });
  }

  end(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(workerEntry(import.meta.url), {
      name: 'part-script',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MiB },
      env: {},
    });
    const hear = (answer: WorkerAnswer): void => {
      if (this.#worker === worker) this.#listener?.(answer);
    };
    const died = (cause: string): void =>
      hear({ error: scriptError('died', 'Running the script ended its thread.', { cause }).data });
    worker.on('message', hear);
    worker.on('error', (error) => died(String(error)));
    worker.on('exit', (code) => died(`exit code ${code}`));
    return worker;
  }

  #watchIdle(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => {
      if (this.#worker === worker) this.end();
    }, IDLE_s * 1000);
    this.#idle.unref();
  }
}

const secondsOf = async (worker: Worker): Promise<number> => {
  const { user, system } = await worker.cpuUsage();
  return (user + system) / 1e6;
};

/** Calls back once the thread has worked for so long from now on. */
function watchTime(worker: Worker, seconds: number, expired: () => void): { end(): void } {
  const started = performance.now();
  // A thread that has ended tells its listener so itself.
  const used = secondsOf(worker).catch(() => 0);
  let over = false;
  const look = async (): Promise<void> => {
    const worked = (await secondsOf(worker).catch(() => Number.POSITIVE_INFINITY)) - (await used);
    if (over) return;
    const waited = (performance.now() - started) / 1000;
    if (worked >= seconds || waited >= MOST_WAITING * seconds) expired();
    else timer = setTimeout(() => void look(), Math.max(100, (seconds - worked) * 1000));
  };
  let timer = setTimeout(() => void look(), seconds * 1000);
  return {
    end() {
      over = true;
      clearTimeout(timer);
    },
  };
}

function workerEntry(from: string): URL {
  if (from.endsWith('.ts')) return new URL('./part-script-worker.ts', from);
  const beside = new URL('./part-script-worker.js', from);
  return existsSync(beside) ? beside : new URL('../part-script-worker.js', from);
}

const thread = new ScriptThread();
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a script and answers with what it makes. One at a time; they wait for each other in line.
 * @throws ArtificerError `script.*`, `cancelled`
 */
export async function runPartScript(
  request: PartScriptRequest,
  context: JobContext = silentContext(),
): Promise<ScriptedPart> {
  const { source, fileName, values = {}, scope = {}, limits = {} } = request;
  const name = fileName.replaceAll(/\p{C}/gu, ' ').slice(0, 200) || 'The script';
  if (source.length > LONGEST_SOURCE)
    throw scriptError('too-large', `${name} is longer than the ${LONGEST_SOURCE} characters that a script may have.`);
  const guest: GuestRequest = { source, fileName: name, values, scope, limits: { ...SCRIPT_LIMITS, ...limits } };
  const turn = last.then(async () => {
    if (context.signal.aborted) throw cancelled('Running the script');
    context.progress(`Running ${name}`);
    return thread.run(guest, context.signal);
  });
  last = turn.catch(() => {});
  return unlessAborted(turn, context.signal);
}

/** One that still waits in line is cancelled at once, too. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(cancelled('Running the script'));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Ends the thread, if there is one. The next run starts another. */
export const disposePartScripts = (): void => thread.end();
