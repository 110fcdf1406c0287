/**
 * One worker thread as the engine sees it: started when needed, given one request at a time, bounded in time and memory,
 * and ended without ceremony when it is stuck, poisoned, cancelled or idle.
 *
 * Threads rather than processes: the packaged application switches off Electron's run-as-Node, without which
 * `child_process.fork` cannot start one there, and everything a process would give is had otherwise. A trap in WebAssembly
 * is an exception of its thread, the heap is bounded exactly where it grows (`memory-bound.ts`), `terminate()` stops even an
 * endless loop inside WebAssembly in a few milliseconds, and the sandbox around untrusted parsing is WebAssembly itself,
 * which has no way to a file or a socket but what its host hands in (here: a file system in memory).
 */
import { Worker } from 'node:worker_threads';
import { ArtificerError, cancelled } from '../../../preload/contract/errors.ts';
import { disposed, tooSlow, workerDied } from '../errors.ts';
import { type WorkerName, workerEntry } from './entry.ts';
import type { WorkerMessage, WorkerRequest } from './protocol.ts';

export interface RunOptions {
  signal: AbortSignal;
  seconds: number;
  memory_MiB: number;
  transfer?: ArrayBuffer[];
  onProgress?(stage: string, fraction: number | null): void;
}

interface Pending {
  operation: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress: RunOptions['onProgress'];
  stop(): void;
}

/** Bound of the JavaScript heap of a worker; the kernel's own heap is bounded per request. */
const JAVASCRIPT_HEAP_MiB = 2048;

export class KernelWorker {
  readonly role: 'reader' | 'modeller';
  readonly #name: WorkerName;
  readonly #workerData: () => Promise<unknown>;
  #worker: Worker | undefined;
  #ready: Promise<void> | undefined;
  #pending: Pending | undefined;
  #generation = 0;
  memory_MiB = 0;

  constructor(role: 'reader' | 'modeller', workerData: () => Promise<unknown> = async () => undefined) {
    this.role = role;
    this.#name = role === 'reader' ? 'kernel-reader' : 'kernel-modeller';
    this.#workerData = workerData;
  }

  get state(): 'starting' | 'idle' | 'busy' | 'ended' {
    if (!this.#ready) return 'ended';
    if (this.#pending) return 'busy';
    return this.#worker && this.memory_MiB > 0 ? 'idle' : 'starting';
  }
  get operation(): string | undefined {
    return this.#pending?.operation;
  }

  /** Loads the kernel. Resolves when a request would begin at once. */
  start(): Promise<void> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  async #start(): Promise<void> {
    const generation = this.#generation;
    const workerData = await this.#workerData();
    if (generation !== this.#generation) throw disposed();
    const worker = new Worker(workerEntry(this.#name), {
      name: this.#name,
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: JAVASCRIPT_HEAP_MiB },
    });
    this.#worker = worker;
    // An engine that has nothing else to do may end: an idle kernel must not keep it.
    worker.unref();
    await new Promise<void>((resolve, reject) => {
      let loaded = false;
      const end = (error: Error): void => {
        if (this.#worker === worker) this.#forget();
        if (!loaded) reject(error);
      };
      worker.on('message', (message: WorkerMessage) => {
        if (this.#worker !== worker) return;
        if ('memory_MiB' in message) this.memory_MiB = message.memory_MiB;
        if (message.kind === 'ready') {
          loaded = true;
          resolve();
        } else if (message.kind === 'unusable') {
          end(new ArtificerError(message.error));
          void worker.terminate();
        } else this.#receive(message);
      });
      worker.on('error', (error) => {
        const data = workerDied(this.#pending?.operation ?? 'Starting the CAD kernel', String(error));
        this.#settle((pending) => pending.reject(new ArtificerError(data)));
        end(new ArtificerError(data));
      });
      worker.on('exit', (code) => {
        const data = workerDied(this.#pending?.operation ?? 'Starting the CAD kernel', `exit code ${code}`);
        if (this.#worker === worker) this.#settle((pending) => pending.reject(new ArtificerError(data)));
        end(new ArtificerError(data));
      });
    });
  }

  /** One request. Rejects within a moment of the signal, whatever the worker is doing. */
  async run<T>(operation: string, argument: unknown, options: RunOptions): Promise<T> {
    if (this.#pending) throw new Error('the worker is busy');
    const { signal, seconds } = options;
    const reason = (): Error => (signal.reason instanceof ArtificerError ? signal.reason : cancelled());
    if (signal.aborted) throw reason();
    return new Promise<T>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const onAbort = (): void => {
        this.#settle((pending) => pending.reject(reason()));
        void this.end();
      };
      const pending: Pending = {
        operation,
        resolve: resolve as (value: unknown) => void,
        reject,
        onProgress: options.onProgress,
        stop: () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          this.#worker?.unref();
        },
      };
      this.#pending = pending;
      signal.addEventListener('abort', onAbort, { once: true });
      this.start().then(
        () => {
          if (this.#pending !== pending) return;
          timer = setTimeout(() => {
            this.#settle((late) => late.reject(new ArtificerError(tooSlow(operation, seconds))));
            void this.end();
          }, seconds * 1000);
          this.#worker!.ref();
          const request: WorkerRequest = { operation, argument, memory_MiB: options.memory_MiB };
          this.#worker!.postMessage(request, options.transfer ?? []);
        },
        (error: Error) => {
          if (this.#pending === pending) this.#settle((failed) => failed.reject(error));
        },
      );
    });
  }

  #receive(message: Exclude<WorkerMessage, { kind: 'ready' | 'unusable' }>): void {
    switch (message.kind) {
      case 'progress':
        this.#pending?.onProgress?.(message.stage, message.fraction);
        break;
      case 'done':
        this.#settle((pending) => pending.resolve(message.value));
        break;
      case 'failed':
        this.#settle((pending) => pending.reject(new ArtificerError(message.error)));
        if (message.poisoned) void this.end();
        break;
    }
  }

  #settle(how: (pending: Pending) => void): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (!pending) return;
    pending.stop();
    how(pending);
  }

  #forget(): void {
    this.#generation++;
    this.#worker = undefined;
    this.#ready = undefined;
    this.memory_MiB = 0;
  }

  /** Ends the thread at once; the next request starts a new one. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#forget();
    this.#settle((pending) => pending.reject(disposed()));
    await worker?.terminate();
  }
}
