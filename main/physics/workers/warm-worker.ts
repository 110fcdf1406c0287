/** A physics thread that is kept for the next task: starting one takes longer than a small solution. */
import { Worker } from 'node:worker_threads';
import { cancelled } from '../../../preload/contract/errors.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import { workerEntry } from './entry.ts';
import { answerOf, newState, runTask } from './run.ts';
import type { Answers, Task, WorkerStart } from './tasks.ts';

export class WarmWorker {
  #idle: Worker | null = null;
  readonly #ended = new WeakSet<Worker>();

  /** Starts the thread where there is none. It never keeps the process alive by itself. */
  warm(): void {
    if (this.#idle) return;
    const worker = new Worker(workerEntry('physics-worker'));
    worker.unref();
    worker.once('exit', () => {
      this.#ended.add(worker);
      if (this.#idle === worker) this.#idle = null;
    });
    // A thread that fails while it waits is replaced by the next task.
    worker.on('error', () => {});
    this.#idle = worker;
  }

  /** A second task at the same time has a thread of its own, as every other task. */
  async run<T extends Task>(task: T, context: JobContext): Promise<Answers[T['kind']]> {
    if (context.signal.aborted) throw cancelled('The study');
    const worker = this.#idle;
    if (!worker) return runTask(task, context);
    this.#idle = null;
    const state = newState();
    worker.ref();
    worker.postMessage({ task, state } satisfies WorkerStart);
    const answer = await answerOf<T>(worker, state, context).catch((error: unknown) => {
      // It may still be at work: it ends when it is done.
      worker.unref();
      worker.postMessage(null);
      throw error;
    });
    worker.unref();
    if (this.#idle || this.#ended.has(worker)) worker.postMessage(null);
    else this.#idle = worker;
    return answer;
  }

  dispose(): void {
    this.#idle?.postMessage(null);
    this.#idle = null;
  }
}
