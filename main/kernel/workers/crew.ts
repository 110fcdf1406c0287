/** Workers of one role: work is given to an idle one, the rest waits in line, and nobody stays who has nothing to do. */
import { ArtificerError, cancelled } from '../../../preload/contract/errors.ts';
import { disposed } from '../errors.ts';
import { KernelWorker, type RunOptions } from './kernel-worker.ts';

export interface CrewOptions {
  role: 'reader' | 'modeller';
  size: number;
  /** An idle worker is ended after this long, seconds. */
  idle_s: number;
  /** A WebAssembly heap never shrinks: a worker above this is replaced when its work is done, MiB. */
  retire_MiB: number;
  workerData?: () => Promise<unknown>;
}

interface Waiting {
  begin(worker: KernelWorker): void;
  reject(error: Error): void;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #workers: KernelWorker[] = [];
  readonly #busy = new Set<KernelWorker>();
  readonly #waiting: Waiting[] = [];
  readonly #idleTimers = new Map<KernelWorker, NodeJS.Timeout>();
  #disposed = false;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#options.size;
  }
  get workers(): readonly KernelWorker[] {
    return this.#workers;
  }

  async run<T>(operation: string, argument: unknown, options: RunOptions): Promise<T> {
    const worker = await this.#take(options.signal);
    try {
      return await worker.run<T>(operation, argument, options);
    } finally {
      this.#release(worker);
    }
  }

  /** Loads one worker in the background, unless one is there already. */
  warm(): void {
    if (this.#disposed || this.#workers.length > 0) return;
    const worker = this.#hire();
    // Idle counts from when it is loaded. A kernel that cannot start says so when it is asked to do something.
    worker.start().then(
      () => {
        if (!this.#busy.has(worker) && !this.#disposed) this.#watchIdle(worker);
      },
      () => {},
    );
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const timer of this.#idleTimers.values()) clearTimeout(timer);
    this.#idleTimers.clear();
    for (const waiting of this.#waiting.splice(0)) waiting.reject(disposed());
    await Promise.all(this.#workers.map((worker) => worker.end()));
  }

  #take(signal: AbortSignal): Promise<KernelWorker> {
    if (this.#disposed) return Promise.reject(disposed());
    if (signal.aborted) return Promise.reject(cancelled());
    const free = this.#free();
    if (free) return Promise.resolve(this.#occupy(free));
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason instanceof ArtificerError ? signal.reason : cancelled());
      };
      const waiting: Waiting = {
        begin: (worker) => {
          signal.removeEventListener('abort', onAbort);
          resolve(this.#occupy(worker));
        },
        reject: (error) => {
          signal.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** An idle worker that is already loaded before one that has to be started. */
  #free(): KernelWorker | undefined {
    const idle = this.#workers.filter((worker) => !this.#busy.has(worker));
    return (
      idle.find((worker) => worker.state === 'idle') ??
      idle[0] ??
      (this.#workers.length < this.#options.size ? this.#hire() : undefined)
    );
  }

  #hire(): KernelWorker {
    const worker = new KernelWorker(this.#options.role, this.#options.workerData);
    this.#workers.push(worker);
    return worker;
  }

  #occupy(worker: KernelWorker): KernelWorker {
    clearTimeout(this.#idleTimers.get(worker));
    this.#busy.add(worker);
    return worker;
  }

  #release(worker: KernelWorker): void {
    this.#busy.delete(worker);
    if (this.#disposed) return;
    if (worker.memory_MiB > this.#options.retire_MiB) void worker.end();
    const next = this.#waiting.shift();
    if (next) next.begin(worker);
    else this.#watchIdle(worker);
  }

  #watchIdle(worker: KernelWorker): void {
    const timer = setTimeout(() => void worker.end(), this.#options.idle_s * 1000);
    timer.unref();
    clearTimeout(this.#idleTimers.get(worker));
    this.#idleTimers.set(worker, timer);
  }
}
