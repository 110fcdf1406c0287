import { describe, expect, it } from 'vitest';
import { evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

const evaluator = await newEvaluator();

describe('an extrusion', () => {
  it('makes a box whose faces are called by the lines of its sketch', () => {
    const part = evaluate(evaluator, [
      step('sketch01', sketchOf(rectangle(0, 0, 40, 30))),
      step('extrude1', {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: 'feature_sketch01' },
        operation: 'new',
        extent: { to: 'distance', distance: 20 },
      }),
    ]);
    expect(part.outcomes.map(({ state, error }) => error ?? state)).toEqual(['ok', 'ok']);
    const [info] = part.infos;
    expect(info!.mass.volume_mm3).toBeCloseTo(40 * 30 * 20, 9);
    expect(
      Object.fromEntries(info!.faces.map((face) => [face.persistentNames![0], face.centroid_mm.map(Math.round)])),
    ).toEqual({
      'feature_extrude1/side(line1)': [20, 0, 10],
      'feature_extrude1/side(line2)': [40, 15, 10],
      'feature_extrude1/side(line3)': [20, 30, 10],
      'feature_extrude1/side(line4)': [0, 15, 10],
      'feature_extrude1/start': [20, 15, 0],
      'feature_extrude1/end': [20, 15, 20],
    });
  });
  it('adds to what it touches, and its faces in the same plane become one with both names', () => {
    const part = evaluate(evaluator, [
      step('sketch01', sketchOf(rectangle(0, 0, 40, 30))),
      step('extrude1', {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: 'feature_sketch01' },
        operation: 'new',
        extent: { to: 'distance', distance: 20 },
      }),
      step('sketch02', sketchOf(rectangle(40, 0, 10, 30))),
      step('extrude2', {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: 'feature_sketch02' },
        operation: 'add',
        extent: { to: 'distance', distance: 20 },
      }),
    ]);
    expect(part.outcomes.map(({ state, error }) => error ?? state)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(part.infos).toHaveLength(1);
    expect(part.infos[0]!.mass.volume_mm3).toBeCloseTo(50 * 30 * 20, 9);
    expect(part.infos[0]!.faces).toHaveLength(6);
    const top = part.infos[0]!.faces.find((face) => face.centroid_mm[2] > 19)!;
    expect(top.persistentNames).toEqual([
      'feature_extrude1/end',
      'feature_extrude1/end(line1)',
      'feature_extrude2/end',
      'feature_extrude2/end(line1)',
    ]);
  });
});
