/** Every sample part at 50 points of its range: each has to be made without a failed step, valid and in one piece. */
import { silentContext, toErrorData } from '../../../preload/contract/index.ts';
import { createKernel, type Kernel } from '../../kernel/index.ts';
import { type SampledValues, sampleValues } from '../../scripting/benchmarks.ts';
import { disposePartScripts, readSamplePart, sampleKeys } from '../../scripting/index.ts';
import { buildPart, isFailed } from '../scripted-part.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const POINTS = 50;
const SEED = 20_261;

/** What is wrong with a part at a point, or null. */
export async function problemAt(
  kernel: Kernel,
  script: { source: string; fileName: string },
  values: SampledValues,
  signal: AbortSignal = new AbortController().signal,
): Promise<string | null> {
  try {
    const want = { info: 'none', tessellation: 'none' } as const;
    const { evaluated } = await buildPart(kernel, { ...script, values }, want, silentContext(signal));
    const failed = evaluated.outcomes.find(isFailed);
    if (failed) return `${failed.name}: ${failed.error?.message}`;
    if (evaluated.bodies.length !== 1) return `${evaluated.bodies.length} bodies`;
    const [body] = evaluated.bodies;
    return body!.valid && body!.volume_mm3 > 0 ? null : 'the body is not valid';
  } catch (thrown) {
    const { message, cause } = toErrorData(thrown);
    return `${message} ${cause ?? ''}`;
  }
}

export const sampleParts: Benchmark = {
  name: 'sample-parts',
  summary: `the sample parts at ${POINTS} points of their ranges`,
  async run(io) {
    const lines: BenchmarkLine[] = [];
    const kernel = createKernel();
    try {
      for (const key of await sampleKeys()) {
        io.signal.throwIfAborted();
        const script = await readSamplePart(key);
        const { variables } = await buildPart(kernel, script, { info: 'none' }, silentContext(io.signal));
        const started = performance.now();
        const problems: string[] = [];
        for (const values of sampleValues(variables, POINTS, SEED)) {
          const problem = await problemAt(kernel, script, values, io.signal);
          io.signal.throwIfAborted();
          if (problem) problems.push(problem);
          if (problem) io.err(`${key} at ${JSON.stringify(values)}: ${problem}\n`);
        }
        const good = POINTS - problems.length;
        const seconds = (performance.now() - started) / 1000 / POINTS;
        lines.push({ what: `${key}: valid`, value: good, bar: `all ${POINTS}`, holds: good === POINTS });
        lines.push({ what: `${key}: a rebuild with every value changed`, value: seconds, unit: 's' });
      }
    } finally {
      disposePartScripts();
      await kernel.dispose();
    }
    return { name: 'sample-parts', lines };
  },
};
