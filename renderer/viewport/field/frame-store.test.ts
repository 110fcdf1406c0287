import { describe, expect, it } from 'vitest';
import { runAtOnce } from '../slices.ts';
import { FrameStore } from './frame-store.ts';

const store = new FrameStore(
  {
    nodes: new Float32Array(6),
    displacement: Float32Array.of(3, 0, 4, 0, 0, 0),
    '1/displacement': Float32Array.of(0, 0, 1, 0, 0, 2),
    '1/temperature': Float32Array.of(20, 80),
    '2/heatFlux': Float32Array.of(3, 4, 0, 0, 0, 7),
  },
  2,
);
const compute = (frame: number, quantity: string) => runAtOnce(store.compute(frame, quantity, {}));

describe('the frames of a bundle', () => {
  it('have their own arrays: plain names in the first, numbered in the others', () => {
    expect([...compute(0, 'displacement.magnitude')!]).toEqual([5, 0]);
    expect([...compute(1, 'displacement.magnitude')!]).toEqual([1, 2]);
    expect([...compute(1, 'temperature')!]).toEqual([20, 80]);
    expect([...compute(2, 'heat_flux.magnitude')!]).toEqual([5, 7]);
    expect([...compute(2, 'heat_flux.z')!]).toEqual([0, 7]);
  });
  it('say null for what a frame has not, and never take it from another', () => {
    expect(compute(0, 'temperature')).toBeNull();
    expect(compute(2, 'displacement.x')).toBeNull();
    expect(store.frame(2).displacement).toBeUndefined();
  });
  it('keep what was computed', () => {
    expect(store.known(1, 'temperature', {})).toBe(compute(1, 'temperature'));
    expect(store.known(0, 'von_mises', {})).toBeUndefined();
  });
});
