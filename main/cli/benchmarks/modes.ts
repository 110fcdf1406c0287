/** Natural frequencies against CalculiX on the exported deck. */
import { createKernel } from '../../kernel/index.ts';
import { benchmarkModes } from '../../physics/benchmarks.ts';
import { terminalContext } from '../output.ts';
import type { Benchmark } from './types.ts';

const DEGREES_OF_FREEDOM = 288_000;
const MODES = 10;

export const modes: Benchmark = {
  name: 'modes',
  summary: `${MODES} natural frequencies at ${DEGREES_OF_FREEDOM / 1000},000 DOF against CalculiX on the exported deck`,
  async run(io) {
    const kernel = createKernel();
    try {
      const answer = await benchmarkModes({ dof: DEGREES_OF_FREEDOM, modes: MODES, kernel }, terminalContext(io));
      if (!answer.available) return { name: 'modes', lines: [], skipped: answer.reason };
      const faster = answer.calculix_s / answer.ours_s;
      const memory = answer.ours_MiB / answer.calculix_MiB;
      return {
        name: 'modes',
        lines: [
          { what: 'degrees of freedom', value: answer.dof },
          { what: `Artificer (${answer.method}), assembly to checked modes`, value: answer.ours_s, unit: 's' },
          { what: 'CalculiX, whole run', value: answer.calculix_s, unit: 's' },
          { what: 'times faster', value: faster, bar: 'at least 4', holds: faster >= 4 },
          { what: 'Artificer, peak memory', value: answer.ours_MiB, unit: 'MiB' },
          { what: 'CalculiX, peak memory', value: answer.calculix_MiB, unit: 'MiB' },
          { what: 'memory ratio', value: memory, bar: 'at most 0.5', holds: memory <= 0.5 },
          {
            what: 'largest difference of frequency',
            value: 100 * answer.frequencyDifference,
            unit: '%',
            bar: 'at most 0.1 %',
            holds: answer.frequencyDifference <= 1e-3,
          },
        ],
      };
    } finally {
      await kernel.dispose();
    }
  },
};
