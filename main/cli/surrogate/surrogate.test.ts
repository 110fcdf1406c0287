import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DataStore } from '../../surrogates/factory/store.ts';
import { cantilevers, HEAD, referenceMesh } from '../../surrogates/library/cantilever.fixture.ts';
import { packReferenceMesh } from '../../surrogates/library/reference-mesh.ts';
import { runCommand } from '../output.ts';
import { surrogate } from './index.ts';

let folder: string;
let data: string;
let model: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-surrogate-'));
  data = join(folder, 'data');
  model = join(folder, 'model');
  const store = await DataStore.openFor(data, HEAD, packReferenceMesh(referenceMesh()));
  const { training, unseen } = cantilevers(20, 12);
  for (const { record, fields } of [...training, ...unseen]) await store.add(record, fields);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(
  args: string[],
  { json = true, signal = new AbortController().signal } = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = {
    json,
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    signal,
    isTerminal: false,
  };
  return { code: await runCommand(surrogate, args, io), out, err };
}

const DESIGN = ['--set', 'length=10 cm', '--set', 'width=20', '--set', 'thickness=9.5 mm'];

test('a model is trained, listed, asked and validated, each with one document', async () => {
  const trained = await run(['train', data, '--out', model, '--seed', '3']);
  expect(trained.code).toBe(0);
  expect(trained.err).toContain('Learning max von_mises');
  const { card } = JSON.parse(trained.out);
  expect(card).toMatchObject({ name: 'Cantilever', seed: 3, designs: 20, unseenDesigns: 12 });
  const again = join(folder, 'again');
  await run(['train', data, '--out', again, '--seed', '3']);
  // The same seed gives the same numbers, to the last bit.
  expect(await readFile(join(again, 'model.onnx'))).toEqual(await readFile(join(model, 'model.onnx')));

  const listed = JSON.parse((await run(['list', folder])).out);
  expect(listed.models.map((each: { card: { name: string } }) => each.card.name)).toEqual(['Cantilever', 'Cantilever']);
  expect(listed.specifications).toHaveLength(4);

  const asked = await run(['predict', model, ...DESIGN, '--out', join(folder, 'fields')]);
  expect(asked.code).toBe(0);
  const answer = JSON.parse(asked.out);
  expect(answer).toMatchObject({ predicted: true, provider: 'cpu', interval: { level: 0.9, n: 20 } });
  const [{ verdict, predicted }] = answer.designs;
  expect(verdict.kind).toBe('valid');
  // 7.85e-6 kg/mm^3 x 100 x 20 x 9.5 mm^3
  expect(predicted[0]).toMatchObject({ name: 'mass', unit: 'kg' });
  expect(predicted[0].value).toBeCloseTo(0.14915, 4);
  expect((await readdir(join(folder, 'fields'))).sort()).toEqual([
    'predicted-1-displacement.png',
    'predicted-1-von_mises.png',
    'predicted-1.csv',
  ]);

  // The same, in one file.
  const given = join(folder, 'given.zip');
  const read = async (name: string) => new Uint8Array(await readFile(join(model, name)));
  const names = ['card.json', 'model.onnx', 'mesh.bin'];
  await writeFile(
    given,
    zipSync(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)])))),
  );
  const { designs } = JSON.parse((await run(['predict', given, ...DESIGN])).out);
  expect(designs).toEqual(answer.designs);
  const alone = JSON.parse((await run(['list', given])).out);
  expect(alone.models).toMatchObject([{ folder: given, card: { name: 'Cantilever' } }]);

  const judged = await run(['validate', model, '--data', data, '--out', join(folder, 'report')]);
  const report = JSON.parse(judged.out);
  expect(judged.code).toBe(report.passed ? 0 : 4);
  expect(report.scalars.map(({ holds }: { holds: boolean }) => holds)).toEqual([true, true, true]);
  expect((await readdir(join(folder, 'report'))).sort()).toEqual(['validation.html', 'validation.json']);
  const words = await run(['predict', model, ...DESIGN], { json: false });
  expect(words.out).toContain('predicted, not solved');
  expect(words.out).toMatch(/mass +predicted 0\.149\d kg \(/);
});

test('a design out of its depth is declined with exit code 4, and without a number', async () => {
  const outside = await run(['predict', model, '--set', 'length=200', '--set', 'width=20', '--set', 'thickness=9']);
  expect(outside.code).toBe(4);
  const [design] = JSON.parse(outside.out).designs;
  expect(Object.keys(design).sort()).toEqual(['parameters', 'verdict']);
  expect(design.verdict).toEqual({
    kind: 'declined',
    reasons: ['length is 200 mm: the model knows 80 mm to 120 mm.'],
  });
  const study = join(folder, 'other.yaml');
  await writeFile(study, 'type: static\nmaterial: Steel S235JR\nloads:\n  - {on: "faces >Z", force: [0, 0, -7]}\n');
  const other = await run(['predict', model, ...DESIGN, '--study', study], { json: false });
  expect(other.code).toBe(4);
  expect(other.out).toContain('declined: solve this design instead');
  const table = join(folder, 'designs.csv');
  await writeFile(table, 'length,width,thickness\n100,20,9.5 mm\n1000,20,9.5\n');
  const both = await run(['predict', model, '--designs', table]);
  expect(both.code).toBe(4);
  expect(JSON.parse(both.out).designs.map(({ verdict }: { verdict: { kind: string } }) => verdict.kind)).toEqual([
    'valid',
    'declined',
  ]);
});

test.each([
  [2, []],
  [2, ['dance']],
  [2, ['data', 'flange']],
  [2, ['data', 'nothing', '--out', 'x']],
  [2, ['data', 'flange', '--out', 'x', '--designs', 'many']],
  [2, ['train']],
  [2, ['predict', 'MODEL', '--set', 'length=100']],
  [2, ['predict', 'MODEL', '--set', 'depth=100']],
  [2, ['predict', 'MODEL', '--set', 'length=long']],
  [2, ['predict', 'MODEL', ...DESIGN, '--provider', 'abacus']],
  [3, ['train', 'nowhere', '--out', 'x']],
  [3, ['predict', 'nowhere', '--set', 'length=1']],
  [3, ['validate', 'MODEL', '--data', 'nowhere']],
])('exit code %i for %j, with one error in one document', async (code, args) => {
  const found = await run(args.map((each) => (each === 'MODEL' ? model : each)));
  expect(found.code).toBe(code);
  expect(JSON.parse(found.out).error.message).toBeTruthy();
});

test('a training that is interrupted leaves nothing, and the model that was there as it was', async () => {
  const before = await readFile(join(model, 'card.json'));
  for (const place of [join(folder, 'interrupted'), model]) {
    const controller = new AbortController();
    const training = run(['train', data, '--out', place], { signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    expect((await training).code).toBe(130);
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('.') || name === 'interrupted')).toEqual([]);
  expect(await readFile(join(model, 'card.json'))).toEqual(before);
});
