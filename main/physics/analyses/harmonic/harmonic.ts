/** Steady vibration under loads that vary with one frequency, over a range of frequencies, by superposition of modes. */
import type { ModalSolution, StaticSolution } from '../../../../native/index.d.ts';
import type { Probe, ResultFrame, ResultSummary } from '../../../../preload/contract/studies.ts';
import { meshSolution } from '../../connections/extend-model.ts';
import { refuseStudy } from '../../errors.ts';
import type { BuiltModel } from '../../model/build.ts';
import { withoutExpansion } from '../../model/material-arrays.ts';
import { nodeCount } from '../../model/mesh.ts';
import { type FrameFields, packFrames } from '../../results/fields.ts';
import { vonMisesOf } from '../../results/tensor.ts';
import { at, words } from '../../vector.ts';
import { type Analysis, type AnalysisInput, packedMeshOf } from '../analysis.ts';
import { frequencyOf } from '../modal/frequency.ts';
import { frameOf, probesOfFrame } from '../modal/mode-frames.ts';
import { solveModes } from '../modal/solve-modes.ts';
import {
  buildForEigenvalues,
  isTightened,
  refuseWhatVibrationLacks,
  requireDensity,
  solveStatic,
} from '../modal/static-state.ts';
import { vibrationSummary } from '../modal/vibration-summary.ts';
import { responseCurves } from './curves.ts';
import { type ModalBasis, modalAmplitudes, responseFrequencies } from './response.ts';

/** Modes to begin with where their number follows from the range, and the most that are looked for. */
const FIRST_MODES = 12;
const MOST_MODES = 200;

export const harmonicAnalysis: Analysis = async (input) => {
  const { task, mesh, progress } = input;
  refuseWhatVibrationLacks(input, 'Harmonic studies');
  requireDensity(input);
  const settings = task.study.harmonic;
  if (!settings)
    throw refuseStudy(
      'no-range',
      'A harmonic study needs a range of frequencies and a damping ratio.',
      'Give it both.',
    );
  refusePrescribed(input);
  const whole = buildForEigenvalues(input, { mayMove: true, stressed: false });
  // What varies are the loads: a temperature says which properties hold, and stretches nothing to and fro.
  const built = { ...whole, model: withoutExpansion(whole.model) };
  const modes = await modesForRange(input, built, settings);
  const free = modes.rigidModes > 0;
  // What the modes left out carry statically; a free body has no static solution.
  const state = free ? null : meshSolution(await solveStatic(input, built, built.model, 0.7, 0.9), nodeCount(mesh));
  progress('Collecting results', 0.9);
  const basis: ModalBasis = {
    eigenvalues: modes.eigenvalues,
    forces: modes.modalForces,
    dampingRatio: settings.dampingRatio,
  };
  const frequencies = responseFrequencies(settings, modes.eigenvalues).filter((frequency) => !free || frequency > 0);
  const peak = peakFrequency(basis, frequencies);
  const { fields, frames } = framesAtPeak(input, built, modes, state, basis, peak);
  const probes = task.study.probes.length > 0 ? task.study.probes : [mostMoved(input, fields)];
  const common = vibrationSummary(input, built, modes);
  const summary: ResultSummary = {
    ...common,
    type: 'harmonic',
    extremes: frames[0]!.extremes,
    frames,
    curves: responseCurves({ mesh, modes, basis, static: state, frequencies_Hz: frequencies, probes }),
    probes: probesOfFrame(task.study.probes, frames[0]!.probes),
    relativeResidual: Math.max(common.relativeResidual, state?.relativeResidual ?? 0),
  };
  summary.warnings.push(...harmonicWarnings(modes, settings), ...stillWarnings(input));
  progress('Packing', 0.97);
  return {
    summary,
    fields: packFrames(packedMeshOf(input, built.elementBody), fields, task.inputHash),
    deck: null,
  };
};

type Settings = NonNullable<AnalysisInput['task']['study']['harmonic']>;

function refusePrescribed({ task }: AnalysisInput): void {
  const moved = task.restraints.find(
    ({ restraint }) =>
      (restraint.kind === 'displacement' && [restraint.x_mm, restraint.y_mm, restraint.z_mm].some((value) => value)) ||
      (restraint.kind === 'remote-displacement' &&
        [restraint.x_mm, restraint.y_mm, restraint.z_mm, restraint.rx_rad, restraint.ry_rad, restraint.rz_rad].some(
          (value) => value,
        )),
  );
  if (moved)
    throw refuseStudy(
      'not-yet',
      `Restraint "${moved.restraint.name}" shakes the part: prescribed motion cannot be solved yet in harmonic studies.`,
      'Load the part by forces or by an acceleration.',
    );
}

/** The asked number of modes, or as many as reach twice the end of the range. */
async function modesForRange(input: AnalysisInput, built: BuiltModel, settings: Settings): Promise<ModalSolution> {
  let count = settings.modes ?? FIRST_MODES;
  while (true) {
    const modes = await solveModes(input, built, { count, from: 0.1, to: 0.7 });
    const reached = frequencyOf(modes.eigenvalues.at(-1)!);
    const all = modes.eigenvalues.length >= modes.degreesOfFreedom;
    if (settings.modes !== undefined || reached >= 2 * settings.to_Hz || count >= MOST_MODES || all) return modes;
    count = Math.min(2 * count, MOST_MODES);
  }
}

/** The frequency of the largest response: the root mean square displacement weighted by mass. */
function peakFrequency(basis: ModalBasis, frequencies_Hz: readonly number[]): number {
  let best = frequencies_Hz[0]!;
  let largest = -1;
  for (const frequency of frequencies_Hz) {
    const size = modalAmplitudes(basis, frequency).reduce((sum, { re, im }) => sum + re ** 2 + im ** 2, 0);
    if (size <= largest) continue;
    largest = size;
    best = frequency;
  }
  return best;
}

/** Real part (at the loads' largest) and imaginary part (a quarter of a period before) of the response at one frequency. */
function framesAtPeak(
  { mesh, task }: AnalysisInput,
  built: BuiltModel,
  modes: ModalSolution,
  state: StaticSolution | null,
  basis: ModalBasis,
  frequency_Hz: number,
): { fields: FrameFields[]; frames: ResultFrame[] } {
  const amplitudes = modalAmplitudes(basis, frequency_Hz);
  const combined = (part: 're' | 'im', shapes: Float64Array, still: Float64Array | undefined, size: number) => {
    const sum = new Float64Array(size);
    if (part === 're' && still) sum.set(still);
    amplitudes.forEach((amplitude, mode) => {
      const eigenvalue = modes.eigenvalues[mode]!;
      const quasiStatic = part === 're' && still && eigenvalue > 0 ? modes.modalForces[mode]! / eigenvalue : 0;
      const factor = amplitude[part] - quasiStatic;
      for (let i = 0; i < size; i++) sum[i]! += factor * shapes[size * mode + i]!;
    });
    return sum;
  };
  const fields = (['re', 'im'] as const).map((part): FrameFields => {
    const stress = combined(part, modes.stress, state?.stress, 2 * mesh.nodes.length);
    const vonMises = new Float32Array(mesh.nodes.length / 3);
    for (let node = 0; node < vonMises.length; node++)
      vonMises[node] = vonMisesOf(
        ...(stress.subarray(6 * node, 6 * node + 6) as unknown as Parameters<typeof vonMisesOf>),
      );
    return {
      displacement: Float32Array.from(combined(part, modes.shapes, state?.displacement, mesh.nodes.length)),
      stress: Float32Array.from(stress),
      vonMises,
    };
  });
  const maker = { mesh, elementBody: built.elementBody, probes: task.study.probes };
  const frames = fields.map((each, index) =>
    frameOf(maker, each, {
      name: `${Number(frequency_Hz.toPrecision(4))} Hz, ${index === 0 ? 'in phase with the loads' : 'a quarter period off'}`,
      kind: 'frequency',
      value: frequency_Hz,
      unit: 'Hz',
    }),
  );
  return { fields, frames };
}

/** A probe where the part moves most at the peak, for studies that have none. */
function mostMoved({ mesh }: AnalysisInput, [real, imaginary]: FrameFields[]): Probe {
  let largest = -1;
  let place = 0;
  for (let node = 0; node < mesh.nodes.length / 3; node++) {
    let size = 0;
    for (let axis = 0; axis < 3; axis++)
      size += real!.displacement![3 * node + axis]! ** 2 + imaginary!.displacement![3 * node + axis]! ** 2;
    if (size <= largest) continue;
    largest = size;
    place = node;
  }
  const point = at(mesh.nodes, place);
  return {
    id: 'most-moved',
    name: `Largest motion, at ${words(point)} mm`,
    at_mm: point,
    quantity: 'displacement.magnitude',
  };
}

/** What is part of the model and does not vary with the loads. */
function stillWarnings({ task }: AnalysisInput): ResultSummary['warnings'] {
  const warnings: ResultSummary['warnings'] = [];
  if (isTightened({ task }))
    warnings.push({
      code: 'result.preload-left-out',
      message: 'Bolts join by their stiffness here; their preload does not vary with the loads.',
    });
  if (task.loads.some(({ load }) => load.kind === 'body-temperature' && !load.suppressed))
    warnings.push({
      code: 'result.temperature-still',
      message: 'The temperature of the bodies says which properties they have; it does not vary with the loads.',
    });
  return warnings;
}

function harmonicWarnings(modes: ModalSolution, settings: Settings): ResultSummary['warnings'] {
  const warnings: ResultSummary['warnings'] = [];
  const reached = frequencyOf(modes.eigenvalues.at(-1)!);
  if (reached < 1.5 * settings.to_Hz && modes.eigenvalues.length < modes.degreesOfFreedom)
    warnings.push({
      code: 'result.few-modes',
      message: `The modes reach ${reached.toPrecision(3)} Hz only, and the range ${settings.to_Hz} Hz: ask for more modes.`,
    });
  if (modes.rigidModes > 0)
    warnings.push({
      code: 'result.no-static-part',
      message: 'The part is free to move: what the modes left out would add is missing from its response.',
    });
  const far = Math.max(0, ...modes.errorEstimates) * 100;
  if (far > 5)
    warnings.push({
      code: 'result.coarse-mesh',
      message: `The estimated error of the natural frequencies is up to ${far.toFixed(0)} %: resonances lie lower. Refine the mesh.`,
    });
  return warnings;
}
