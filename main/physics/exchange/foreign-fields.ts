/** Results of other programs as a result of ours: fields to paint beside our own, and numbers that say whose they are. */
import type { FieldQuantity, ResultFrame, ResultSummary } from '../../../preload/contract/studies.ts';
import type { NumericCore } from '../native-core.ts';
import { type FrameFields, packFrames } from '../results/fields.ts';
import { type NodalFields, unitOf } from '../results/quantities.ts';
import { extremesOf, histogramOf } from '../results/summary.ts';
import { principalOf, vonMisesOf } from '../results/tensor.ts';
import { refuseFile } from './account.ts';
import { type ForeignNodalFields, type ForeignResult, readFrdModel } from './frd-model.ts';
import { readVtu } from './vtu-reader.ts';

export interface ForeignOutcome {
  summary: ResultSummary;
  fields: Uint8Array<ArrayBuffer>;
}

/** By the file's ending. @throws ArtificerError `exchange.*` */
export function readForeignResult(bytes: Uint8Array, fileName: string): ForeignResult {
  if (/\.frd$/i.test(fileName)) return readFrdModel(new TextDecoder('latin1').decode(bytes));
  if (/\.vtu$/i.test(fileName)) return readVtu(bytes);
  throw refuseFile(
    'result-format',
    `"${fileName}" is no result file that can be read.`,
    'CalculiX .frd and VTK .vtu can.',
  );
}

/** What a step of the file is: a load case or combination of ours. */
export type NamedStep = Pick<ResultFrame, 'name' | 'kind' | 'id'>;

/**
 * Stresses are said to be in MPa, displacements in mm, temperatures in degC: the file does not say.
 * @param named the steps of the file, each a picture of its own; left out, the end of the file is the only one
 */
export function foreignOutcome(
  core: Pick<NumericCore, 'meshQuality'>,
  foreign: ForeignResult,
  from: { fileName: string; solver: string; inputHash: string },
  named: readonly NamedStep[] = [],
): ForeignOutcome {
  const { mesh } = foreign;
  const count = mesh.nodes.length / 3;
  const quality = core.meshQuality(mesh.nodes, mesh.elements);
  const pictures = (named.length > 0 ? foreign.steps! : [foreign]).map((fields) => pictureOf(fields, count));
  const { nodal, frame } = pictures[0]!;
  if (Object.keys(frame).length === 0)
    throw refuseFile('no-fields', `"${from.fileName}" has no displacements, stresses or temperatures at nodes.`);
  const warnings = [...foreign.passedOver].map(([what, many]) => ({
    code: 'exchange.passed-over',
    message: `${many} elements of another kind (${what}) are not shown: only tetrahedra are read.`,
  }));
  if (foreign.raised)
    warnings.push({
      code: 'exchange.first-order',
      message: 'The mesh has first-order tetrahedra; values at their midsides are means of the corners.',
    });
  return {
    fields: packFrames(
      {
        mesh,
        elementBody: new Int32Array(mesh.elements.length / 10),
        quality: quality.scaledJacobian,
        firstFace: [0],
      },
      pictures.map((picture) => picture.frame),
      from.inputHash,
    ),
    summary: {
      type: foreign.displacement ? 'static' : 'thermal',
      imported: { fileName: from.fileName },
      inputHash: from.inputHash,
      solver: from.solver,
      createdAt: Date.now(),
      mesh: {
        nodes: count,
        elements: mesh.elements.length / 10,
        order: foreign.raised ? 1 : 2,
        dof: foreign.displacement ? 3 * count : count,
        min_quality: quality.minimumScaledJacobian,
        size_mm: mesh.size_mm,
        straightened: 0,
        histogram: histogramOf(quality.scaledJacobian),
      },
      extremes: extremesOf(mesh.nodes, nodal),
      ...(named.length > 0
        ? {
            frames: named.map((step, index) => ({
              ...step,
              extremes: extremesOf(mesh.nodes, pictures[index]!.nodal),
            })),
          }
        : {}),
      relativeResidual: 0,
      iterations: 0,
      method: 'of another program',
      discretisation_error: { energy_percent: 0, peak_stress_percent: 0 },
      minimumSafetyFactor: null,
      singularities: [],
      warnings,
      probes: [],
      mass_kg: 0,
      seconds: { mesh: 0, assemble: 0, solve: 0, recover: 0, total: 0 },
    },
  };
}

function pictureOf(fields: ForeignNodalFields, count: number): { nodal: NodalFields; frame: FrameFields } {
  const { vonMises, principal } = invariants(fields.stress, count);
  const nodal: NodalFields = {
    displacement: fields.displacement,
    stress: fields.stress,
    temperature: fields.temperature,
    vonMises,
    principal,
  };
  const frame: FrameFields = {};
  for (const [name, values] of Object.entries(nodal))
    if (values) frame[name as keyof FrameFields] = Float32Array.from(values as Float64Array);
  return { nodal, frame };
}

function invariants(
  stress: Float64Array | undefined,
  count: number,
): { vonMises: Float64Array | undefined; principal: Float64Array | undefined } {
  if (!stress) return { vonMises: undefined, principal: undefined };
  const vonMises = new Float64Array(count);
  const principal = new Float64Array(3 * count);
  for (let node = 0; node < count; node++) {
    const s = stress.subarray(6 * node, 6 * node + 6) as unknown as [number, number, number, number, number, number];
    vonMises[node] = vonMisesOf(...s);
    principal.set(principalOf(...s), 3 * node);
  }
  return { vonMises, principal };
}

export interface ComparedQuantity {
  quantity: FieldQuantity;
  unit: string;
  ours: number;
  theirs: number;
  difference_percent: number;
}

/** Largest values side by side. */
export function compareExtremes(
  ours: ResultSummary['extremes'],
  theirs: ResultSummary['extremes'],
): ComparedQuantity[] {
  const quantities: FieldQuantity[] = ['displacement.magnitude', 'von_mises', 'principal.1', 'temperature'];
  return quantities.flatMap((quantity) => {
    const [a, b] = [ours[quantity]?.max.value, theirs[quantity]?.max.value];
    if (a === undefined || b === undefined) return [];
    return [{ quantity, unit: unitOf(quantity), ours: a, theirs: b, difference_percent: percent(a, b) }];
  });
}

/** Difference relative to the other's value, percent. */
export const percent = (ours: number, theirs: number): number =>
  ours === theirs ? 0 : (100 * (ours - theirs)) / Math.max(Math.abs(theirs), Number.MIN_VALUE);

/** Largest difference of a nodal vector field, relative to the largest vector, percent: for meshes with the same nodes. */
export function largestDifference_percent(ours: ArrayLike<number>, theirs: ArrayLike<number>, width: number): number {
  let largest = 0;
  let difference = 0;
  for (let i = 0; i + width <= ours.length; i += width) {
    let [size, apart] = [0, 0];
    for (let k = 0; k < width; k++) {
      size += theirs[i + k]! ** 2;
      apart += (ours[i + k]! - theirs[i + k]!) ** 2;
    }
    largest = Math.max(largest, size);
    difference = Math.max(difference, apart);
  }
  return largest > 0 ? 100 * Math.sqrt(difference / largest) : difference > 0 ? Number.POSITIVE_INFINITY : 0;
}
