/** Every colour of the viewport in both themes, sRGB 0..1. */
import type { Theme } from './api.ts';

type Rgb = readonly [number, number, number];
export interface Palette {
  backgroundTop: Rgb;
  backgroundBottom: Rgb;
  /** A part without a colour of its own. */
  part: Rgb;
  /** Edges on shaded faces. */
  edgeOnFace: Rgb;
  /** Lines drawn straight on the background. */
  line: Rgb;
  /** Faces of the hidden-line style. */
  paper: Rgb;
  hover: Rgb;
  selection: Rgb;
  restraint: Rgb;
  load: Rgb;
  gravity: Rgb;
  heat: Rgb;
  connection: Rgb;
  marker: Rgb;
  warning: Rgb;
  /** Labels: text, plate, rim (CSS colours). */
  labelText: string;
  labelPlate: string;
  labelRim: string;
}

const hex = (value: number): Rgb => [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];

export const PALETTES: Record<Theme, Palette> = {
  light: {
    backgroundTop: hex(0xf7f9fb),
    backgroundBottom: hex(0xd3dbe4),
    part: hex(0xb4bcc6),
    edgeOnFace: hex(0x1b222b),
    line: hex(0x222b36),
    paper: hex(0xf3f5f8),
    hover: hex(0x5aa5ff),
    selection: hex(0x1a6dff),
    restraint: hex(0x12915a),
    load: hex(0xc8367c),
    gravity: hex(0xb7791f),
    heat: hex(0xd1471c),
    connection: hex(0x6741c9),
    marker: hex(0x1f2933),
    warning: hex(0xd97706),
    labelText: '#18212b',
    labelPlate: 'rgba(255, 255, 255, 0.92)',
    labelRim: 'rgba(24, 33, 43, 0.22)',
  },
  dark: {
    backgroundTop: hex(0x343b44),
    backgroundBottom: hex(0x14171b),
    part: hex(0xaab3be),
    edgeOnFace: hex(0x0b0e12),
    line: hex(0xc3ccd6),
    paper: hex(0x262c34),
    hover: hex(0x6ab0ff),
    selection: hex(0x2f80ff),
    restraint: hex(0x35c98a),
    load: hex(0xff6fae),
    gravity: hex(0xf0b850),
    heat: hex(0xff8a5c),
    connection: hex(0xb79bff),
    marker: hex(0xf2f5f8),
    warning: hex(0xf59e0b),
    labelText: '#eef2f6',
    labelPlate: 'rgba(28, 33, 40, 0.92)',
    labelRim: 'rgba(238, 242, 246, 0.22)',
  },
};
