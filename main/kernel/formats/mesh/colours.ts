/** Colours between the forms that files use. */
import type { Colour } from '../../../../preload/contract/geometry.ts';
import type { MeshBody } from './model.ts';

export type BodyColours = Pick<MeshBody, 'colour' | 'triangleColours'>;

const clamp = (v: number): number => (v >= 0 ? Math.min(v, 1) : 0);
export const rounded = (colour: readonly number[]): Colour => colour.map((v) => Math.round(clamp(v) * 1e6) / 1e6);

/** IEC 61966-2-1 */
export const srgbOfLinear = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
export const linearOfSrgb = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

/** `#RRGGBB` or `#RRGGBBAA`, sRGB; undefined for anything else. */
export function colourOfHex(text: string): Colour | undefined {
  if (!/^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(text)) return undefined;
  const colour = [];
  for (let i = 1; i < text.length; i += 2) colour.push(Number.parseInt(text.slice(i, i + 2), 16) / 255);
  return colour[3] === 1 ? rounded(colour.slice(0, 3)) : rounded(colour);
}

export const hexOf = (colour: Colour): string =>
  `#${colour
    .map((v) =>
      Math.round(clamp(v) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`.toUpperCase();

/** Most distinct colours of one body that are told apart; a scan has a colour for every vertex, and faces for none. */
const MAX_PALETTE = 256;

/**
 * One colour for the body where all triangles agree, a palette where they do not, nothing where there are none or too many
 * to be anything but a picture. `colourAt` gives a triangle's colour, or undefined.
 */
export function coloursOfTriangles(count: number, colourAt: (triangle: number) => Colour | undefined): BodyColours {
  const palette: Colour[] = [];
  const known = new Map<string, number>();
  const ofTriangle = new Int32Array(count).fill(-1);
  let plain = 0;
  let last: Colour | undefined;
  let lastIndex = -1;
  for (let t = 0; t < count; t++) {
    const colour = colourAt(t);
    if (!colour) {
      plain++;
      continue;
    }
    if (colour !== last) {
      const key = colour.join();
      const found = known.get(key);
      lastIndex = found ?? palette.length;
      if (found === undefined) {
        if (palette.length >= MAX_PALETTE) return {};
        known.set(key, lastIndex);
        palette.push(colour);
      }
      last = colour;
    }
    ofTriangle[t] = lastIndex;
  }
  if (palette.length === 0) return {};
  if (palette.length === 1 && plain === 0) return { colour: palette[0]! };
  return { triangleColours: { palette, ofTriangle } };
}

/** From colours of vertices (three numbers each, -1 where there is none): a triangle has one where its corners agree. */
export function coloursOfVertices(colours: Float64Array, indices: Uint32Array): BodyColours {
  return coloursOfTriangles(indices.length / 3, (t) => {
    const a = 3 * indices[3 * t]!;
    if (colours[a]! < 0) return undefined;
    for (let k = 1; k < 3; k++) {
      const b = 3 * indices[3 * t + k]!;
      if (colours[a] !== colours[b] || colours[a + 1] !== colours[b + 1] || colours[a + 2] !== colours[b + 2])
        return undefined;
    }
    return rounded([colours[a]!, colours[a + 1]!, colours[a + 2]!]);
  });
}
