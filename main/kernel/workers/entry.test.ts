import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { workerEntry } from './entry.ts';

const folder = mkdtempSync(join(tmpdir(), 'artificer-entry-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the program of a worker', () => {
  it('is the source beside this one while developing', () => {
    expect(workerEntry('kernel-reader').pathname).toMatch(/main\/kernel\/workers\/kernel-reader\.ts$/);
  });
  it('is beside the bundle, or one folder up from a shared part of it', () => {
    mkdirSync(join(folder, 'chunks'));
    writeFileSync(join(folder, 'kernel-reader.js'), '');
    const expected = pathToFileURL(join(folder, 'kernel-reader.js')).href;
    for (const from of ['app.js', 'chunks/kernel-Abc.js'])
      expect(workerEntry('kernel-reader', pathToFileURL(join(folder, from)).href).href).toBe(expected);
  });
});
