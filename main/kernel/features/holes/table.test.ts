import { describe, expect, it } from 'vitest';
import { holeSize, holeSizes } from './table.ts';

describe.each(['iso', 'asme'] as const)('the %s table', (standard) => {
  const sizes = holeSizes(standard);
  it('grows from size to size, and each hole suits its screw', () => {
    for (const [index, row] of sizes.entries()) {
      const { close, normal, loose } = row.clearance_mm;
      expect([row.size, close < normal && normal < loose]).toEqual([row.size, true]);
      expect([row.size, row.tapDrill_mm < close]).toEqual([row.size, true]);
      expect([row.size, row.counterbore_mm.diameter > loose]).toEqual([row.size, true]);
      if (row.countersink_mm !== undefined) expect([row.size, row.countersink_mm > loose]).toEqual([row.size, true]);
      const before = sizes[index - 1];
      if (!before) continue;
      const grown = [
        row.tapDrill_mm > before.tapDrill_mm,
        normal > before.clearance_mm.normal,
        row.counterbore_mm.diameter >= before.counterbore_mm.diameter,
        row.counterbore_mm.depth > before.counterbore_mm.depth,
      ];
      expect([row.size, ...grown]).toEqual([row.size, true, true, true, true]);
    }
  });
});

describe('known sizes', () => {
  it('of ISO', () => {
    expect(holeSize('iso', 'm6')).toMatchObject({
      size: 'M6',
      clearance_mm: { close: 6.4, normal: 6.6, loose: 7 },
      tapDrill_mm: 5,
      counterbore_mm: { diameter: 11, depth: 6.4 },
      countersink_mm: 13.44,
      countersinkAngle_rad: Math.PI / 2,
    });
    expect(holeSizes('iso').map(({ size }) => size)).toHaveLength(20);
  });
  it('of ASME, in mm', () => {
    const quarter = holeSize('asme', '1/4');
    expect(quarter.size).toBe('1/4-20');
    expect(quarter.tapDrill_mm).toBeCloseTo(5.1054, 9);
    expect(quarter.clearance_mm.normal).toBeCloseTo(7.1374, 9);
  });
});
