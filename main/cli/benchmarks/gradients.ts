/** Adjoint gradients of sample parts by their dimensions, against central differences of new solutions on the moved mesh. */
import { ArtificerError, silentContext } from '../../../preload/contract/index.ts';
import { createKernel, type Kernel } from '../../kernel/index.ts';
import { createPhysics, materialByName, type Physics, type SensitivityOutcome } from '../../physics/index.ts';
import { disposePartScripts, readSamplePart } from '../../scripting/index.ts';
import type { CommandIo } from '../output.ts';
import { buildPart } from '../scripted-part.ts';
import { FREQUENCY_STUDIES, GRADIENT_STUDIES, type GradientStudy, TEMPERATURE_STUDIES } from './gradient-studies.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

/** Half the difference of a dimension, relative to its value. */
const STEP = 1e-3;
const BAR = 1e-3;

const benchmarkOf = (name: string, summary: string, studies: readonly GradientStudy[]): Benchmark => ({
  name,
  summary: `${summary} of sample parts against central differences`,
  async run(io) {
    const lines: BenchmarkLine[] = [];
    const kernel = createKernel();
    const physics = createPhysics();
    try {
      for (const study of studies) lines.push(...(await linesOf(study, kernel, physics, io)));
    } finally {
      disposePartScripts();
      await physics.dispose();
      await kernel.dispose();
    }
    return { name, lines };
  },
});

/** One by one, since each takes minutes; `gradients` stands for them all. */
export const gradientBenchmarks: readonly Benchmark[] = [
  benchmarkOf('gradients-statics', 'adjoint gradients of statics', GRADIENT_STUDIES),
  benchmarkOf('gradients-frequencies', 'gradients of natural frequencies', FREQUENCY_STUDIES),
  benchmarkOf('gradients-temperatures', 'adjoint gradients of temperatures', TEMPERATURE_STUDIES),
];

async function linesOf(
  study: GradientStudy,
  kernel: Kernel,
  physics: Physics,
  io: CommandIo,
): Promise<BenchmarkLine[]> {
  const outcome = await gradientsOf(study, kernel, physics, io.signal);
  const lines: BenchmarkLine[] = outcome.summary.leftOut.map(({ name, reason }) => ({
    what: `${study.part}: ${name}`,
    value: reason,
    bar: 'is followed',
    holds: false,
  }));
  for (const [index, { name, variables, functional }] of outcome.summary.functionals.entries()) {
    const differences = outcome.differences![index]!;
    // Measured by the largest gradient of this quantity in each unit: one that happens to be nil has no relative error.
    const scale = Math.max(...differences.map((each, i) => Math.abs(each) * outcome.summary.variables[i]!.value));
    const worst = Math.max(
      ...variables.map(({ perUnit }, i) => {
        const own = Math.max(Math.abs(differences[i]!), (0.01 * scale) / outcome.summary.variables[i]!.value);
        return Math.abs(perUnit - differences[i]!) / own;
      }),
    );
    lines.push({
      what: `${study.part}: ${functional.quantity} by ${variables.map((each) => each.name).join(', ')}`,
      value: worst,
      bar: `below ${BAR}`,
      holds: worst < BAR && variables.length > 0,
    });
    io.err(
      `  ${study.part}, ${name}: ${variables.map(({ name: own, perUnit }, i) => `${own} ${perUnit.toPrecision(7)} | ${differences[i]!.toPrecision(7)}`).join('; ')}\n`,
    );
  }
  return lines;
}

/** The sensitivities of a study, with central differences. */
export async function gradientsOf(
  study: GradientStudy,
  kernel: Kernel,
  physics: Physics,
  signal: AbortSignal,
): Promise<SensitivityOutcome> {
  const context = silentContext(signal);
  const script = await readSamplePart(study.part);
  const make = async (values: Record<string, string | number>) => {
    const built = await buildPart(kernel, { ...script, values }, { brep: true, info: 'describe' }, context);
    const bodies = built.evaluated.bodies.filter(({ info }) => info?.kind === 'solid');
    if (bodies.length === 0)
      throw new ArtificerError({ code: 'bench.no-body', category: 'fault', message: `${study.part} has no solid.` });
    return {
      ...built,
      infos: bodies.map(({ info }) => info!),
      brep: await kernel.brepText(
        bodies.map(({ brep }) => brep!),
        context,
      ),
    };
  };
  const base = await make({});
  const wanted =
    study.variables.length > 0
      ? study.variables
      : base.variables.filter(({ dimension }) => dimension === 'length').map(({ name }) => name);
  const variables = [];
  for (const name of wanted) {
    const value = base.variables.find((each) => each.name === name)?.value;
    if (value === undefined)
      throw new ArtificerError({ code: 'bench.no-variable', category: 'fault', message: `${study.part}: no ${name}` });
    const step = STEP * Math.abs(value);
    const at = (sign: number) => make({ [name]: `${value + sign * step} mm` });
    variables.push({ name, unit: 'mm', value, step, plus: await at(1), minus: await at(-1) });
  }
  const material = materialByName(base.scripted.material ?? 'Steel S235JR');
  return physics.sensitivities(
    {
      bodies: base.infos.map((info, index) => ({ index, name: info.name, info, material })),
      brep: base.brep,
      inputHash: `gradients ${study.kind ?? 'static'} ${study.part}`,
      study: {
        ...(study.kind ? { study: study.kind } : {}),
        restraints: study.restraints,
        loads: study.loads,
        mesh: { size_mm: study.size_mm, order: 2, accuracy: 'draft', refinements: [] },
        probes: [],
      },
      functionals: study.functionals,
      variables,
      differences: true,
      solver: { method: 'direct', tolerance: 1e-12 },
    },
    context,
  );
}
