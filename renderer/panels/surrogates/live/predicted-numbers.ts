/** From the bundles of a prediction and of the reference design to what the viewport paints. Pure. */
import { type BundleArray, decodeBundle, type SurrogateField } from '../../../../preload/contract/index.ts';
import type { PaintedPrediction, PredictedQuantity } from '../../../state/surrogates.ts';

export const FIELD_OF: Record<PredictedQuantity, SurrogateField> = {
  von_mises: 'von_mises',
  'displacement.magnitude': 'displacement',
  temperature: 'temperature',
};
const ARRAY_OF: Record<PredictedQuantity, string> = {
  von_mises: 'vonMises',
  'displacement.magnitude': 'displacement',
  temperature: 'temperature',
};

export const QUANTITY_OF: Record<SurrogateField, PredictedQuantity> = {
  von_mises: 'von_mises',
  displacement: 'displacement.magnitude',
  temperature: 'temperature',
};

const floats = (array: BundleArray | undefined): Float32Array | null =>
  array instanceof Float32Array && array.length > 0 ? array : null;

/** The nodes of the reference design. */
export const referenceNodes = (bytes: Uint8Array): Float32Array =>
  floats(decodeBundle(bytes).arrays['nodes']) ?? new Float32Array(0);

/**
 * @param deformation the displacement is enlarged by this, where it is predicted; 0 leaves it out
 * @param before the range so far of the same quantity
 * @returns null where the prediction has no such field, or is of another mesh
 */
export function numbersOf(
  bytes: Uint8Array,
  reference: Float32Array,
  quantity: PredictedQuantity,
  deformation: number,
  before: [number, number] | null,
): PaintedPrediction | null {
  const { arrays } = decodeBundle(bytes);
  const nodes = floats(arrays['nodes']);
  const field = floats(arrays[ARRAY_OF[quantity]]);
  const half = floats(arrays[`${ARRAY_OF[quantity]}/half`]);
  if (!nodes || !field || !half || nodes.length !== reference.length) return null;
  const n = nodes.length / 3;
  const vector = quantity === 'displacement.magnitude';
  if (field.length !== (vector ? 3 * n : n)) return null;
  // What is never negative is not predicted to be.
  const values = vector ? new Float32Array(n) : quantity === 'von_mises' ? field.map((one) => Math.max(0, one)) : field;
  if (vector) for (let i = 0; i < n; i++) values[i] = Math.hypot(field[3 * i]!, field[3 * i + 1]!, field[3 * i + 2]!);
  const movement = new Float32Array(nodes.length);
  const displacement = deformation === 0 ? null : floats(arrays['displacement']);
  for (let i = 0; i < nodes.length; i++)
    movement[i] = nodes[i]! - reference[i]! + (displacement ? deformation * displacement[i]! : 0);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let at = 0;
  for (let i = 0; i < n; i++) {
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) {
      high = values[i]!;
      at = i;
    }
  }
  // Half of the interval of a magnitude: of its components together, at most.
  const halfThere = vector ? Math.hypot(half[3 * at]!, half[3 * at + 1]!, half[3 * at + 2]!) : half[at]!;
  const range: [number, number] = before
    ? [Math.min(before[0], low), Math.max(before[1], high)]
    : [low, high > low ? high : low + (Math.abs(low) * 1e-6 || 1e-9)];
  return { numbers: { values, movement }, range, largest: { value: high, half: halfThere } };
}
