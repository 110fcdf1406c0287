import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RequirementResult, silentContext, type Vector3 } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import type { Box, BriefInterface } from '../brief/brief.ts';
import { conceptFromScript } from '../concepts/concept.ts';
import { fitRequirements } from './fit-requirements.ts';
import { type MadeDesign, makeDesign } from './make-design.ts';

/** A plate of 40 x 30 x 10 mm from the origin, with a hole of 9 mm along Z and a pin of 6 mm on top. */
const PLATE = `import { part } from 'artificer';

export default part('Plate', {}, (p) => {
  const base = p.sketch('base', 'xy', (s) => {
    s.rectangle([0, 0], [40, 30]);
  });
  p.extrude('plate', base, { distance: 10 });
  const top = p.sketch('top', { plane: { plane: 'xy', offset: 10 } }, (s) => {
    s.point([10, 15]);
  });
  p.hole('hole', top, { diameter: 9 });
  const pin = p.sketch('pin outline', { plane: { plane: 'xy', offset: 10 } }, (s) => {
    s.circle([30, 15], 3);
  });
  p.extrude('pin', pin, { distance: 8 });
});
`;

const kernel = createKernel();
let design: MadeDesign;
beforeAll(async () => {
  const request = {
    name: 'plate',
    from: { kind: 'part', part: 'plate.ts' },
    vary: {},
    set: {},
    faces: {},
    imports: {},
  } as const;
  const concept = await conceptFromScript(request, { fileName: 'plate.ts', source: PLATE }, silentContext());
  design = await makeDesign(kernel, concept, [], 0, silentContext());
});
afterAll(async () => {
  disposePartScripts();
  await kernel.dispose();
});

const box = (min_mm: Vector3, max_mm: Vector3): Box => ({ min_mm, max_mm });
const judge = async (brief: {
  interfaces?: BriefInterface[];
  envelope?: Box;
  keepOuts?: Box[];
}): Promise<RequirementResult> => {
  const results = await fitRequirements(
    kernel,
    { interfaces: [], envelope: null, keepOuts: [], ...brief },
    design,
    silentContext(),
  );
  expect(results).toHaveLength(1);
  return results[0]!;
};

const Z: Vector3 = [0, 0, 1];
const bolts = (x: number, size = 'M8'): BriefInterface => ({
  name: 'screw',
  kind: 'bolts',
  size,
  diameter_mm: Number(size.slice(1)),
  axis: Z,
  at_mm: [[x, 15, 0]],
});
const face = (z: number, normal: Vector3, size_mm: [number, number] | null = null): BriefInterface => ({
  name: 'seat',
  kind: 'face',
  at_mm: [20, 5, z],
  normal,
  size_mm,
});

describe('the interfaces of a brief are looked for on the body', () => {
  it.each<[string, BriefInterface]>([
    ['a bolt in its clearance hole', bolts(10)],
    ['a bore', { name: 'bore', kind: 'bore', at_mm: [10, 15, 40], axis: Z, diameter_mm: 9, length_mm: null }],
    ['a journal', { name: 'pin', kind: 'journal', at_mm: [30, 15, 12], axis: Z, diameter_mm: 6, length_mm: 8 }],
    ['a face', face(10, Z, [38, 28])],
    ['its other side', face(0, [0, 0, -1])],
  ])('%s is found', async (_, one) => {
    expect(await judge({ interfaces: [one] })).toMatchObject({ holds: true, value: -1 });
  });

  it.each<[string, BriefInterface, RegExp]>([
    ['a hole that is 0.01 mm away', bolts(10.01), /"screw", a hole for M8 at \(10\.01, 15, 0\) mm/],
    ['a hole that is too wide for its bolt', bolts(10, 'M6'), /a hole for M6/],
    [
      'a bore of another diameter',
      { name: 'bore', kind: 'bore', at_mm: [10, 15, 0], axis: Z, diameter_mm: 9.01, length_mm: null },
      /a bore of 9\.01 mm/,
    ],
    [
      'a bore where a pin stands',
      { name: 'bore', kind: 'bore', at_mm: [30, 15, 0], axis: Z, diameter_mm: 6, length_mm: null },
      /a bore of 6\.00 mm/,
    ],
    [
      'a bore in another direction',
      { name: 'bore', kind: 'bore', at_mm: [10, 15, 0], axis: [1, 0, 0], diameter_mm: 9, length_mm: null },
      /"bore"/,
    ],
    ['a face that looks the other way', face(10, [0, 0, -1]), /"seat", a face/],
    ['a face at another height', face(10.01, Z), /"seat", a face/],
    ['a face that is too small', face(10, Z, [40, 30]), /"seat", a face/],
  ])('%s is missing', async (_, one, words) => {
    expect(await judge({ interfaces: [one] })).toMatchObject({
      holds: false,
      value: 1,
      note: expect.stringMatching(words),
    });
  });
});

describe('the envelope', () => {
  it('holds where the body touches it, and says by how much and where it is exceeded', async () => {
    expect(await judge({ envelope: box([0, 0, 0], [40, 30, 18]) })).toMatchObject({ holds: true, value: -1e-3 });
    // Of the diagonal of 40 x 30 x 18 mm.
    const missed = await judge({ envelope: box([0, 0, 0], [40, 30, 17.5]) });
    expect(missed).toMatchObject({ holds: false, note: 'it reaches 0.500 mm beyond, along z' });
    expect(missed.value).toBeCloseTo(0.5 / Math.hypot(40, 30, 18), 6);
  });
});

describe('what is kept free', () => {
  it.each<[string, Box]>([
    ['that is beside the body', box([50, 0, 0], [60, 30, 10])],
    ['that a face touches', box([0, 0, 10], [25, 30, 20])],
    ['that is within the hole', box([8, 13, -5], [12, 17, 15])],
  ])('a box %s is kept out of', async (_, one) => {
    expect(await judge({ keepOuts: [one] })).toMatchObject({ holds: true });
  });

  it('a box with 5 x 5 x 5 mm of the plate in it is not, whichever box it is', async () => {
    const found = await judge({ keepOuts: [box([50, 0, 0], [60, 30, 10]), box([35, -5, 5], [45, 5, 15])] });
    expect(found).toMatchObject({ holds: false, note: 'it is in keep-out 2 with as much as a cube of 5.00 mm' });
    expect(found.value).toBeCloseTo(5 / Math.hypot(40, 30, 18), 6);
  });

  it('a box around everything is not', async () => {
    const volume = 40 * 30 * 10 - Math.PI * 4.5 ** 2 * 10 + Math.PI * 9 * 8;
    const found = await judge({ keepOuts: [box([-1, -1, -1], [50, 50, 50])] });
    expect(found.holds).toBe(false);
    expect(found.value).toBeCloseTo(Math.cbrt(volume) / Math.hypot(40, 30, 18), 6);
  });
});
