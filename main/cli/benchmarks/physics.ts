/** The solver against CalculiX on the exported deck, and the verification cases. */
import { silentContext } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { benchmarkAgainstCalculix, benchmarkTransientHeat } from '../../physics/benchmarks.ts';
import { createPhysics, runVerification } from '../../physics/index.ts';
import { terminalContext } from '../output.ts';
import type { Benchmark } from './types.ts';

export const calculix: Benchmark = {
  name: 'calculix',
  summary: '288,000-DOF static solve against CalculiX on the exported deck',
  async run(io) {
    const kernel = createKernel();
    try {
      const answer = await benchmarkAgainstCalculix({ dof: 288_000, kernel }, terminalContext(io));
      if (!answer.available) return { name: 'calculix', lines: [], skipped: answer.reason };
      return {
        name: 'calculix',
        lines: [
          { what: 'degrees of freedom', value: answer.dof },
          { what: 'Artificer, assembly to stresses', value: answer.ours_s, unit: 's' },
          { what: 'CalculiX, whole run', value: answer.calculix_s, unit: 's' },
          {
            what: 'times faster',
            value: answer.calculix_s / answer.ours_s,
            bar: 'at least 4',
            holds: answer.calculix_s / answer.ours_s >= 4,
          },
          { what: 'Artificer, peak memory', value: answer.ours_MiB, unit: 'MiB' },
          { what: 'CalculiX, peak memory', value: answer.calculix_MiB, unit: 'MiB' },
          {
            what: 'memory ratio',
            value: answer.ours_MiB / answer.calculix_MiB,
            bar: 'at most 0.5',
            holds: answer.ours_MiB / answer.calculix_MiB <= 0.5,
          },
          {
            what: 'largest difference of displacement',
            value: 100 * answer.displacementDifference,
            unit: '%',
            bar: 'at most 0.1 %',
            holds: answer.displacementDifference <= 1e-3,
          },
        ],
      };
    } finally {
      await kernel.dispose();
    }
  },
};

export const verification: Benchmark = {
  name: 'verification',
  summary: 'published and analytic cases on the default accuracy setting',
  async run(io) {
    const kernel = createKernel();
    const physics = createPhysics();
    try {
      const report = await runVerification(kernel, physics, silentContext(io.signal));
      return {
        name: 'verification',
        lines: report.rows.map((row) => ({
          what: `${row.name}: ${row.quantity} (target ${row.target} ${row.unit})`,
          value: row.got,
          unit: row.unit,
          bar: row.band,
          holds: row.passed,
        })),
      };
    } finally {
      await physics.dispose();
      await kernel.dispose();
    }
  },
};

export const transient: Benchmark = {
  name: 'transient',
  summary: '200 steps of transient heat against 200 separate solves',
  async run(io) {
    const kernel = createKernel();
    try {
      const answer = await benchmarkTransientHeat({ kernel, size_mm: 4 }, terminalContext(io));
      return {
        name: 'transient',
        lines: [
          { what: 'nodes', value: answer.nodes },
          { what: 'transient of 200 steps', value: answer.together_s, unit: 's' },
          { what: 'one separate solve (mean of 5)', value: answer.each_s, unit: 's' },
          {
            what: 'share of 200 separate solves',
            value: answer.share,
            bar: 'under 1/20',
            holds: answer.share < 1 / 20,
          },
          {
            what: 'largest difference of temperature',
            value: answer.difference,
            bar: 'at most 1e-8 of the span',
            holds: answer.difference < 1e-8,
          },
          { what: 'factorisations', value: answer.factorisations },
        ],
      };
    } finally {
      await kernel.dispose();
    }
  },
};
