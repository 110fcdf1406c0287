/**
 * A validation that cannot fail is worth nothing: each of these breaks the data that a model learns from in a way that happens
 * (labels out of order, another load, a unit, an axis), and the validation has to see it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentContext } from '../../../preload/contract/index.ts';
import {
  type Cantilever,
  cantilevers,
  HEAD,
  referenceMesh,
  type Solved,
  solvedDesign,
  trainingTaskOf,
} from '../library/cantilever.fixture.ts';
import { writeModelFolder } from '../library/model-folder.ts';
import { openModel } from '../library/open-model.ts';
import { packReferenceMesh } from '../library/reference-mesh.ts';
import type { ModelData } from '../model/train-model.ts';
import { trainingTask } from '../model/training-task.ts';
import { hashOf } from '../specification/read-specification.ts';
import { type ValidationReport, validateModel } from './validate-model.ts';
import { writeValidation } from './write-validation.ts';

const { training, unseen } = cantilevers(20, 40);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-validation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const dataOf = (judging: readonly Solved[]): ModelData => ({
  head: HEAD,
  designs: judging.map(({ record }) => record),
  hash: () => hashOf('data'),
  solved: (role) => (role === 'unseen' ? judging.map(({ record }) => record) : []),
  fields: async (design) => judging.find(({ record }) => record.index === design.index)!.fields,
  reference: async () => packReferenceMesh(referenceMesh()),
});

async function validated(learnt: readonly Solved[], files?: string): Promise<ValidationReport> {
  const place = await mkdtemp(join(folder, 'model-'));
  await writeModelFolder(
    place,
    trainingTask(trainingTaskOf(learnt, []), () => {}),
  );
  const model = await openModel(place);
  try {
    const data = dataOf(unseen);
    const report = await validateModel(model, data, silentContext());
    if (files !== undefined) await writeValidation(files, model, data, report, new AbortController().signal);
    return report;
  } finally {
    await model.dispose();
  }
}
const mutated = (mutate: (found: Cantilever) => Cantilever): Solved[] =>
  training.map(({ record }) => solvedDesign('training', record.index, record.values, mutate));
const failing = ({ scalars, fields }: ValidationReport): string[] =>
  [...scalars, ...fields].filter(({ holds }) => !holds).map(({ name }) => name);

test('an honest model reaches the bars, declines what it cannot know, and is written down with its worst cases', async () => {
  const report = await validated(training, join(folder, 'report'));
  expect(failing(report)).toEqual([]);
  expect(report.outOfValidity).toEqual(
    ['outside a range', 'wild geometry', 'another study', 'another part'].map((kind) => ({
      kind,
      tried: 50,
      declined: 50,
    })),
  );
  expect(report.designs).toMatchObject({ unseen: 40 });
  expect(report.answered.holds).toBe(true);
  const page = await readFile(join(folder, 'report/validation.html'), 'utf8');
  expect(page).not.toMatch(/<script|https?:\/\//);
  expect(page.match(/<img /g)).toHaveLength(9);
  expect(page.match(/<svg /g)).toHaveLength(6);
  const numbers = JSON.parse(await readFile(join(folder, 'report/validation.json'), 'utf8'));
  expect(numbers.regions).toHaveLength(9);
  expect(numbers.scalars[1].r2).toBe(report.scalars[1]!.r2);
});

test('labels that belong to other designs are seen', async () => {
  const report = await validated(
    training.map(({ record }, i) => {
      const other = training[(i + 7) % training.length]!;
      return {
        record: { ...record, scalars: other.record.scalars, fieldsHash: other.record.fieldsHash },
        fields: other.fields,
      };
    }),
  );
  expect(report.passed).toBe(false);
  expect(failing(report)).toEqual(['mass', 'max displacement.magnitude', 'max von_mises', 'displacement', 'von_mises']);
});

test('a load that was a quarter too large is seen', async () => {
  const larger = (values: Float32Array): Float32Array => values.map((value) => 1.25 * value);
  const report = await validated(
    mutated(({ scalars: [mass, displacement, stress], ...found }) => ({
      ...found,
      scalars: [mass, 1.25 * displacement, 1.25 * stress],
      displacement: larger(found.displacement),
      von_mises: larger(found.von_mises),
    })),
  );
  expect(report.passed).toBe(false);
  expect(failing(report)).toEqual(['max displacement.magnitude', 'max von_mises', 'displacement', 'von_mises']);
});

test('a displacement in metres among millimetres is seen', async () => {
  const report = await validated(
    mutated(({ scalars: [mass, displacement, stress], ...found }) => ({
      ...found,
      scalars: [mass, displacement / 1000, stress],
      displacement: found.displacement.map((value) => value / 1000),
    })),
  );
  expect(report.passed).toBe(false);
  expect(failing(report)).toEqual(['max displacement.magnitude', 'displacement']);
});

test('axes that were swapped are seen, though every size is right', async () => {
  const report = await validated(
    mutated((found) => ({
      ...found,
      displacement: found.displacement.map((_, i) => found.displacement[i - (i % 3) + [2, 1, 0][i % 3]!]!),
    })),
  );
  expect(report.passed).toBe(false);
  expect(failing(report)).toEqual(['displacement']);
});

test('data of another study are refused, not judged', async () => {
  const place = await mkdtemp(join(folder, 'model-'));
  await writeModelFolder(
    place,
    trainingTask(trainingTaskOf(training, []), () => {}),
  );
  const model = await openModel(place);
  const data = dataOf(unseen);
  const other = { ...data, head: { ...HEAD, studyHash: hashOf('another load') } };
  await expect(validateModel(model, other, silentContext())).rejects.toThrow('study differ');
  const nothing = dataOf([]);
  await expect(validateModel(model, nothing, silentContext())).rejects.toThrow('no designs that were kept apart');
  await model.dispose();
});
