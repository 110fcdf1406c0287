/** The parts of a summary that modal and harmonic studies have in common: mesh, masses, modes, error and times. */
import type { ModalSolution } from '../../../../native/index.d.ts';
import type { ResultSummary } from '../../../../preload/contract/studies.ts';
import type { BuiltModel } from '../../model/build.ts';
import { histogramOf } from '../../results/summary.ts';
import type { SolveTask } from '../../workers/tasks.ts';
import type { AnalysisInput } from '../analysis.ts';
import { effectiveMasses } from './effective-mass.ts';
import { frequencyOf } from './frequency.ts';
import { largestDisplacement } from './mode-frames.ts';

export type VibrationSummary = Omit<ResultSummary, 'type' | 'extremes' | 'probes'>;

/** What a summary is made from, whether of a study or of a deck. */
export type SummaryInput = Pick<AnalysisInput, 'mesh' | 'quality' | 'warnings'> & {
  core: { version: string };
  task: Pick<SolveTask, 'inputHash' | 'warnings' | 'meshSeconds' | 'startedAt'>;
};

export function vibrationSummary(
  input: SummaryInput,
  built: { mass: Pick<BuiltModel['mass'], 'mass_t'> },
  modes: ModalSolution,
): VibrationSummary {
  const { task, mesh, quality } = input;
  const masses = effectiveMasses(modes);
  const size = mesh.nodes.length;
  const list = Array.from(modes.eigenvalues, (eigenvalue, index) => {
    const { mass_kg, inertia_kg_mm2, cumulative_percent } = masses[index]!;
    const largest = largestDisplacement(modes.shapes.subarray(size * index, size * (index + 1)));
    return {
      frequency_Hz: frequencyOf(eigenvalue),
      effectiveMass_kg: mass_kg,
      effectiveInertia_kg_mm2: inertia_kg_mm2,
      cumulativeMass_percent: cumulative_percent,
      participation: Array.from(modes.participation.subarray(6 * index, 6 * index + 6)),
      // A shape of largest displacement 1 has this modal mass; the mass-normalised one is it divided by the root.
      modalMass_kg: 1000 / largest ** 2,
      rigid: index < modes.rigidModes,
      residual: modes.residuals[index]!,
      error_percent: 100 * (modes.errorEstimates[index] ?? 0),
    };
  });
  const elastic = list.filter(({ rigid }) => !rigid);
  return {
    inputHash: task.inputHash,
    solver: `Artificer ${input.core.version}`,
    createdAt: Date.now(),
    mesh: {
      nodes: size / 3,
      elements: mesh.elements.length / 10,
      order: 2,
      dof: modes.degreesOfFreedom,
      min_quality: quality.minimum,
      size_mm: mesh.size_mm,
      straightened: mesh.straightened,
      histogram: histogramOf(quality.scaledJacobian),
    },
    modes: list,
    relativeResidual: Math.max(0, ...elastic.map(({ residual }) => residual)),
    iterations: modes.iterations,
    method: modes.method,
    // A frequency's relative error is half the square of its shape's error in energy.
    discretisation_error: {
      energy_percent: 100 * Math.sqrt(2 * Math.max(0, ...elastic.map(({ error_percent }) => error_percent / 100))),
      peak_stress_percent: 0,
    },
    minimumSafetyFactor: null,
    singularities: [],
    warnings: [...task.warnings, ...input.warnings],
    mass_kg: 1000 * built.mass.mass_t,
    seconds: {
      mesh: task.meshSeconds,
      assemble: modes.seconds.assemble,
      solve: modes.seconds.factorise + modes.seconds.solve,
      recover: modes.seconds.recover,
      total: (Date.now() - task.startedAt) / 1000,
    },
  };
}
