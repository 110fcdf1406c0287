/**
 * What the smoothers of multigrid are scaled by, on matrices whose eigenvalues are known. Compiled here by itself: whole models
 * hide an eigenvalue that is too small in iterations that are too many.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const here = import.meta.dirname;
const EIGEN = [process.env['EIGEN_INCLUDE'], '/usr/include/eigen3', '/usr/local/include/eigen3'];
/** What the estimate adds, so that it is from above. */
const ADDED = 1.1;

let place: string;
let program: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'artificer-eigenvalue-'));
  program = join(place, 'estimate');
  const eigen = EIGEN.find((folder) => folder && existsSync(join(folder, 'Eigen/Dense')));
  if (!eigen) throw new Error('Eigen was not found: the numeric core is built with it.');
  const source = join(here, 'largest-eigenvalue.cpp');
  const flags = ['-std=c++20', '-O1', '-isystem', eigen, '-I', join(here, '../src'), source, '-o', program];
  await run(process.env['CXX'] ?? 'g++', flags);
}, 120_000);

afterAll(() => rm(place, { recursive: true, force: true }));

/** @returns the estimates in double and in single precision */
const estimates = async (size: number, top: number, outlier: number, units = 1): Promise<[number, number]> =>
  JSON.parse((await run(program, [size, top, outlier, units].map(String))).stdout);

describe('the largest eigenvalue of a scaled matrix', () => {
  // A mesh of 997,698 degrees of freedom: all elements up to 2.65, but for one of bad shape.
  it('is seen where it is one alone among a hundred thousand that are smaller by a tenth', async () => {
    for (const found of await estimates(100_000, 2.65, 2.94)) {
      expect(found).toBeGreaterThan(2.94);
      expect(found).toBeLessThan(1.001 * ADDED * 2.94);
    }
  });

  it('is from above, and by no more than a tenth, where eigenvalues lie close together', async () => {
    for (const found of await estimates(100_000, 2, 1)) {
      expect(found).toBeGreaterThan(2);
      expect(found).toBeLessThan(1.001 * ADDED * 2);
    }
  });

  it('does not depend on the units of rows, beside those that are held', async () => {
    for (const units of [1e-6, 1e6, 1e10])
      for (const found of await estimates(1_001, 2, 3, units)) expect(found / (ADDED * 3)).toBeCloseTo(1, 3);
  });

  it('is exact where there are few, and the same each time', async () => {
    const found = await estimates(3, 1, 2);
    for (const one of found) expect(one / (ADDED * 2)).toBeCloseTo(1, 5);
    expect(await estimates(3, 1, 2)).toEqual(found);
  });
});
