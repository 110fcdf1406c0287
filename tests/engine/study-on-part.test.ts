/** A study follows its part through a redesign: a cantilever that gets longer. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { solve as solveCommand } from '../../main/cli/solve.ts';
import type { AnyRecord, Feature, PartRecord, ResultSummary, StudyRecord } from '../../preload/contract/index.ts';
import {
  type Bench,
  edgeBetween,
  evaluated,
  extrude,
  face,
  feature,
  openBench,
  PLATE_ID,
  rectangle,
  variable,
} from './parts.fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({ path: join(bench.folder, 'beam.artificer') });
});
afterEach(() => bench.end());

const SIDE_mm = 10;
const FORCE_N = 100;
const YOUNG_MPa = 210_000;
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
const PROBE_AT_mm = 50;
/** A square bar along z, held at z = 0, pulled sideways at its end. */
function beam(length: string, more: AnyRecord[] = [], part = BEAM): AnyRecord[] {
  return [
    STEEL,
    part,
    variable('length', length),
    feature(PLATE_ID, 'sketch1', 'Section', rectangle(`${SIDE_mm} mm`, `${SIDE_mm} mm`)),
    feature(PLATE_ID, 'base01', 'Bar', extrude('sketch1', 'length')),
    ...more,
  ];
}
const STUDY: StudyRecord = {
  type: 'study',
  id: 'study_beam01',
  name: 'Bending',
  study: 'static',
  partId: PLATE_ID,
  restraints: [{ id: 'r1', name: 'Clamp', kind: 'fixed', on: [face('feature_base01/start')] }],
  loads: [{ id: 'l1', name: 'Tip', kind: 'force', on: [face('feature_base01/end')], force_N: [0, -FORCE_N, 0] }],
  mesh: { order: 2, accuracy: 'draft', refinements: [] },
  probes: [{ id: 'p1', name: 'top', at_mm: [SIDE_mm / 2, SIDE_mm, PROBE_AT_mm], quantity: 'stress.zz' }],
};
async function solve(): Promise<ResultSummary> {
  const { jobId } = await bench.client['studies.solve']({ studyId: STUDY.id });
  const { inputHash } = (await bench.client['jobs.wait']({ jobId })).value as { inputHash: string };
  const results = await bench.client['studies.results']({ studyId: STUDY.id });
  expect(results.filter(({ current }) => current).map((each) => each.inputHash)).toEqual([inputHash]);
  return results.find((each) => each.inputHash === inputHash)!.summary;
}
/** Euler and Bernoulli, with Timoshenko's shear: a beam of ten times its height bends by 1 % more for it. */
function expectCantilever(summary: ResultSummary, length_mm: number): void {
  const inertia_mm4 = SIDE_mm ** 4 / 12;
  const shear_MPa = YOUNG_MPa / (2 * 1.3);
  const deflection_mm =
    (FORCE_N * length_mm ** 3) / (3 * YOUNG_MPa * inertia_mm4) +
    (FORCE_N * length_mm) / ((5 / 6) * shear_MPa * SIDE_mm ** 2);
  // A clamp that also holds the section's width is a little stiffer than the beam of the books.
  expect(Math.abs(summary.extremes['displacement.y']!.min.value / -deflection_mm - 1)).toBeLessThan(0.02);
  const stress_MPa = (FORCE_N * (length_mm - PROBE_AT_mm) * (SIDE_mm / 2)) / inertia_mm4;
  expect(Math.abs(summary.probes[0]!.value / stress_MPa - 1)).toBeLessThan(0.02);
  expect(summary.reactions_N!.total[1]).toBeCloseTo(FORCE_N, 3);
  expect(summary.equilibrium_error).toBeLessThan(1e-6);
}

it('is solved again by one click after a dimension changed, its loads on the right faces', async () => {
  await bench.client['document.change']({ label: 'Beam', put: [...beam('100 mm'), STUDY] });
  expectCantilever(await solve(), 100);
  await bench.client['document.change']({ label: 'Longer', put: [variable('length', '150 mm')] });
  expect((await bench.client['studies.results']({ studyId: STUDY.id })).map(({ current }) => current)).toEqual([false]);
  expectCantilever(await solve(), 150);
  // And back: the earlier answer holds again, without solving.
  await bench.client['document.undo']({});
  await evaluated(bench.client);
  expect((await bench.client['studies.solve']({ studyId: STUDY.id })).cached).toBe(true);
});

it('says which load lost its face and what is nearest, and does not solve a part with a failed step', async () => {
  const chamfer: Feature = {
    kind: 'chamfer',
    edges: [edgeBetween('feature_base01/end', 'feature_base01/side(line3)')],
    distance: { length: '2 mm' },
  };
  const bevel = feature(PLATE_ID, 'bevel01', 'Bevel', chamfer);
  const part = { ...BEAM, features: [...BEAM.features!, bevel.id] };
  await bench.client['document.change']({ label: 'Beam', put: [...beam('100 mm', [bevel], part), STUDY] });
  const { history, view } = await evaluated(bench.client);
  const [name] = history.outcomes[2]!.made!;
  expect(view.bodies[0]!.info.faces.flatMap(({ persistentNames }) => persistentNames)).toContain(name);
  const pushed: StudyRecord = { ...STUDY, loads: [{ ...STUDY.loads[0]!, on: [face(name!)] } as never] };
  await bench.client['document.change']({ label: 'Push the bevel', put: [pushed, { ...bevel, suppressed: true }] });
  await expect(solve()).rejects.toMatchObject({
    data: {
      code: 'reference.lost',
      message: expect.stringMatching(/^Load "Tip": The face that was picked is no longer there\./),
      details: { candidates: expect.arrayContaining([expect.objectContaining({ kind: 'face' })]) },
    },
  });
  const tooLarge = { ...bevel, feature: { ...chamfer, distance: { length: '20 mm' } } };
  await bench.client['document.change']({ label: 'Too large', put: [tooLarge, STUDY] });
  await expect(solve()).rejects.toMatchObject({ data: { code: 'study.part-failed', recordId: bevel.id } });
});

it('takes temperatures only from what the thermal study gives now, not from before it changed', async () => {
  const heated = (end_degC: number): StudyRecord => ({
    ...STUDY,
    id: 'study_heat01',
    name: 'Heating',
    study: 'thermal',
    restraints: [
      { id: 'r1', name: 'Cool end', kind: 'temperature', on: [face('feature_base01/start')], temperature_degC: 20 },
      { id: 'r2', name: 'Hot end', kind: 'temperature', on: [face('feature_base01/end')], temperature_degC: end_degC },
    ],
    loads: [],
    probes: [],
  });
  const stressed: StudyRecord = {
    ...STUDY,
    study: 'thermal-stress',
    loads: [],
    probes: [],
    temperatures: { from: 'study', studyId: 'study_heat01' },
    referenceTemperature_degC: 20,
  };
  const warm: AnyRecord = {
    ...STEEL,
    properties: { ...STEEL.properties, thermalExpansion_1_K: 12e-6, conductivity_W_mK: 50 },
  };
  const heat = async () =>
    bench.client['jobs.wait']({ jobId: (await bench.client['studies.solve']({ studyId: 'study_heat01' })).jobId });
  const current = async () =>
    (await bench.client['studies.results']({ studyId: STUDY.id })).map((each) => each.current);
  const refused = (why: string) => ({
    data: { code: 'study.no-temperatures', message: expect.stringContaining(`"Heating", which has ${why}`) },
  });
  await bench.client['document.change']({
    label: 'Bar',
    put: [...beam('100 mm').slice(1), warm, heated(120), stressed],
  });
  await expect(solve()).rejects.toMatchObject(refused('not been solved'));
  await heat();
  // A bar free at its end grows by half of the expansion of the hot end, and no stress comes of a linear field along it.
  const grown_mm = (await solve()).extremes['displacement.z']!.max.value;
  expect(Math.abs(grown_mm / (12e-6 * 50 * 100) - 1)).toBeLessThan(0.03);
  await bench.client['document.change']({ label: 'Hotter', put: [heated(220)] });
  expect(await current()).toEqual([false]);
  await expect(solve()).rejects.toMatchObject(refused('changed since it was solved'));
  await heat();
  expect(Math.abs((await solve()).extremes['displacement.z']!.max.value / (2 * grown_mm) - 1)).toBeLessThan(1e-3);
  // Undone, the first temperatures are those of the study again, though newer ones are there.
  await bench.client['document.undo']({});
  await evaluated(bench.client);
  expect((await bench.client['studies.solve']({ studyId: STUDY.id })).cached).toBe(true);
  expect((await current()).filter(Boolean)).toHaveLength(1);
});

it('is read from a file that names faces by the steps that made them', async () => {
  await bench.client['document.change']({ label: 'Beam', put: beam('100 mm') });
  await bench.client['project.close']({});
  const path = join(bench.folder, 'study.yaml');
  await writeFile(
    path,
    [
      'geometry: beam.artificer',
      'part: Beam',
      'material: {young: 210 GPa, poisson: 0.3, density: 7850 kg/m^3}',
      'mesh: {accuracy: draft}',
      'restraints:',
      '  - {on: "face Bar/start", fix: all}',
      'loads:',
      `  - {on: "face Bar/end", force: [0, -${FORCE_N}, 0]}`,
      'probes:',
      `  - {name: top, at: [5, 10, ${PROBE_AT_mm}], quantity: stress.zz}`,
    ].join('\n'),
  );
  const io = { json: true, out: () => {}, err: () => {}, isTerminal: false, signal: new AbortController().signal };
  const { data, exitCode } = await solveCommand.run([path], io);
  expect(exitCode ?? 0).toBe(0);
  const document = data as { reactions_N: ResultSummary['reactions_N']; probes: { value: number }[] };
  expect(document.reactions_N!.total[1]).toBeCloseTo(FORCE_N, 3);
  expect(Math.abs(document.probes[0]!.value / ((FORCE_N * 50 * 5) / (SIDE_mm ** 4 / 12)) - 1)).toBeLessThan(0.02);
});
