/** Feature recognition on real parts whose holes, fillets and chamfers were counted by hand. */
import { readFile } from 'node:fs/promises';
import { measureRecognition } from '../../kernel/benchmarks.ts';
import { createKernel } from '../../kernel/index.ts';
import { sampleFile } from './sample-files.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const FOUND = 0.95;
const ERROR_mm = 1e-3;

export const recognition: Benchmark = {
  name: 'recognition',
  summary: 'holes, fillets and chamfers found on parts that were counted by hand',
  async run({ signal }) {
    const kernel = createKernel();
    try {
      const { scores, absent } = await measureRecognition(
        kernel,
        async (file) => {
          const path = sampleFile(file);
          return path ? readFile(path) : null;
        },
        signal,
      );
      if (scores.length === 0) return { name: 'recognition', lines: [], skipped: 'none of the counted parts is here' };
      const lines = scores.map(({ name, found, expected, invented, missed, largestError_mm }): BenchmarkLine => {
        const notes = [...missed.map((each) => `missed: ${each}`), ...invented.map((each) => `invented: ${each}`)];
        const off = `largest error ${largestError_mm.toExponential(0)} mm`;
        return { what: name, value: [`${found} of ${expected}`, off, ...notes].join('; ') };
      });
      const total = (of: (score: (typeof scores)[number]) => number): number =>
        scores.reduce((sum, score) => sum + of(score), 0);
      const share =
        total(({ found }) => found) /
        Math.max(
          1,
          total(({ expected }) => expected),
        );
      const invented = total((score) => score.invented.length);
      const error_mm = Math.max(...scores.map(({ largestError_mm }) => largestError_mm));
      lines.push(
        {
          what: `found on ${scores.length} parts`,
          value: 100 * share,
          unit: '%',
          bar: 'at least 95 %',
          holds: share >= FOUND,
        },
        { what: 'invented', value: invented, bar: 'none', holds: invented === 0 },
        {
          what: 'largest size error',
          value: error_mm,
          unit: 'mm',
          bar: 'at most 1e-3 mm',
          holds: error_mm <= ERROR_mm,
        },
      );
      for (const name of absent) lines.push({ what: name, value: 'not here' });
      return { name: 'recognition', lines };
    } finally {
      await kernel.dispose();
    }
  },
};
