/** Results of other programs beside ours, and a result as a page: a beam by the engine's calls. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findBrowser } from '../../main/host/index.ts';
import { calculixVersion } from '../../main/physics/export/run-calculix.ts';
import type { AnyRecord, PartRecord, StudyRecord } from '../../preload/contract/index.ts';
import { type Bench, extrude, face, feature, openBench, PLATE_ID, rectangle } from './parts.fixture.ts';

let bench: Bench;
let projects = 0;
// One engine for all, a project for each: starting the kernel is the slowest part.
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  await bench.client['project.create']({ path: join(bench.folder, `beam-${++projects}.artificer`) });
  await bench.client['document.change']({ label: 'Beam', put: BEAM });
  await finished((await bench.client['studies.solve']({ studyId: STUDY.id })).jobId);
});
afterAll(() => bench.end());

const PART: PartRecord = {
  type: 'part',
  id: PLATE_ID,
  name: 'Beam',
  features: ['feature_sketch1', 'feature_base01'],
  bodies: [],
  materialId: 'material_steel1',
};
const STUDY: StudyRecord = {
  type: 'study',
  id: 'study_beam01',
  name: 'Bending <1>',
  study: 'static',
  partId: PLATE_ID,
  restraints: [{ id: 'r1', name: 'Clamp', kind: 'fixed', on: [face('feature_base01/start')] }],
  loads: [{ id: 'l1', name: 'Tip', kind: 'force', on: [face('feature_base01/end')], force_N: [0, -100, 0] }],
  mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 5 },
  probes: [],
};
const BEAM: AnyRecord[] = [
  {
    type: 'material',
    id: 'material_steel1',
    name: 'Steel',
    category: 'Steels',
    source: 'test',
    properties: { young_MPa: 210_000, poisson: 0.3, density_kg_m3: 7850, yield_MPa: 355 },
  },
  PART,
  feature(PLATE_ID, 'sketch1', 'Section', rectangle('10 mm', '10 mm')),
  feature(PLATE_ID, 'base01', 'Bar', extrude('sketch1', '60 mm')),
  STUDY,
];
const finished = async (jobId: string): Promise<unknown> => (await bench.client['jobs.wait']({ jobId })).value;

it.skipIf(calculixVersion() === null)('asks CalculiX, whose displacements are ours to 0.1 %', async () => {
  const { jobId } = await bench.client['studies.secondOpinion']({ studyId: STUDY.id });
  await finished(jobId);
  const results = await bench.client['studies.results']({ studyId: STUDY.id });
  const theirs = results.find(({ summary }) => summary.imported)!;
  const { imported, solver } = theirs.summary;
  expect(solver).toMatch(/^CalculiX \d/);
  expect(imported!.of).toBe(results.find(({ summary }) => !summary.imported)!.inputHash);
  expect(imported!.field_difference_percent).toBeLessThan(0.1);
  const moved = imported!.comparison!.find(({ quantity }) => quantity === 'displacement.magnitude')!;
  expect(Math.abs(moved.difference_percent)).toBeLessThan(0.1);
  expect(theirs.fieldsHash).not.toBeNull();
});

it('shows a result file of another program beside the study, and refuses one that is none', async () => {
  const vtu = join(bench.folder, 'theirs.vtu');
  await finished((await bench.client['studies.export']({ studyId: STUDY.id, format: 'vtu', path: vtu })).jobId);
  await finished((await bench.client['studies.importResult']({ studyId: STUDY.id, path: vtu })).jobId);
  const results = await bench.client['studies.results']({ studyId: STUDY.id });
  expect(results.map(({ summary }) => summary.imported?.fileName)).toEqual(['theirs.vtu', undefined]);
  const [theirs, ours] = results.map(({ summary }) => summary.extremes['displacement.magnitude']!.max.value);
  expect(theirs! / ours!).toBeCloseTo(1, 5);
  const { jobId } = await bench.client['studies.importResult']({
    studyId: STUDY.id,
    path: join(bench.folder, `beam-${projects}.artificer`),
  });
  await expect(finished(jobId)).rejects.toMatchObject({ code: 'exchange.result-format' });
});

it('writes a report with pictures, what was asked and where it came from', async () => {
  const path = join(bench.folder, 'report.html');
  await finished((await bench.client['studies.report']({ studyId: STUDY.id, format: 'html', path })).jobId);
  const page = await readFile(path, 'utf8');
  expect(page).toContain('Bending &lt;1&gt;');
  expect(page).toContain('force (0, -100, 0) N');
  expect(page).toContain('data:image/png;base64,');
  expect(page).not.toMatch(/<script|https?:\/\//);
});

it.skipIf(findBrowser() === null)('prints the report as PDF', async () => {
  const path = join(bench.folder, 'report.pdf');
  await finished((await bench.client['studies.report']({ studyId: STUDY.id, format: 'pdf', path })).jobId);
  expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-');
});
