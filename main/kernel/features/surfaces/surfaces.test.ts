/** Sweeps and lofts: volumes by Pappus and by the prismatoid's formula, names, and what cannot be made. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Evaluated, Feature, SketchEntity } from '../../../../preload/contract/index.ts';
import type { FeatureStep } from '../../port.ts';
import type { Evaluator } from '../evaluator.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

let evaluator: Evaluator;
beforeEach(async () => {
  evaluator = await newEvaluator();
});
const made = (...steps: FeatureStep[]) => {
  const part = evaluate(evaluator, steps);
  return {
    outcome: part.outcomes.at(-1)!,
    info: part.infos[0],
    volume: part.infos[0]?.mass.volume_mm3,
    names: part.bodies[0]?.faceNames.map(([name]) => name!).toSorted(),
  };
};
const point = (id: string, x: number, y: number): SketchEntity => ({ kind: 'point', id, x_mm: x, y_mm: y });
const line = (id: string, start: string, end: string): SketchEntity => ({ kind: 'line', id, start, end });
const ZX = { by: 'principal', plane: 'zx' } as const;
/** In the zx plane, whose x is z and whose y is x: up from the origin, round a quarter to the right, and on. */
const bentPath = (up: number, radius: number, on: number) =>
  sketchOf(
    [
      point('a', 0, 0),
      point('b', up, 0),
      point('c', up, radius),
      point('d', up + radius, radius),
      point('e', up + radius, radius + on),
      line('up', 'a', 'b'),
      { kind: 'arc', id: 'bend', centre: 'c', start: 'b', end: 'd' },
      line('on', 'd', 'e'),
    ],
    ZX,
  );
const sweepOf = (rest: Partial<Extract<Evaluated<Feature>, { kind: 'sweep' }>> = {}) =>
  step('sweep1', {
    kind: 'sweep',
    profile: { by: 'sketch', sketch: 'feature_outline1' },
    path: { by: 'sketch', sketch: 'feature_route1' },
    operation: 'new',
    ...rest,
  });

describe('a sweep', () => {
  const length = 50 + (Math.PI / 2) * 30 + 40;

  it('of a rectangle round a bend has the volume of its section times the way of its centroid', () => {
    const { volume, names } = made(
      step('outline1', sketchOf(rectangle(-5, -5, 10, 10))),
      step('route1', bentPath(50, 30, 40)),
      sweepOf(),
    );
    expect(volume).toBeCloseTo(100 * length, 6);
    expect(names).toEqual(
      [
        'feature_sweep1/start',
        'feature_sweep1/end',
        ...[1, 2, 3, 4].flatMap((l) => ['up', 'bend', 'on'].map((piece) => `feature_sweep1/side(line${l}|${piece})`)),
      ].toSorted(),
    );
  });

  it('of a ring is a pipe', () => {
    const { volume, info } = made(
      step('outline1', sketchOf([...circle(0, 0, 6), ...circle(0, 0, 5, 'circle2')])),
      step('route1', bentPath(50, 30, 40)),
      sweepOf(),
    );
    // The kernel integrates over a torus to some 1e-9 of the whole.
    expect(volume! / (Math.PI * 11 * length)).toBeCloseTo(1, 8);
    expect(info).toMatchObject({ valid: true, solids: 1, shells: 1 });
  });

  it('may begin at the other end of the path than where it was drawn from', () => {
    const reversed = sketchOf([point('a', 0, 0), point('b', 50, 0), line('down', 'b', 'a')], ZX);
    const { volume } = made(step('outline1', sketchOf(rectangle(-5, -5, 10, 10))), step('route1', reversed), sweepOf());
    expect(volume).toBeCloseTo(5000, 6);
  });

  it('mitres a corner of the path', () => {
    const corner = sketchOf(
      [point('a', 0, 0), point('b', 50, 0), point('c', 50, 60), line('up', 'a', 'b'), line('on', 'b', 'c')],
      ZX,
    );
    const { volume, names } = made(
      step('outline1', sketchOf(rectangle(-5, -5, 10, 10))),
      step('route1', corner),
      sweepOf(),
    );
    expect(volume).toBeCloseTo(100 * 110, 6);
    expect(names).toHaveLength(10);
  });

  it('goes round a closed path that begins at the profile', () => {
    const round = (z: number, x: number) =>
      sketchOf([point('c', z, x), { kind: 'circle', id: 'round', centre: 'c', radius_mm: 30 }], ZX);
    const torus = made(
      step('outline1', sketchOf(circle(0, 0, 5), { by: 'principal', plane: 'yz' })),
      step('route1', round(-30, 0)),
      sweepOf(),
    );
    expect(torus.outcome.error).toBeUndefined();
    expect(torus.volume! / (2 * Math.PI ** 2 * 30 * 25)).toBeCloseTo(1, 6);
    const beside = made(step('outline1', sketchOf(circle(0, 0, 5))), step('route1', round(0, 30)), sweepOf());
    expect(beside.outcome.error?.code).toBe('sweep.profile-off-path');
  });

  it('twists: the volume stays, the end stands turned', () => {
    const straight = sketchOf([point('a', 0, 0), point('b', 50, 0), line('up', 'a', 'b')], ZX);
    const { volume, info, outcome } = made(
      step('outline1', sketchOf(rectangle(-5, -2, 10, 4))),
      step('route1', straight),
      sweepOf({ twist: Math.PI / 2 }),
    );
    expect(outcome.error).toBeUndefined();
    // The guide and the twisted sides are approximated to the kernel's 1e-4 mm.
    expect(volume! / 2000).toBeCloseTo(1, 4);
    const end = info!.faces.find((face) => face.persistentNames!.includes('feature_sweep1/end'))!;
    const size = [0, 1, 2].map((k) => end.box.max[k]! - end.box.min[k]!);
    expect(size[0]).toBeCloseTo(4, 3);
    expect(size[1]).toBeCloseTo(10, 3);
  });

  it('refuses a profile that does not stand at an end of the path', () => {
    const { outcome } = made(
      step('outline1', sketchOf(rectangle(-5, -5, 10, 10), { by: 'principal', plane: 'xy', offset: 20 })),
      step('route1', bentPath(50, 30, 40)),
      sweepOf(),
    );
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'sweep.profile-off-path' } });
  });

  it('refuses a bend tighter than the profile is wide', () => {
    const { outcome } = made(
      step('outline1', sketchOf(rectangle(-5, -5, 10, 10))),
      step('route1', bentPath(50, 2, 40)),
      sweepOf(),
    );
    expect(outcome).toMatchObject({ state: 'failed', error: { hint: expect.stringMatching(/\w/) } });
  });
});

describe('a loft', () => {
  const at = (offset: number) => ({ by: 'principal', plane: 'xy', offset }) as const;
  const loftOf = (count: number, ruled: boolean) =>
    step('lofted1', {
      kind: 'loft',
      sections: Array.from({ length: count }, (_, i) => ({ by: 'sketch' as const, sketch: `feature_outline${i + 1}` })),
      operation: 'new',
      ruled,
    });

  it.each([true, false])('between two rectangles is a frustum (ruled: %s)', (ruled) => {
    const { volume, names } = made(
      step('outline1', sketchOf(rectangle(-10, -10, 20, 20))),
      step('outline2', sketchOf(rectangle(-5, -5, 10, 10), at(20))),
      loftOf(2, ruled),
    );
    expect(volume).toBeCloseTo((20 / 3) * (400 + 100 + 200), 6);
    expect(names).toEqual(
      ['end', 'side(line1)', 'side(line2)', 'side(line3)', 'side(line4)', 'start'].map(
        (role) => `feature_lofted1/${role}`,
      ),
    );
  });

  it('through three circles, ruled, is two cones; smooth, it is wider than them', () => {
    const sections = [10, 15, 10].map((radius, i) =>
      step(`outline${i + 1}`, sketchOf(circle(0, 0, radius), at(20 * i))),
    );
    const ruled = made(...sections, loftOf(3, true));
    const cone = (Math.PI * 20 * (100 + 225 + 150)) / 3;
    expect(ruled.volume! / (2 * cone)).toBeCloseTo(1, 8);
    expect(ruled.names).toEqual(
      ['end', 'side(circle1)', 'side(circle1|2)', 'start'].map((role) => `feature_lofted1/${role}`),
    );
    const smooth = made(...sections, loftOf(3, false));
    expect(smooth.volume).toBeGreaterThan(2 * cone);
    expect(smooth.names).toHaveLength(3);
  });

  it('of rings is hollow', () => {
    const ring = (radius: number) => [...circle(0, 0, radius), ...circle(0, 0, radius - 2, 'circle2')];
    const { volume } = made(
      step('outline1', sketchOf(ring(10))),
      step('outline2', sketchOf(ring(6), at(30))),
      loftOf(2, true),
    );
    const frustum = (a: number, b: number): number => (Math.PI * 30 * (a * a + b * b + a * b)) / 3;
    expect(volume! / (frustum(10, 6) - frustum(8, 4))).toBeCloseTo(1, 8);
  });

  it('goes from a circle to a square', () => {
    const { volume, info } = made(
      step('outline1', sketchOf(circle(0, 0, 10))),
      step('outline2', sketchOf(rectangle(-5, -5, 10, 10), at(20))),
      loftOf(2, false),
    );
    expect(info!.valid).toBe(true);
    expect(volume).toBeGreaterThan(100 * 20);
    expect(volume).toBeLessThan(Math.PI * 100 * 20);
  });

  it('refuses sections in one plane, and one with two regions', () => {
    const flat = made(
      step('outline1', sketchOf(rectangle(-10, -10, 20, 20))),
      step('outline2', sketchOf(rectangle(-5, -5, 10, 10))),
      loftOf(2, true),
    );
    expect(flat.outcome).toMatchObject({ state: 'failed', error: { hint: expect.stringMatching(/\w/) } });
    const two = made(
      step('outline1', sketchOf([...rectangle(-10, -10, 5, 5), ...rectangle(10, 10, 5, 5, 'b')])),
      step('outline2', sketchOf(rectangle(-5, -5, 10, 10), at(20))),
      loftOf(2, true),
    );
    expect(two.outcome.error?.code).toBe('loft.section');
  });
});

describe('thickened faces', () => {
  const block = [
    step('outline1', sketchOf(rectangle(0, 0, 40, 30))),
    step('block1', {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: 'feature_outline1' },
      operation: 'new',
      extent: { to: 'distance', distance: 20 },
    }),
  ];
  const named = (name: string) => ({ by: 'name', kind: 'face', name: `feature_block1/${name}` }) as const;
  const thickenOf = (rest: Partial<Extract<Evaluated<Feature>, { kind: 'thicken' }>> = {}) =>
    step('thicken1', { kind: 'thicken', faces: [named('end')], thickness: 3, operation: 'add', ...rest });

  it('add to the body that they are on', () => {
    const { volume, info } = made(...block, thickenOf());
    expect(volume).toBeCloseTo(40 * 30 * 23, 6);
    expect(info!.faces).toHaveLength(6);
  });

  it('are a body of their own, into the material where that is asked for, with names after the face', () => {
    const part = evaluate(evaluator, [...block, thickenOf({ operation: 'new', reverse: true })]);
    expect(part.infos.map(({ mass }) => mass.volume_mm3)).toEqual([
      expect.closeTo(24000, 6),
      expect.closeTo(40 * 30 * 3, 6),
    ]);
    expect(part.bodies[1]!.faceNames.map(([name]) => name).toSorted()).toEqual(
      [
        'feature_thicken1/base(feature_block1/end)',
        'feature_thicken1/thick(feature_block1/end)',
        ...[1, 2, 3, 4].map((l) => `feature_thicken1/side(feature_block1/end|feature_block1/side(line${l}))`),
      ].toSorted(),
    );
  });

  it('of a tube are a sleeve around it', () => {
    const part = evaluate(evaluator, [
      step('outline1', sketchOf(circle(0, 0, 10))),
      block[1]!,
      thickenOf({ faces: [named('side(circle1)')], operation: 'new', thickness: 2 }),
    ]);
    expect(part.infos[1]!.mass.volume_mm3).toBeCloseTo(Math.PI * (144 - 100) * 20, 6);
  });

  it('are refused where all faces of a body are chosen', () => {
    const { outcome } = made(
      ...block,
      thickenOf({ faces: ['start', 'end', 'side(line1)', 'side(line2)', 'side(line3)', 'side(line4)'].map(named) }),
    );
    expect(outcome.error?.code).toBe('thicken.closed');
  });
});
