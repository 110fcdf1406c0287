/** Parts of many features: how quickly a change shows, and what many changes leave in memory. */
import { benchmarkLateDimension, benchmarkRebuildMemory } from '../../kernel/benchmarks.ts';
import type { Benchmark } from './types.ts';

export const lateDimension: Benchmark = {
  name: 'late-dimension',
  summary: 'one dimension changed late in a part of a hundred features',
  async run() {
    const answer = await benchmarkLateDimension();
    return {
      name: 'late-dimension',
      lines: [
        { what: 'features', value: answer.features },
        { what: 'faces', value: answer.faces },
        { what: 'everything, to the picture', value: answer.full_s, unit: 's' },
        { what: 'the late change, to the picture', value: answer.late_s, unit: 's' },
        { what: '  of which features', value: answer.parts_s.features, unit: 's' },
        { what: '  of which describing', value: answer.parts_s.describe, unit: 's' },
        { what: '  of which tessellating', value: answer.parts_s.tessellate, unit: 's' },
        { what: 'times faster', value: answer.ratio, bar: 'at least 10', holds: answer.ratio >= 10 },
      ],
    };
  },
};

export const rebuildMemory: Benchmark = {
  name: 'rebuild-memory',
  summary: 'memory of a kernel worker over 1,000 rebuilds of one part',
  async run() {
    const answer = await benchmarkRebuildMemory();
    return {
      name: 'rebuild-memory',
      lines: [
        { what: 'rebuilds', value: answer.rebuilds },
        { what: 'after 50', value: answer.early_MiB, unit: 'MiB' },
        { what: 'at the end', value: answer.late_MiB, unit: 'MiB' },
        { what: 'growth', value: answer.growth * 100, unit: '%', bar: 'within 5 %', holds: answer.growth <= 0.05 },
      ],
    };
  },
};
