import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { boxMesh } from '../../physics/testing/box-mesh.ts';
import { trainingTask } from '../model/training-task.ts';
import { GraphBuilder } from '../onnx/graph.ts';
import { cantilevers, POINTS, referenceMesh, solveCantilever, trainingTaskOf } from './cantilever.fixture.ts';
import { refuseOtherFolder, writeModelFolder } from './model-folder.ts';
import { type OpenModel, openModel } from './open-model.ts';
import { readCard, readModelFolder } from './read-model-folder.ts';
import { packReferenceMesh } from './reference-mesh.ts';
import { sha256 } from './sha256.ts';

const { signal } = new AbortController();
const DESIGN = { length: 97, width: 21, thickness: 9.2 };
let folder: string;
let trained: string;
let card: SurrogateCard;
let model: OpenModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-model-'));
  trained = join(folder, 'cantilever');
  const { training, unseen } = cantilevers(24, 10);
  card = await writeModelFolder(
    trained,
    trainingTask(trainingTaskOf(training, unseen), () => {}),
  );
  model = await openModel(trained);
});
afterAll(async () => {
  await model.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** A copy of the model with something done to it. */
async function copy(name: string, change: (path: string) => Promise<void>): Promise<string> {
  const path = join(folder, name);
  await cp(trained, path, { recursive: true });
  await change(path);
  return path;
}
const rewriteCard = (path: string, change: (card: SurrogateCard) => unknown): Promise<void> =>
  readCard(path).then((read) => writeFile(join(path, 'card.json'), JSON.stringify(change(read))));
const codeOf = (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'none',
    (error) => error.code ?? String(error),
  );

test('a model answers within a hundredth of the closed form, with an interval, and says where its points are', async () => {
  const { designs, provider } = await model.predict([DESIGN], { signal, fields: true });
  expect(provider).toBe('cpu');
  const [found] = designs;
  if (found?.verdict.kind !== 'valid' || !('scalars' in found)) throw new Error('declined');
  const truth = solveCantilever([97, 21, 9.2]);
  found.scalars.forEach(({ name, value, low, high }, q) => {
    expect(value / truth.scalars[q]!, name).toBeCloseTo(1, 2);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  });
  expect(found.scalars.map(({ unit }) => unit)).toEqual(['kg', 'mm', 'MPa']);
  expect(found.fields!.points).toHaveLength(3 * POINTS);
  // A thousandth of the part's size, mm.
  const off = truth.points.map((x, i) => Math.abs(found.fields!.points[i]! - x));
  expect(Math.max(...off)).toBeLessThan(0.1);
  const stress = found.fields!.fields.find(({ name }) => name === 'von_mises')!;
  expect(stress.values[0]! / truth.von_mises[0]!).toBeCloseTo(1, 2);
  expect(model.mesh!.nodes).toHaveLength(3 * POINTS);
});

test('designs are answered in their order, whatever their number, and alike each time', async () => {
  const designs = Array.from({ length: 37 }, (_, i) => ({ ...DESIGN, length: 82 + i }));
  const valuesOf = async () =>
    (await model.predict(designs, { signal })).designs.map((each) => ('scalars' in each ? each.scalars[0]!.value : 0));
  const found = await valuesOf();
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(await valuesOf()).toEqual(found);
});

test('outside its ranges, for another study and far from all that was solved it declines, without a number', async () => {
  const asked = [
    { ...DESIGN, length: 121 },
    { ...DESIGN, thickness: Number.NaN },
    { length: 500, width: -3, thickness: 0 },
  ];
  const outside = await model.predict(asked, { signal, fields: true });
  for (const each of outside.designs) expect(Object.keys(each)).toEqual(['verdict']);
  expect(outside.designs[0]!.verdict).toEqual({
    kind: 'declined',
    reasons: ['length is 121 mm: the model knows 80 mm to 120 mm.'],
  });
  for (const other of [
    { studyType: 'modal' },
    { studyHash: sha256(new Uint8Array(1)) },
    { partHash: card.studyHash },
  ]) {
    const [found] = (await model.predict([DESIGN], { signal, ...other })).designs;
    expect(found!.verdict.kind).toBe('declined');
    expect(Object.keys(found!)).toEqual(['verdict']);
  }
  const same = await model.predict([DESIGN], { signal, studyType: 'static', studyHash: card.studyHash });
  expect(same.designs[0]!.verdict.kind).toBe('valid');
  const narrow = await copy('narrow', (path) =>
    rewriteCard(path, (read) => ({ ...read, validity: { ...read.validity, distanceLimit: 0.01 } })),
  );
  const shy = await openModel(narrow);
  const [far] = (await shy.predict([DESIGN], { signal })).designs;
  expect(far!.verdict).toMatchObject({ kind: 'declined', reasons: [expect.stringContaining('No design like it')] });
  await shy.dispose();
});

test('a parameter that it does not have, or that is missing, is refused by name', async () => {
  await expect(model.predict([{ ...DESIGN, depth: 3 }], { signal })).rejects.toThrow('no parameter "depth"');
  await expect(model.predict([{ length: 90 }], { signal })).rejects.toThrow('does not say width, thickness');
});

test('a cancel is heard at once, and the next question is answered', async () => {
  const controller = new AbortController();
  const many = Array.from({ length: 4000 }, () => DESIGN);
  const asked = model.predict(many, { signal: controller.signal, fields: true });
  controller.abort();
  const started = performance.now();
  await expect(asked).rejects.toMatchObject({ data: { category: 'cancelled' } });
  expect(performance.now() - started).toBeLessThan(1000);
  expect((await model.predict([DESIGN], { signal })).designs[0]!.verdict.kind).toBe('valid');
});

test('files that were changed, cut off, swapped or are missing are refused by their hash', async () => {
  const changed = await copy('changed', async (path) => {
    const bytes = await readFile(join(path, 'model.onnx'));
    bytes[bytes.length - 100]! ^= 1;
    await writeFile(join(path, 'model.onnx'), bytes);
  });
  expect(await codeOf(openModel(changed))).toBe('surrogate.changed-file');
  const gone = await copy('gone', (path) => rm(join(path, 'mesh.bin')));
  expect(await codeOf(openModel(gone))).toBe('surrogate.changed-file');
  expect(await codeOf(openModel(join(folder, 'nowhere')))).toBe('surrogate.no-model');
});

test('a card that is no card, contradicts itself, or names a file elsewhere is refused', async () => {
  const cases: [string, (card: SurrogateCard) => unknown][] = [
    ['empty', () => ({})],
    ['other format', (read) => ({ ...read, format: 'artificer-surrogate-9' })],
    ['path', (read) => ({ ...read, files: { ...read.files, model: { ...read.files.model, name: '../model.onnx' } } })],
    ['twice', (read) => ({ ...read, parameters: [...read.parameters, read.parameters[0]] })],
    ['no width', (read) => ({ ...read, parameters: read.parameters.map((one) => ({ ...one, maximum: one.minimum })) })],
    ['trained on nothing', (read) => ({ ...read, validity: { ...read.validity, trained: [] } })],
    ['no mesh', (read) => ({ ...read, files: { ...read.files, mesh: null } })],
  ];
  for (const [name, change] of cases) {
    const path = await copy(`card ${name}`, (each) => rewriteCard(each, change));
    expect(await codeOf(openModel(path)), name).toBe('surrogate.bad-card');
  }
  const text = await copy('no json', (path) => writeFile(join(path, 'card.json'), '{"format": '));
  expect(await codeOf(openModel(text))).toBe('surrogate.bad-card');
  const points = await copy('points', (path) => rewriteCard(path, (read) => ({ ...read, points: POINTS + 1 })));
  expect(await codeOf(openModel(points))).toBe('surrogate.bad-model');
});

/** A model of somebody else in our card format: every scalar is the first parameter, whatever it is asked. */
async function foreign(name: string, build: (graph: GraphBuilder) => void): Promise<string> {
  return copy(name, async (path) => {
    const graph = new GraphBuilder();
    build(graph);
    const bytes = graph.finish('foreign', {});
    await writeFile(join(path, 'other.onnx'), bytes);
    await rewriteCard(path, (read) => ({
      ...read,
      fields: [],
      points: 0,
      scalars: [read.scalars[0]],
      validity: { ...read.validity, halfWidthLimits: [1] },
      files: { mesh: null, model: { name: 'other.onnx', sha256: sha256(bytes), bytes: bytes.length } },
    }));
  });
}

test('an ONNX file of another maker runs under a card of our format, in single precision too', async () => {
  const path = await foreign('foreign', (graph) => {
    const x = graph.input('x', 'float', ['n', 3]);
    const first = graph.apply('Gather', [x, graph.integers([0])], { axis: 1 });
    for (const name of ['scalars', 'scalars_low', 'scalars_high']) graph.output(name, first, 'float', ['n', 1]);
  });
  const other = await openModel(path);
  const [found] = (await other.predict([DESIGN], { signal, fields: true })).designs;
  expect(found).toMatchObject({
    verdict: { kind: 'valid' },
    scalars: [{ name: 'mass', value: 97, low: 97, high: 97 }],
  });
  await other.dispose();
});

test('a model that answers nonsense is silent, and one whose shapes lie is refused', async () => {
  const nonsense = await openModel(
    await foreign('nonsense', (graph) => {
      const x = graph.input('x', 'double', ['n', 3]);
      const first = graph.apply('Gather', [x, graph.integers([0])], { axis: 1 });
      const nothing = graph.apply('Log', [graph.apply('Neg', [first])]);
      for (const name of ['scalars', 'scalars_low', 'scalars_high']) graph.output(name, nothing, 'double', ['n', 1]);
    }),
  );
  expect((await nonsense.predict([DESIGN], { signal })).designs).toEqual([
    { verdict: { kind: 'declined', reasons: ['The model has no answer for mass.'] } },
  ]);
  await nonsense.dispose();
  const lying = await openModel(
    await foreign('lying', (graph) => {
      const x = graph.input('x', 'double', ['n', 3]);
      for (const name of ['scalars', 'scalars_low', 'scalars_high']) graph.output(name, x, 'double', ['n', 1]);
    }),
  );
  expect(await codeOf(lying.predict([DESIGN], { signal }))).toBe('surrogate.bad-model');
  await lying.dispose();
});

test('a field that is out of balance on its own mesh is declined where the material is known', async () => {
  const { nodes, elements } = boxMesh({ max: [30, 20, 20], divisions: [3, 2, 2] });
  const points = nodes.length / 3;
  const face = boxMesh({ max: [30, 20, 20], divisions: [3, 2, 2] }).facets;
  const faceOfNode = new Int32Array(points).fill(-1);
  for (const node of face) faceOfNode[node] = 0;
  const mesh = packReferenceMesh({ ...referenceMesh(), nodes: Float32Array.from(nodes), elements, faceOfNode });
  /** Answers with these displacements (mm), whatever it is asked. */
  const answering = (name: string, displacement: Float32Array): Promise<string> =>
    copy(name, async (path) => {
      const graph = new GraphBuilder();
      const first = graph.apply('Gather', [graph.input('x', 'float', ['n', 3]), graph.integers([0])], { axis: 1 });
      const nothing = graph.apply('Unsqueeze', [
        graph.apply('Mul', [first, graph.constant(Float32Array.of(0), [1, 1])]),
        graph.integers([2]),
      ]);
      const write = (output: string, values: Float32Array): void =>
        graph.output(output, graph.apply('Add', [nothing, graph.constant(values, [1, points, 3])]), 'float', [
          'n',
          points,
          3,
        ]);
      write('points', Float32Array.from(nodes));
      write('displacement', displacement);
      write('displacement_half_width', displacement.map(Math.abs));
      const bytes = graph.finish('foreign', {});
      await writeFile(join(path, 'model.onnx'), bytes);
      await writeFile(join(path, 'mesh.bin'), mesh);
      await rewriteCard(path, (read) => ({
        ...read,
        points,
        scalars: [],
        fields: read.fields.filter((field) => field.name === 'displacement'),
        validity: { ...read.validity, halfWidthLimits: [] },
        files: {
          model: { name: 'model.onnx', sha256: sha256(bytes), bytes: bytes.length },
          mesh: { name: 'mesh.bin', sha256: sha256(mesh), bytes: mesh.length },
        },
      }));
    });
  const stretched = Float32Array.from(nodes, (x, i) => [1e-3, -3e-4, -3e-4][i % 3]! * x);
  const scrambled = stretched.map((u, i) => u * Math.sin(12.9898 * i));
  const verdicts = async (path: string): Promise<string[]> => {
    const opened = await openModel(path);
    const asked = { signal, fields: true };
    const both = [await opened.predict([DESIGN], asked), await opened.predict([DESIGN], { ...asked, poisson: 0.3 })];
    await opened.dispose();
    return both.map(({ designs }) => designs[0]!.verdict.kind);
  };
  expect(await verdicts(await answering('balanced', stretched))).toEqual(['valid', 'valid']);
  expect(await verdicts(await answering('scrambled', scrambled))).toEqual(['valid', 'declined']);
});

test('a model that never comes to an answer is given up', async () => {
  const slow = await openModel(trained, { patience_ms: 0 });
  const many = Array.from({ length: 16 }, () => DESIGN);
  expect(await codeOf(slow.predict(many, { signal, fields: true }))).toBe('surrogate.model-too-slow');
  await slow.dispose();
});

test('the card says what the model is, and its measured errors are those of designs that it never saw', async () => {
  expect(card).toMatchObject({ designs: 24, unseenDesigns: 10, failedDesigns: 0, points: POINTS, seed: 1 });
  for (const { name, measured } of card.scalars) expect(measured!.r2, name).toBeGreaterThan(0.999);
  for (const { name, measured } of card.fields) expect(measured!.relativeL2, name).toBeLessThan(0.02);
  const bytes = await readFile(join(trained, card.files.model.name));
  expect(sha256(bytes)).toBe(card.files.model.sha256);
  expect((await readModelFolder(trained)).card).toEqual(card);
});

test('a folder that holds something else is not written over, and a cancelled writing leaves the old model', async () => {
  const other = await mkdtemp(join(folder, 'other-'));
  await writeFile(join(other, 'thesis.txt'), 'years of work');
  await expect(refuseOtherFolder(other)).rejects.toThrow('no surrogate model');
  const again = await copy('again', async () => {});
  const { training, unseen } = cantilevers(12, 0);
  const files = trainingTask(trainingTaskOf(training, unseen), () => {});
  await writeModelFolder(again, files);
  expect((await readCard(again)).designs).toBe(12);
  expect((await readdir(again)).sort()).toEqual(['card.json', 'mesh.bin', 'model.onnx']);
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});
