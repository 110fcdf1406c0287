/** The data factory on a block with a hole: real kernel, mesher and solver, a coarse mesh. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBundle, silentContext } from '../../../preload/contract/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import { readReferenceMesh } from '../library/reference-mesh.ts';
import { readSpecification, type SurrogateSpecification } from '../specification/read-specification.ts';
import { makeData } from './make-data.ts';
import { DataStore } from './store.ts';

const ROOT = join(import.meta.dirname, '../../..');
let folder: string;
let path: string;
let specification: SurrogateSpecification;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-data-'));
  path = join(folder, 'block.yaml');
  await writeFile(
    join(folder, 'block.ts'),
    `import { part } from 'artificer';
export default part('Block', { about: 'A block with a hole, which can be too wide for it.' }, (p) => {
  const width: ReturnType<typeof p.length> = p.length('width', '40 mm', { minimum: 20, maximum: 80 });
  const hole: ReturnType<typeof p.length> = p.length('hole', '10 mm', { minimum: 4, maximum: 60 });
  const base = p.sketch('base', 'xy', (s) => s.rectangle([0, 0], [width, 30]));
  p.extrude('block', base, { distance: 20 });
  const place = p.sketch('place', { plane: { plane: 'xy', offset: 20 } }, (s) => s.point([15, 15]));
  p.hole('bore', place, { diameter: hole });
});
`,
  );
  await writeFile(
    join(folder, 'block-study.yaml'),
    `type: static
material: Steel S235JR
mesh: {size: 15 mm, accuracy: draft}
restraints:
  - {on: "faces <X", fix: all}
loads:
  - {on: "faces >X", force: [1000, 0, 0]}
`,
  );
  await writeFile(
    path,
    `name: Block
part: block.ts
study: block-study.yaml
parameters: {width: [38 mm, 50 mm], hole: [6 mm, 12 mm]}
quantities: [mass, max displacement.x on faces >X]
fields: [displacement]
seed: 3
designs: 4
unseen: 1
`,
  );
  specification = await readSpecification(path);
});
afterAll(async () => {
  disposePartScripts();
  await rm(folder, { recursive: true, force: true });
});

test('designs are solved on one mesh, a budget stops them, and the same call goes on from there', async () => {
  const data = join(folder, 'data');
  const first = await makeData({ ...specification, budget: { solves: 2 } }, data, silentContext(), { lanes: 1 });
  expect(first).toMatchObject({ added: 2, stopped: 'solves', failed: [] });
  const stages: string[] = [];
  const whole = await makeData(
    specification,
    data,
    { signal: new AbortController().signal, progress: (stage) => stages.push(stage) },
    { lanes: 2 },
  );
  expect(whole).toMatchObject({ added: 3, solved: { training: 4, unseen: 1 }, failed: [] });
  expect(stages.at(-1)).toBe('Solving designs (3 of 3)');
  const store = await DataStore.open(data);
  const mesh = readReferenceMesh(await store.reference(), store.head.points);
  for (const design of store.solved('training')) {
    const [width, hole] = design.values as [number, number];
    // Steel, 7.85e-6 kg/mm^3: a block less its bore, whose facets are chords of it (2 %).
    const volume = (width * 30 - (Math.PI * hole ** 2) / 4) * 20;
    expect(design.scalars[0]! / (7.85e-6 * volume)).toBeCloseTo(1, 1.7);
    const { arrays } = decodeBundle(await store.fields(design));
    expect(arrays['points']).toHaveLength(mesh.nodes.length);
    // The point that was farthest out still is, in this design's own width.
    let farthest = 0;
    mesh.nodes.forEach((x, i) => {
      if (i % 3 === 0 && x > mesh.nodes[farthest]!) farthest = i;
    });
    expect(arrays['points']![farthest]).toBeCloseTo(width, 6);
    // A bar of the same size is stiffer, by less than half: force times length over modulus and area.
    const bar = (1000 * width) / (210_000 * 600);
    expect(design.scalars[1]! / bar).toBeGreaterThan(0.9);
    expect(design.scalars[1]! / bar).toBeLessThan(1.6);
  }
});

test('a design that cannot be made is written down with its stage and its reason, and the others are solved', async () => {
  const wide = specification.parameters.map((parameter) =>
    parameter.name === 'hole' ? { ...parameter, maximum: 60 } : parameter,
  );
  const report = await makeData(
    { ...specification, parameters: wide, unseen: 0 },
    join(folder, 'failing'),
    silentContext(),
    { lanes: 2 },
  );
  expect(report.solved.training).toBeGreaterThan(0);
  expect(report.failed.length).toBeGreaterThan(0);
  for (const { stage, message, values } of report.failed) {
    expect(['make', 'carry']).toContain(stage);
    expect(message).toMatch(/fails|cannot be carried/);
    expect(values).toHaveLength(2);
  }
});

test('after a kill at any moment the journal is whole, and going on gives what was never interrupted', async () => {
  const data = join(folder, 'killed');
  const child = spawn(
    process.execPath,
    [join(ROOT, 'main/cli/index.ts'), 'surrogate', 'data', path, '--out', data, '--lanes', '1'],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = async (): Promise<number> =>
    (await readFile(join(data, 'designs.jsonl'), 'utf8').catch(() => '')).split('\n').length - 1;
  while ((await lines()) < 1 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await ended;
  expect(await lines()).toBeLessThan(5);
  const report = await makeData(specification, data, silentContext(), { lanes: 2 });
  expect(report.added).toBeLessThan(5);
  const store = await DataStore.open(data);
  expect(store.hash()).toBe((await DataStore.open(join(folder, 'data'))).hash());
});
