import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle } from './bundle.ts';

const arrays = {
  points: new Float32Array([1.5, -2, 3]),
  exact: new Float64Array([Math.PI, -0]),
  signed: new Int32Array([-1, 2 ** 31 - 1]),
  indices: new Uint32Array([0, 2 ** 32 - 1, 7]),
  bytes: new Uint8Array([255, 0, 1]),
  none: new Float32Array(0),
};

describe('the array bundle', () => {
  it('gives back every array and the meta, also from a view that starts anywhere', () => {
    const bytes = encodeBundle({ meta: { name: 'Flügel – 翼' }, arrays });
    for (const shift of [0, 1, 3]) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      expect(decodeBundle(moved.subarray(shift))).toEqual({ meta: { name: 'Flügel – 翼' }, arrays });
    }
  });

  it('refuses whatever is not a whole bundle, at every length it could be cut to', () => {
    const bytes = encodeBundle({ meta: null, arrays: { points: arrays.points } });
    for (let length = 0; length < bytes.length - 4; length++)
      expect(() => decodeBundle(bytes.subarray(0, length))).toThrow(RangeError);
    expect(() => decodeBundle(new TextEncoder().encode('solid cube, not a bundle'))).toThrow(RangeError);
  });

  it('refuses a type of array that it does not know', () => {
    const bytes = encodeBundle({ meta: null, arrays: { a: new Uint8Array([1]) } });
    const text = new TextDecoder('latin1').decode(bytes).replace('"u8"', '"u9"');
    expect(() => decodeBundle(Uint8Array.from(text, (c) => c.charCodeAt(0)))).toThrow(RangeError);
  });
});
