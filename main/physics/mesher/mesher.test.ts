import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { type JobContext, silentContext } from '../../../preload/contract/jobs.ts';
import { boxInfo } from '../testing/box-mesh.ts';
import { meshStudy } from './mesh-study.ts';
import { elementSize, estimateElements, PRESETS, sizeForElements } from './size.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A stand-in for the mesher: a script that behaves as told. */
async function standIn(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}
const info = boxInfo([0, 0, 0], [40, 20, 10]);
const run = (mesherPath: string, context: JobContext = silentContext(), seconds = 20) =>
  meshStudy(
    {
      mesherPath,
      brep: new Uint8Array([1, 2, 3]),
      infos: [info],
      control: { order: 2, accuracy: 'draft', refinements: [] },
      refinements: [],
      limits: { seconds, memory_MiB: 1000 },
      cache: undefined,
      workingFolder: folder,
    },
    context,
  );
const errorOf = async (work: Promise<unknown>): Promise<ArtificerError> =>
  work.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: ArtificerError) => error,
  );

describe('element sizes', () => {
  it('get finer with the accuracy setting, and follow thin walls', () => {
    const sizes = (['draft', 'default', 'fine'] as const).map((accuracy) =>
      elementSize([info], { order: 2, accuracy, refinements: [] }),
    );
    expect(sizes[0]).toBeGreaterThan(sizes[1]!);
    expect(sizes[1]).toBeGreaterThan(sizes[2]!);
    const plate = boxInfo([0, 0, 0], [1000, 1000, 5]);
    expect(elementSize([plate], { order: 2, accuracy: 'default', refinements: [] })).toBeLessThan(20);
    expect(elementSize([info], { order: 2, accuracy: 'draft', refinements: [], size_mm: 1.5 })).toBe(1.5);
  });

  it('keep the number of elements within the setting', () => {
    const plate = boxInfo([0, 0, 0], [5000, 5000, 2]);
    const size = elementSize([plate], { order: 2, accuracy: 'default', refinements: [] });
    expect(estimateElements([plate], size)).toBeLessThanOrEqual(PRESETS.default.mostElements);
    expect(estimateElements([info], sizeForElements([info], 0.01, 50_000))).toBeLessThanOrEqual(60_000);
  });

  it('that would give millions of elements are refused before meshing, with one that fits', async () => {
    const error = await errorOf(
      meshStudy(
        {
          mesherPath: '/nowhere',
          brep: new Uint8Array(),
          infos: [info],
          control: { order: 2, accuracy: 'draft', refinements: [], size_mm: 0.01 },
          refinements: [],
          limits: { seconds: 1, memory_MiB: 1 },
          cache: undefined,
          workingFolder: folder,
        },
        silentContext(),
      ),
    );
    expect(error.code).toBe('study.too-large');
    expect(error.data.hint).toMatch(/Use [\d.]+ mm or more/);
  });
});

describe('the mesher as a process', () => {
  it('reports progress, and leaves no files behind', async () => {
    const stages: string[] = [];
    const path = await standIn(
      'good',
      `echo "Netgen says hello"\necho '{"stage":"Meshing surfaces","fraction":0.5}'\nprintf bundle > "$2"`,
    );
    const { bytes, warnings } = await run(path, {
      signal: new AbortController().signal,
      progress: (stage) => stages.push(stage),
    });
    expect(new TextDecoder().decode(bytes)).toBe('bundle');
    expect(stages).toContain('Meshing surfaces');
    expect(warnings).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.startsWith('artificer-mesh-'))).toEqual([]);
  });

  it('is run again with other settings when it crashes, and the result says so', async () => {
    const path = await standIn(
      'flaky',
      `n=$(cat "${folder}/count" 2>/dev/null || echo 0)\necho $((n+1)) > "${folder}/count"\n` +
        `[ "$n" = 0 ] && kill -SEGV $$\ngrep -q '"grading":0.2' "$3" && printf again > "$2"`,
    );
    const { bytes, warnings } = await run(path);
    expect(new TextDecoder().decode(bytes)).toBe('again');
    expect(warnings[0]!.code).toBe('mesh.retried');
    expect(warnings[0]!.message).toContain('SIGSEGV');
  });

  it('that crashes every time is an error with a hint; one that refuses says why', async () => {
    const crash = await errorOf(run(await standIn('crash', 'kill -SEGV $$')));
    expect(crash.code).toBe('physics.mesh-failed');
    expect(crash.data.hint).toContain('element size');
    const refusal = await errorOf(
      run(await standIn('refuse', `echo '{"error":{"code":"no-solid","message":"There is no solid."}}'\nexit 3`)),
    );
    expect(refusal.data.cause).toContain('no-solid: There is no solid.');
    expect(refusal.data.category).toBe('refused');
  });

  it('is stopped when it takes too long', async () => {
    const started = performance.now();
    const error = await errorOf(run(await standIn('slow', 'exec sleep 30'), silentContext(), 0.3));
    expect(error.code).toBe('study.mesh-too-heavy');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('ends within a second of a cancel', async () => {
    const stop = new AbortController();
    const work = errorOf(run(await standIn('endless', 'exec sleep 30'), silentContext(stop.signal)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const asked = performance.now();
    stop.abort();
    expect((await work).code).toBe('cancelled');
    expect(performance.now() - asked).toBeLessThan(1000);
  });

  it('that is missing is a plain error', async () => {
    expect((await errorOf(run(join(folder, 'nothing')))).code).toBe('physics.no-mesher');
  });

  it('is spared where the cache has the mesh', async () => {
    const kept = new Map<string, Uint8Array>();
    const cache = {
      get: async (hash: string) => kept.get(hash),
      put: async (hash: string, mesh: Uint8Array) => void kept.set(hash, mesh),
    };
    const job = {
      mesherPath: await standIn('once', 'printf x > "$2"'),
      brep: new Uint8Array([1]),
      infos: [info],
      control: { order: 2 as const, accuracy: 'draft' as const, refinements: [] },
      refinements: [],
      limits: { seconds: 10, memory_MiB: 1000 },
      cache,
      workingFolder: folder,
    };
    await meshStudy(job, silentContext());
    await rm(job.mesherPath);
    expect(new TextDecoder().decode((await meshStudy(job, silentContext())).bytes)).toBe('x');
    expect((await errorOf(meshStudy({ ...job, brep: new Uint8Array([2]) }, silentContext()))).code).toBe(
      'physics.no-mesher',
    );
  });
});
