import { describe, expect, it } from 'vitest';
import { nextLevel } from './next-level.ts';

describe('a further level', () => {
  it('goes into the widest gap between smallest, levels and largest', () => {
    expect(nextLevel([], [0, 100])).toBe(50);
    expect(nextLevel([50], [0, 100])).toBe(25);
    expect(nextLevel([25, 50], [0, 100])).toBe(75);
    expect(nextLevel([90, 10], [0, 100])).toBe(50);
  });
});
