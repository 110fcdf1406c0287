/**
 * Every failure that reaches a person, a script or another process has this shape: a code to match on, a plain sentence,
 * what caused it, and what to do next. `category` decides the command line's exit code.
 */
import * as v from 'valibot';

export const ErrorCategorySchema = v.picklist([
  'usage', // the caller asked for something that makes no sense
  'refused', // the input is unsupported, corrupt, unsafe or too large; nothing changed
  'unmet', // done, but a requirement or verification does not hold
  'fault', // an internal failure, isolated
  'cancelled', // the person stopped it
]);
export type ErrorCategory = v.InferOutput<typeof ErrorCategorySchema>;

export const ErrorDataSchema = v.object({
  /** Dotted lower-case words: `import.truncated`, `study.under-restrained`. */
  code: v.string(),
  category: ErrorCategorySchema,
  /** One plain sentence naming what failed. */
  message: v.string(),
  /** What to do next. */
  hint: v.optional(v.string()),
  /** The technical cause: the kernel's words, a line or entity number. */
  cause: v.optional(v.string()),
  /** The record this is about. */
  recordId: v.optional(v.string()),
  /** Machine-readable particulars, such as the nearest candidates of an unresolved reference. */
  details: v.optional(v.unknown()),
});
export type ErrorData = v.InferOutput<typeof ErrorDataSchema>;

/** The one error class. Anything else that is thrown is a defect and surfaces as `internal`. */
export class ArtificerError extends Error {
  readonly data: ErrorData;
  constructor(data: ErrorData) {
    super(data.message);
    this.name = 'ArtificerError';
    this.data = data;
  }
  get code(): string {
    return this.data.code;
  }
}

/** Turns anything thrown into {@link ErrorData}; an unknown error becomes an `internal` fault and keeps its words as the cause. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof ArtificerError) return thrown.data;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return cancelled().data;
  const cause = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    code: 'internal',
    category: 'fault',
    message: 'Something inside Artificer failed.',
    cause,
    hint: 'Nothing was changed. Try again; if it happens again, report it with the cause.',
  };
}

export const cancelled = (what = 'The work'): ArtificerError =>
  new ArtificerError({
    code: 'cancelled',
    category: 'cancelled',
    message: `${what} was cancelled. Nothing was changed.`,
  });

/** Exit codes of the command line, by category. */
export const EXIT_CODES: Record<ErrorCategory, number> = { usage: 2, refused: 3, unmet: 4, fault: 5, cancelled: 130 };
