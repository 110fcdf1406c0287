/** Ribs: what they fill, exactly, and where they have nothing to stand on. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Evaluated, Feature, SketchEntity } from '../../../../preload/contract/index.ts';
import type { Evaluator } from '../evaluator.ts';
import { evaluate, newEvaluator, sketchOf, step } from '../testing.ts';

let evaluator: Evaluator;
beforeEach(async () => {
  evaluator = await newEvaluator();
});
const point = (id: string, x: number, y: number): SketchEntity => ({ kind: 'point', id, x_mm: x, y_mm: y });
const line = (id: string, start: string, end: string): SketchEntity => ({ kind: 'line', id, start, end });
const polygon = (corners: [number, number][]): SketchEntity[] => [
  ...corners.map(([x, y], i) => point(`p${i}`, x, y)),
  ...corners.map((_, i) => line(`l${i}`, `p${i}`, `p${(i + 1) % corners.length}`)),
];
/** An angle of 50 x 60 x 40 mm, 10 thick, drawn in the zx plane (x there is z, y is x), extruded along y from 0 to 40. */
const angle = [
  step(
    'outline1',
    sketchOf(
      polygon([
        [0, 0],
        [60, 0],
        [60, 10],
        [10, 10],
        [10, 50],
        [0, 50],
      ]),
      { by: 'principal', plane: 'zx' },
    ),
  ),
  step('angle1', {
    kind: 'extrude',
    profile: { by: 'sketch', sketch: 'feature_outline1' },
    operation: 'new',
    extent: { to: 'distance', distance: 40 },
  }),
];
const ANGLE_MM3 = (60 * 10 + 40 * 10) * 40;
const ribOf = (
  entities: SketchEntity[],
  offset: number,
  rest: Partial<Extract<Evaluated<Feature>, { kind: 'rib' }>> = {},
) => [
  step('ribline1', sketchOf(entities, { by: 'principal', plane: 'zx', offset })),
  step('ribbed1', {
    kind: 'rib',
    path: { by: 'sketch', sketch: 'feature_ribline1' },
    thickness: 6,
    direction: 'in-plane',
    ...rest,
  }),
];
const made = (steps: Parameters<typeof evaluate>[1]) => {
  const part = evaluate(evaluator, steps);
  return {
    outcome: part.outcomes.at(-1)!,
    info: part.infos[0]!,
    volume: part.infos[0]!.mass.volume_mm3,
    names: part.bodies[0]!.faceNames.map(([name]) => name!),
  };
};

describe('a rib', () => {
  const slope = [point('a', 45, 12), point('b', 12, 45), line('slope', 'a', 'b')];

  it('in the plane of its line fills the corner under it, however short the line was drawn', () => {
    const { volume, outcome, names, info } = made([...angle, ...ribOf(slope, 20)]);
    expect(outcome.error).toBeUndefined();
    // The line x + z = 57 and the walls at 10 bound a triangle with legs of 37 mm.
    expect(volume).toBeCloseTo(ANGLE_MM3 + ((37 * 37) / 2) * 6, 6);
    expect(info.solids).toBe(1);
    expect(names).toEqual(
      expect.arrayContaining(['feature_ribbed1/side(slope)', 'feature_ribbed1/front', 'feature_ribbed1/back']),
    );
    expect(names.filter((name) => name.startsWith('feature_ribbed1/'))).toHaveLength(3);
  });

  it('finds the side with the material, whichever way the line was drawn', () => {
    const backwards = [point('a', 45, 12), point('b', 12, 45), line('slope', 'b', 'a')];
    expect(made([...angle, ...ribOf(backwards, 20)]).volume).toBeCloseTo(ANGLE_MM3 + ((37 * 37) / 2) * 6, 6);
  });

  it('is refused where there is nothing to close it off', () => {
    const outside = [point('a', 70, 20), point('b', 70, 60), line('slope', 'a', 'b')];
    const { outcome, volume } = made([...angle, ...ribOf(outside, 20)]);
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'rib.unbounded' } });
    expect(volume).toBeCloseTo(ANGLE_MM3, 6);
  });

  it('along the normal stands on the floor of a box, from wall to wall', () => {
    const box = [
      step(
        'outline1',
        sketchOf(
          polygon([
            [0, 0],
            [40, 0],
            [40, 30],
            [0, 30],
          ]),
        ),
      ),
      step('basin1', {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: 'feature_outline1' },
        operation: 'new',
        extent: { to: 'distance', distance: 20 },
      }),
      step('shell1', { kind: 'shell', open: [{ by: 'name', kind: 'face', name: 'feature_basin1/end' }], thickness: 2 }),
    ];
    const BOX_MM3 = 40 * 30 * 20 - 36 * 26 * 18;
    const floorRib = (entities: SketchEntity[]) => [
      step('ribline1', sketchOf(entities, { by: 'principal', plane: 'xy', offset: 15 })),
      step('ribbed1', {
        kind: 'rib',
        path: { by: 'sketch', sketch: 'feature_ribline1' },
        thickness: 3,
        direction: 'normal',
      }),
    ];
    const straight = made([...box, ...floorRib([point('a', 10, 15), point('b', 30, 15), line('wall', 'a', 'b')])]);
    expect(straight.outcome.error).toBeUndefined();
    expect(straight.volume).toBeCloseTo(BOX_MM3 + 36 * 3 * 13, 6);
    expect(straight.names).toEqual(
      expect.arrayContaining(['feature_ribbed1/top', 'feature_ribbed1/left(wall)', 'feature_ribbed1/right(wall)']),
    );
    const corner = made([
      ...box,
      ...floorRib([
        point('a', 10, 15),
        point('b', 20, 15),
        point('c', 20, 25),
        line('w1', 'a', 'b'),
        line('w2', 'b', 'c'),
      ]),
    ]);
    // To the corner's middle, 18 and 13 mm long; outside of the corner it is round, inside the two overlap.
    const overlap = 1.5 * 1.5;
    const plan = 18 * 3 + 13 * 3 - overlap + (Math.PI / 4) * 1.5 * 1.5;
    expect(corner.volume).toBeCloseTo(BOX_MM3 + plan * 13, 6);
  });
});
