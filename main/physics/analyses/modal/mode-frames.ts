/** Shapes as pictures: scaled to a largest displacement of 1 mm, stress in proportion, with their extremes and probes. */
import type { ModalSolution } from '../../../../native/index.d.ts';
import type { Probe, ResultFrame } from '../../../../preload/contract/studies.ts';
import type { VolumeMesh } from '../../model/mesh.ts';
import type { FrameFields } from '../../results/fields.ts';
import { probe } from '../../results/probe.ts';
import { unitOf } from '../../results/quantities.ts';
import { extremesOf } from '../../results/summary.ts';
import { frequencyOf } from './frequency.ts';

/** Largest length of the displacement vector at a node, mm. */
export function largestDisplacement(shape: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < shape.length; i += 3)
    largest = Math.max(largest, Math.hypot(shape[i]!, shape[i + 1]!, shape[i + 2]!));
  return largest;
}

/** Fields of a shape times `scale`, in single precision. */
export function shapeFields(
  scale: number,
  shape: Float64Array,
  stress?: Float64Array,
  vonMises?: Float64Array,
): FrameFields {
  const scaled = (values: Float64Array): Float32Array => Float32Array.from(values, (value) => scale * value);
  return {
    displacement: scaled(shape),
    ...(stress ? { stress: scaled(stress) } : {}),
    ...(vonMises ? { vonMises: Float32Array.from(vonMises, (value) => Math.abs(scale) * value) } : {}),
  };
}

export interface FrameMaker {
  mesh: VolumeMesh;
  elementBody: Int32Array;
  probes: readonly Probe[];
}

/** The summary of one frame of relative fields. */
export function frameOf(
  { mesh, elementBody, probes }: FrameMaker,
  fields: FrameFields,
  words: Pick<ResultFrame, 'name' | 'kind' | 'value' | 'unit'>,
): ResultFrame {
  return {
    ...words,
    extremes: extremesOf(mesh.nodes, fields),
    probes: probeValues({ mesh, elementBody, probes }, fields),
  };
}

/** The value of every probe in a frame; 0 for what such a frame does not have. */
export function probeValues({ mesh, elementBody, probes }: FrameMaker, fields: FrameFields): number[] {
  const answers = probe(
    { nodes: mesh.nodes, elements: mesh.elements, elementBody, strengths: [], ...fields },
    probes.map((one) => one.at_mm),
  );
  return probes.map((one, index) => answers[index]!.values[one.quantity ?? 'displacement.magnitude'] ?? 0);
}

/** The probes of the first frame, as the summary lists them. */
export function probesOfFrame(probes: readonly Probe[], values: readonly number[] | undefined) {
  return probes.map((one, index) => {
    const quantity = one.quantity ?? 'displacement.magnitude';
    return { name: one.name, value: values?.[index] ?? 0, unit: unitOf(quantity), quantity, at_mm: one.at_mm };
  });
}

/** The first `shown` modes, each with a largest displacement of 1 mm. */
export function framesOfModes(
  maker: FrameMaker,
  modes: ModalSolution,
  shown: number,
): { fields: FrameFields[]; frames: ResultFrame[] } {
  const size = maker.mesh.nodes.length;
  const nodes = size / 3;
  const fields: FrameFields[] = [];
  const frames: ResultFrame[] = [];
  for (let mode = 0; mode < shown; mode++) {
    const shape = modes.shapes.subarray(size * mode, size * (mode + 1));
    const rigid = mode < modes.rigidModes;
    const frame = shapeFields(
      1 / largestDisplacement(shape),
      shape,
      modes.stress.subarray(2 * size * mode, 2 * size * (mode + 1)),
      modes.vonMises.subarray(nodes * mode, nodes * (mode + 1)),
    );
    fields.push(frame);
    const frequency_Hz = frequencyOf(modes.eigenvalues[mode]!);
    frames.push(
      frameOf(maker, frame, {
        name: rigid
          ? `Rigid motion ${mode + 1}`
          : `Mode ${mode + 1 - modes.rigidModes}: ${Number(frequency_Hz.toPrecision(4))} Hz`,
        kind: 'mode',
        value: frequency_Hz,
        unit: 'Hz',
      }),
    );
  }
  return { fields, frames };
}
