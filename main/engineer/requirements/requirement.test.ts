import { describe, expect, it } from 'vitest';
import { ArtificerError } from '../../../preload/contract/index.ts';
import { quantity } from '../../document/index.ts';
import { limitOf, marginOf, parseRequirement } from './requirement.ts';

const codeOf = (text: string): string => {
  try {
    parseRequirement(text);
    return 'none';
  } catch (thrown) {
    return thrown instanceof ArtificerError ? thrown.code : String(thrown);
  }
};
const steel = { yield: quantity(235, 'stress') };

describe('a requirement', () => {
  it('has a quantity, a bound with units, and a case', () => {
    expect(parseRequirement('max(von_mises)  <= yield / 1.5 in "hard landing"')).toEqual({
      text: 'max(von_mises) <= yield / 1.5 in "hard landing"',
      quantity: { kind: 'extreme', of: 'max', field: 'von_mises' },
      dimension: 'stress',
      comparison: '<=',
      bound: 'yield / 1.5',
      case: 'hard landing',
    });
    expect(parseRequirement('first_frequency >= 120 Hz').quantity).toEqual({ kind: 'frequency', mode: 1 });
    expect(parseRequirement('max(displacement.z on tip) <= 0.2 mm').quantity).toEqual({
      kind: 'extreme',
      of: 'max',
      field: 'displacement.z',
      on: 'tip',
    });
    expect(parseRequirement('safety_factor >= 2').quantity).toEqual({
      kind: 'extreme',
      of: 'min',
      field: 'safety_factor',
    });
  });

  it('may be written the other way round, and then says the same', () => {
    const { quantity: asked, comparison, bound } = parseRequirement('120 Hz <= first_frequency');
    expect([asked, comparison, bound]).toEqual([{ kind: 'frequency', mode: 1 }, '>=', '120 Hz']);
  });

  it.each([
    ['mass <= 0.4', 0.4],
    ['mass <= 400 g', 0.4],
    ['max(temperature) <= 358.15 K', 85],
    ['size(x) <= 3 in', 76.2],
    ['max(von_mises) <= yield / 1.5', 235 / 1.5],
    ['max(von_mises) <= 2 ksi', 13.789514586336722],
  ])('"%s" is bounded in base units', (text, limit) => {
    expect(limitOf(parseRequirement(text), steel)).toBeCloseTo(limit, 9);
  });

  it.each([
    ['mass <= 3 mm', 'units of another kind'],
    ['first_frequency >= yield', 'a stress for a frequency'],
    ['max(von_mises) == 100 MPa', 'an equality'],
    ['colour <= 3', 'no such quantity'],
    ['mass 3 kg', 'no comparison'],
    ['1 <= mass <= 3', 'two comparisons'],
  ])('"%s" is refused: %s', (text) => {
    expect(codeOf(text)).toBe('design.requirement');
  });

  it('needs what its bound is written with: a material without yield strength is named', () => {
    expect(() => limitOf(parseRequirement('max(von_mises) <= yield / 2'), {})).toThrow(
      "needs the material's yield strength",
    );
  });

  it('has a margin over its bound, positive where it holds', () => {
    const upper = parseRequirement('mass <= 0.4 kg');
    const lower = parseRequirement('first_frequency >= 100 Hz');
    const hot = parseRequirement('max(temperature) <= 80 degC');
    expect(marginOf(upper, 0.3, 0.4)).toBeCloseTo(0.25, 12);
    expect(marginOf(upper, 0.5, 0.4)).toBeCloseTo(-0.25, 12);
    expect(marginOf(lower, 120, 100)).toBeCloseTo(0.2, 12);
    // Over the rise above 20 degC: 15 K left of 60 K.
    expect(marginOf(hot, 65, 80)).toBeCloseTo(0.25, 12);
  });
});
