/** Long work: queued, watched, cancellable. The one place where a job's state changes. */
import { randomUUID } from 'node:crypto';
import {
  ArtificerError,
  cancelled,
  type ErrorData,
  type Job,
  type JobContext,
  toErrorData,
} from '../../preload/contract/index.ts';

export interface StartOptions {
  /** The record this job is about. */
  recordId?: string;
  /** Jobs with the same key run one after the other, in the order they were started. */
  exclusive?: string;
}

export interface JobManagerOptions {
  /** Jobs that may run at the same time; the rest wait their turn. */
  concurrency?: number;
  /** Ended jobs that are remembered. */
  keep?: number;
  /** Milliseconds between two progress events of one job. */
  progressInterval?: number;
  /** Milliseconds that a cancelled job is given to stop before it is reported as ended regardless. */
  grace?: number;
}

interface Entry {
  job: Job;
  run: (context: JobContext) => unknown;
  exclusive: string | undefined;
  controller: AbortController;
  value: unknown;
  waiting: { resolve(ended: { job: Job; value: unknown }): void; reject(error: Error): void }[];
  /** When its last progress event went out, and the timer of the next. */
  announcedAt: number;
  announceTimer: NodeJS.Timeout | undefined;
  graceTimer: NodeJS.Timeout | undefined;
}

const hasEnded = (job: Job): boolean => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';

const unknownJob = (jobId: string): ArtificerError =>
  new ArtificerError({
    code: 'job.unknown',
    category: 'usage',
    message: `There is no job "${jobId}".`,
    hint: 'It may have ended too long ago: only the last ones are remembered.',
  });

const slowToStop = (label: string): ErrorData => ({
  code: 'job.slow-to-stop',
  category: 'cancelled',
  message: `"${label}" was cancelled but has not stopped yet. Whatever it still finds is thrown away.`,
});

export class JobManager {
  readonly #options: Required<JobManagerOptions>;
  /** In the order they were started. */
  readonly #entries = new Map<string, Entry>();
  /** Whose function has not settled: a cancelled job that is slow to stop still holds its place and its key. */
  readonly #occupying = new Set<Entry>();
  readonly #listeners = new Set<(job: Job) => void>();
  #disposed = false;

  constructor(options: JobManagerOptions = {}) {
    this.#options = { concurrency: 4, keep: 200, progressInterval: 100, grace: 1000, ...options };
  }

  /** Queues the work and answers at once. `run` must look at its signal at least every second. */
  start(
    kind: Job['kind'],
    label: string,
    run: (context: JobContext) => unknown | Promise<unknown>,
    options: StartOptions = {},
  ): Job {
    if (this.#disposed) throw cancelled(label);
    const job: Job = {
      id: `job_${randomUUID()}`,
      kind,
      label,
      state: 'queued',
      stage: 'waiting',
      fraction: null,
      startedAt: Date.now(),
      ...(options.recordId === undefined ? {} : { recordId: options.recordId }),
    };
    const entry: Entry = {
      job,
      run,
      exclusive: options.exclusive,
      controller: new AbortController(),
      value: undefined,
      waiting: [],
      announcedAt: Number.NEGATIVE_INFINITY,
      announceTimer: undefined,
      graceTimer: undefined,
    };
    this.#entries.set(job.id, entry);
    this.#announce(entry);
    // Later, so that whoever started it has its id before anything of it happens.
    queueMicrotask(() => this.#pump());
    return { ...job };
  }

  /** Every job that is queued or running, and the last ones that ended; oldest first. */
  list(): Job[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry.job }));
  }

  /** Asks a job to stop. False when it had ended already. Its end follows within a second. */
  cancel(jobId: string): boolean {
    const entry = this.#find(jobId);
    if (hasEnded(entry.job) || entry.controller.signal.aborted) return false;
    const wasQueued = entry.job.state === 'queued';
    entry.controller.abort(cancelled(`"${entry.job.label}"`));
    if (wasQueued) {
      this.#end(entry, 'cancelled', toErrorData(entry.controller.signal.reason));
      this.#pump();
      return true;
    }
    entry.job.stage = 'stopping';
    this.#announce(entry);
    entry.graceTimer = setTimeout(
      () => this.#end(entry, 'cancelled', slowToStop(entry.job.label)),
      this.#options.grace,
    );
    entry.graceTimer.unref();
    return true;
  }

  /** Resolves when the job is done, and rejects with its error when it failed or was cancelled. */
  wait(jobId: string, signal?: AbortSignal): Promise<{ job: Job; value: unknown }> {
    return new Promise((resolve, reject) => {
      const entry = this.#find(jobId);
      if (signal?.aborted) return reject(cancelled('Waiting'));
      const waiter = { resolve, reject };
      if (hasEnded(entry.job)) return this.#tell(entry, waiter);
      entry.waiting.push(waiter);
      signal?.addEventListener(
        'abort',
        () => {
          // Only the waiting ends: the job goes on.
          entry.waiting = entry.waiting.filter((other) => other !== waiter);
          reject(cancelled('Waiting'));
        },
        { once: true },
      );
    });
  }

  /** Hears of every change of every job, progress at most ten times a second a job. Answers with how to stop. */
  subscribe(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Cancels everything and waits until it has stopped or has been given up. Nothing can be started afterwards. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const ends = [...this.#entries.values()]
      .filter((entry) => !hasEnded(entry.job))
      .map((entry) => this.wait(entry.job.id).catch(() => undefined));
    for (const jobId of this.#entries.keys()) this.cancel(jobId);
    await Promise.all(ends);
    this.#listeners.clear();
  }

  #find(jobId: string): Entry {
    const entry = this.#entries.get(jobId);
    if (!entry) throw unknownJob(jobId);
    return entry;
  }

  /** Starts whatever may run now. */
  #pump(): void {
    for (const entry of this.#entries.values()) {
      if (this.#occupying.size >= this.#options.concurrency) return;
      if (entry.job.state !== 'queued') continue;
      const key = entry.exclusive;
      if (key !== undefined && [...this.#occupying].some((other) => other.exclusive === key)) continue;
      void this.#run(entry);
    }
  }

  async #run(entry: Entry): Promise<void> {
    this.#occupying.add(entry);
    entry.job.state = 'running';
    entry.job.stage = 'starting';
    this.#announce(entry);
    const context: JobContext = {
      signal: entry.controller.signal,
      progress: (stage, fraction = null, detail) => {
        if (hasEnded(entry.job) || entry.controller.signal.aborted) return;
        entry.job.stage = stage;
        entry.job.fraction = fraction === null ? null : Math.min(1, Math.max(0, fraction));
        if (detail) entry.job.detail = detail;
        this.#announceSoon(entry);
      },
    };
    try {
      const value = await entry.run(context);
      // Finished just before it was told to stop: what is done stays done, and is said to be done.
      entry.value = value;
      this.#end(entry, 'done');
    } catch (error) {
      const data = toErrorData(entry.controller.signal.aborted ? entry.controller.signal.reason : error);
      this.#end(entry, data.category === 'cancelled' ? 'cancelled' : 'failed', data);
    } finally {
      this.#occupying.delete(entry);
      this.#pump();
    }
  }

  #end(entry: Entry, state: 'done' | 'failed' | 'cancelled', error?: ErrorData): void {
    if (hasEnded(entry.job)) {
      entry.value = undefined; // It was given up before: nobody has been, or will be, told this value.
      return;
    }
    clearTimeout(entry.graceTimer);
    entry.job.state = state;
    entry.job.endedAt = Date.now();
    entry.job.stage = state;
    if (state === 'done') entry.job.fraction = 1;
    if (error) entry.job.error = error;
    this.#announce(entry);
    for (const waiter of entry.waiting.splice(0)) this.#tell(entry, waiter);
    this.#forgetOld();
  }

  #tell(entry: Entry, waiter: Entry['waiting'][number]): void {
    const { job } = entry;
    if (job.state === 'done') waiter.resolve({ job: { ...job }, value: entry.value });
    else waiter.reject(new ArtificerError(job.error ?? toErrorData(new Error('ended without a reason'))));
  }

  #announceSoon(entry: Entry): void {
    if (entry.announceTimer) return;
    const wait = entry.announcedAt + this.#options.progressInterval - performance.now();
    entry.announceTimer = setTimeout(() => this.#announce(entry), Math.max(0, wait));
    entry.announceTimer.unref();
  }

  #announce(entry: Entry): void {
    clearTimeout(entry.announceTimer);
    entry.announceTimer = undefined;
    entry.announcedAt = performance.now();
    for (const listener of this.#listeners) listener({ ...entry.job });
  }

  #forgetOld(): void {
    const ended = [...this.#entries.values()].filter((entry) => hasEnded(entry.job));
    for (const entry of ended.slice(0, Math.max(0, ended.length - this.#options.keep)))
      this.#entries.delete(entry.job.id);
  }
}
