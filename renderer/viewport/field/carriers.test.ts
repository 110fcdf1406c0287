import { describe, expect, it } from 'vitest';
import { atNodes, carry, resolveBlend } from './carriers.ts';

const early = Float32Array.of(0, 10, 20);
const late = Float32Array.of(100, 110, 140);

describe('carrying nodal fields to points', () => {
  it('gives a node its own number, and a point between two what lies between theirs', () => {
    const source = { a: early, b: null, blend: 0 };
    expect([...carry(source, 1, atNodes(Uint32Array.of(2, 0)))]).toEqual([20, 0]);
    const between = { from: Uint32Array.of(0), to: Uint32Array.of(2), weight: Float32Array.of(0.25) };
    expect([...carry(source, 1, between)]).toEqual([5]);
  });
  it('blends two frames, in space and time alike', () => {
    const source = { a: early, b: late, blend: 0.25 };
    expect([...carry(source, 1, atNodes(Uint32Array.of(0, 1, 2)))]).toEqual([25, 35, 50]);
    const between = { from: Uint32Array.of(0), to: Uint32Array.of(2), weight: Float32Array.of(0.25) };
    // A quarter of the way from 25 to 50.
    expect([...carry(source, 1, between)]).toEqual([31.25]);
    expect([...resolveBlend(source)]).toEqual([25, 35, 50]);
    expect(resolveBlend({ a: early, b: late, blend: 0 })).toBe(early);
  });
  it('gives nothing without a source', () => {
    expect([...carry(null, 3, atNodes(Uint32Array.of(1)))]).toEqual([0, 0, 0]);
  });
});
