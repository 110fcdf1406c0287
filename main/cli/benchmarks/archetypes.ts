/** Every archetype at a hundred points of its script's whole range: each has to be made without a failed step, valid, in one piece. */
import { silentContext } from '../../../preload/contract/index.ts';
import { ARCHETYPES, readArchetypeScript } from '../../engineer/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { sampleValues } from '../../scripting/benchmarks.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import { buildPart } from '../scripted-part.ts';
import { problemAt } from './sample-parts.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const POINTS = 100;
const SEED = 6_261;

export const archetypes: Benchmark = {
  name: 'archetypes',
  summary: `the archetypes at ${POINTS} points of their ranges`,
  async run(io) {
    const points = Number(process.env['ARTIFICER_BENCH_POINTS'] ?? POINTS);
    const lines: BenchmarkLine[] = [];
    const kernel = createKernel();
    try {
      for (const { key } of ARCHETYPES) {
        io.signal.throwIfAborted();
        const script = await readArchetypeScript(key);
        const { variables } = await buildPart(kernel, script, { info: 'none' }, silentContext(io.signal));
        const started = performance.now();
        let good = 0;
        for (const values of sampleValues(variables, points, SEED)) {
          const problem = await problemAt(kernel, script, values, io.signal);
          io.signal.throwIfAborted();
          if (problem) io.err(`${key} at ${JSON.stringify(values)}: ${problem}\n`);
          else good++;
        }
        const seconds = (performance.now() - started) / 1000 / points;
        lines.push({ what: `${key}: valid`, value: good, bar: `all ${points}`, holds: good === points });
        lines.push({ what: `${key}: a rebuild with every value changed`, value: seconds, unit: 's' });
      }
    } finally {
      disposePartScripts();
      await kernel.dispose();
    }
    return { name: 'archetypes', lines };
  },
};
