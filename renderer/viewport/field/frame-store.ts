/** The frames of a fields bundle, and the quantities computed from them: kept while they are looked at, in slices. Pure. */
import type { BundleArray } from '../../../preload/contract/index.ts';
import { type FieldArrays, fieldQuantity, type QuantityOptions } from '../field-quantity.ts';
import type { SlicedWork } from '../slices.ts';

const NODAL = [
  'displacement',
  'stress',
  'strain',
  'vonMises',
  'principal',
  'stressSpread',
  'safetyFactor',
  'temperature',
  'heatFlux',
] as const;

/** Numbers a node of each array that quantities are made of. */
const WIDTH: Record<(typeof NODAL)[number], number> = {
  displacement: 3,
  stress: 6,
  strain: 6,
  vonMises: 1,
  principal: 3,
  stressSpread: 1,
  safetyFactor: 1,
  temperature: 1,
  heatFlux: 3,
};

/** Nodes a slice. */
const CHUNK = 20_000;
/** Numbers kept in computed quantities at most: 256 MiB. */
const ROOM = 2 ** 26;

export class FrameStore {
  readonly #arrays: Record<string, BundleArray>;
  readonly #nodes: number;
  readonly #frames = new Map<number, FieldArrays>();
  readonly #computed = new Map<string, Float32Array | null>();

  constructor(arrays: Record<string, BundleArray>, nodes: number) {
    this.#arrays = arrays;
    this.#nodes = nodes;
  }

  /** Frame 0 has its arrays under their plain names, frame i under `i/name`; what a study doesn't have is left out. */
  frame(index: number): FieldArrays {
    let found = this.#frames.get(index);
    if (!found) {
      found = {};
      for (const name of NODAL) {
        const array = this.#arrays[index === 0 ? name : `${index}/${name}`];
        if (array instanceof Float32Array && array.length === WIDTH[name] * this.#nodes) found[name] = array;
      }
      // One block of numbers a quantity, in a bundle of sensitivities.
      const blocks = this.#arrays['sensitivity'];
      if (blocks instanceof Float32Array && blocks.length >= (index + 1) * this.#nodes) {
        found.sensitivity = blocks.subarray(index * this.#nodes, (index + 1) * this.#nodes);
        found.strongestSensitivity = found.sensitivity.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      }
      this.#frames.set(index, found);
    }
    return found;
  }

  /** The quantity if it has been computed (null: the frame lacks what it needs), or undefined. */
  known(index: number, quantity: string, options: QuantityOptions): Float32Array | null | undefined {
    const key = keyOf(index, quantity, options);
    const found = this.#computed.get(key);
    if (found) {
      // The one looked at last is dropped last.
      this.#computed.delete(key);
      this.#computed.set(key, found);
    }
    return found;
  }

  *compute(index: number, quantity: string, options: QuantityOptions): SlicedWork<Float32Array | null> {
    const known = this.known(index, quantity, options);
    if (known !== undefined) return known;
    const whole = this.frame(index);
    let out: Float32Array | null = new Float32Array(this.#nodes);
    for (let start = 0; start < this.#nodes && out; start += CHUNK) {
      const end = Math.min(this.#nodes, start + CHUNK);
      const part: FieldArrays = {};
      for (const name of NODAL) {
        const array = whole[name];
        if (array) part[name] = array.subarray(WIDTH[name] * start, WIDTH[name] * end);
      }
      if (whole.sensitivity) {
        part.sensitivity = whole.sensitivity.subarray(start, end);
        part.strongestSensitivity = whole.strongestSensitivity!;
      }
      const values = fieldQuantity(part, quantity, options);
      if (values) out.set(values, start);
      else out = null;
      yield;
    }
    this.#computed.set(keyOf(index, quantity, options), out);
    let room = ROOM;
    for (const [key, values] of [...this.#computed].reverse()) {
      room -= values?.length ?? 0;
      if (room < 0 && this.#computed.size > 2) this.#computed.delete(key);
    }
    return out;
  }
}

const keyOf = (index: number, quantity: string, { allowable_MPa }: QuantityOptions): string =>
  `${index}/${quantity}/${allowable_MPa ?? ''}`;
