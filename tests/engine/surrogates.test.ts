/** A surrogate of a study in a project: made of the project's own part, asked, compared with solutions, and let go. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  AnyRecord,
  Job,
  PartRecord,
  StudyRecord,
  StudySurrogateState,
  SurrogateComparison,
} from '../../preload/contract/index.ts';
import { decodeBundle } from '../../preload/contract/index.ts';
import { type Bench, extrude, face, feature, openBench, PLATE_ID, rectangle, variable } from './parts.fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({});
});
afterEach(() => bench.end());

const FORCE_N = 100;
const YOUNG_MPa = 210_000;
const DENSITY = 7.85e-6;
const STEEL: AnyRecord = {
  type: 'material',
  id: 'material_steel1',
  name: 'Steel',
  category: 'Steels',
  source: 'test',
  properties: { young_MPa: YOUNG_MPa, poisson: 0.3, density_kg_m3: 7850, yield_MPa: 355 },
};
const BEAM: PartRecord = {
  type: 'part',
  id: PLATE_ID,
  name: 'Beam',
  features: ['feature_sketch1', 'feature_base01'],
  bodies: [],
  materialId: STEEL.id,
};
const STUDY: StudyRecord = {
  type: 'study',
  id: 'study_beam01',
  name: 'Bending',
  study: 'static',
  partId: PLATE_ID,
  restraints: [{ id: 'r1', name: 'Clamp', kind: 'fixed', on: [face('feature_base01/start')] }],
  loads: [{ id: 'l1', name: 'Tip', kind: 'force', on: [face('feature_base01/end')], force_N: [0, -FORCE_N, 0] }],
  mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 10 },
  probes: [],
  surrogate: {
    parameters: [
      { name: 'length', unit: 'mm', minimum: 80, maximum: 120, reference: 100 },
      { name: 'height', unit: 'mm', minimum: 9, maximum: 12, reference: 10 },
    ],
    quantities: ['mass', 'max displacement.magnitude'],
    fields: ['displacement'],
    designs: 10,
    seed: 3,
  },
};
/** A bar of height x height along z, held at z = 0, pulled down at its end. */
const RECORDS: AnyRecord[] = [
  STEEL,
  BEAM,
  variable('length', '100 mm'),
  variable('height', '10 mm'),
  feature(PLATE_ID, 'sketch1', 'Section', rectangle('height', 'height')),
  feature(PLATE_ID, 'base01', 'Bar', extrude('sketch1', 'length')),
  STUDY,
];
const studyId = STUDY.id;

const ended = async ({ jobId }: { jobId: string }): Promise<unknown> =>
  (await bench.client['jobs.wait']({ jobId })).value;
const state = async (): Promise<StudySurrogateState> => (await bench.client['surrogates.list']({ studyId }))[0]!;
const predict = (values: number[], fields = false) =>
  bench.client['surrogates.predict']({ studyId, values, ...(fields ? { fields: ['displacement'] } : {}) });

/** Euler and Bernoulli, with Timoshenko's shear. */
function deflection(length: number, height: number): number {
  const inertia = height ** 4 / 12;
  const shear = YOUNG_MPa / 2.6;
  return (FORCE_N * length ** 3) / (3 * YOUNG_MPa * inertia) + (FORCE_N * length) / ((5 / 6) * shear * height ** 2);
}

it('is made of the project’s own part, goes on where it was stopped, and knows what a beam of the books does', async () => {
  await bench.client['document.change']({ label: 'Beam', put: RECORDS });
  expect(await state()).toMatchObject({ card: null, designs: { wanted: 10, solved: 0, failed: 0 } });
  await expect(predict([100, 10])).rejects.toMatchObject({ data: { code: 'surrogate.not-made' } });

  const { jobId } = await bench.client['surrogates.make']({ studyId });
  const stopped = new Promise<Job>((resolve) => {
    bench.client['jobs.changed']({}, (job) => {
      if (job.id !== jobId) return;
      if (/^Solving designs \([3-9]/.test(job.stage)) void bench.client['jobs.cancel']({ jobId });
      if (job.state === 'cancelled') resolve(job);
    });
  });
  const cancelledAt = performance.now();
  await expect(bench.client['jobs.wait']({ jobId })).rejects.toMatchObject({ data: { category: 'cancelled' } });
  expect((await stopped).endedAt! - (await stopped).startedAt).toBeLessThan(performance.now() - cancelledAt + 1000);
  const half = await state();
  expect(half.designs.solved).toBeGreaterThanOrEqual(3);
  expect(half.designs.solved).toBeLessThan(10);
  expect(half.card).toBeNull();

  await ended(await bench.client['surrogates.make']({ studyId }));
  const made = await state();
  expect(made.designs).toEqual({ wanted: 10, solved: 10, failed: 0, joined: 0, waiting: 0 });
  expect(made.card).toMatchObject({ designs: 10, studyType: 'static', points: expect.any(Number) });
  expect(made.outdated).toBe(false);

  const { verdict, scalars, fieldsHash, milliseconds } = await predict([104, 10.6], true);
  expect(verdict.kind).toBe('valid');
  const [mass, tip] = scalars as [(typeof scalars)[0], (typeof scalars)[0]];
  // Mass is a polynomial: exact but for what the process does not know of 10 designs.
  expect(mass.value / (DENSITY * 104 * 10.6 ** 2)).toBeCloseTo(1, 3);
  // A clamp that holds the section's width is a little stiffer than the beam of the books, and the mesh is coarse.
  expect(tip.value / deflection(104, 10.6)).toBeGreaterThan(0.95);
  expect(tip.value / deflection(104, 10.6)).toBeLessThan(1.05);
  expect(tip.low).toBeLessThanOrEqual(tip.value);
  expect(tip.high).toBeGreaterThanOrEqual(tip.value);
  expect(milliseconds).toBeLessThan(1000);

  // The points are those of the predicted bar, 104 mm long; its tip is what moves.
  const { arrays } = decodeBundle((await bench.engine.blob(fieldsHash!))!);
  const nodes = arrays['nodes'] as Float32Array;
  const moved = arrays['displacement'] as Float32Array;
  expect(nodes.length).toBe(3 * made.card!.points);
  let end = 0;
  for (let i = 2; i < nodes.length; i += 3) if (nodes[i]! > nodes[3 * end + 2]!) end = (i - 2) / 3;
  expect(nodes[3 * end + 2]!).toBeCloseTo(104, 1);
  expect(-moved[3 * end + 1]! / tip.value).toBeCloseTo(1, 1);
  const surface = decodeBundle((await bench.engine.blob(made.surfaceHash!))!).arrays;
  expect(surface['surfaceTriangles']!.length).toBeGreaterThan(100);

  // Given away, to be brought in below: the same bytes each time.
  const given = join(bench.folder, 'given.zip');
  await ended(await bench.client['surrogates.export']({ studyId, path: given }));
  const { blobHash, fileName } = (await ended(await bench.client['surrogates.export']({ studyId }))) as {
    blobHash: string;
    fileName: string;
  };
  expect(fileName).toBe('Bending.surrogate.zip');
  expect(Buffer.from((await bench.engine.blob(blobHash))!).equals(await readFile(given))).toBe(true);
  const { milliseconds: _, fieldsHash: __, ...told } = await predict([104, 10.6]);

  // Where it does not know, it says no number.
  const outside = await predict([140, 10.6], true);
  expect(outside).toMatchObject({ verdict: { kind: 'declined' }, scalars: [] });
  expect(outside.fieldsHash).toBeUndefined();
  expect(outside.verdict.kind === 'declined' && outside.verdict.reasons[0]).toMatch(/length is 140 mm/);
  await expect(predict([100])).rejects.toMatchObject({ data: { code: 'surrogate.values' } });

  // Solved in its place, with nothing changed; current as soon as the variables have these values.
  const { inputHash } = (await ended(await bench.client['surrogates.solve']({ studyId, values: [140, 10.6] }))) as {
    inputHash: string;
  };
  const result = async () =>
    (await bench.client['studies.results']({ studyId })).find((entry) => entry.inputHash === inputHash)!;
  expect(await result()).toMatchObject({
    current: false,
    summary: {
      variables: [
        { name: 'length', unit: 'mm', value: 140 },
        { name: 'height', value: 10.6 },
      ],
    },
  });
  const bent = (await result()).summary.extremes['displacement.magnitude']!.max.value;
  expect(Math.abs(bent / deflection(140, 10.6) - 1)).toBeLessThan(0.05);
  await bench.client['document.change']({
    label: 'Use',
    put: [variable('length', '140 mm'), variable('height', '10.6 mm')],
  });
  await ended(await bench.client['parts.evaluate']({ partId: PLATE_ID }));
  expect((await result()).current).toBe(true);
  expect((await state()).comparisons).toEqual([]);

  // A solution inside the ranges is compared, and its design joins the data.
  await bench.client['document.change']({ label: 'Inside', put: [variable('length', '91 mm')] });
  const solved = new Promise<void>((resolve) => {
    bench.client['surrogates.changed']({}, () => resolve());
  });
  await ended(await bench.client['studies.solve']({ studyId }));
  await solved;
  const joined = await state();
  expect(joined).toMatchObject({ outdated: true, designs: { joined: 1, waiting: 1 } });
  const [comparison] = joined.comparisons as [SurrogateComparison];
  expect(comparison.values.map((value) => Math.round(value * 10) / 10)).toEqual([91, 10.6]);
  for (const { value, solved: truth } of comparison.scalars) expect(value / truth!).toBeCloseTo(1, 1);
  await ended(await bench.client['surrogates.make']({ studyId }));
  expect(await state()).toMatchObject({ outdated: false, designs: { solved: 11, waiting: 0 }, card: { designs: 11 } });

  // Another part is another question: the model is silent, and speaks again when the change is undone.
  const taller: AnyRecord = { ...STUDY, loads: [{ ...STUDY.loads[0]!, force_N: [0, -2 * FORCE_N, 0] } as never] };
  await bench.client['document.change']({ label: 'Twice the load', put: [taller] });
  expect((await state()).card).toBeNull();
  await expect(predict([100, 10])).rejects.toMatchObject({ data: { code: 'surrogate.not-made' } });
  await bench.client['document.undo']({});
  expect((await predict([100, 10])).verdict.kind).toBe('valid');

  // One that is brought in stands beside the model that learnt here, and undo gives that back with all that is said of it.
  const own = await state();
  await ended(await bench.client['surrogates.import']({ studyId, path: given }));
  expect(await state()).toMatchObject({ brought: { fileName: 'given.zip' }, comparisons: [] });
  await bench.client['document.undo']({});
  expect(await state()).toEqual(own);

  // Packing drops what can be made again; what was dropped is not believed to be there.
  await bench.client['project.pack']({});
  expect(await state()).toMatchObject({ card: null, designs: { solved: 0, joined: 0 }, surfaceHash: null });
  await bench.client['surrogates.forget']({ studyId });
  expect(await state()).toMatchObject({ card: null, designs: { solved: 0, joined: 0 }, surfaceHash: null });

  // Brought back, it says what it said, and whose it is; nothing has been solved for it here.
  await ended(await bench.client['surrogates.import']({ studyId, path: given }));
  const back = await state();
  expect(back).toMatchObject({ card: { designs: 10 }, brought: { fileName: 'given.zip' }, outdated: false });
  expect(back).toMatchObject({ designs: { solved: 0 }, surfaceHash: expect.any(String) });
  expect(await predict([104, 10.6])).toMatchObject(told);

  // It cannot be made again: packing leaves it, and so does forgetting another surrogate with the same mesh.
  await bench.client['project.pack']({});
  expect(await predict([104, 10.6])).toMatchObject(told);

  await carriedElsewhere(given, told);
});

/** To another project with the same part and study, where every id is another one. */
async function carriedElsewhere(given: string, told: object): Promise<void> {
  const ids = ['feature_sketch1', 'feature_base01', PLATE_ID, STEEL.id, studyId, '"r1"', '"l1"'];
  const renamed = ids.reduce(
    (text, id) => text.replaceAll(id, id.startsWith('"') ? `"other ${id.slice(1)}` : id.replace('_', '_other')),
    // Drawn with another length, too: the model follows it.
    JSON.stringify(RECORDS).replace('"100 mm"', '"90 mm"'),
  );
  const records: AnyRecord[] = JSON.parse(renamed);
  const other = records.find((record): record is StudyRecord => record.type === 'study')!;
  const { surrogate, ...plain } = other;
  const study = async () =>
    (await bench.client['document.snapshot']({})).records.find((record) => record.id === other.id) as StudyRecord;
  const bring = async (files: { name: string; bytes: Uint8Array }[]) => {
    const uploads = await Promise.all(
      files.map(async ({ name, bytes }) => {
        const { uploadId } = await bench.engine.acceptUpload(Readable.from([bytes]), name);
        return { uploadId, fileName: name };
      }),
    );
    return ended(await bench.client['surrogates.import']({ studyId: other.id, files: uploads }));
  };
  await bench.client['project.create']({});
  await bench.client['document.change']({
    label: 'Beam',
    put: [...records.filter(({ id }) => id !== other.id), plain],
  });
  const bytes = new Uint8Array(await readFile(given));
  await bring([{ name: 'given.zip', bytes }]);
  expect((await study()).surrogate).toEqual({ ...surrogate, model: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const asked = () => bench.client['surrogates.predict']({ studyId: other.id, values: [104, 10.6] });
  expect(await asked()).toMatchObject(told);
  // One step of undo takes it away, and redo brings it back.
  await bench.client['document.undo']({});
  expect(await study()).toEqual(plain);
  await expect(asked()).rejects.toMatchObject({ data: { code: 'surrogate.none' } });
  await bench.client['document.redo']({});
  expect(await asked()).toMatchObject(told);
  await bench.client['document.undo']({});

  // Of another study, part or variable: said, and nothing changed.
  const refused = async (change: AnyRecord[], message: string | RegExp, remove: string[] = []) => {
    await bench.client['document.change']({ label: 'Other', put: change, remove });
    const before = await study();
    await expect(bring([{ name: 'given.zip', bytes }])).rejects.toThrow(message);
    expect(await study()).toEqual(before);
    expect(await bench.client['surrogates.list']({})).toEqual([]);
    await bench.client['document.undo']({});
  };
  const heavier = { ...plain, loads: [{ ...plain.loads[0]!, force_N: [0, -2 * FORCE_N, 0] } as never] };
  await refused([heavier], 'under another study than "Bending" as it is now; the part is the same');
  await refused([{ ...plain, study: 'modal', loads: [] }], /^The model is of .*, and "Bending" is of /);
  const bar = records.find(({ id }) => id === 'feature_otherbase01') as never as ReturnType<typeof feature>;
  const doubled = { ...bar, feature: extrude('othersketch1', '2 * length') };
  await refused([doubled], 'another part than "Beam" as it is now; the study is the same');
  await refused([heavier, doubled], 'another part than "Beam" and under another study than "Bending"');
  const height = records.find((record) => record.type === 'variable' && record.name === 'height')!;
  const follows = { ...height, expression: 'length / 9' } as AnyRecord;
  await refused([follows], '"height", which cannot be changed by themselves in "Beam"');
  const without = { ...height, name: 'thickness' } as AnyRecord;
  await refused([without], '"height", and "Beam" has no such variable');

  // What is no model at all.
  const bomb = zipSync({ 'card.json': [new Uint8Array(40 * 2 ** 20), { level: 9 }] });
  for (const [name, hostile, code] of [
    ['bomb.zip', bomb, 'surrogate.too-large-model'],
    ['away.zip', zipSync({ 'card.json': bytes.slice(0, 9), '../x.onnx': bytes.slice(0, 9) }), 'surrogate.bad-archive'],
    ['card.json', new Uint8Array(40 * 2 ** 20), 'surrogate.too-large-model'],
    ['cut.zip', bytes.slice(0, 5000), 'surrogate.bad-archive'],
  ] as const)
    await expect(bring([{ name, bytes: hostile }]), name).rejects.toMatchObject({ data: { code } });
  const files = unzipSync(bytes);
  const weights = files['model.onnx']!;
  weights[weights.length - 500]! ^= 1;
  await expect(bring(Object.entries(files).map(([name, each]) => ({ name, bytes: each })))).rejects.toMatchObject({
    data: { code: 'surrogate.changed-file' },
  });
  expect(await study()).toEqual(plain);
}

it('suggests variables round their present values, and says why there can be none', async () => {
  const { surrogate: _none, ...plain } = STUDY;
  const records = RECORDS.map((record) => (record.id === studyId ? plain : record));
  await bench.client['document.change']({ label: 'Beam', put: [...records, variable('twice', '2 * height')] });
  const suggested = await bench.client['surrogates.suggest']({ studyId });
  expect(suggested.refusal).toBeUndefined();
  expect(suggested.parameters).toMatchObject([
    { name: 'height', unit: 'mm', value: 10, minimum: 8, maximum: 12, chosen: true },
    { name: 'length', unit: 'mm', value: 100, minimum: 80, maximum: 120, chosen: true },
  ]);
  expect(suggested.fields).toEqual(['displacement', 'von_mises']);
  expect(await bench.client['surrogates.list']({})).toEqual([]);
  await bench.client['document.change']({ label: 'Harmonic', put: [{ ...plain, study: 'harmonic' }] });
  const refused = await bench.client['surrogates.suggest']({ studyId });
  expect(refused.refusal).toMatchObject({ code: 'surrogate.study-kind', hint: expect.any(String) });
  await expect(bench.client['surrogates.make']({ studyId })).rejects.toMatchObject({
    data: { code: 'surrogate.none' },
  });
});
