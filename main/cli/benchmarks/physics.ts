/** The solver against CalculiX on the exported deck, and the verification cases. */
import { silentContext } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { benchmarkAgainstCalculix, benchmarkLoadCases, benchmarkTransientHeat } from '../../physics/benchmarks.ts';
import { createPhysics, runVerification } from '../../physics/index.ts';
import { terminalContext } from '../output.ts';
import type { Benchmark } from './types.ts';

/** @param faster the bar: how many times faster than CalculiX */
const againstCalculix = (name: string, dof: number, faster: number): Benchmark => ({
  name,
  summary: `${dof.toLocaleString('en')}-DOF static solve against CalculiX on the exported deck`,
  async run(io) {
    const kernel = createKernel();
    try {
      const answer = await benchmarkAgainstCalculix({ dof, kernel }, terminalContext(io));
      if (!answer.available) return { name, lines: [], skipped: answer.reason };
      return {
        name,
        lines: [
          { what: 'degrees of freedom', value: answer.dof },
          { what: 'Artificer, assembly to stresses', value: answer.ours_s, unit: 's' },
          { what: 'CalculiX, whole run', value: answer.calculix_s, unit: 's' },
          {
            what: 'times faster',
            value: answer.calculix_s / answer.ours_s,
            bar: `at least ${faster}`,
            holds: answer.calculix_s / answer.ours_s >= faster,
          },
          // Many more than these mean that the smoother misjudges some element of this mesh.
          { what: 'iterations', value: answer.iterations, bar: 'at most 25', holds: answer.iterations <= 25 },
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
});

export const calculix = againstCalculix('calculix', 300_000, 8);
export const calculixMillion = againstCalculix('calculix-million', 1_000_000, 20);

const CASES = 10;
export const loadCases: Benchmark = {
  name: 'cases',
  summary: `${CASES} load cases on one mesh of 300,000 DOF against one`,
  async run(io) {
    const kernel = createKernel();
    try {
      const answer = await benchmarkLoadCases({ dof: 300_000, kernel, cases: CASES }, terminalContext(io));
      if (!answer.available) return { name: 'cases', lines: [], skipped: answer.reason };
      const ratio = answer.several_s / answer.one_s;
      const { one, several } = answer.stages;
      return {
        name: 'cases',
        lines: [
          { what: 'degrees of freedom', value: answer.dof },
          { what: 'one case, assembly to stresses', value: answer.one_s, unit: 's' },
          { what: `${CASES} cases, assembly to stresses`, value: answer.several_s, unit: 's' },
          { what: 'times one case', value: ratio, bar: 'under 3', holds: ratio < 3 },
          {
            what: 'times one case, meshing included',
            value: (answer.several_s + answer.mesh_s) / (answer.one_s + answer.mesh_s),
          },
          ...(['assemble', 'factorise', 'solve', 'recover'] as const).map((stage) => ({
            what: `${stage}: ${CASES} cases over one`,
            value: several[stage] / one[stage],
          })),
          { what: 'one case, peak memory', value: answer.one_MiB, unit: 'MiB' },
          { what: `${CASES} cases, peak memory`, value: answer.several_MiB, unit: 'MiB' },
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
