/** Shells and drafts: volumes against formulas, names, and what cannot be made. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Evaluated, Feature, Reference } from '../../../../preload/contract/index.ts';
import type { Evaluator } from '../evaluator.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

const [WIDTH, DEPTH, HEIGHT] = [40, 30, 20];
const face = (name: string): Reference => ({ by: 'name', kind: 'face', name });
const block = [
  step('sketch1', sketchOf(rectangle(0, 0, WIDTH, DEPTH))),
  step('block1', {
    kind: 'extrude',
    profile: { by: 'sketch', sketch: 'feature_sketch1' },
    operation: 'new',
    extent: { to: 'distance', distance: HEIGHT },
  }),
];
const top = face('feature_block1/end');
const sides = [1, 2, 3, 4].map((line) => face(`feature_block1/side(line${line})`));

let evaluator: Evaluator;
beforeEach(async () => {
  evaluator = await newEvaluator();
});
const dressed = (feature: Evaluated<Feature>) => {
  const part = evaluate(evaluator, [...block, step('dress1', feature)]);
  const outcome = part.outcomes.at(-1)!;
  return { part, outcome, volume: part.infos[0]!.mass.volume_mm3, names: part.bodies[0]!.faceNames.map((n) => n[0]!) };
};

describe('a shell', () => {
  it('leaves walls of the thickness around a void that is open where a face was opened', () => {
    const { outcome, volume, names } = dressed({ kind: 'shell', open: [top], thickness: 2 });
    expect(outcome.state).toBe('ok');
    expect(volume).toBeCloseTo(WIDTH * DEPTH * HEIGHT - (WIDTH - 4) * (DEPTH - 4) * (HEIGHT - 2), 6);
    expect(names.toSorted()).toEqual(
      [
        'feature_block1/end',
        'feature_block1/start',
        ...[1, 2, 3, 4].map((line) => `feature_block1/side(line${line})`),
        'feature_dress1/inner(feature_block1/start)',
        ...[1, 2, 3, 4].map((line) => `feature_dress1/inner(feature_block1/side(line${line}))`),
      ].toSorted(),
    );
  });

  it('grows outwards where that is asked for, and keeps the names of the faces that are inside now', () => {
    const { volume, names } = dressed({ kind: 'shell', open: [top], thickness: 2, outward: true });
    expect(volume).toBeCloseTo((WIDTH + 4) * (DEPTH + 4) * (HEIGHT + 2) - WIDTH * DEPTH * HEIGHT, 6);
    expect(names).toContain('feature_dress1/outer(feature_block1/side(line1))');
    expect(names).toContain('feature_block1/side(line1)');
  });

  it('is a closed void where no face is opened', () => {
    const { volume, part } = dressed({ kind: 'shell', thickness: 3 });
    expect(volume).toBeCloseTo(WIDTH * DEPTH * HEIGHT - (WIDTH - 6) * (DEPTH - 6) * (HEIGHT - 6), 6);
    expect(part.infos[0]).toMatchObject({ solids: 1, shells: 2, valid: true });
  });

  it('refuses a wall thicker than half the body, and leaves the body as it was', () => {
    const { outcome, volume } = dressed({ kind: 'shell', open: [top], thickness: 16 });
    expect(outcome).toMatchObject({ state: 'failed', error: { hint: expect.stringMatching(/\w/) } });
    expect(volume).toBeCloseTo(WIDTH * DEPTH * HEIGHT, 6);
    expect(dressed({ kind: 'shell', thickness: 11 }).outcome.state).toBe('failed');
    expect(dressed({ kind: 'shell', open: [top], thickness: 0 }).outcome.error?.code).toBe('feature.dimension');
  });

  it('leaves a tube of a cylinder that is open at both ends', () => {
    const part = evaluate(evaluator, [
      step('sketch1', sketchOf(circle(0, 0, 10))),
      block[1]!,
      step('dress1', { kind: 'shell', open: [top, face('feature_block1/start')], thickness: 1 }),
    ]);
    expect(part.infos[0]!.mass.volume_mm3).toBeCloseTo(Math.PI * (100 - 81) * HEIGHT, 6);
  });
});

describe('a draft', () => {
  const angle = (5 * Math.PI) / 180;
  const lean = HEIGHT * Math.tan(angle);

  it('leans one wall about the neutral plane', () => {
    const { volume, names } = dressed({
      kind: 'draft',
      faces: [sides[0]!],
      neutral: { by: 'principal', plane: 'xy' },
      angle,
    });
    expect(volume).toBeCloseTo(WIDTH * HEIGHT * DEPTH - (WIDTH * HEIGHT * lean) / 2, 6);
    expect(names.toSorted()).toEqual(
      ['feature_block1/end', 'feature_block1/start', ...sides.map((s) => (s as { name: string }).name)].toSorted(),
    );
  });

  it('makes a frustum of all four, wider at the neutral plane or, reversed, at the other end', () => {
    // Prismatoid: (bottom + 4 middle + top) * height / 6.
    const area = (grown: number): number => (WIDTH + grown) * (DEPTH + grown);
    const frustum = (grown: number): number => ((area(0) + 4 * area(grown / 2) + area(grown)) * HEIGHT) / 6;
    const neutral = { by: 'principal', plane: 'xy' } as const;
    expect(dressed({ kind: 'draft', faces: sides, neutral, angle }).volume).toBeCloseTo(frustum(-2 * lean), 6);
    expect(dressed({ kind: 'draft', faces: sides, neutral, angle, reverse: true }).volume).toBeCloseTo(
      frustum(2 * lean),
      6,
    );
  });

  it('refuses a face along the neutral plane and an angle that is none', () => {
    const flat = dressed({ kind: 'draft', faces: [top], neutral: { by: 'principal', plane: 'xy' }, angle });
    expect(flat.outcome).toMatchObject({ state: 'failed', error: { hint: expect.stringMatching(/\w/) } });
    const steep = dressed({ kind: 'draft', faces: sides, neutral: { by: 'principal', plane: 'xy' }, angle: 1 });
    expect(steep.outcome.error?.code).toBe('feature.dimension');
  });
});
