import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../document/index.ts';
import { CHUNK_BYTES } from './blob-store.ts';
import { rejectionOf, temporaryFolder } from './folder.fixture.ts';
import { openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';
import { Connection } from './sqlite.ts';

// Real files, real processes, and a disk that others use too.
vi.setConfig({ testTimeout: 240_000 });

const newFile = (path = join(temporaryFolder(), 'a.artificer')) => openProject(path, { create: true });
const bytesOf = (length: number, seed = 1): Uint8Array => {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => random() * 256);
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const filled = (file: ProjectFile, mebibytes: number, seed: number, options = {}) =>
  file.blobs.write(new Uint8Array(mebibytes * 2 ** 20).fill(seed), 'test', options);

describe('blobs', () => {
  test.each([0, 1, 1000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 5])(
    'of %i bytes come back',
    async (length) => {
      const path = join(temporaryFolder(), 'a.artificer');
      let file = await newFile(path);
      const bytes = bytesOf(length);
      const hash = await file.blobs.write(bytes, 'noise');
      expect(hash).toBe(sha256(bytes));
      await file.close();
      file = await openProject(path);
      expect(file.blobs.info(hash)).toMatchObject({ hash, kind: 'noise', bytes: length, pinned: false });
      expect(Buffer.from((await file.blobs.read(hash))!).equals(bytes)).toBe(true);
      await file.close();
    },
  );
  test('can be read in part, across chunks', async () => {
    const file = await newFile();
    const bytes = bytesOf(2 * CHUNK_BYTES + 100);
    const hash = await file.blobs.write(bytes, 'noise');
    for (const [start, end] of [
      [0, 10],
      [CHUNK_BYTES - 3, CHUNK_BYTES + 3],
      [5, 2 * CHUNK_BYTES + 50],
      [bytes.length - 1, bytes.length + 9],
      [7, 7],
    ] as const) {
      const parts: Uint8Array[] = [];
      for await (const part of file.blobs.stream(hash, start, end)!) parts.push(part);
      expect(Buffer.concat(parts).equals(bytes.subarray(start, end)), `${start}..${end}`).toBe(true);
    }
    expect(file.blobs.stream('0'.repeat(64))).toBeNull();
    expect(await file.blobs.read('0'.repeat(64))).toBeNull();
    await file.close();
  });
  test('are written once, also by two writers at a time', async () => {
    const file = await newFile();
    const bytes = bytesOf(2 * CHUNK_BYTES);
    const hashes = await Promise.all([1, 2, 3].map(() => file.blobs.write(bytes, 'noise')));
    expect(new Set(hashes).size).toBe(1);
    expect(file.blobs.cacheBytes()).toBe(bytes.length);
    await file.close();
  });
  test('are not there before their last byte is, and a stop leaves nothing', async () => {
    const file = await newFile();
    const stop = new AbortController();
    const bytes = bytesOf(40 * CHUNK_BYTES);
    const writing = file.blobs.write(bytes, 'noise', { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(writing).rejects.toThrow();
    expect(file.blobs.has(sha256(bytes))).toBe(false);
    expect(file.blobs.cacheBytes()).toBe(0);
    expect((await file.verify()).problems).toEqual([]);
    await file.close();
  });
  test('that a killed process left half-written are cleared away', async () => {
    const path = join(temporaryFolder(), 'a.artificer');
    const file = await newFile(path);
    const hash = await file.blobs.write(bytesOf(1000), 'noise');
    await file.close();
    const inside = new Connection(path);
    inside.run('UPDATE blobs SET complete = 0');
    inside.close();
    const again = await openProject(path);
    expect(again.blobs.has(hash)).toBe(false);
    expect(await again.blobs.write(bytesOf(1000), 'noise')).toBe(hash);
    expect((await again.verify()).problems).toEqual([]);
    await again.close();
  });
});

describe('the budget', () => {
  test('drops what has not been used for longest, across restarts', async () => {
    const path = join(temporaryFolder(), 'a.artificer');
    let file = await newFile(path);
    const [first, second, third] = [await filled(file, 1, 1), await filled(file, 1, 2), await filled(file, 1, 3)];
    await file.blobs.read(first);
    await file.close();
    file = await openProject(path);
    file.blobs.budgetBytes = 3 * 2 ** 20;
    const fourth = await filled(file, 1, 4);
    expect([first, second, third, fourth].map((hash) => file.blobs.has(hash))).toEqual([true, false, true, true]);
    expect((await file.verify()).problems).toEqual([]);
    await file.close();
  });
  test('never drops imported files or what is pinned', async () => {
    const file = await newFile();
    file.blobs.budgetBytes = 2 ** 20;
    const source = await file.writeSource(bytesOf(3 * 2 ** 20), 'part.step');
    const pinned = await filled(file, 1, 1, { pinned: true });
    const cached = await filled(file, 1, 2);
    await filled(file, 1, 3);
    expect(file.blobs.has(cached)).toBe(false);
    await file.pack();
    expect([source, pinned].map((hash) => file.blobs.has(hash))).toEqual([true, true]);
    expect(await file.blobs.remove(source)).toBe(false);
    expect(file.sources()).toEqual([{ sha256: source, fileName: 'part.step', bytes: 3 * 2 ** 20 }]);
    expect(sha256((await file.readSource(source))!)).toBe(source);
    await file.close();
  });
  test('never drops derived data that was imported since', async () => {
    const file = await newFile();
    const bytes = bytesOf(5000);
    const hash = await file.blobs.write(bytes, 'export');
    expect(await file.writeSource(bytes, 'export.step')).toBe(hash);
    await file.blobs.clearCache();
    expect(file.blobs.has(hash)).toBe(true);
    await file.close();
  });
  test('does not take a blob away from somebody who is reading it', async () => {
    const file = await newFile();
    const hash = await filled(file, 4, 1);
    let bytes = 0;
    for await (const part of file.blobs.stream(hash)!) {
      if (bytes === 0) await file.blobs.clearCache();
      bytes += part.length;
    }
    expect(bytes).toBe(4 * 2 ** 20);
    await file.blobs.clearCache();
    expect(file.blobs.has(hash)).toBe(false);
    await file.close();
  });
});

test('packing gives the space back to the disk', async () => {
  const file = await newFile();
  await filled(file, 20, 1);
  await file.writeSource(bytesOf(100_000), 'a.step');
  file.derived.put('manifest', { a: 1 });
  await file.pack();
  expect(file.info()).toMatchObject({ cacheBytes: 0 });
  expect(file.info().bytes).toBeLessThan(400_000);
  expect(file.derived.get('manifest')).toBeNull();
  expect((await file.verify()).problems).toEqual([]);
  await file.close();
});

test('a result outlives its fields', async () => {
  const file = await newFile();
  const fieldsHash = await filled(file, 1, 1);
  const summary = { inputHash: 'h' } as Parameters<typeof file.results.put>[0]['summary'];
  file.results.put({ inputHash: 'h', studyId: 'study_a', createdAt: 5, summary, fieldsHash });
  expect(file.results.list('study_a')).toEqual([
    { inputHash: 'h', studyId: 'study_a', createdAt: 5, summary, fieldsHash },
  ]);
  await file.pack();
  expect(file.results.get('h')).toMatchObject({ summary, fieldsHash: null });
  expect(file.results.list('study_b')).toEqual([]);
  await file.close();
});

test('settings, thumbnails, messages and derived data come back', async () => {
  const path = join(temporaryFolder(), 'a.artificer');
  let file = await newFile(path);
  file.settings.set('panels', { left: ['tree'] });
  file.settings.set('gone', 1);
  file.settings.set('gone', undefined);
  file.thumbnails.set(new Uint8Array([1, 2, 3]), 'image/png');
  for (let n = 0; n < 2100; n++) file.messages.add({ id: `m${n}`, at: n, severity: 'info', text: `message ${n}` });
  const large = { rows: Array.from({ length: 5000 }, (_, n) => ({ n, text: 'repeated' })) };
  file.derived.put('import/a', large);
  file.derived.put('import/b', 1);
  file.derived.put('other', 2);
  await file.close();
  file = await openProject(path);
  expect(file.settings.all()).toEqual({ panels: { left: ['tree'] } });
  expect(file.thumbnails.get()).toMatchObject({ mime: 'image/png' });
  expect([...file.thumbnails.get()!.bytes]).toEqual([1, 2, 3]);
  expect(file.messages.list()).toHaveLength(2000);
  expect(file.messages.list().at(-1)!.id).toBe('m2099');
  expect(file.derived.get('import/a')).toEqual(large);
  expect(file.derived.keys('import/')).toEqual(['import/a', 'import/b']);
  await file.close();
  expect(await rejectionOf(() => file.blobs.write(new Uint8Array(1), 'x'))).toMatchObject({ code: 'project.closed' });
});
