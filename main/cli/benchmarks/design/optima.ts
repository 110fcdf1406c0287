/** Textbook optima: the search's mass against that of closed forms. */
import { createKernel } from '../../../kernel/index.ts';
import { createPhysics, materialByName } from '../../../physics/index.ts';
import { disposePartScripts } from '../../../scripting/index.ts';
import type { Benchmark, BenchmarkLine } from '../types.ts';
import { quietly, SOLVES, solveProblem } from './problem.ts';
import { cantilever, rectangularFin, type Textbook, thickCylinder, threeBarTruss } from './textbook.ts';

const WITHIN_PERCENT = 3;
/** Some of them, with commas between: `ARTIFICER_BENCH_OPTIMA`. */
const ONLY = process.env['ARTIFICER_BENCH_OPTIMA']?.split(',');

export function textbooks(): Textbook[] {
  const { properties } = materialByName('Al 6061-T6');
  const { young_MPa, poisson, density_kg_m3, conductivity_W_mK } = properties;
  const material = { young_MPa: young_MPa!, poisson: poisson!, density_kg_m3 };
  return [
    cantilever(material),
    thickCylinder(material),
    rectangularFin({ ...material, conductivity_W_mK: conductivity_W_mK! }),
    threeBarTruss(material),
  ];
}

export const optima: Benchmark = {
  name: 'optima',
  summary: `masses of designs against textbook optima, ${SOLVES} solves each`,
  async run(io) {
    const kernel = createKernel();
    const physics = createPhysics({ workers: 2 });
    const lines: BenchmarkLine[] = [];
    try {
      for (const problem of textbooks().filter(({ name }) => ONLY?.includes(name) ?? true)) {
        io.signal.throwIfAborted();
        const { outcome, best } = await solveProblem(problem, { kernel, physics, context: quietly(io.signal) });
        const mass = best?.candidate.mass_kg ?? Number.NaN;
        const off = 100 * (mass / problem.mass_kg - 1);
        const solved = outcome.verdict === 'solved';
        io.err(`${problem.name}: ${outcome.summary}\n`);
        for (const { name, value } of best?.candidate.values ?? []) io.err(`  ${name} ${value}\n`);
        lines.push(
          { what: `${problem.name}: closed form`, value: problem.mass_kg, unit: 'kg' },
          { what: `${problem.name}: designed, with its mesh settled`, value: mass, unit: 'kg' },
          {
            what: `${problem.name}: off by`,
            value: off,
            unit: '%',
            bar: `within ${WITHIN_PERCENT} %, all requirements holding`,
            holds: solved && Math.abs(off) <= WITHIN_PERCENT,
          },
          { what: `${problem.name}: solves`, value: outcome.solves },
        );
      }
    } finally {
      await physics.dispose();
      await kernel.dispose();
      disposePartScripts();
    }
    return { name: 'optima', lines };
  },
};
