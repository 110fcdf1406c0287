/** Long work that the engine does: what runs, how far it is, and what has ended. */
import { create } from 'zustand';
import type { Job } from '../../preload/contract/index.ts';

export interface JobEntry {
  job: Job;
  /** Residuals reported so far, for the small curve. */
  residuals: number[];
}
export interface JobsState {
  /** Newest first. */
  entries: JobEntry[];
}
export const useJobs = create<JobsState>(() => ({ entries: [] }));

const KEPT = 200;
export const isRunning = ({ state }: Job): boolean => state === 'queued' || state === 'running';

/** Adds what the job's figures say to the curve: the solver reports `residual` with each of its iterations. */
function extended(residuals: number[], job: Job): number[] {
  const residual = job.detail?.['residual'];
  return residual !== undefined && residual > 0 && residual !== residuals.at(-1)
    ? [...residuals.slice(-400), residual]
    : residuals;
}

export function putJobs(jobs: Job[]): void {
  useJobs.setState(({ entries }) => {
    const known = new Map(entries.map((entry) => [entry.job.id, entry]));
    for (const job of jobs) {
      known.set(job.id, { job, residuals: extended(known.get(job.id)?.residuals ?? [], job) });
    }
    return { entries: [...known.values()].sort((a, b) => b.job.startedAt - a.job.startedAt).slice(0, KEPT) };
  });
}

export const runningJobs = (entries: JobEntry[]): JobEntry[] => entries.filter(({ job }) => isRunning(job));
