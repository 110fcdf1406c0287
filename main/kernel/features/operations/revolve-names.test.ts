import { expect, test } from 'vitest';
import { evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

const Z = { by: 'principal', axis: 'z' } as const;
/** In the plane of Y and Z, beside the axis or at it. */
const turned = (from_mm: number, angle: number) => [
  step('section', sketchOf(rectangle(from_mm, 0, 5, 7), { by: 'principal', plane: 'yz' })),
  step('ring', {
    kind: 'revolve',
    profile: { by: 'sketch', sketch: 'feature_section' },
    operation: 'new',
    axis: Z,
    angle,
  }),
];
const namesByFace = async (from_mm: number, angle: number) => {
  const { infos } = evaluate(await newEvaluator(), turned(from_mm, angle));
  return infos[0]!.faces.map((face) => [face.type, face.persistentNames?.[0]]).sort();
};

test('faces square to the axis are called by their lines, after a whole turn too', async () => {
  const sides = [
    ['cylinder', 'feature_ring/side(line2)'],
    ['cylinder', 'feature_ring/side(line4)'],
    ['plane', 'feature_ring/side(line1)'],
    ['plane', 'feature_ring/side(line3)'],
  ];
  expect(await namesByFace(10, 2 * Math.PI)).toEqual(sides);
  expect((await namesByFace(10, 1)).filter(([, name]) => name?.includes('side'))).toEqual(sides);
});

test('discs at the ends of a turned shaft have names of their own', async () => {
  expect(await namesByFace(0, 2 * Math.PI)).toEqual([
    ['cylinder', 'feature_ring/side(line2)'],
    ['plane', 'feature_ring/side(line1)'],
    ['plane', 'feature_ring/side(line3)'],
  ]);
});
