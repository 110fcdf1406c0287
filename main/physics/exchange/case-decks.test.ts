/** CalculiX's opinion of every load case and combination, of buckling factors and of frequencies under stress. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../../preload/contract/index.ts';
import { createKernel, type Kernel } from '../../kernel/index.ts';
import { calculixVersion } from '../export/run-calculix.ts';
import { createPhysics } from '../physics.ts';
import { makeBodies } from '../solve-primitives.ts';
import { parseStudyFile } from '../study-file/index.ts';
import type { Physics, StudyOutcome } from '../types.ts';

let kernel: Kernel;
let physics: Physics;
beforeAll(() => {
  kernel = createKernel();
  physics = createPhysics();
});
afterAll(async () => {
  await physics.dispose();
  await kernel.dispose();
});
const context = silentContext();

async function solved(box: [number, number, number], yaml: string): Promise<StudyOutcome> {
  const parsed = parseStudyFile(
    `primitives: [{name: bar, shape: {box: {min_mm: [0, 0, 0], max_mm: [${box.join(', ')}]}}}]\n${yaml}`,
  );
  if (parsed.geometry.kind !== 'primitives') throw new Error('no primitives');
  const made = await makeBodies(kernel, parsed.geometry.specifications, parsed.material, context);
  return physics.solve({ ...made, inputHash: '0'.repeat(64), study: parsed.study }, context);
}
const opinion = async ({ deck, fields, summary }: StudyOutcome) => {
  const theirs = await physics.secondOpinion({ deck: deck!, fields, summary, inputHash: 'theirs' }, context);
  return { ...theirs, comparison: theirs.summary.imported!.comparison! };
};
const CASES = `
material: {young: 210 GPa, poisson: 0.3, density: 7850 kg/m^3, expansion: 1.2e-5 1/K}
mesh: {size: 10 mm}
restraints:
  - {on: "faces <X", fix: [x, y, z]}
  - {on: "faces >X", displace: {y: 0.01 mm}}
loads:
  - {on: "faces >X", force: [1000, 0, 0], name: pull}
  - {on: "faces >X", force: [0, 0, -100], name: push}
  - {body_temperature: 70, name: warm}
cases:
  - {name: Pulled, loads: [pull]}
  - {name: Pushed down, loads: [push]}
  - {name: Warm, loads: [warm]}
combinations:
  - {name: All, terms: [{case: Pulled, factor: 2}, {case: Pushed down, factor: -1}, {case: Warm, factor: 0.5}]}
`;

describe('a deck of several load cases', () => {
  it('has a step for each, with its loads alone', async () => {
    const { deck } = await solved([60, 10, 10], CASES);
    const text = new TextDecoder().decode(await physics.export('inp', deck!, context));
    const steps = text.split(/^\*STEP$/m).slice(1);
    expect(steps).toHaveLength(4);
    expect([...text.matchAll(/^\*\* case: (.*)$/gm)].map(([, name]) => name)).toEqual([
      'Pulled',
      'Pushed down',
      'Warm',
      'All',
    ]);
    const sum = (step: string, axis: number): number => {
      const [, lines = ''] = /^\*CLOAD[^\n]*\n([^*]*)/m.exec(step) ?? [];
      const rows = lines
        .trim()
        .split('\n')
        .map((line) => line.split(',').map(Number));
      return rows.reduce((total, [, direction, force]) => (direction === axis ? total + force! : total), 0);
    };
    const along = steps.map((step) => sum(step, 1));
    const down = steps.map((step) => sum(step, 3));
    for (const [index, force] of [1000, 0, 0, 2000].entries()) expect(along[index]).toBeCloseTo(force, 6);
    for (const [index, force] of [0, -100, 0, 100].entries()) expect(down[index]).toBeCloseTo(force, 6);
  });

  it.skipIf(calculixVersion() === null)('is answered by CalculiX case by case, to 0.1 %', async () => {
    const ours = await solved([60, 10, 10], CASES);
    const theirs = await opinion(ours);
    expect(theirs.summary.frames!.map(({ name }) => name)).toEqual(['Pulled', 'Pushed down', 'Warm', 'All']);
    const moved = theirs.comparison.filter(({ quantity }) => quantity === 'displacement.magnitude');
    expect(moved.map(({ frame }) => frame)).toEqual(['Pulled', 'Pushed down', 'Warm', 'All']);
    for (const { difference_percent } of moved) expect(Math.abs(difference_percent)).toBeLessThan(0.1);
    // Four different answers, not one of them four times.
    expect(new Set(moved.map(({ theirs: value }) => value.toPrecision(3))).size).toBe(4);
    expect(theirs.summary.imported!.field_difference_percent!).toBeLessThan(0.1);
  });
});

describe.skipIf(calculixVersion() === null)('the second opinion', () => {
  it('of an Euler column has the same buckling factor, and both that of the formula', async () => {
    // Clamped below, free above: F = pi^2 E I / (2 L)^2, less the shortening by shear and compression (under 1 % here).
    const ours = await solved(
      [10, 14, 200],
      `
type: buckling
material: {young: 210 GPa, poisson: 0, density: 7850 kg/m^3}
mesh: {size: 10 mm}
restraints: [{on: "faces <Z", fix: [x, y, z]}]
loads: [{on: "faces >Z", force: [0, 0, -1000]}]
buckling: {modes: 2}
`,
    );
    const { comparison } = await opinion(ours);
    expect(comparison.map(({ quantity }) => quantity)).toEqual(['buckling factor 1', 'buckling factor 2']);
    for (const { difference_percent } of comparison) expect(Math.abs(difference_percent)).toBeLessThan(1);
    const euler = (Math.PI ** 2 * 210_000 * ((14 * 10 ** 3) / 12)) / (4 * 200 ** 2) / 1000;
    expect(Math.abs(comparison[0]!.ours / euler - 1)).toBeLessThan(0.01);
    expect(Math.abs(comparison[0]!.theirs / euler - 1)).toBeLessThan(0.01);
  });

  it('of a beam that vibrates under tension has the same frequencies, and higher ones than the slack beam', async () => {
    const beam = (stressed: boolean) => `
type: modal
material: {young: 210 GPa, poisson: 0.3, density: 7850 kg/m^3}
mesh: {size: 8 mm}
restraints: [{on: "faces <X", fix: [x, y, z]}, {on: "faces >X", fix: [y, z]}]
loads: [{on: "faces >X", force: [20000, 0, 0]}]
modal: {modes: 3, prestressed: ${stressed}}
`;
    const tight = await opinion(await solved([200, 8, 10], beam(true)));
    const slack = await opinion(await solved([200, 8, 10], beam(false)));
    for (const { comparison } of [tight, slack]) {
      expect(comparison.map(({ quantity }) => quantity)).toEqual(['frequency 1', 'frequency 2', 'frequency 3']);
      for (const { difference_percent } of comparison) expect(Math.abs(difference_percent)).toBeLessThan(1);
    }
    expect(tight.comparison[0]!.theirs / slack.comparison[0]!.theirs).toBeGreaterThan(1.05);
    expect(tight.comparison[0]!.ours / slack.comparison[0]!.ours).toBeGreaterThan(1.05);
  });
});
