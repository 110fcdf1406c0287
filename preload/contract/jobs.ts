/** Long work: everything that can take over 100 ms is a job with a named stage, progress and a cancel button. */
import * as v from 'valibot';
import { ErrorDataSchema } from './errors.ts';

export const JobSchema = v.object({
  id: v.string(),
  kind: v.picklist([
    'import',
    'tessellate',
    'mesh',
    'solve',
    'sensitivities',
    'surrogate',
    'design',
    'second-opinion',
    'import-result',
    'report',
    'export',
    'render',
    'evaluate',
    'manufacture',
    'verify',
    'maintenance',
  ]),
  /** What a person reads: `Import as1-oc-214.stp`. */
  label: v.string(),
  state: v.picklist(['queued', 'running', 'done', 'failed', 'cancelled']),
  stage: v.string(),
  /** 0..1, or null where it cannot be known. */
  fraction: v.nullable(v.number()),
  startedAt: v.number(),
  endedAt: v.optional(v.number()),
  error: v.optional(ErrorDataSchema),
  /** Free-form figures for curves, e.g. the falling residual. */
  detail: v.optional(v.record(v.string(), v.number())),
  recordId: v.optional(v.string()),
});
export type Job = v.InferOutput<typeof JobSchema>;

/** What a domain function that takes long is given. It must look at `signal` at least every second. */
export interface JobContext {
  signal: AbortSignal;
  progress(stage: string, fraction?: number | null, detail?: Record<string, number>): void;
}
export const silentContext = (signal: AbortSignal = new AbortController().signal): JobContext => ({
  signal,
  progress: () => {},
});
