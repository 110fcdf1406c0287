import { describe, expect, it } from 'vitest';
import { fieldQuantity, principalValues, quantityUnit, vonMises } from './field-quantity.ts';

describe('stress measures', () => {
  it('gives the axial stress of a bar and root three times a pure shear', () => {
    expect(vonMises(200, 0, 0, 0, 0, 0)).toBeCloseTo(200, 9);
    expect(vonMises(0, 0, 0, 50, 0, 0)).toBeCloseTo(50 * Math.sqrt(3), 9);
    expect(vonMises(70, 70, 70, 0, 0, 0)).toBeCloseTo(0, 9);
  });
  it('orders principal values and keeps invariants', () => {
    expect(principalValues(10, 30, 20, 0, 0, 0)).toEqual([expect.closeTo(30), expect.closeTo(20), expect.closeTo(10)]);
    const [a, b, c] = principalValues(40, -10, 25, 12, -7, 5);
    expect(a).toBeGreaterThanOrEqual(b);
    expect(b).toBeGreaterThanOrEqual(c);
    expect(a + b + c).toBeCloseTo(55, 9);
    expect(a * a + b * b + c * c).toBeCloseTo(40 ** 2 + 10 ** 2 + 25 ** 2 + 2 * (12 ** 2 + 7 ** 2 + 5 ** 2), 6);
    expect(principalValues(5, 5, 5, 0, 0, 0)).toEqual([5, 5, 5]);
    expect(principalValues(0, 0, 0, 9, 0, 0)).toEqual([expect.closeTo(9), expect.closeTo(0), expect.closeTo(-9)]);
  });
});

describe('fieldQuantity', () => {
  const fields = {
    displacement: Float32Array.of(3, 0, 4, 0, -2, 0),
    stress: Float32Array.of(100, 0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 0),
    strain: Float32Array.of(1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0),
  };
  it('takes components and magnitudes', () => {
    expect([...fieldQuantity(fields, 'displacement.magnitude')!]).toEqual([5, 2]);
    expect([...fieldQuantity(fields, 'displacement.y')!]).toEqual([0, -2]);
    expect(fieldQuantity(fields, 'strain.zx')![0]).toBe(6);
    expect(fieldQuantity(fields, 'stress.xy')![1]).toBe(30);
  });
  it('computes what the bundle does not store', () => {
    expect(fieldQuantity(fields, 'von_mises')![0]).toBeCloseTo(100, 4);
    expect(fieldQuantity(fields, 'tresca')![1]).toBeCloseTo(60, 4);
    expect(fieldQuantity(fields, 'principal.3')![1]).toBeCloseTo(-30, 4);
    expect(fieldQuantity(fields, 'safety_factor', { allowable_MPa: 250 })![0]).toBeCloseTo(2.5, 4);
  });
  it('says null for what it has not', () => {
    expect(fieldQuantity({}, 'von_mises')).toBeNull();
    expect(fieldQuantity(fields, 'safety_factor')).toBeNull();
    expect(fieldQuantity(fields, 'nonsense')).toBeNull();
  });
  it('names units', () => {
    expect(quantityUnit('von_mises')).toBe('MPa');
    expect(quantityUnit('displacement.x')).toBe('mm');
    expect(quantityUnit('strain.xx')).toBe('');
  });
});
