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

export interface CrewRunOptions extends RunOptions {
  /** Work of the same key goes to the worker that did the last of it, when that is possible: it remembers. */
  affinity?: string;
}

interface Waiting {
  affinity: string | undefined;
  begin(worker: KernelWorker): void;
  reject(error: Error): void;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #workers: KernelWorker[] = [];
  readonly #busy = new Set<KernelWorker>();
  readonly #waiting: Waiting[] = [];
  readonly #idleTimers = new Map<KernelWorker, NodeJS.Timeout>();
  /** Whose work a worker remembers. */
  readonly #bound = new Map<KernelWorker, string>();
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

  async run<T>(operation: string, argument: unknown, options: CrewRunOptions): Promise<T> {
    const worker = await this.#take(options.signal, options.affinity);
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

  #take(signal: AbortSignal, affinity?: string): Promise<KernelWorker> {
    if (this.#disposed) return Promise.reject(disposed());
    if (signal.aborted) return Promise.reject(cancelled());
    const free = this.#free(affinity);
    if (free) return Promise.resolve(this.#occupy(free, affinity));
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason instanceof ArtificerError ? signal.reason : cancelled());
      };
      const waiting: Waiting = {
        affinity,
        begin: (worker) => {
          signal.removeEventListener('abort', onAbort);
          resolve(this.#occupy(worker, affinity));
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

  /**
   * The idle worker that remembers this work; while it is busy with that very work, none, because waiting for it is shorter.
   * Otherwise one that is loaded and remembers nothing, then any that is loaded, then one that has to be started.
   */
  #free(affinity: string | undefined): KernelWorker | undefined {
    const idle = this.#workers.filter((worker) => !this.#busy.has(worker));
    if (affinity !== undefined) {
      const own = this.#workers.find((worker) => this.#bound.get(worker) === affinity && worker.state !== 'ended');
      if (own) return idle.includes(own) ? own : undefined;
    }
    const loaded = idle.filter((worker) => worker.state === 'idle');
    const unbound = loaded.find((worker) => !this.#bound.has(worker));
    if (unbound) return unbound;
    // Work that will be remembered is worth starting a worker for; other work may use one that remembers something.
    if (affinity === undefined && loaded[0]) return loaded[0];
    const ended = idle.find((worker) => worker.state === 'ended');
    if (ended) return ended;
    return this.#workers.length < this.#options.size ? this.#hire() : idle[0];
  }

  #hire(): KernelWorker {
    const worker = new KernelWorker(this.#options.role, this.#options.workerData);
    this.#workers.push(worker);
    return worker;
  }

  #occupy(worker: KernelWorker, affinity: string | undefined): KernelWorker {
    clearTimeout(this.#idleTimers.get(worker));
    this.#busy.add(worker);
    if (worker.state === 'ended') this.#bound.delete(worker);
    if (affinity !== undefined) this.#bound.set(worker, affinity);
    return worker;
  }

  #release(worker: KernelWorker): void {
    this.#busy.delete(worker);
    if (this.#disposed) return;
    if (worker.memory_MiB > this.#options.retire_MiB) void worker.end();
    const next = this.#nextFor(worker);
    if (next) next.begin(worker);
    else this.#watchIdle(worker);
  }

  /** The longest waiting, but work that another worker of the crew is at stays for that one. */
  #nextFor(worker: KernelWorker): Waiting | undefined {
    const others = new Set([...this.#busy].map((busy) => this.#bound.get(busy)));
    const index = this.#waiting.findIndex(
      ({ affinity }) => affinity === undefined || affinity === this.#bound.get(worker) || !others.has(affinity),
    );
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #watchIdle(worker: KernelWorker): void {
    const timer = setTimeout(() => void worker.end(), this.#options.idle_s * 1000);
    timer.unref();
    clearTimeout(this.#idleTimers.get(worker));
    this.#idleTimers.set(worker, timer);
  }
}
