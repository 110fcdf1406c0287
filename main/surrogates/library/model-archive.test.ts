import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Zip, ZipDeflate, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { trainingTask } from '../model/training-task.ts';
import { GraphBuilder, type Value } from '../onnx/graph.ts';
import { ProtobufWriter } from '../onnx/protobuf.ts';
import { cantilevers, trainingTaskOf } from './cantilever.fixture.ts';
import { modelsIn } from './list-library.ts';
import { packModel } from './model-archive.ts';
import { cardOf, type ModelFiles } from './model-files.ts';
import { writeModelFolder } from './model-folder.ts';
import { type NamedBytes, sourceOf } from './model-source.ts';
import { openModel } from './open-model.ts';
import { readForeignModel } from './read-foreign-model.ts';
import { readCard, readModelFrom } from './read-model-folder.ts';
import { sha256 } from './sha256.ts';
import { refuseSilentModel } from './try-model.ts';

const { signal } = new AbortController();
let folder: string;
let files: ModelFiles;
let card: SurrogateCard;
let packed: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-archive-'));
  const { training, unseen } = cantilevers(12, 0);
  files = trainingTask(trainingTaskOf(training, unseen), () => {});
  card = cardOf(files);
  packed = packModel(files);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const archive = (entries: Zippable): NamedBytes[] => [{ name: 'm.zip', bytes: zipSync(entries) }];
const whole = (): { [name: string]: Uint8Array } => ({
  'card.json': text(card),
  'model.onnx': files.model,
  'mesh.bin': files.mesh!,
});
/** In this thread: starting one takes longer than reading. */
const refusal = (named: NamedBytes[]) =>
  Promise.resolve()
    .then(() => readModelFrom(sourceOf(named)))
    .then(
      () => expect.fail('it was read'),
      ({ data }) => data as { code: string; message: string; hint?: string },
    );

/** The files of somebody else's model of scalars alone: its card says what it is. */
function foreign(model: Uint8Array, change: Partial<SurrogateCard> = {}): NamedBytes[] {
  const other: SurrogateCard = {
    ...card,
    fields: [],
    points: 0,
    scalars: card.scalars.slice(0, 1),
    validity: { ...card.validity, halfWidthLimits: [1] },
    files: { mesh: null, model: { name: 'model.onnx', sha256: sha256(model), bytes: model.length } },
    ...change,
  };
  return [
    { name: 'card.json', bytes: text(other) },
    { name: 'model.onnx', bytes: model },
  ];
}
function graphOf(build: (graph: GraphBuilder, x: Value) => Value): Uint8Array {
  const graph = new GraphBuilder();
  const answer = build(graph, graph.input('x', 'double', ['n', 3]));
  for (const name of ['scalars', 'scalars_low', 'scalars_high']) graph.output(name, answer, 'double', ['n', 1]);
  return graph.finish('foreign', {});
}
const first = (graph: GraphBuilder, x: Value): Value => graph.apply('Gather', [x, graph.integers([0])], { axis: 1 });

test('a model in one file has the same bytes each time, and answers as its folder does', async () => {
  expect(packModel(files)).toEqual(packed);
  const path = join(folder, 'given.zip');
  await writeFile(path, packed);
  await writeModelFolder(join(folder, 'as a folder'), files);
  const design = { length: 97, width: 21, thickness: 9.2 };
  const answers = [];
  for (const place of [path, join(folder, 'as a folder'), join(folder, 'as a folder', 'card.json')]) {
    const model = await openModel(place);
    answers.push((await model.predict([design], { signal, fields: true })).designs);
    await model.dispose();
  }
  expect(answers[0]![0]!.verdict.kind).toBe('valid');
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(await readCard(path)).toEqual(card);
  // Archives of other things are not listed; what calls itself a model and is none is, with the reason.
  await writeFile(join(folder, 'photos.zip'), zipSync({ 'a.png': new Uint8Array(10) }));
  await writeFile(join(folder, 'broken.zip'), packed.subarray(100));
  const listed = await modelsIn([folder]);
  expect(listed.map((each) => [each.folder.slice(folder.length + 1), 'card' in each])).toEqual([
    ['as a folder', true],
    ['broken.zip', false],
    ['given.zip', true],
  ]);
});

test('what was handed over is read whole, as one file or as its own files, and in a folder of any name', async () => {
  const deflated = zipSync(whole(), { level: 9 });
  for (const named of [
    [{ name: 'x.zip', bytes: packed }],
    [{ name: 'x.zip', bytes: deflated }],
    Object.entries(whole()).map(([name, bytes]) => ({ name, bytes })),
  ]) {
    const read = await readForeignModel({ files: named }, signal);
    expect(read.card).toMatchObject({ name: card.name, dataHash: card.dataHash });
    expect(sha256(read.model)).toBe(card.files.model.sha256);
    expect(sha256(read.mesh!)).toBe(card.files.mesh!.sha256);
  }
  // As another program may call it.
  const model = graphOf(first);
  const other = foreign(model, {
    files: { mesh: null, model: { name: 'other.onnx', sha256: sha256(model), bytes: model.length } },
  });
  const read = await readForeignModel({ files: [other[0]!, { name: 'other.onnx', bytes: model }] }, signal);
  expect(read.mesh).toBeNull();
});

test('an archive with names that lead elsewhere, or with more than a model has, is refused by name', async () => {
  for (const name of ['../card.json', '/etc/passwd', 'model/card.json', '..\\model.onnx', 'card.json\0', 'run.sh'])
    expect(await refusal(archive({ 'card.json': text(card), [name]: new Uint8Array(3) })), name).toMatchObject({
      code: 'surrogate.bad-archive',
      hint: expect.stringContaining('card.json'),
    });
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}`, new Uint8Array(0)]));
  expect((await refusal(archive(many))).message).toContain('5000 files');
  expect((await refusal(archive({ 'model.onnx': files.model }))).message).toContain('no card.json');
  for (const cut of [30, packed.length / 2, packed.length - 10])
    expect((await refusal([{ name: 'm.zip', bytes: packed.slice(0, cut) }])).code).toBe('surrogate.bad-archive');
  const twice = await doubled();
  expect((await refusal([{ name: 'm.zip', bytes: twice }])).message).toContain('twice');
  expect((await refusal([{ name: 'model.onnx', bytes: files.model }])).code).toBe('surrogate.no-model');
});

/** An archive with two files of one name. */
async function doubled(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((_, chunk) => chunks.push(chunk));
  for (let i = 0; i < 2; i++) {
    const entry = new ZipDeflate('card.json');
    zip.add(entry);
    entry.push(text(card), true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

test('an archive that unpacks to more than a model may have, or than it says, is given up before it fills the memory', async () => {
  const MiB = 2 ** 20;
  // 40 MiB of a card in 40 kB.
  const large = archive({ ...whole(), 'card.json': [new Uint8Array(40 * MiB).fill(0x20), { level: 9 }] });
  expect(large[0]!.bytes.length).toBeLessThan(MiB);
  expect(await refusal(large)).toMatchObject({
    code: 'surrogate.too-large-model',
    message: '"card.json" has 40 MiB.',
    hint: 'At most 8 MiB are read.',
  });
  // The same, which claims to be small: the central directory's size is put to 1000.
  const lying = large[0]!.bytes.slice();
  const view = new DataView(lying.buffer);
  for (let at = 0; at + 46 < lying.length; at++)
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 40 * MiB)
      view.setUint32(at + 24, 1000, true);
  expect(await refusal([{ name: 'm.zip', bytes: lying }])).toMatchObject({
    code: 'surrogate.bad-archive',
    message: '"card.json" in "m.zip" cannot be unpacked.',
  });
  expect((await refusal([{ name: 'card.json', bytes: new Uint8Array(40 * MiB) }])).message).toContain('40 MiB');
});

test('a model with a loop, data elsewhere, another hash or other shapes is refused with its reason', async () => {
  const loop = graphOf((graph, x) => graph.apply('Loop', [first(graph, x)]));
  expect((await refusal(foreign(loop))).message).toBe('The model asks for the operator "Loop".');
  // A tensor whose data are said to lie in another file: ONNX's TensorProto fields 13 and 14.
  const elsewhere = new ProtobufWriter()
    .integer(1, 1)
    .integer(2, 11)
    .text(8, 'w')
    .message(13, new ProtobufWriter().text(1, 'location').text(2, '/etc/passwd'))
    .integer(14, 1);
  const external = new ProtobufWriter()
    .integer(1, 8)
    .message(8, new ProtobufWriter().text(1, '').integer(2, 17))
    .message(7, new ProtobufWriter().message(5, elsewhere));
  expect((await refusal(foreign(external.finish()))).message).toBe('The model asks for data in other files.');
  const [head] = foreign(loop);
  expect((await refusal([head!, { name: 'model.onnx', bytes: graphOf(first) }])).code).toBe('surrogate.changed-file');
  const wide = foreign(graphOf(first), {
    parameters: card.parameters.slice(0, 2),
    validity: {
      ...card.validity,
      trained: card.validity.trained.map((design) => design.slice(0, 2)),
      halfWidthLimits: [1],
    },
  });
  expect(await refusal(wide)).toMatchObject({
    code: 'surrogate.bad-model',
    cause: 'its input is not a batch of 2 numbers',
  });
});

test('a model whose weights are no numbers is found by asking it about what it learnt from', async () => {
  const open = async (name: string, model: Uint8Array) => {
    const path = join(folder, name);
    await cp(join(folder, 'as a folder'), path, { recursive: true });
    for (const each of await readdir(path)) await rm(join(path, each));
    for (const each of foreign(model)) await writeFile(join(path, each.name), each.bytes);
    return openModel(path);
  };
  const nan = await open(
    'nan',
    graphOf((graph, x) => graph.apply('Mul', [first(graph, x), graph.constant(Float64Array.of(Number.NaN), [1, 1])])),
  );
  await expect(refuseSilentModel(nan, signal)).rejects.toMatchObject({
    data: { code: 'surrogate.no-answers', cause: 'The model has no answer for mass.' },
  });
  await nan.dispose();
  const honest = await open('honest', graphOf(first));
  await refuseSilentModel(honest, signal);
  await honest.dispose();
  const own = await openModel(join(folder, 'as a folder'));
  await refuseSilentModel(own, signal);
  await own.dispose();
});

test('what is refused in the thread is refused with the same words, and reading is given up when cancelled', async () => {
  const cut = [{ name: 'm.zip', bytes: packed.slice(0, 100) }];
  await expect(readForeignModel({ files: cut }, signal)).rejects.toMatchObject({ data: await refusal(cut) });
  const controller = new AbortController();
  const reading = readForeignModel({ files: [{ name: 'm.zip', bytes: packed }] }, controller.signal);
  controller.abort();
  await expect(reading).rejects.toMatchObject({ data: { category: 'cancelled' } });
  expect(await readFile(join(folder, 'given.zip'))).toEqual(Buffer.from(packed));
});
