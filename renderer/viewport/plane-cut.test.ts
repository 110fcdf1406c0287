import { describe, expect, it } from 'vitest';
import { decodeBundle, type Vector3 } from '../../preload/contract/index.ts';
import { boxWithHole, cylinder, type GeneratedBody } from './harness-bodies.ts';
import { crossingSegments, fillEvenOdd, filledArea } from './plane-cut.ts';
import { cross, dot, normalise, perpendicular } from './vector.ts';

function capArea(body: GeneratedBody, normal: Vector3, offset: number): number {
  const { arrays } = decodeBundle(body.bytes);
  const indices = arrays['indices'] as Uint32Array;
  const points = crossingSegments(
    arrays['positions'] as Float32Array,
    indices,
    Array.from({ length: indices.length / 3 }, (_, i) => i),
    [...normal, offset],
  );
  const u = perpendicular(normal);
  const v = cross(normal, u);
  const flat: number[] = [];
  for (let i = 0; i < points.length; i += 3) {
    const p: Vector3 = [points[i]!, points[i + 1]!, points[i + 2]!];
    flat.push(dot(p, u), dot(p, v));
  }
  return filledArea(fillEvenOdd(flat));
}

describe('cutting closed bodies', () => {
  const block = boxWithHole('b', 'b', [50, 40, 30], 10, 96);
  const polygon = (96 / 2) * 10 * 10 * Math.sin((2 * Math.PI) / 96);
  it('leaves the hole out of a cut across it', () => {
    expect(capArea(block, [0, 0, 1], 12)).toBeCloseTo(50 * 40 - polygon, 2);
  });
  it('cuts along the hole into two rectangles', () => {
    expect(capArea(block, [0, 1, 0], 20)).toBeCloseTo((50 - 20) * 30, 1);
  });
  it('agrees for turned planes, also through corners', () => {
    const plain = boxWithHole('p', 'p', [10, 10, 10], 0);
    expect(capArea(plain, normalise([1, 1, 0]), 10 / Math.SQRT2)).toBeCloseTo(100 * Math.SQRT2, 3);
    // The regular hexagon of a cube.
    expect(capArea(plain, normalise([1, 1, 1]), 15 / Math.sqrt(3))).toBeCloseTo(((3 * Math.sqrt(3)) / 2) * 50, 3);
  });
  it('cuts a cylinder at a slant into an ellipse', () => {
    const pin = cylinder('c', 'c', 8, 40, 360);
    expect(capArea(pin, normalise([1, 0, 1]), 20 / Math.SQRT2) / (Math.PI * 64 * Math.SQRT2)).toBeCloseTo(1, 3);
  });
  it('fills by crossings, not by the direction of the lines, and survives a missing one', () => {
    const square = [0, 0, 4, 0, 4, 4, 4, 0, 4, 4, 0, 4, 0, 0, 0, 4];
    expect(filledArea(fillEvenOdd(square))).toBeCloseTo(16, 9);
    expect(fillEvenOdd([0, 0, 0, 4, Number.NaN, 0, 1, 1])).toEqual([]);
  });
});
