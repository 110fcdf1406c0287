import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packFrames } from '../results/fields.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { turbo } from './colours.ts';
import { drawPicture, type PictureRequest } from './picture.ts';
import { encodePng } from './png.ts';

interface Pixels {
  width: number;
  height: number;
  at(x: number, y: number): number[];
}

/** Reads back what `encodePng` writes: one IDAT chunk, filter 1. */
function decode(png: Uint8Array): Pixels {
  const view = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const size = view.getUint32(33);
  expect(new TextDecoder().decode(png.subarray(37, 41))).toBe('IDAT');
  const rows = Uint8Array.from(inflateSync(png.subarray(41, 41 + size)));
  const stride = 3 * width + 1;
  for (let row = 0; row < height; row++)
    for (let i = 4; i < stride; i++) rows[stride * row + i]! += rows[stride * row + i - 3]!;
  return { width, height, at: (x, y) => [...rows.subarray(stride * y + 1 + 3 * x, stride * y + 4 + 3 * x)] };
}

const mesh = boxMesh({ max: [40, 20, 10], divisions: [4, 2, 1] });
const nodes = mesh.nodes.length / 3;
/** A frame whose first component of displacement is x, or minus x. */
const frame = (sign: number) => ({
  displacement: Float32Array.from({ length: 3 * nodes }, (_, i) => (i % 3 === 0 ? sign * mesh.nodes[i]! : 0)),
});
const fields = packFrames(
  { mesh, elementBody: new Int32Array(mesh.elements.length / 10), quality: [], firstFace: [0] },
  [frame(1), frame(-1)],
  'hash',
);
const draw = (request: Partial<PictureRequest>) =>
  drawPicture({
    fields,
    quantity: 'displacement.x',
    deformation: 0,
    direction: [0, 1, 0],
    width: 200,
    height: 150,
    ...request,
  });
/** Hue order is what matters: light makes every colour darker alike. */
const like = (pixel: number[], place: number): void => {
  const colour = turbo(place);
  const brightest = Math.max(...pixel) / Math.max(...colour);
  pixel.forEach((value, channel) => {
    expect(Math.abs(value - brightest * colour[channel]!)).toBeLessThan(4);
  });
};

describe('a picture of a result', () => {
  it('paints the quantity from one end to the other, on white paper', () => {
    const { png, range, unit } = draw({});
    const pixels = decode(png);
    expect([pixels.width, pixels.height, range, unit]).toEqual([200, 150, [0, 40], 'mm']);
    // Looking along +Y, X runs to the right; the first and last of twelve bands lie at the ends.
    like(pixels.at(16, 75), 0.5 / 12);
    like(pixels.at(184, 75), 11.5 / 12);
    expect(pixels.at(100, 5)).toEqual([255, 255, 255]);
  });

  it('ends its colours where it is asked to: what lies beyond has the last one', () => {
    const { png, range, most } = draw({ most: 20 });
    expect([range, most]).toEqual([[0, 40], 20]);
    const pixels = decode(png);
    for (const x of [110, 150, 184]) like(pixels.at(x, 75), 11.5 / 12);
    like(pixels.at(52, 75), 5.5 / 12);
    expect(draw({ most: 1000 }).most).toBe(40);
  });

  it('draws the frame that is asked for', () => {
    const { png, range } = draw({ frame: 1 });
    expect(range[0]).toBe(-40);
    expect(range[1]).toBeCloseTo(0, 9);
    like(decode(png).at(16, 75), 11.5 / 12);
  });

  it('deforms the part by the part of its diagonal that is asked for', () => {
    expect(draw({ deformation: 0.1 }).deformationScale).toBeCloseTo((0.1 * Math.hypot(40, 20, 10)) / 40, 6);
  });

  it('leaves a part bare where there is no such field', () => {
    const { png, range } = draw({ quantity: 'temperature' });
    const [red, green, blue] = decode(png).at(100, 75);
    expect(range).toEqual([0, 0]);
    expect(Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!)).toBeLessThan(20);
  });

  it('shows the nearer side', () => {
    // From behind, X runs to the left.
    like(decode(draw({ direction: [0, -1, 0] }).png).at(16, 75), 11.5 / 12);
  });
});

describe('a PNG', () => {
  it('gives back the pixels that were put in', () => {
    const pixels = Uint8Array.from({ length: 3 * 5 * 4 }, (_, i) => (i * 37) % 256);
    const back = decode(encodePng(5, 4, pixels));
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 5; x++)
        expect(back.at(x, y)).toEqual([...pixels.subarray(3 * (5 * y + x), 3 * (5 * y + x) + 3)]);
  });
});
