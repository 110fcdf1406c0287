/** A model that is being run in a thread of its own, asked batch by batch. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ArtificerError, cancelled, type InferenceProvider } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { workerEntry } from '../worker-entry.ts';
import type { InferenceMessage, InferenceRequest, InferenceStart, RunRequest } from './messages.ts';

/** Designs at once: large enough to keep a processor busy, small enough that a cancel is heard within a second. */
const BATCH = 16;
/** An honest model takes milliseconds; one that takes this long never ends. */
const PATIENCE_ms = 30_000;
const MOST_THREADS = 4;
/** How long a batch that is being computed is waited for when a model is closed. */
const GOODBYE_ms = 5000;

export type ModelOutputs = Record<string, Float64Array | Float32Array>;

interface Asked {
  message: RunRequest;
  resolve(outputs: ModelOutputs): void;
  reject(error: unknown): void;
}

export class ModelSession {
  readonly #start: InferenceStart;
  readonly #patience_ms: number;
  #worker: Worker | null = null;
  #opening: Promise<InferenceProvider> | null = null;
  /** One batch is with the worker at a time: those that are given up meanwhile are never begun. */
  #line: Promise<unknown> = Promise.resolve();
  #asked: Asked | null = null;
  #ids = 0;
  #provider: InferenceProvider | null = null;

  constructor(
    start: Omit<InferenceStart, 'threads' | 'providers'> & Partial<Pick<InferenceStart, 'providers' | 'threads'>>,
    { patience_ms = PATIENCE_ms }: { patience_ms?: number } = {},
  ) {
    this.#start = { providers: 'auto', threads: Math.min(MOST_THREADS, availableParallelism()), ...start };
    this.#patience_ms = patience_ms;
  }

  /** Where it runs; null before it was opened. */
  get provider(): InferenceProvider | null {
    return this.#provider;
  }

  /** Opens the session, or says why the model cannot be run. @throws ArtificerError */
  async open(): Promise<InferenceProvider> {
    this.#opening ??= this.#begin();
    return this.#opening;
  }

  /**
   * @param values row by row, the model's inputs
   * @param take each batch's outputs, with the number of its first row; in order
   * @throws ArtificerError when cancelled, and what the model fails with
   */
  async run(
    values: Float64Array,
    outputs: readonly string[],
    take: (first: number, rows: number, outputs: ModelOutputs) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { width } = this.#start.input;
    const count = values.length / width;
    for (let first = 0; first < count; first += BATCH) {
      const rows = Math.min(BATCH, count - first);
      const part = values.slice(first * width, (first + rows) * width);
      take(first, rows, await this.#batch(part, rows, outputs, signal));
    }
  }

  async dispose(): Promise<void> {
    this.#fail(cancelled('The prediction'));
    await this.#end();
  }

  async #batch(
    values: Float64Array,
    rows: number,
    outputs: readonly string[],
    signal: AbortSignal,
  ): Promise<ModelOutputs> {
    const answer = this.#line.then(async () => {
      if (signal.aborted) throw cancelled('The prediction');
      await this.open();
      return this.#ask({ type: 'run', id: this.#ids++, values, rows, outputs });
    });
    this.#line = answer.catch(() => {});
    return orCancelled(answer, signal);
  }

  #ask(message: RunRequest): Promise<ModelOutputs> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(
          refuseSurrogate(
            'model-too-slow',
            `The model has not answered within ${this.#patience_ms / 1000} s.`,
            'A surrogate answers in milliseconds: train it anew, or solve the study.',
          ),
        );
        void this.#end();
      }, this.#patience_ms);
      const settled = (): void => {
        clearTimeout(timer);
        this.#asked = null;
        this.#worker?.unref();
      };
      this.#asked = {
        message,
        resolve: (found) => {
          settled();
          resolve(found);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      this.#worker!.ref();
      this.#worker!.postMessage(message);
    });
  }

  #fail(error: unknown): void {
    this.#asked?.reject(error);
  }

  /**
   * Lets the thread end by itself; the next question opens another. It is never ended from outside: where it is within the
   * runtime's own code, that would end the whole process.
   */
  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#opening = null;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ type: 'stop' } satisfies InferenceRequest);
    worker.unref();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_ms);
    });
    await Promise.race([ended, enough]);
    clearTimeout(timer);
  }

  #begin(): Promise<InferenceProvider> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerEntry('inference/inference-worker', 'inference-worker'), {
        workerData: this.#start,
      });
      this.#worker = worker;
      const gone = (cause: string): void => {
        if (this.#worker === worker) this.#worker = this.#opening = null;
        const error = refuseSurrogate('model-failed', 'The thread that runs the model ended.', 'Try again.', { cause });
        reject(error);
        this.#fail(error);
      };
      worker.on('error', (thrown) => gone(thrown instanceof Error ? thrown.message : String(thrown)));
      worker.on('exit', (code) => gone(`exit code ${code}`));
      worker.on('message', (message: InferenceMessage) => {
        if (message.type === 'ready') {
          this.#provider = message.provider;
          worker.unref();
          resolve(message.provider);
        } else if (message.type === 'done') {
          if (this.#asked?.message.id === message.id) this.#asked.resolve(message.outputs);
        } else if (message.id === null) {
          reject(new ArtificerError(message.error));
          if (this.#worker === worker) void this.#end();
        } else if (this.#asked?.message.id === message.id) this.#asked.reject(new ArtificerError(message.error));
      });
    });
  }
}

/** The answer, or the cancel, whichever is first. */
function orCancelled<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(cancelled('The prediction'));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
