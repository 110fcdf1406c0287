/** Bodies split and moved: volumes, places and names. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Evaluated, Feature } from '../../../../preload/contract/index.ts';
import type { Evaluator } from '../evaluator.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

let evaluator: Evaluator;
beforeEach(async () => {
  evaluator = await newEvaluator();
});
const extrude = (sketch: string, distance: number) =>
  ({
    kind: 'extrude',
    profile: { by: 'sketch', sketch },
    operation: 'new',
    extent: { to: 'distance', distance },
  }) as const;
const block = [step('outline1', sketchOf(rectangle(0, 0, 40, 30))), step('block1', extrude('feature_outline1', 20))];
const made = (feature: Evaluated<Feature>) => {
  const part = evaluate(evaluator, [...block, step('edited1', feature)]);
  return {
    outcome: part.outcomes.at(-1)!,
    names: part.bodies.map(({ name }) => name),
    faceNames: part.bodies.map(({ faceNames }) => faceNames.map((given) => given[0]!)),
    volumes: part.infos.map(({ mass }) => mass.volume_mm3),
    boxes: part.infos.map(({ box }) => box),
  };
};
const plane = (offset: number) => ({ by: 'principal', plane: 'yz', offset }) as const;

describe('splitting', () => {
  it('makes two bodies: the front one keeps its name, and both know the cut', () => {
    const { names, volumes, faceNames, boxes } = made({ kind: 'split', plane: plane(15), keep: 'both' });
    expect(names).toEqual(['feature_block1', 'feature_edited1']);
    expect(volumes).toEqual([expect.closeTo(25 * 30 * 20, 6), expect.closeTo(15 * 30 * 20, 6)]);
    expect(boxes[0]!.min[0]).toBeCloseTo(15, 6);
    for (const faces of faceNames) {
      expect(faces).toHaveLength(6);
      expect(faces).toContain('feature_edited1/cut');
      expect(faces).toContain('feature_block1/side(line1)');
    }
    expect(faceNames[0]).toContain('feature_block1/side(line2)');
    expect(faceNames[1]).toContain('feature_block1/side(line4)');
  });

  it('keeps only the front or only the back where that is asked for', () => {
    expect(made({ kind: 'split', plane: plane(15), keep: 'front' }).volumes).toEqual([expect.closeTo(15000, 6)]);
    expect(made({ kind: 'split', plane: plane(15), keep: 'back' }).volumes).toEqual([expect.closeTo(9000, 6)]);
  });

  it('works on a round body, off the axis', () => {
    const part = evaluate(evaluator, [
      step('outline1', sketchOf(circle(0, 0, 10))),
      block[1]!,
      step('edited1', { kind: 'split', plane: plane(5), keep: 'front' }),
    ]);
    // A segment of a circle with the half angle 60 degrees.
    const segment = 100 * (Math.PI / 3 - Math.sin((2 * Math.PI) / 3) / 2);
    expect(part.infos[0]!.mass.volume_mm3).toBeCloseTo(segment * 20, 6);
  });

  it('is refused where the plane misses, and says so', () => {
    const { outcome, volumes } = made({ kind: 'split', plane: plane(41), keep: 'both' });
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'split.misses' } });
    expect(volumes).toEqual([expect.closeTo(24000, 6)]);
  });
});

describe('moving', () => {
  it('turns first and shifts then, and every face keeps its name', () => {
    const { names, boxes, volumes, faceNames } = made({
      kind: 'move-body',
      bodies: ['feature_block1'],
      translation: [5, 0, 0],
      rotation: { axis: { by: 'principal', axis: 'z' }, angle: Math.PI / 2 },
    });
    expect(names).toEqual(['feature_block1']);
    expect(volumes).toEqual([expect.closeTo(24000, 6)]);
    expect(boxes[0]!.min).toEqual([expect.closeTo(-25, 6), expect.closeTo(0, 6), expect.closeTo(0, 6)]);
    expect(boxes[0]!.max).toEqual([expect.closeTo(5, 6), expect.closeTo(40, 6), expect.closeTo(20, 6)]);
    expect(faceNames[0]).toContain('feature_block1/side(line1)');
  });

  it('copies: the original stays, and the names of the copy say whose they are', () => {
    const { names, volumes, faceNames } = made({
      kind: 'move-body',
      bodies: ['feature_block1'],
      translation: [100, 0, 0],
      copy: true,
    });
    expect(names).toEqual(['feature_block1', 'feature_edited1']);
    expect(volumes).toEqual([expect.closeTo(24000, 6), expect.closeTo(24000, 6)]);
    expect(faceNames[0]).toContain('feature_block1/side(line1)');
    expect(faceNames[1]).toContain('feature_edited1/1:feature_block1/side(line1)');
    expect(new Set(faceNames.flat()).size).toBe(12);
  });

  it('is refused for a body that is not there', () => {
    const { outcome } = made({ kind: 'move-body', bodies: ['feature_nobody'], translation: [1, 0, 0] });
    expect(outcome.state).not.toBe('ok');
    expect(outcome.error!.message).toMatch(/feature_nobody/);
  });
});
