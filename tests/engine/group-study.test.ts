/** Parts of an assembly studied as one: two bars of one part, end to end, the second turned upside down. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { solve as solveCommand } from '../../main/cli/solve.ts';
import type {
  AnyRecord,
  GroupRecord,
  InstanceRecord,
  PartRecord,
  Reference,
  ResultSummary,
  StudyRecord,
} from '../../preload/contract/index.ts';
import { IDENTITY_TRANSFORM } from '../../preload/contract/index.ts';
import { type Bench, extrude, face, feature, openBench, PLATE_ID, rectangle, variable } from './parts.fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({ path: join(bench.folder, 'bars.artificer') });
});
afterEach(() => bench.end());

const SIDE_mm = 10;
const LENGTH_mm = 20;
const FORCE_N = 1000;
/** Without lateral contraction a clamped bar is the bar of the books, exactly. */
const metal = (id: string, young_MPa: number): AnyRecord => ({
  type: 'material',
  id,
  name: id,
  category: 'Steels',
  source: 'test',
  properties: { young_MPa, poisson: 0, density_kg_m3: 8000, yield_MPa: 300 },
});
const YOUNG_MPa = 200_000;
const STIFF = metal('material_stiff1', YOUNG_MPa);
const SOFT = metal('material_soft01', YOUNG_MPa / 2);
const BAR: PartRecord = {
  type: 'part',
  id: PLATE_ID,
  name: 'Bar',
  features: ['feature_sketch1', 'feature_base01'],
  bodies: [],
  materialId: STIFF.id,
};
const placed = (id: string, name: string, more: Partial<InstanceRecord> = {}): InstanceRecord => ({
  type: 'instance',
  id,
  name,
  parentId: 'instance_whole1',
  partId: PLATE_ID,
  transform: IDENTITY_TRANSFORM,
  order: 0,
  ...more,
});
const WHOLE = placed('instance_whole1', 'Stand', { parentId: null, partId: null });
const LOWER = placed('instance_lower1', 'lower');
/** Half a turn about x: its end is on the lower one's end at z = 20, its start on top at z = 40. */
const UPPER = placed('instance_upper1', 'upper', {
  transform: [1, 0, 0, 0, 0, -1, 0, SIDE_mm, 0, 0, -1, 2 * LENGTH_mm],
  order: 1,
});
const on = (instanceId: string, name: string): Reference => ({ ...face(name), instanceId });
const GROUP: GroupRecord = { type: 'group', id: 'group_bars001', name: 'Both bars', members: [WHOLE.id] };
const STUDY: StudyRecord = {
  type: 'study',
  id: 'study_bars001',
  name: 'Pull',
  study: 'static',
  partId: GROUP.id,
  restraints: [{ id: 'r1', name: 'Clamp', kind: 'fixed', on: [on(LOWER.id, 'feature_base01/start')] }],
  loads: [
    { id: 'l1', name: 'Pull', kind: 'force', on: [on(UPPER.id, 'feature_base01/start')], force_N: [0, 0, FORCE_N] },
  ],
  connections: [{ id: 'c1', name: 'Bonds', kind: 'bonded-touching' }],
  bodyMaterials: [{ instanceId: UPPER.id, body: 0, materialId: SOFT.id }],
  mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 8 },
  probes: [],
};
const ASSEMBLY: AnyRecord[] = [
  STIFF,
  SOFT,
  BAR,
  variable('length', `${LENGTH_mm} mm`),
  feature(PLATE_ID, 'sketch1', 'Section', rectangle(`${SIDE_mm} mm`, `${SIDE_mm} mm`)),
  feature(PLATE_ID, 'base01', 'Bar', extrude('sketch1', 'length')),
  WHOLE,
  LOWER,
  UPPER,
  GROUP,
  STUDY,
];
const change = (label: string, ...put: AnyRecord[]) => bench.client['document.change']({ label, put });
const results = () => bench.client['studies.results']({ studyId: STUDY.id });
const isCurrent = async () => (await results()).map(({ current }) => current);

async function solve(): Promise<{ summary: ResultSummary; cached: boolean }> {
  const { jobId } = await bench.client['studies.solve']({ studyId: STUDY.id });
  const { value } = await bench.client['jobs.wait']({ jobId });
  const { inputHash, cached } = value as { inputHash: string; cached: boolean };
  const entry = (await results()).find((each) => each.inputHash === inputHash)!;
  expect(entry.current).toBe(true);
  return { summary: entry.summary, cached };
}
/** F L / (E A) of each bar, exact in constant stress; bonds pass it on exactly. */
const stretch_mm = (length_mm: number) => ((FORCE_N * length_mm) / (YOUNG_MPa * SIDE_mm ** 2)) * (1 + 2);

it('stretches as its bars do, each of its own material, held and pulled on the instances that were picked', async () => {
  await change('Bars', ...ASSEMBLY);
  const { summary } = await solve();
  expect(summary.extremes['displacement.z']!.max.value / stretch_mm(LENGTH_mm)).toBeCloseTo(1, 6);
  expect(summary.extremes['displacement.z']!.max.at_mm[2]).toBeCloseTo(2 * LENGTH_mm, 6);
  expect(summary.reactions_N!.total[2]).toBeCloseTo(-FORCE_N, 3);
  expect(summary.connections![0]!.force_N![2]!).toBeCloseTo(FORCE_N, 3);
  expect(summary.mass_kg).toBeCloseTo(8000e-9 * 2 * LENGTH_mm * SIDE_mm ** 2, 9);
  // Bodies are called by the way down to them, and selectors may name them.
  const [one, all, lost] = await bench.client['geometry.resolve']({
    partId: GROUP.id,
    references: [
      { by: 'selector', selector: 'faces of "upper" >Z' },
      { by: 'selector', selector: 'faces <X' },
      on('instance_other1', 'feature_base01/start'),
    ],
  });
  const named = await bench.client['geometry.resolve']({
    partId: GROUP.id,
    references: [on(UPPER.id, 'feature_base01/start')],
  });
  expect(one!.items).toEqual(named[0]!.items);
  expect(one!.items).toHaveLength(1);
  expect(all!.items.map(({ instanceId, body }) => [instanceId, body])).toEqual([
    [LOWER.id, 0],
    [UPPER.id, 0],
  ]);
  expect(lost).toMatchObject({ items: [], error: { code: 'reference.no-member' } });
});

it('is solved by the command line too, parts called as in a file', async () => {
  await change('Bars', ...ASSEMBLY.filter(({ id }) => id !== STUDY.id && id !== GROUP.id));
  await bench.client['project.close']({});
  const path = join(bench.folder, 'study.yaml');
  const solveWith = async (chosen: string) => {
    await writeFile(
      path,
      [
        'project: bars.artificer',
        chosen,
        'material: {young: 200 GPa, poisson: 0, density: 8000 kg/m^3}',
        'mesh: {size: 8 mm}',
        `restraints: [{on: 'faces of "lower" <Z', fix: all}]`,
        `loads: [{on: 'faces of "upper" >Z', force: [0, 0, ${FORCE_N}]}]`,
      ].join('\n'),
    );
    const io = { json: true, out: () => {}, err: () => {}, isTerminal: false, signal: new AbortController().signal };
    return (await solveCommand.run([path], io)).data as {
      extremes: Record<string, { value: number }>;
      bodies: { name: string }[];
    };
  };
  const { extremes, bodies } = await solveWith('assembly: true');
  const both_mm = (FORCE_N * 2 * LENGTH_mm) / (YOUNG_MPa * SIDE_mm ** 2);
  expect(extremes['displacement.z']!.value / both_mm).toBeCloseTo(1, 6);
  expect(bodies.map(({ name }) => name.split('/')[0])).toEqual(['lower', 'upper']);
  await expect(solveWith('part: [lower, middle]')).rejects.toMatchObject({
    data: { code: 'study.no-such-part', hint: 'Its parts are "lower" and "upper".' },
  });
});

it('is out of date once a member is moved or made otherwise, and current again where that is taken back', async () => {
  await change('Bars', ...ASSEMBLY);
  await solve();
  await change('Rename', { ...UPPER, name: 'top' });
  expect(await isCurrent()).toEqual([true]);
  const up = [...UPPER.transform];
  up[3] = 2;
  await change('Move', { ...UPPER, transform: up });
  expect(await isCurrent()).toEqual([false]);
  await bench.client['document.undo']({});
  expect(await isCurrent()).toEqual([true]);
  expect((await solve()).cached).toBe(true);

  // Both are of one part: a longer one moves the joint, and the upper bar has to stand higher.
  const taller = [...UPPER.transform];
  taller[11] = 60;
  await change('Longer', variable('length', '30 mm'), { ...UPPER, transform: taller });
  expect(await isCurrent()).toEqual([false]);
  const { summary, cached } = await solve();
  expect(cached).toBe(false);
  expect(summary.extremes['displacement.z']!.max.value / stretch_mm(30)).toBeCloseTo(1, 6);
});

it('says what it has lost when a member or what was picked on it is removed, and solves nothing else instead', async () => {
  const both: GroupRecord = { ...GROUP, members: [LOWER.id, UPPER.id] };
  await change('Bars', ...ASSEMBLY.filter(({ id }) => id !== GROUP.id), both);
  await solve();
  await bench.client['document.change']({ label: 'Remove', remove: [UPPER.id] });
  expect(await isCurrent()).toEqual([false]);
  await expect(solve()).rejects.toMatchObject({
    data: { code: 'study.member-gone', message: 'One of the parts of "Both bars" is not in the assembly any more.' },
  });
  // Taken out of the parts of the study, its load is still on what is gone.
  await change('Take out', { ...both, members: [LOWER.id] });
  await expect(solve()).rejects.toMatchObject({
    data: {
      code: 'reference.no-member',
      message: 'Load "Pull": The part that its face was picked on is not in the study any more.',
      recordId: STUDY.id,
    },
  });
  await bench.client['document.undo']({});
  await bench.client['document.undo']({});
  expect(await isCurrent()).toEqual([true]);
});

it('goes on meaning the same face of the same instance when its part, an imported one, gets a history', async () => {
  const { client } = bench;
  const { jobId } = await client['files.import']({ path: join(import.meta.dirname, '../e2e/files/two-posts.step') });
  await client['jobs.wait']({ jobId });
  const { records } = await client['document.snapshot']({});
  const right = records.find((each): each is InstanceRecord => each.type === 'instance' && each.name === 'right post')!;
  const [view] = await client['geometry.parts']({ partIds: [right.partId!] });
  const { faces } = view!.bodies[0]!.info;
  const index = faces.findIndex(({ normal }) => normal![2] > 0.9);
  const { area_mm2: size, centroid_mm: centre_mm, normal } = faces[index]!;
  const fingerprint = { type: 'plane', size, centre_mm, direction: normal! };
  const top: Reference = { by: 'pick', instanceId: right.id, body: 0, kind: 'face', index, fingerprint };
  const group: GroupRecord = { ...GROUP, members: [right.id] };
  await change('Study', group, { ...STUDY, loads: [{ ...STUDY.loads[0]!, on: [top] } as never], bodyMaterials: [] });
  await client['parts.makeEditable']({ partId: right.partId! });
  const after = (await client['document.snapshot']({})).records.find(({ id }) => id === STUDY.id) as StudyRecord;
  const [on] = (after.loads[0] as { on: Reference[] }).on;
  expect(on).toMatchObject({ by: 'name', kind: 'face', instanceId: right.id });
  const [resolved] = await client['geometry.resolve']({ partId: group.id, references: [on!] });
  expect(resolved!.items).toEqual([{ instanceId: right.id, body: 0, kind: 'face', index }]);
});
