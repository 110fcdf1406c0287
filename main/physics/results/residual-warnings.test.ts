import { describe, expect, it } from 'vitest';
import { residualWarnings } from './summary.ts';

describe('a residual that rounding kept from falling', () => {
  it('is named with its size, and one that reached its tolerance is not', () => {
    expect(residualWarnings(9.9e-9)).toEqual([]);
    expect(residualWarnings(1e-6)).toEqual([]);
    const [warning, ...rest] = residualWarnings(4e-3);
    expect(rest).toEqual([]);
    expect(warning).toEqual({ code: 'result.residual', message: expect.stringContaining('only to 4e-3 of the loads') });
  });
});
