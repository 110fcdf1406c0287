/** A part's history on a modeller, with the reader's help where a step needs the complete kernel. */
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import type { CompleteKernelAnswer, CompleteKernelRequest } from './features/complete-kernel.ts';
import type { EvaluationAnswer, EvaluationArgument } from './features/evaluation.ts';
import type { Crews } from './import.ts';
import { DEFAULT_MEMORY_MiB, MODELLER_LIMITS } from './limits.ts';
import type { EvaluatedPart, EvaluateRequest } from './port.ts';
import type { DefeatureArgument } from './reader/defeature.ts';

/** Answers of the reader that are kept for other modellers and later evaluations, bytes. */
const REMEMBERED_BYTES = 64 * 2 ** 20;

/** What the reader answered, by hash of what it was asked; the oldest is forgotten first. */
export class ReaderAnswers {
  readonly #answers = new Map<string, CompleteKernelAnswer>();
  #bytes = 0;

  get(key: string): CompleteKernelAnswer | undefined {
    return this.#answers.get(key);
  }

  remember(key: string, answer: CompleteKernelAnswer): void {
    if (this.#answers.has(key)) return;
    this.#answers.set(key, answer);
    this.#bytes += sizeOf(answer);
    for (const [oldest, forgotten] of this.#answers) {
      if (this.#bytes <= REMEMBERED_BYTES || oldest === key) break;
      this.#answers.delete(oldest);
      this.#bytes -= sizeOf(forgotten);
    }
  }
}

const sizeOf = (answer: CompleteKernelAnswer): number => ('brep' in answer ? answer.brep.byteLength : 0) + 1000;

/** A modeller that was replaced may have to be told again, but nobody asks the same thing for ever. */
const MOST_REPETITIONS = 3;

export async function evaluatePart(
  crews: Crews,
  remembered: ReaderAnswers,
  request: EvaluateRequest,
  context: JobContext,
): Promise<EvaluatedPart> {
  const run = { ...MODELLER_LIMITS, memory_MiB: DEFAULT_MEMORY_MiB, signal: context.signal };
  const asked = new Map<string, number>();
  let answers: Record<string, CompleteKernelAnswer> = {};
  for (;;) {
    // Bytes that several requests share are copied: the caller keeps them.
    const argument: EvaluationArgument = { ...request, answers };
    const answer = await crews.modellers.run<EvaluationAnswer>('evaluate', argument, {
      ...run,
      affinity: request.partKey,
      onProgress: (stage, fraction) => context.progress(stage, fraction),
    });
    if (!answer.needed) return answer;
    const { key } = answer.needed;
    const times = (asked.get(key) ?? 0) + 1;
    if (times > MOST_REPETITIONS) throw new Error('a step asks the complete kernel for the same thing again and again');
    asked.set(key, times);
    const solved = remembered.get(key) ?? (await ask(crews, answer.needed, context));
    remembered.remember(key, solved);
    answers = { [key]: solved };
  }
}

/** What the reader refuses is an answer as well; only a cancel ends the evaluation. */
async function ask(
  crews: Crews,
  { brep, faces }: CompleteKernelRequest,
  context: JobContext,
): Promise<CompleteKernelAnswer> {
  const argument: DefeatureArgument = { brep, faces };
  context.progress('Removing faces', null);
  try {
    return await crews.reader.run<CompleteKernelAnswer>('defeature', argument, {
      ...MODELLER_LIMITS,
      memory_MiB: DEFAULT_MEMORY_MiB,
      signal: context.signal,
    });
  } catch (thrown) {
    if (!(thrown instanceof ArtificerError) || thrown.data.category === 'cancelled') throw thrown;
    const error: ErrorData = thrown.data;
    return { error };
  }
}
