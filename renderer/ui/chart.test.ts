import { describe, expect, it } from 'vitest';
import { axisOf, csvOf, decades, linearTicks, linePath, nearestIndex, placeOn } from './chart-maths.ts';

describe('axes of charts', () => {
  it('have steps of one, two or five', () => {
    expect(linearTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(linearTicks(-0.3, 0.31, 6)).toEqual([-0.2, 0, 0.2].map((x) => expect.closeTo(x, 9)));
    expect(linearTicks(3, 3, 5)).toEqual([3]);
    expect(decades(2e-9, 3, 4)).toEqual([1e-8, 1e-5, 1e-2].map((x) => expect.closeTo(x, 12)));
  });
  it('hold all numbers that are numbers, with zero where it is near', () => {
    const axis = axisOf([12, Number.NaN, 100, Infinity], false, 5);
    expect([axis.low, axis.high > 100]).toEqual([0, true]);
    const far = axisOf([900, 1000], false, 5);
    expect(far.low).toBeGreaterThan(880);
    expect(axisOf([5, 5], false, 5).low).toBeLessThan(5);
    expect(axisOf([], false, 5).ticks).toEqual([0, 1]);
  });
  it('place numbers in proportion, or by decades', () => {
    expect(placeOn({ low: 10, high: 20, logarithmic: false, ticks: [] }, 15)).toBeCloseTo(0.5, 12);
    expect(placeOn({ low: 1, high: 1e4, logarithmic: true, ticks: [] }, 100)).toBeCloseTo(0.5, 12);
    expect(placeOn({ low: 1, high: 1e4, logarithmic: true, ticks: [] }, 0)).toBeNaN();
  });
});

describe('charts', () => {
  it('leave a gap where there is no number', () => {
    expect(linePath([0, 1, 2, 3, 4], [0, 1, Number.NaN, 3, 4])).toBe('M0.0 0.0L1.0 1.0M3.0 3.0L4.0 4.0');
  });
  it('find the nearest point, and none without any', () => {
    expect(nearestIndex([0, 10, 20], 14)).toBe(1);
    expect(nearestIndex([], 3)).toBe(-1);
  });
  it('are copied with units, all digits, and quotes where a name needs them', () => {
    const text = csvOf([
      { name: 'Distance', unit: 'mm', values: [0, 1 / 3] },
      { name: 'σ, "von Mises"', unit: 'MPa', values: [5, Number.NaN] },
    ]);
    expect(text).toBe('Distance (mm),"σ, ""von Mises"" (MPa)"\r\n0,5\r\n0.3333333333333333,\r\n');
  });
});
