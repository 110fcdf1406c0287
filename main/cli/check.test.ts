import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
let script: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-check-'));
  script = join(folder, 'plate.ts');
  await writeFile(
    script,
    `import { part } from 'artificer';
export default part('Plate', (p) => {
  const width = p.length('hole', '6 mm', { minimum: '0.3 mm', maximum: 10 });
  p.material('Al 6061-T6');
  const base = p.sketch('base', 'xy', (s) => s.rectangle([0, 0], [40, 30]));
  p.extrude('plate', base, { distance: 5 });
  const place = p.sketch('place', { plane: { plane: 'xy', offset: 5 } }, (s) => s.point([10, 10]));
  p.hole('hole', place, { diameter: width });
});
`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function artificer(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'bin/artificer.mjs'), ...args], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

test('findings and a plan are one document; an error among them is exit code 4', async () => {
  const { code, out } = await artificer(
    'check',
    script,
    '--process',
    'cnc',
    '--quantity',
    '5',
    '--set',
    'hole=0.4 mm',
    '--json',
  );
  const answer = JSON.parse(out);
  expect(code).toBe(4);
  expect(answer).toMatchObject({ file: 'plate.ts', process: 'milling', quantity: 5, can_be_made: false });
  const [part] = answer.parts;
  expect(part).toMatchObject({ name: 'Plate', material: 'Al 6061-T6', material_class: 'aluminium' });
  expect(part.findings.map(({ rule }: { rule: string }) => rule)).toEqual([
    'milling.hole-diameter',
    'milling.hole-depth',
  ]);
  expect(part.findings[0]).toMatchObject({
    severity: 'error',
    measured_mm: expect.closeTo(0.4, 6),
    limit_mm: 0.5,
    source: { name: expect.any(String) },
  });
  expect(part.plan.cost_of_lot_EUR).toBeCloseTo(5 * part.plan.cost_per_piece_EUR, 9);
});

test('as it is, nothing stands against it; an unknown process is wrong usage', async () => {
  const good = await artificer('check', script, '--process', 'milling');
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining('nothing stands against it') });
  const unknown = await artificer('check', script, '--process', 'knitting', '--json');
  expect(unknown.code).toBe(2);
  expect(JSON.parse(unknown.out).error).toMatchObject({ code: 'manufacture.unknown-process' });
});
