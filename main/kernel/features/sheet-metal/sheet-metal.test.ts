/** Sheet metal: volumes of bends by Pappus, lengths of flat patterns by the bend allowance, and names. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Evaluated, Feature, Reference } from '../../../../preload/contract/index.ts';
import type { FeatureStep } from '../../port.ts';
import type { Evaluator } from '../evaluator.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

let evaluator: Evaluator;
beforeEach(async () => {
  evaluator = await newEvaluator();
});

const [WIDTH, DEPTH, THICKNESS, RADIUS, K] = [100, 60, 2, 3, 0.44];
const base = (entities = rectangle(0, 0, WIDTH, DEPTH), rest = {}): FeatureStep[] => [
  step('outline1', sketchOf(entities)),
  step('sheet1', {
    kind: 'sheet-base',
    profile: { by: 'sketch', sketch: 'feature_outline1' },
    thickness: THICKNESS,
    bendRadius: RADIUS,
    ...rest,
  }),
];
/** The edge between the upper side and the thickness over a line of the outline. */
const edge = (line: number): Reference => ({
  by: 'name',
  kind: 'edge',
  name: [`feature_sheet1/end`, `feature_sheet1/side(line${line})`].sort().join('|'),
});
const face = (name: string): Reference => ({ by: 'name', kind: 'face', name });
const flange = (id: string, edges: Reference[], height: number, angle = Math.PI / 2, rest = {}): FeatureStep =>
  step(id, { kind: 'edge-flange', edges, height, angle, ...rest });
const unfold = (fixed: string): FeatureStep => step('flat01', { kind: 'unfold', fixed: face(fixed) });
const made = (...steps: FeatureStep[]) => {
  const part = evaluate(evaluator, steps);
  return {
    outcome: part.outcomes.at(-1)!,
    info: part.infos[0]!,
    volume: part.infos[0]?.mass.volume_mm3,
    names: part.bodies[0]?.faceNames ?? [],
  };
};
const PLATE = WIDTH * DEPTH * THICKNESS;
/** Section times the way of its centroid. */
const bendVolume = (angle: number, length: number, radius = RADIUS): number =>
  angle * (radius + THICKNESS / 2) * THICKNESS * length;
const setback = (angle: number): number => (RADIUS + THICKNESS) * Math.tan(angle / 2);
const allowance = (angle: number, k = K): number => angle * (RADIUS + k * THICKNESS);

describe('a sheet', () => {
  it('is a plate of its outline, with holes where it has some', () => {
    const { volume, info } = made(...base([...rectangle(0, 0, WIDTH, DEPTH), ...circle(50, 30, 10)]));
    expect(volume).toBeCloseTo(PLATE - Math.PI * 100 * THICKNESS, 6);
    expect(info.box.max[2]).toBeCloseTo(THICKNESS, 6);
    expect(made(...base(undefined, { reverse: true })).info.box.min[2]).toBeCloseTo(-THICKNESS, 6);
  });

  it('refuses a neutral axis outside of the sheet', () => {
    expect(made(...base(undefined, { kFactor: 1.2 })).outcome.error?.code).toBe('sheet.k-factor');
  });
});

describe('a flange', () => {
  it('stands upright at its height, with a bend of the right volume', () => {
    const { volume, info, names, outcome } = made(...base(), flange('flange1', [edge(2)], 30));
    expect(outcome.error).toBeUndefined();
    expect(volume).toBeCloseTo(
      PLATE + bendVolume(Math.PI / 2, DEPTH) + (30 - setback(Math.PI / 2)) * THICKNESS * DEPTH,
      6,
    );
    // 30 mm from the underside of the plate; its outer side stands beyond the edge by radius and thickness.
    expect(info.box.max[2]).toBeCloseTo(30, 6);
    expect(info.box.max[0]).toBeCloseTo(WIDTH + RADIUS + THICKNESS, 6);
    for (const role of ['bend-inner', 'bend-outer', 'inner', 'outer', 'tip'])
      expect(names.flat()).toContain(`feature_flange1/${role}(feature_sheet1/side(line2))`);
  });

  it.each([30, 60, 120, 150])('bends by %d degrees', (degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const { volume, info } = made(...base(), flange('flange1', [edge(2)], 40, angle));
    const flat = 40 - (degrees <= 90 ? setback(angle) : RADIUS + THICKNESS);
    expect(volume).toBeCloseTo(PLATE + bendVolume(angle, DEPTH) + flat * THICKNESS * DEPTH, 6);
    expect(info.valid).toBe(true);
  });

  it('goes round a plate: all four sides at once, and they meet only at the corners of the plate', () => {
    const { volume, info } = made(...base(), flange('flange1', [1, 2, 3, 4].map(edge), 20));
    const round = 2 * (WIDTH + DEPTH);
    expect(volume).toBeCloseTo(
      PLATE + bendVolume(Math.PI / 2, round) + (20 - setback(Math.PI / 2)) * THICKNESS * round,
      6,
    );
    expect(info).toMatchObject({ valid: true, solids: 1 });
  });

  it('refuses a height that ends within the bend, an edge in the thickness, and a collision', () => {
    expect(made(...base(), flange('flange1', [edge(2)], 4)).outcome.error?.code).toBe('sheet.flange-too-low');
    const upright: Reference = {
      by: 'name',
      kind: 'edge',
      name: 'feature_sheet1/side(line1)|feature_sheet1/side(line2)',
    };
    expect(made(...base(), flange('flange1', [upright], 30)).outcome.error?.code).toBe('sheet.edge');
    // Two flanges from opposite edges of a narrow plate, bent over so far that they cross.
    const narrow = base(rectangle(0, 0, 20, DEPTH));
    const over = flange('flange1', [edge(2), edge(4)], 40, (130 * Math.PI) / 180);
    expect(made(...narrow, over).outcome.error?.code).toBe('sheet.collides');
  });
});

describe('unfolding', () => {
  const flatVolume = (length: number): number => length * DEPTH * THICKNESS;

  it('rolls a flange out to plate, bend allowance and flange', () => {
    const { info, outcome, volume, names } = made(
      ...base(),
      flange('flange1', [edge(2)], 30),
      unfold('feature_sheet1/end'),
    );
    expect(outcome.error).toBeUndefined();
    const length = WIDTH + allowance(Math.PI / 2) + 30 - setback(Math.PI / 2);
    expect(info.box.max[0] - info.box.min[0]).toBeCloseTo(length, 6);
    expect(info.box.max[2] - info.box.min[2]).toBeCloseTo(THICKNESS, 6);
    expect(volume).toBeCloseTo(flatVolume(length), 6);
    // Flat faces keep their names, and lie on one side or the other.
    const heightOf = (name: string): number => {
      const found = info.faces.filter((f) => f.persistentNames!.includes(name));
      expect(found, name).toHaveLength(1);
      return found[0]!.centroid_mm[2];
    };
    const of = 'feature_sheet1/side(line2)';
    for (const name of ['feature_sheet1/end', `feature_flange1/inner(${of})`, `feature_flange1/bend-inner(${of})`])
      expect(heightOf(name)).toBeCloseTo(THICKNESS, 9);
    for (const name of ['feature_sheet1/start', `feature_flange1/outer(${of})`, `feature_flange1/bend-outer(${of})`])
      expect(heightOf(name)).toBeCloseTo(0, 9);
    expect(names.flat().some((name) => name.includes('/new('))).toBe(false);
  });

  it('gives the same length from the other side, and with the sheet’s own neutral axis', () => {
    const length = (k: number): number => WIDTH + allowance(Math.PI / 2, k) + 30 - setback(Math.PI / 2);
    const steps = (k: number): FeatureStep[] => [...base(undefined, { kFactor: k }), flange('flange1', [edge(2)], 30)];
    expect(made(...steps(0.3), unfold('feature_sheet1/start')).volume).toBeCloseTo(flatVolume(length(0.3)), 6);
    expect(made(...steps(0.5), unfold('feature_sheet1/end')).volume).toBeCloseTo(flatVolume(length(0.5)), 6);
  });

  it('keeps the flange where it is when that is what stays', () => {
    const { info } = made(
      ...base(),
      flange('flange1', [edge(2)], 30),
      unfold('feature_flange1/inner(feature_sheet1/side(line2))'),
    );
    const length = WIDTH + allowance(Math.PI / 2) + 30 - setback(Math.PI / 2);
    expect(info.box.max[2] - info.box.min[2]).toBeCloseTo(length, 6);
    expect(info.box.max[0] - info.box.min[0]).toBeCloseTo(THICKNESS, 6);
  });

  it('rolls out a flange on a flange, and four round a plate with a hole', () => {
    const tipEdge: Reference = {
      by: 'name',
      kind: 'edge',
      name: ['feature_flange1/inner(feature_sheet1/side(line2))', 'feature_flange1/tip(feature_sheet1/side(line2))']
        .sort()
        .join('|'),
    };
    const quarter = Math.PI / 2;
    const channel = made(
      ...base(),
      flange('flange1', [edge(2)], 30),
      flange('flange2', [tipEdge], 20),
      unfold('feature_sheet1/end'),
    );
    expect(channel.outcome.error).toBeUndefined();
    expect(channel.volume).toBeCloseTo(
      flatVolume(WIDTH + 2 * allowance(quarter) + 30 - setback(quarter) + 20 - setback(quarter)),
      6,
    );
    const tray = made(
      ...base([...rectangle(0, 0, WIDTH, DEPTH), ...circle(50, 30, 10)]),
      flange('flange1', [1, 2, 3, 4].map(edge), 20),
      unfold('feature_sheet1/end'),
    );
    expect(tray.outcome.error).toBeUndefined();
    const strip = allowance(quarter) + 20 - setback(quarter);
    expect(tray.volume).toBeCloseTo(PLATE + (2 * (WIDTH + DEPTH) * strip - Math.PI * 100) * THICKNESS, 6);
  });

  it('refuses a body that is no sheet', () => {
    const ball: Evaluated<Feature> = {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: 'feature_outline1' },
      operation: 'new',
      extent: { to: 'distance', distance: 20 },
      draft: 0.3,
    };
    const { outcome } = made(
      step('outline1', sketchOf(rectangle(0, 0, WIDTH, DEPTH))),
      step('block1', ball),
      unfold('feature_block1/side(line1)'),
    );
    expect(outcome.error?.code).toBe('unfold.no-sheet');
  });
});
