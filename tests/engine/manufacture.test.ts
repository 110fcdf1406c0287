/** Whether a part of a project can be made, asked of the engine: a job, kept, and asked anew when what decides it changes. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnyRecord, ManufacturingReport, PartRecord } from '../../preload/contract/index.ts';
import { type Bench, extrude, feature, openBench, PLATE_ID, rectangle, variable } from './parts.fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({});
});
afterEach(() => bench.end());

const ALUMINIUM: AnyRecord = {
  type: 'material',
  id: 'material_alu001',
  name: 'Al 6061-T6',
  category: 'Aluminium alloy',
  source: 'test',
  properties: { young_MPa: 68_900, poisson: 0.33, density_kg_m3: 2700 },
};
const PLATE: PartRecord = {
  type: 'part',
  id: PLATE_ID,
  name: 'Plate',
  features: ['feature_sketch1', 'feature_base01'],
  bodies: [],
  materialId: ALUMINIUM.id,
};
const plate = (thickness: string): AnyRecord[] => [
  ALUMINIUM,
  PLATE,
  variable('thickness', thickness),
  feature(PLATE_ID, 'sketch1', 'Outline', rectangle('60 mm', '40 mm')),
  feature(PLATE_ID, 'base01', 'Plate', extrude('sketch1', 'thickness')),
];
const question = { partId: PLATE_ID, process: 'milling', quantity: 10 } as const;

async function ask(more: object = {}): Promise<ManufacturingReport> {
  const { jobId } = await bench.client['manufacture.check']({ ...question, ...more });
  return (await bench.client['jobs.wait']({ jobId })).value as ManufacturingReport;
}

it('finds a wall that is too thin by its persistent names, keeps the answer, and asks anew after a change', async () => {
  await bench.client['document.change']({ label: 'Plate', put: plate('0.4 mm') });
  expect(await bench.client['manufacture.known'](question)).toBeNull();
  const thin = await ask();
  expect(thin).toMatchObject({
    process: 'milling',
    quantity: 10,
    material: 'Al 6061-T6',
    materialClass: 'aluminium',
    canBeMade: false,
  });
  const [wall] = thin.findings;
  expect(wall).toMatchObject({ rule: 'milling.wall-thickness', severity: 'error', limit: 0.5, unit: 'mm' });
  expect(wall!.measured).toBeCloseTo(0.4, 6);
  expect(wall!.names).toEqual(expect.arrayContaining(['feature_base01/end', 'feature_base01/start']));
  expect(await bench.client['manufacture.known'](question)).toEqual(JSON.parse(JSON.stringify(thin)));
  expect(await bench.client['manufacture.known']({ ...question, quantity: 11 })).toBeNull();

  await bench.client['document.change']({ label: 'Thicker', put: [variable('thickness', '8 mm')] });
  const thick = await ask();
  expect(thick).toMatchObject({ canBeMade: true, findings: [] });
  // A block of 64 x 44 x 12 mm of aluminium: every side 2 mm larger, the thickness as plate is stocked.
  expect(thick.plan.stock).toMatchObject({
    form: 'plate',
    size_mm: [expect.closeTo(64, 9), expect.closeTo(44, 9), 12],
    special: false,
  });
  expect(thick.plan.stock.mass_kg).toBeCloseTo(64 * 44 * 12 * 1e-9 * 2700, 9);

  await bench.client['document.undo']({});
  expect((await bench.client['manufacture.known'](question))?.findings).toHaveLength(thin.findings.length);
});

it('takes another material than the part has, and refuses a part whose history failed', async () => {
  await bench.client['document.change']({ label: 'Plate', put: plate('8 mm') });
  expect(await ask({ material: null })).toMatchObject({ material: null, materialClass: 'steel' });
  await bench.client['document.change']({
    label: 'Broken',
    put: [feature(PLATE_ID, 'base01', 'Plate', extrude('sketch1', 'thickness - 8 mm'))],
  });
  await expect(ask()).rejects.toMatchObject({ code: 'manufacture.part-failed' });
});

it('is cancelled within a second, and leaves nothing behind', async () => {
  await bench.client['document.change']({ label: 'Plate', put: plate('8 mm') });
  await bench.client['jobs.wait']({ jobId: (await bench.client['parts.evaluate']({ partId: PLATE_ID })).jobId });
  const { jobId } = await bench.client['manufacture.check'](question);
  const ended = expect(bench.client['jobs.wait']({ jobId })).rejects.toMatchObject({ code: 'cancelled' });
  const started = performance.now();
  await bench.client['jobs.cancel']({ jobId });
  await ended;
  expect(performance.now() - started).toBeLessThan(1000);
  expect(await bench.client['manufacture.known'](question)).toBeNull();
});
