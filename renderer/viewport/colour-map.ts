/**
 * Colour maps for fields, as functions of 0..1. The default is read by people with every common colour-vision deficiency
 * and in grey print; the rainbow is there because reports are compared with old ones.
 */
import type { ColourMapName } from './api.ts';

export type Rgb = [number, number, number];

/** Viridis at 17 even places (its published table), hex. */
const VIRIDIS = [
  0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e, 0x1f988b, 0x22a884, 0x35b779,
  0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725, 0xfde725,
];
/** Cividis: made for deuteranopes and protanopes to see exactly what others see. */
const CIVIDIS = [
  0x00224e, 0x002c65, 0x123570, 0x2b3f6d, 0x3b496c, 0x49536c, 0x575d6d, 0x636770, 0x707173, 0x7e7b77, 0x8d8779,
  0x9c9278, 0xac9f74, 0xbcab6e, 0xcdb865, 0xdec659, 0xf0d446, 0xfee838,
];
const RAINBOW = [0x0000ff, 0x0080ff, 0x00ffff, 0x00ff80, 0x00ff00, 0x80ff00, 0xffff00, 0xff8000, 0xff0000];
/** Diverging, for signed quantities: blue through light grey to red. */
const DIVERGING = [0x3b4cc0, 0x6788ee, 0x9abbff, 0xc9d7f0, 0xdddddd, 0xf2cbb7, 0xf7a889, 0xe26952, 0xb40426];

function table(values: number[], t: number): Rgb {
  const place = Math.max(0, Math.min(1, t)) * (values.length - 1);
  const i = Math.min(values.length - 2, Math.floor(place));
  const f = place - i;
  const a = values[i]!;
  const b = values[i + 1]!;
  const channel = (shift: number): number =>
    Math.min(1, (((a >> shift) & 255) * (1 - f) + ((b >> shift) & 255) * f) / 255);
  return [channel(16), channel(8), channel(0)];
}

/** Turbo by its published polynomial: an even rainbow, without the false edges of the classic one. */
function turbo(t: number): Rgb {
  const x = Math.max(0, Math.min(1, t));
  const at = (c: number[]): number =>
    Math.max(
      0,
      Math.min(
        1,
        c.reduceRight((sum, coefficient) => sum * x + coefficient, 0),
      ),
    );
  return [
    at([0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943]),
    at([0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604]),
    at([0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973]),
  ];
}

export const DEFAULT_COLOUR_MAP: ColourMapName = 'turbo';
/** Outside the range the paint is no colour of the map, so that nobody reads a clipped value as the end of the scale. */
export const BELOW_COLOUR: Rgb = [0.42, 0.42, 0.46];
export const ABOVE_COLOUR: Rgb = [0.93, 0.82, 0.9];

/** sRGB 0..1 of a place 0..1 on the map. */
export function mapColour(name: ColourMapName, t: number): Rgb {
  if (name === 'turbo') return turbo(0.04 + 0.92 * t);
  return table(
    name === 'viridis'
      ? VIRIDIS.slice(0, 16)
      : name === 'cividis'
        ? CIVIDIS
        : name === 'diverging'
          ? DIVERGING
          : RAINBOW,
    t,
  );
}

/** The colours of the bands from the lowest up (256 steps for a smooth ramp): what the surface and the legend both show. */
export function bandColours(name: ColourMapName, bands: number): Rgb[] {
  const count = bands > 0 ? bands : 256;
  return Array.from({ length: count }, (_, i) => mapColour(name, count === 1 ? 0.5 : i / (count - 1)));
}

/** One row of RGBA bytes: a texture for the surface. */
export function lookUpTable(name: ColourMapName, bands: number): Uint8Array {
  const colours = bandColours(name, bands);
  const bytes = new Uint8Array(colours.length * 4);
  for (let i = 0; i < colours.length; i++) {
    for (let k = 0; k < 3; k++) bytes[i * 4 + k] = Math.round(colours[i]![k]! * 255);
    bytes[i * 4 + 3] = 255;
  }
  return bytes;
}

export const cssColour = (c: readonly number[]): string =>
  `rgb(${Math.round(c[0]! * 255)}, ${Math.round(c[1]! * 255)}, ${Math.round(c[2]! * 255)})`;
