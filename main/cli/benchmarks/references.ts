/** Whether references survive 500 random edits of 20 parts: what they must not do is mean something else silently. */
import { survive } from '../../kernel/benchmarks.ts';
import { createKernel } from '../../kernel/index.ts';
import type { Benchmark } from './types.ts';

export const references: Benchmark = {
  name: 'references',
  summary: '500 edits on 20 parts: what became of every reference',
  async run(io) {
    const kernel = createKernel({ modellers: 1 });
    try {
      const report = await survive(kernel, {
        parts: 20,
        editsPerPart: 25,
        seed: 2026,
        signal: io.signal,
        progress: (part) => io.err(`\rpart ${part + 1} of 20`),
      });
      io.err('\n');
      const edits = Object.values(report.edits).reduce((sum, count) => sum + count, 0);
      const percent = (count: number): number => (100 * count) / report.checked;
      for (const jump of report.jumps.slice(0, 20)) io.err(`${jump}\n`);
      return {
        name: 'references',
        lines: [
          {
            what: Object.entries(report.edits)
              .map(([kind, count]) => `${kind} ${count}`)
              .join(', '),
            value: edits,
            unit: 'edits',
          },
          { what: 'references resolved after an edit', value: report.checked },
          { what: 'meant the geometrically right face or edge', value: percent(report.right), unit: '%' },
          { what: 'told to be lost, rightly', value: percent(report.lostRightly), unit: '%' },
          { what: 'told to be lost though it is there', value: percent(report.lostNeedlessly), unit: '%' },
          { what: 'features that failed loudly for a lost reference', value: report.featuresFailed },
          {
            what: 'silent jumps',
            value: report.jumps.length,
            bar: 'not one',
            holds: report.jumps.length === 0,
          },
        ],
      };
    } finally {
      await kernel.dispose();
    }
  },
};
