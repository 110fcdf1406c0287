import { describe, expect, it } from 'vitest';
import { formatNumber, formatPoint, formatQuantity } from './format.ts';
import { parseQuantity } from './parse.ts';

const typed = (text: string, quantity: Parameters<typeof parseQuantity>[1], system = 'mm-N-MPa' as const) => {
  const parsed = parseQuantity(text, quantity, system);
  return parsed.ok ? parsed.value : parsed.message;
};

describe('typed values', () => {
  it('are in the shown unit when they have none', () => {
    expect(typed('12.5', 'length')).toBe(12.5);
    expect(parseQuantity('2', 'length', 'inch-lbf-psi')).toEqual({ ok: true, value: 50.8 });
  });
  it('take any unit of their quantity', () => {
    expect(typed('3 in', 'length')).toBeCloseTo(76.2);
    expect(typed('3"', 'length')).toBeCloseTo(76.2);
    expect(typed('1.2kN', 'force')).toBeCloseTo(1200);
    expect(typed('100 psi', 'stress')).toBeCloseTo(0.689476, 5);
    expect(typed('10 N*m', 'moment')).toBeCloseTo(10_000);
    expect(typed('90°', 'angle')).toBeCloseTo(Math.PI / 2);
  });
  it('may be sums and use powers of ten, true minus and thin spaces', () => {
    expect(typed('2*(10 + 4) mm', 'length')).toBe(28);
    expect(typed('1.5e3', 'force')).toBe(1500);
    expect(typed('−4', 'length')).toBe(-4);
    expect(typed('12 000 N', 'force')).toBe(12_000);
    expect(typed(formatNumber(-123_456, 6), 'force')).toBe(-123_456);
  });
  it('that make no sense are refused with a reason', () => {
    expect(typed('', 'length')).toMatch(/number/);
    expect(typed('abc', 'length')).toMatch(/abc/);
    expect(typed('3 kg', 'length')).toMatch(/mass/);
    expect(typed('1/0', 'length')).toEqual(expect.any(String));
    expect(typed('alert(1)', 'length')).toMatch(/alert/);
  });
});

describe('shown numbers', () => {
  it('have sensible digits', () => {
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(183.6123)).toBe('183.6');
    expect(formatNumber(0.1 + 0.2)).toBe('0.3');
    expect(formatNumber(-2.5)).toBe('−2.5');
    expect(formatNumber(98_765.4)).toBe('98\u2009765');
    expect(formatNumber(2.1e-9, 2)).toBe('2.1×10⁻⁹');
    expect(formatNumber(Number.NaN)).toBe('–');
  });
  it('carry the unit of the system', () => {
    expect(formatQuantity(25.4, 'length', 'inch-lbf-psi')).toBe('1\u00a0in');
    expect(formatQuantity(1, 'stress', 'm-N-Pa')).toBe('1\u2009000\u2009000\u00a0Pa');
    // What the kernel can't tell from nought is nought, not a power of ten.
    expect(formatPoint([-4.932e-16, -16.16, 25.4], 'mm-N-MPa')).toBe('0, −16.16, 25.4 mm');
    expect(formatPoint([2e-7, 25.4, 0], 'inch-lbf-psi', 4)).toBe('7.874×10⁻⁹, 1, 0 in');
    expect(formatQuantity(Math.PI / 2, 'angle', 'mm-N-MPa')).toBe('90°');
  });
});
