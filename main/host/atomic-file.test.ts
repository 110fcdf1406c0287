import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomically } from './atomic-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artificer-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes, replaces, and leaves nothing else behind', async () => {
  const path = join(folder, 'a.step');
  await writeFileAtomically(path, 'one');
  await writeFileAtomically(path, new Uint8Array([50]));
  expect(readFileSync(path, 'utf8')).toBe('2');
  expect(readdirSync(folder)).toEqual(['a.step']);
});

test('says plainly why it cannot, and keeps what was there', async () => {
  mkdirSync(join(folder, 'taken'));
  writeFileSync(join(folder, 'taken/inside'), '');
  await expect(writeFileAtomically(join(folder, 'taken'), 'x')).rejects.toMatchObject({
    data: {
      code: 'file.cannot-write',
      category: 'refused',
      message: '"taken" cannot be written: a folder has this name.',
    },
  });
  await expect(writeFileAtomically(join(folder, 'no/such'), 'x')).rejects.toThrow('the folder does not exist');
  expect(readdirSync(folder)).toEqual(['taken']);
});
