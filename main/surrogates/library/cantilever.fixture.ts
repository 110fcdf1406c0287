/**
 * Designs whose answers have closed forms: a rectangular cantilever under a force at its end, in steel (Euler and Bernoulli's
 * beam), with a plate of points as its mesh. For tests of everything that comes after solving.
 */
import { encodeBundle } from '../../../preload/contract/index.ts';
import type { DataHead, SolvedRecord } from '../factory/store.ts';
import type { TrainingTask } from '../model/training-task.ts';
import { valuesAt } from '../sampling/design-space.ts';
import { randomPoints, sobolPoints } from '../sampling/sobol.ts';
import { hashOf } from '../specification/read-specification.ts';
import { packReferenceMesh, type ReferenceMesh } from './reference-mesh.ts';

const FORCE_N = 100;
const YOUNG_MPa = 210_000;
const DENSITY_kg_mm3 = 7.85e-6;

export const PARAMETERS: DataHead['parameters'] = [
  { name: 'length', unit: 'mm', minimum: 80, maximum: 120, logarithmic: true },
  { name: 'width', unit: 'mm', minimum: 16, maximum: 24, logarithmic: true },
  { name: 'thickness', unit: 'mm', minimum: 8, maximum: 12, logarithmic: true },
];
const [ALONG, ACROSS] = [9, 4];
export const POINTS = ALONG * ACROSS;

export interface Cantilever {
  /** kg, mm, MPa. */
  scalars: [mass: number, displacement: number, stress: number];
  points: Float64Array;
  displacement: Float32Array;
  von_mises: Float32Array;
}

export function solveCantilever([length, width, thickness]: readonly number[]): Cantilever {
  const moment = (width! * thickness! ** 3) / 12;
  const points = new Float64Array(3 * POINTS);
  const displacement = new Float32Array(3 * POINTS);
  const von_mises = new Float32Array(POINTS);
  for (let i = 0; i < ALONG; i++)
    for (let j = 0; j < ACROSS; j++) {
      const point = i * ACROSS + j;
      const x = (length! * i) / (ALONG - 1);
      points.set([x, width! * (j / (ACROSS - 1) - 0.5), thickness! / 2], 3 * point);
      displacement[3 * point] = (-FORCE_N * x * (length! - x / 2) * (thickness! / 2)) / (YOUNG_MPa * moment);
      displacement[3 * point + 2] = (FORCE_N * x * x * (3 * length! - x)) / (6 * YOUNG_MPa * moment);
      von_mises[point] = (FORCE_N * (length! - x) * thickness!) / (2 * moment);
    }
  return {
    scalars: [
      DENSITY_kg_mm3 * length! * width! * thickness!,
      (FORCE_N * length! ** 3) / (3 * YOUNG_MPa * moment),
      (FORCE_N * length! * thickness!) / (2 * moment),
    ],
    points,
    displacement,
    von_mises,
  };
}

export const HEAD: DataHead = {
  format: 'artificer-surrogate-data-1',
  name: 'Cantilever',
  part: 'cantilever',
  studyType: 'static',
  partHash: hashOf('cantilever'),
  studyHash: hashOf('a force at the end'),
  referenceHash: hashOf('plate'),
  parameters: PARAMETERS,
  quantities: [
    { name: 'mass', unit: 'kg' },
    { name: 'max displacement.magnitude', unit: 'mm' },
    { name: 'max von_mises', unit: 'MPa' },
  ],
  fields: ['displacement', 'von_mises'],
  seed: 1,
  points: POINTS,
  faceNames: ['top'],
  versions: {},
};

export function referenceMesh(): ReferenceMesh {
  const triangles: number[] = [];
  const edges: number[] = [];
  for (let i = 0; i + 1 < ALONG; i++)
    for (let j = 0; j + 1 < ACROSS; j++) {
      const a = i * ACROSS + j;
      triangles.push(a, a + ACROSS, a + 1, a + 1, a + ACROSS, a + ACROSS + 1);
      edges.push(a, a + 1, a, a + ACROSS);
    }
  return {
    nodes: Float32Array.from(solveCantilever([100, 20, 10]).points),
    elements: new Int32Array(0),
    surfaceTriangles: Uint32Array.from(triangles),
    surfaceFace: new Uint32Array(triangles.length / 3),
    surfaceBody: new Uint32Array(triangles.length / 3),
    meshEdges: Uint32Array.from(edges),
    faceOfNode: new Int32Array(POINTS),
    faceNames: ['top'],
  };
}

export interface Solved {
  record: SolvedRecord;
  fields: Uint8Array;
}

/** @param mutate what is stored, in place of the truth */
export function solvedDesign(
  role: SolvedRecord['role'],
  index: number,
  values: number[],
  mutate: (found: Cantilever) => Cantilever = (found) => found,
): Solved {
  const { scalars, points, displacement, von_mises } = mutate(solveCantilever(values));
  const fields = encodeBundle({ meta: {}, arrays: { points, displacement, von_mises } });
  return {
    record: {
      role,
      index,
      values,
      state: 'solved',
      scalars,
      fieldsHash: hashOf(fields),
      quality: 1,
      warnings: [],
      seconds: { make: 0, carry: 0, solve: 0, read: 0 },
    },
    fields,
  };
}

/** Sobol to learn from, by chance to judge by. */
export function cantilevers(training: number, unseen: number): { training: Solved[]; unseen: Solved[] } {
  return {
    training: sobolPoints(PARAMETERS.length, training, 1).map((point, i) =>
      solvedDesign('training', i, valuesAt(PARAMETERS, point)),
    ),
    unseen: randomPoints(PARAMETERS.length, unseen, 2).map((point, i) =>
      solvedDesign('unseen', i, valuesAt(PARAMETERS, point)),
    ),
  };
}

export function trainingTaskOf(training: readonly Solved[], unseen: readonly Solved[]): TrainingTask {
  return {
    head: HEAD,
    dataHash: hashOf('data'),
    training: training.map(({ record }) => record),
    unseen: unseen.map(({ record }) => record),
    failed: [],
    trainingFields: training.map(({ fields }) => fields),
    unseenFields: unseen.map(({ fields }) => fields),
    reference: packReferenceMesh(referenceMesh()),
    seed: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    versions: {},
  };
}
