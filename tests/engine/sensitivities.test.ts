/** What each dimension of a part does, asked of the engine; and that following the answer makes the part better. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  AnyRecord,
  PartRecord,
  ResultSummary,
  SensitivityAnswer,
  StudyRecord,
} from '../../preload/contract/index.ts';
import { type Bench, extrude, face, feature, openBench, PLATE_ID, rectangle, variable } from './parts.fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({});
});
afterEach(() => bench.end());

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
/** A bar of width x height along z, held at z = 0, pulled along its height at its end. */
const RECORDS: AnyRecord[] = [
  STEEL,
  BEAM,
  variable('length', '100 mm'),
  variable('height', '10 mm'),
  variable('breadth', 'height'),
  feature(PLATE_ID, 'sketch1', 'Section', rectangle('breadth', 'height')),
  feature(PLATE_ID, 'base01', 'Bar', extrude('sketch1', 'length')),
];
const STUDY: StudyRecord = {
  type: 'study',
  id: 'study_beam01',
  name: 'Bending',
  study: 'static',
  partId: PLATE_ID,
  restraints: [{ id: 'r1', name: 'Clamp', kind: 'fixed', on: [face('feature_base01/start')] }],
  loads: [{ id: 'l1', name: 'Tip', kind: 'force', on: [face('feature_base01/end')], force_N: [0, -FORCE_N, 0] }],
  mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 6 },
  probes: [{ id: 'p1', name: 'tip', at_mm: [5, 5, 100], quantity: 'displacement.y' }],
  sensitivities: [{ functional: 'mass' }, { functional: 'compliance' }, { functional: 'probe', probe: 'p1' }],
};

async function solve(): Promise<ResultSummary> {
  const { jobId } = await bench.client['studies.solve']({ studyId: STUDY.id });
  const { inputHash } = (await bench.client['jobs.wait']({ jobId })).value as { inputHash: string };
  const results = await bench.client['studies.results']({ studyId: STUDY.id });
  return results.find((each) => each.inputHash === inputHash)!.summary;
}

it('tells what a beam of the books does, and a solved change is as predicted', async () => {
  await bench.client['document.change']({ label: 'Beam', put: [...RECORDS, STUDY] });
  const { jobId } = await bench.client['studies.sensitivities']({ studyId: STUDY.id });
  const { summary, fieldsHash } = (await bench.client['jobs.wait']({ jobId })).value as SensitivityAnswer;
  expect(fieldsHash).toHaveLength(64);
  expect(summary.leftOut).toEqual([{ name: 'breadth', reason: 'it follows from others: height' }]);
  const [mass, compliance, tip] = summary.functionals as [
    (typeof summary.functionals)[0],
    (typeof summary.functionals)[0],
    (typeof summary.functionals)[0],
  ];
  const by = (functional: typeof mass, name: string): number =>
    functional.variables.find((each) => each.name === name)!.perUnit;

  // Mass rho L h^2, exactly. Compliance and tip F L^3 / (3 E I) and shear, with I = h^4 / 12: within the clamp's own stiffness.
  expect(by(mass, 'length') / (7.85e-6 * 100)).toBeCloseTo(1, 8);
  expect(by(mass, 'height') / (7.85e-6 * 100 * 20)).toBeCloseTo(1, 8);
  const inertia_mm4 = 10 ** 4 / 12;
  const bending = (FORCE_N * 100 ** 3) / (3 * YOUNG_MPa * inertia_mm4);
  const shear = (FORCE_N * 100) / ((5 / 6) * (YOUNG_MPa / 2.6) * 100);
  expect(by(compliance, 'length') / (FORCE_N * (0.03 * bending + 0.01 * shear))).toBeCloseTo(1, 1);
  expect(by(compliance, 'height') / (-FORCE_N * (0.4 * bending + 0.2 * shear))).toBeCloseTo(1, 1);
  expect(by(tip, 'length')).toBeLessThan(0);
  expect(compliance.places[0]!.density).toBeLessThan(0);

  // Followed, meshed anew and solved: stiffer as predicted, to the second order of a step of 2 %.
  const before = 2 * (await solve()).strainEnergy_N_mm!;
  await bench.client['document.change']({ label: 'Higher', put: [variable('height', '10.2 mm')] });
  const after = 2 * (await solve()).strainEnergy_N_mm!;
  expect(before / compliance.value).toBeCloseTo(1, 6);
  expect((after - before) / (0.2 * by(compliance, 'height'))).toBeCloseTo(1, 0.7);
  expect(after).toBeLessThan(before);
});

it('refuses what it cannot follow rather than leaving it out', async () => {
  const asked: StudyRecord = { ...STUDY, sensitivities: [{ functional: 'frequency', mode: 1 }] };
  await bench.client['document.change']({ label: 'Beam', put: [...RECORDS, asked] });
  await expect(bench.client['studies.sensitivities']({ studyId: STUDY.id })).rejects.toMatchObject({
    data: { code: 'sensitivities.not-followed' },
  });
  const unknown = bench.client['studies.sensitivities']({
    studyId: STUDY.id,
    functionals: [{ quantity: 'mass' }],
    variables: ['nothing'],
  });
  const { jobId } = await unknown;
  await expect(bench.client['jobs.wait']({ jobId })).rejects.toThrow('has no variable "nothing"');
});
