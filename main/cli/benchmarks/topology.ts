/** Generated shapes: how long they take, how true what is drawn is to what was optimised, and a picture of each to look at. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentContext } from '../../../preload/contract/index.ts';
import { ARM, BRACKET, buildShape, CANTILEVER, complianceOf, shapePicture } from '../../engineer/benchmarks.ts';
import { generateShape, type ShapeRequest } from '../../engineer/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics } from '../../physics/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const SHAPES: { request: ShapeRequest; mesh_mm: number }[] = [
  { request: BRACKET, mesh_mm: 5 },
  { request: CANTILEVER, mesh_mm: 5 },
  { request: { ...ARM, budget: { cells: 2500, iterations: 80 } }, mesh_mm: 8 },
];

export const topology: Benchmark = {
  name: 'topology',
  summary: 'shapes generated between interfaces, made by the kernel and solved on a mesh of their own',
  async run(io) {
    const lines: BenchmarkLine[] = [];
    const kernel = createKernel();
    const physics = createPhysics();
    const folder = await mkdtemp(join(tmpdir(), 'artificer-topology-'));
    try {
      for (const { request, mesh_mm } of SHAPES) {
        const started = performance.now();
        const shape = await generateShape(request, silentContext(io.signal));
        const seconds = (performance.now() - started) / 1000;
        const { report } = shape;
        const picture = join(folder, `${request.name.toLowerCase()}.svg`);
        await writeFile(picture, shapePicture(shape));
        await writeFile(join(folder, `${request.name.toLowerCase()}.ts`), shape.script);
        io.err(`  ${request.name}: ${picture}\n`);
        const built = await buildShape(kernel, shape.script);
        const off = built.info.mass.volume_mm3 / report.densityVolume_mm3 - 1;
        const { thinnestMember_mm, smallestInnerRadius_mm, pieces, windows } = report.measures;
        const line = (what: string, rest: Omit<BenchmarkLine, 'what'>) =>
          lines.push({ what: `${request.name}: ${what}`, ...rest });
        line('time', { value: seconds, unit: 's' });
        line('cells, iterations', { value: `${report.cells}, ${report.iterations}` });
        line('mass', { value: report.measures.mass_t * 1e6, unit: 'g' });
        line('lines, arcs, windows', { value: `${pieces.lines}, ${pieces.arcs}, ${windows}` });
        line('volume of the part against the densities', {
          value: off,
          bar: 'within 3 %',
          holds: Math.abs(off) < 0.03,
        });
        line('thinnest member', {
          value: thinnestMember_mm ?? Number.NaN,
          unit: 'mm',
          bar: `at least nine tenths of ${request.minimumMember_mm}`,
          holds: (thinnestMember_mm ?? 0) >= 0.9 * request.minimumMember_mm,
        });
        line('smallest inner radius', {
          value: smallestInnerRadius_mm ?? Number.NaN,
          unit: 'mm',
          bar: `at least ${request.toolRadius_mm}`,
          holds: (smallestInnerRadius_mm ?? Infinity) >= request.toolRadius_mm,
        });
        for (const [i, loadCase] of request.loadCases.entries()) {
          const solved = await complianceOf(physics, built, request, shape, loadCase, mesh_mm);
          const ratio = solved / report.compliances[i]!.compliance_N_mm;
          io.err(`  ${request.name}, ${loadCase.name}: ${ratio.toFixed(3)} of the densities' compliance\n`);
          const what = `compliance in "${loadCase.name}" on a mesh against the densities`;
          line(what, { value: ratio, bar: 'within 10 %', holds: Math.abs(ratio - 1) < 0.1 });
        }
      }
    } finally {
      disposePartScripts();
      await physics.dispose();
      await kernel.dispose();
    }
    return { name: 'topology', lines };
  },
};
