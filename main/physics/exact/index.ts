/** How honest error estimates are: measured on bodies whose exact solution is known. */
import { requireCore } from '../native-core.ts';
import { EXACT_CASES } from './cases.ts';
import { type ExactMeasure, measureExactCase } from './measure.ts';

/** The true error is to lie within this factor of its estimate. */
export const LARGEST_FACTOR = 3;

/** Every case at each of its finenesses; constant stress, whose error is nil, has no ratio and is left to the tests. */
export async function benchmarkErrorEstimates(signal: AbortSignal): Promise<ExactMeasure[]> {
  const core = requireCore();
  const measures: ExactMeasure[] = [];
  for (const one of EXACT_CASES.filter(({ name }) => name !== 'constant stress'))
    for (const fineness of one.finenesses) {
      signal.throwIfAborted();
      measures.push(await measureExactCase(core, one, fineness));
    }
  return measures;
}
