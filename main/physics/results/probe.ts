/** Values at points: the tensor's components are interpolated by the element's own shape functions, then made into invariants. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { FIELD_QUANTITIES, type FieldQuantity } from '../../../preload/contract/studies.ts';
import type { Vec3 } from '../vector.ts';
import { frameArrays, type StaticFieldsMeta } from './fields.ts';
import { Locator } from './locate.ts';
import { reader, type Strength, safetyFactorOf } from './quantities.ts';
import { principalOf, vonMisesOf } from './tensor.ts';

export interface ProbeAnswer {
  at_mm: Vec3;
  /** False where the point lies off the mesh; the values are then those of the nearest point of it. */
  inside: boolean;
  distance_mm: number;
  values: Partial<Record<FieldQuantity, number>>;
}

export interface ProbedFields {
  nodes: ArrayLike<number>;
  elements: ArrayLike<number>;
  elementBody: ArrayLike<number>;
  displacement?: ArrayLike<number>;
  stress?: ArrayLike<number>;
  strain?: ArrayLike<number>;
  stressSpread?: ArrayLike<number>;
  temperature?: ArrayLike<number>;
  heatFlux?: ArrayLike<number>;
  /** Strength of each body's material. */
  strengths: (Strength | null)[];
}

export function probe(fields: ProbedFields, points: readonly Readonly<Vec3>[]): ProbeAnswer[] {
  if (points.length === 0) return [];
  const locator = new Locator(fields.nodes, fields.elements);
  return points.map((point) => {
    const { element, shape, inside, distance_mm } = locator.locate(point);
    const mix = (array: ArrayLike<number>, width: number): number[] => {
      const out = new Array<number>(width).fill(0);
      for (let k = 0; k < 10; k++) {
        const node = fields.elements[10 * element + k]!;
        for (let i = 0; i < width; i++) out[i]! += shape[k]! * array[width * node + i]!;
      }
      return out;
    };
    const mixed = (array: ArrayLike<number> | undefined, width: number): number[] | undefined =>
      array && mix(array, width);
    const stress = mixed(fields.stress, 6) as [number, number, number, number, number, number] | undefined;
    const vonMises = stress && vonMisesOf(...stress);
    const principal = stress && principalOf(...stress);
    const strength = fields.strengths[fields.elementBody[element]!] ?? null;
    const local = {
      displacement: mixed(fields.displacement, 3),
      stress,
      strain: mixed(fields.strain, 6),
      vonMises: vonMises === undefined ? undefined : [vonMises],
      principal,
      stressSpread: mixed(fields.stressSpread, 1),
      safetyFactor: principal && [safetyFactorOf(strength, vonMises!, principal[0], principal[2])],
      temperature: mixed(fields.temperature, 1),
      heatFlux: mixed(fields.heatFlux, 3),
    };
    const values: Partial<Record<FieldQuantity, number>> = {};
    for (const quantity of FIELD_QUANTITIES) {
      const value = reader(local, quantity)?.(0);
      if (value !== undefined && Number.isFinite(value)) values[quantity] = value;
    }
    return { at_mm: [...point], inside, distance_mm, values };
  });
}

/** All quantities of one frame of a fields bundle at points, mm. */
export function probeFields(fieldsBundle: Uint8Array, points: readonly Readonly<Vec3>[], frame = 0): ProbeAnswer[] {
  const { meta, arrays } = decodeBundle<StaticFieldsMeta>(fieldsBundle);
  return probe(
    {
      nodes: arrays['nodes']!,
      elements: arrays['elements']!,
      elementBody: arrays['elementBody']!,
      ...frameArrays(arrays, frame),
      strengths: meta.strengths ?? [],
    },
    points,
  );
}
