import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cantilevers, HEAD, referenceMesh } from '../library/cantilever.fixture.ts';
import { packReferenceMesh } from '../library/reference-mesh.ts';
import { DataStore, removeOrphans } from './store.ts';

const { training } = cantilevers(4, 0);
const reference = packReferenceMesh(referenceMesh());
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function filled(): Promise<DataStore> {
  const store = await DataStore.openFor(folder, HEAD, reference);
  for (const { record, fields } of training) await store.add(record, fields);
  return store;
}
const codeOf = (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'none',
    (error) => error.code,
  );

test('what was added is there when the folder is opened again, and its hash does not depend on the order', async () => {
  const store = await filled();
  const again = await DataStore.open(folder);
  expect(again.designs).toEqual(store.designs);
  expect(again.hash()).toBe(store.hash());
  expect(await again.fields(again.solved('training')[2]!)).toEqual(Buffer.from(training[2]!.fields));
  const other = await DataStore.openFor(join(folder, 'other'), HEAD, reference);
  for (const { record, fields } of training.toReversed()) await other.add(record, fields);
  expect(other.hash()).toBe(store.hash());
});

test('a line that a kill cut off is taken away, and a field file without a line is removed', async () => {
  await filled();
  const journal = join(folder, 'designs.jsonl');
  const before = await readFile(journal, 'utf8');
  await appendFile(journal, '{"role":"training","index":4,"values":[1,2');
  await writeFile(join(folder, 'fields', 'left.bin'), 'over');
  const store = await DataStore.openFor(folder, HEAD, reference);
  expect(store.designs).toHaveLength(4);
  expect(await readFile(journal, 'utf8')).toBe(before);
  await removeOrphans(store);
  expect(await readdir(join(folder, 'fields'))).toHaveLength(4);
});

test('looking at data that are being made takes nothing away', async () => {
  await filled();
  const journal = join(folder, 'designs.jsonl');
  await appendFile(journal, '{"role":"training"');
  const before = await readFile(journal, 'utf8');
  expect((await DataStore.open(folder)).designs).toHaveLength(4);
  expect(await readFile(journal, 'utf8')).toBe(before);
});

test('fields that were changed, journals that were edited and other specifications are refused', async () => {
  const store = await filled();
  const [first] = store.solved('training');
  await writeFile(join(folder, 'fields', `${first!.fieldsHash}.bin`), 'something else');
  expect(await codeOf(store.fields(first!))).toBe('surrogate.damaged-data');
  expect(await codeOf(DataStore.openFor(folder, { ...HEAD, seed: 2 }, reference))).toBe('surrogate.other-data');
  await appendFile(join(folder, 'designs.jsonl'), '{"role":"training"}\n');
  expect(await codeOf(DataStore.open(folder))).toBe('surrogate.damaged-data');
  expect(await codeOf(DataStore.open(join(folder, 'nowhere')))).toBe('surrogate.no-data');
  const full = join(folder, 'full');
  await rm(full, { recursive: true, force: true });
  await DataStore.openFor(full, HEAD, reference);
  await rm(join(full, 'data.json'));
  await writeFile(join(full, 'thesis.txt'), 'years of work');
  expect(await codeOf(DataStore.openFor(full, HEAD, reference))).toBe('surrogate.other-data');
});
