import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../document/index.ts';
import { evaluateEquation, makeEquation, type Term } from './equation.ts';

/** Central differences of step h are right to h^2 and to rounding over h. */
const STEP = 1e-6;

describe('gradients of equations', () => {
  const kinds: Record<string, Term> = {
    number: { of: 'number', by: -2, index: 3 },
    distance: { of: 'distance', by: 3, p: 0, q: 2 },
    offset: { of: 'offset', by: 1, p: 0, q: 2, s: 4, e: 6 },
    'offset from its own line': { of: 'offset', by: -1, p: 4, q: 2, s: 4, e: 6 },
    advance: { of: 'advance', by: 2, p: 0, q: 2, s: 4, e: 6 },
    angle: { of: 'angle', by: 7, value: 0.4, p: 0, q: 2, s: 4, e: 6 },
    'angle of lines with a common point': { of: 'angle', by: 7, value: -2, p: 4, q: 2, s: 4, e: 6 },
    function: { of: 'function', by: 1, indices: [1, 5], value: (x) => x[0]! * x[1]! ** 2 },
  };
  it.each(Object.keys(kinds))('of a %s agree with finite differences', (name) => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const x = Float64Array.from({ length: 8 }, () => 20 * random() - 10);
      // The last point stands still.
      const equation = makeEquation('c', [kinds[name]!, { of: 'number', by: 0.5, index: 2 }], 1, 6);
      const gradient = new Float64Array(equation.columns.length + 1);
      evaluateEquation(equation, x, gradient);
      equation.columns.forEach((column, i) => {
        const [above, below] = [x.slice(), x.slice()];
        above[column]! += STEP;
        below[column]! -= STEP;
        const slope = (evaluateEquation(equation, above) - evaluateEquation(equation, below)) / (2 * STEP);
        expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
      });
      expect([...equation.columns].every((column) => column < 6)).toBe(true);
    }
  });
});
