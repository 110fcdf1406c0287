import { expect, it } from 'vitest';
import type { SketchEdit } from '../../../main/sketch/index.ts';
import { idSource } from './draft.ts';
import { withFreshIds } from './fresh-ids.ts';

it('renames what is new, everywhere it is named, and leaves what was there', () => {
  const edit: SketchEdit = {
    put: [
      { kind: 'point', id: 'point2', x_mm: 1, y_mm: 2 },
      { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
      { kind: 'spline', id: 'spline1', points: ['point1', 'point2'] },
    ],
    remove: ['line7'],
    putConstraints: [
      { kind: 'tangent', id: 'c1', a: 'line1', b: 'spline1' },
      { kind: 'symmetric', id: 'c2', a: 'point1', b: 'point2', about: 'y-axis' },
    ],
    removeConstraints: [],
  };
  const sketch = {
    entities: [
      { kind: 'point' as const, id: 'point1', x_mm: 0, y_mm: 0 },
      { kind: 'line' as const, id: 'line1', start: 'point1', end: 'point9' },
    ],
    constraints: [],
  };
  expect(withFreshIds(edit, sketch, idSource(['point9', 'spline4', 'c30']))).toEqual({
    put: [
      { kind: 'point', id: 'point10', x_mm: 1, y_mm: 2 },
      { kind: 'line', id: 'line1', start: 'point1', end: 'point10' },
      { kind: 'spline', id: 'spline5', points: ['point1', 'point10'] },
    ],
    remove: ['line7'],
    putConstraints: [
      { kind: 'tangent', id: 'c31', a: 'line1', b: 'spline5' },
      { kind: 'symmetric', id: 'c32', a: 'point1', b: 'point10', about: 'y-axis' },
    ],
    removeConstraints: [],
  });
});
