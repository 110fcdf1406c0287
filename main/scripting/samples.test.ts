import { afterAll, expect, test } from 'vitest';
import { silentContext } from '../../preload/contract/index.ts';
import { problemAt } from '../cli/benchmarks/sample-parts.ts';
import { buildPart } from '../cli/scripted-part.ts';
import { createKernel } from '../kernel/index.ts';
import { materialLibrary } from '../physics/index.ts';
import { readSamplePart, sampleKeys, sampleParts } from './samples.ts';
import { sampleValues } from './sampling.ts';
import { disposePartScripts, runPartScript } from './sandbox/runner.ts';

const kernel = createKernel();
afterAll(async () => {
  disposePartScripts();
  await kernel.dispose();
});
const keys = await sampleKeys();
const NOTHING = { info: 'none', tessellation: 'none' } as const;

test('twelve sample parts say what they are, with four to twelve parameters each', async () => {
  const samples = await sampleParts();
  expect(samples.map(({ key }) => key)).toEqual([
    'bearing-housing',
    'flange',
    'heat-sink',
    'impeller',
    'l-bracket',
    'manifold-block',
    'pressure-vessel',
    'robot-link',
    'sheet-metal-enclosure',
    'spur-gear',
    'turbine-disc-sector',
    'wing-rib',
  ]);
  for (const { about, title, parameters } of samples) {
    expect(title).toMatch(/^[A-Z].{3,}/);
    expect(about).toMatch(/^[A-Z].{30,}\.$/);
    expect(parameters).toBeGreaterThanOrEqual(4);
    expect(parameters).toBeLessThanOrEqual(12);
  }
});

test.each(keys)('the material of %s is in the library', async (key) => {
  const { material } = await runPartScript(await readSamplePart(key));
  expect(materialLibrary().map(({ name }) => name)).toContain(material);
});

test.each(['../cli/index', 'nothing', 'l-bracket.ts', ''])('there is no sample called "%s"', async (key) => {
  await expect(readSamplePart(key)).rejects.toMatchObject({ data: { code: 'script.no-sample' } });
});

// The benchmark `sample-parts` tries 50 points; here it is the corners of the range and one point inside.
test.each(keys)('%s is made as it is, at the corners of its range and inside', async (key) => {
  const script = await readSamplePart(key);
  const { variables, evaluated } = await buildPart(kernel, script, NOTHING, silentContext());
  for (const { name, minimum, maximum, value, error } of variables) {
    expect(error, name).toBeUndefined();
    expect(minimum, name).toBeLessThan(maximum!);
    expect(value, name).toBeGreaterThanOrEqual(minimum!);
  }
  for (const { sketch, name } of evaluated.outcomes)
    if (sketch) expect([name, sketch.status, sketch.degreesOfFreedom]).toEqual([name, 'solved', 0]);
  expect(await problemAt(kernel, script, {})).toBeNull();
  for (const values of sampleValues(variables, 5, 1))
    expect(await problemAt(kernel, script, values), JSON.stringify(values)).toBeNull();
});

test('the heat sink has the volume of its plates less that of its holes', async () => {
  const script = await readSamplePart('heat-sink');
  const { variables } = await buildPart(kernel, script, NOTHING, silentContext());
  for (const values of sampleValues(variables, 3, 7)) {
    const { evaluated } = await buildPart(kernel, { ...script, values }, NOTHING, silentContext());
    const { length, width, base_thickness, fins, fin_height, fin_thickness, screw_hole } = values as Record<
      string,
      number
    >;
    const holes = Math.PI * screw_hole! ** 2 * base_thickness!;
    const volume = length! * width! * base_thickness! + fins! * length! * fin_height! * fin_thickness! - holes;
    // Analytic; 1e-9 is far above the rounding of a kernel that integrates planes and cylinders.
    expect(evaluated.bodies[0]!.volume_mm3 / volume).toBeCloseTo(1, 9);
  }
});

test('the enclosure has the volume of its sheet: plates, bends by Pappus, less its openings', async () => {
  const script = await readSamplePart('sheet-metal-enclosure');
  const { variables } = await buildPart(kernel, script, NOTHING, silentContext());
  for (const values of sampleValues(variables, 3, 7)) {
    const { evaluated } = await buildPart(kernel, { ...script, values }, NOTHING, silentContext());
    const { width, depth, height, sheet: t, bend_radius, lip, vents } = values as Record<string, number>;
    const [r, notch] = [bend_radius!, bend_radius! + 1];
    const floor = width! * depth! - 4 * notch ** 2;
    /** The section of a bend and of the plate beyond it, which begins where the bend ends. */
    const flange = (high: number): number => (Math.PI / 2) * (r + t! / 2) + (high - r - t!);
    const long = [width! - 2 * notch, depth! - 2 * notch] as const;
    const walls = 2 * (long[0] + long[1]) * flange(height!);
    const lips = 2 * long[1] * flange(lip!);
    const openings = vents! * (6 * 0.5 * depth! + 9 * Math.PI) + (28 * 12 - (4 - Math.PI) * 4) + 4 * Math.PI * 1.7 ** 2;
    expect(evaluated.bodies[0]!.volume_mm3 / (t! * (floor + walls + lips - openings))).toBeCloseTo(1, 9);
  }
});

test('names of faces stay what they are while every value changes', async () => {
  const script = await readSamplePart('l-bracket');
  const want = { info: 'describe', tessellation: 'none' } as const;
  const namesAt = async (values: Record<string, number>): Promise<string[]> => {
    const { evaluated } = await buildPart(kernel, { ...script, values }, want, silentContext());
    return evaluated.bodies.flatMap(({ info }) => info!.faces.flatMap((face) => face.persistentNames ?? [])).sort();
  };
  expect(await namesAt({ width: 100, depth: 80, height: 110, thickness: 9 })).toEqual(await namesAt({}));
});
