/** Manufacturing rules on parts with planted faults, and on their clean twins. */
import { createKernel } from '../../kernel/index.ts';
import { measurePlanted } from '../../manufacture/benchmarks.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

export const manufacture: Benchmark = {
  name: 'manufacture',
  summary: 'faults planted for every manufacturing rule: all found, none on the clean twins',
  async run({ signal }) {
    const kernel = createKernel();
    try {
      const outcomes = await measurePlanted(kernel, signal);
      const lines = outcomes.map(
        ({ planted, found, alarms, seconds }): BenchmarkLine => ({
          what: planted.rule,
          value: [
            `${planted.words}: ${found ? 'found' : 'MISSED'}`,
            ...alarms.map((alarm) => `false alarm: ${alarm}`),
            `${(1000 * seconds).toFixed(0)} ms`,
          ].join('; '),
        }),
      );
      const found = outcomes.filter((outcome) => outcome.found).length;
      const alarms = outcomes.reduce((sum, outcome) => sum + outcome.alarms.length, 0);
      const times = outcomes.map(({ seconds }) => seconds).sort((a, b) => a - b);
      return {
        name: 'manufacture',
        lines: [
          ...lines,
          { what: `found, of ${outcomes.length} planted`, value: found, bar: 'all', holds: found === outcomes.length },
          { what: 'false alarms on clean twins', value: alarms, bar: 'none', holds: alarms === 0 },
          { what: 'one check, median', value: times[times.length >> 1]! * 1000, unit: 'ms' },
          { what: 'one check, longest', value: times.at(-1)! * 1000, unit: 'ms' },
        ],
      };
    } finally {
      disposePartScripts();
      await kernel.dispose();
    }
  },
};
