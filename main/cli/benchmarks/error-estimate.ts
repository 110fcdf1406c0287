/** Estimated errors against true ones, on bodies whose exact solution is known. */
import { benchmarkErrorEstimates, LARGEST_FACTOR } from '../../physics/benchmarks.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

export const errorEstimate: Benchmark = {
  name: 'error-estimate',
  summary: 'true error over its estimate, in energy and at the peak stress, on cases with exact solutions',
  async run(io) {
    const lines: BenchmarkLine[] = [];
    for (const { name, dof, energy, peak, peakValue_percent } of await benchmarkErrorEstimates(io.signal)) {
      for (const [what, errors] of [
        ['energy', energy],
        ['stress at the peak', peak],
      ] as const) {
        if (!errors) continue;
        lines.push({
          what: `${name}, ${dof} DOF, ${what}: true ${errors.true_percent.toPrecision(3)} %, estimated ${errors.estimated_percent.toPrecision(3)} %; true over estimated`,
          value: errors.ratio,
          bar: `within a factor of ${LARGEST_FACTOR}`,
          holds: errors.ratio <= LARGEST_FACTOR && errors.ratio >= 1 / LARGEST_FACTOR,
        });
      }
      if (peak && peakValue_percent !== null)
        lines.push({
          what: `${name}, ${dof} DOF, largest von Mises stress: true error over estimated`,
          value: peakValue_percent / peak.estimated_percent,
          bar: `at most ${LARGEST_FACTOR}`,
          holds: peakValue_percent <= LARGEST_FACTOR * peak.estimated_percent,
        });
    }
    return { name: 'error-estimate', lines };
  },
};
