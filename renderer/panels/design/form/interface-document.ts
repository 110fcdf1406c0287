/** Interfaces, envelope and keep-outs of a brief's text, as the form reads and changes them. Pure. */
import { parseQuantity } from '../../../../main/document/index.ts';
import type { Point } from './bolt-pattern.ts';

export type InterfaceKind = 'bolts' | 'bore' | 'journal' | 'face';
export const INTERFACE_KINDS: readonly InterfaceKind[] = ['bolts', 'bore', 'journal', 'face'];
export const AXES = ['x', 'y', 'z', '-x', '-y', '-z'] as const;

/** Each value as it is written. */
export interface InterfaceContent {
  name: string;
  /** Null where it is none of the known kinds: the text alone shows it. */
  kind: InterfaceKind | null;
  /** Of bolts: `M8`. */
  size: string;
  diameter: string;
  length: string;
  /** Of a bore, a journal or a face. */
  at: Triple;
  /** Of bolts, in mm; null where one cannot be read. */
  points: Point[] | null;
  /** Axis, or the normal of a face. */
  axis: string;
  /** Of a face, across its normal; empty where its extent does not count. */
  extent: [string, string];
}
export type Triple = [string, string, string];
export interface BoxContent {
  min: Triple;
  max: Triple;
}

type Plain = Record<string, unknown>;
const record = (value: unknown): Plain =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Plain) : {};
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const words = (value: unknown, count: number): string[] =>
  Array.from({ length: count }, (_, k) => word(Array.isArray(value) ? value[k] : undefined));

export function interfacesOf(value: unknown): InterfaceContent[] {
  return Object.entries(record(value)).map(([name, given]) => {
    const one = record(given);
    const kind = INTERFACE_KINDS.find((each) => each in one) ?? null;
    const content = record(kind && one[kind]);
    const direction = kind === 'face' ? content['normal'] : content['axis'];
    return {
      name,
      kind,
      size: word(content['size']),
      diameter: word(content['diameter']),
      length: word(content['length']),
      at: words(kind === 'bolts' ? undefined : content['at'], 3) as Triple,
      points: kind === 'bolts' ? pointsFrom(content['at']) : null,
      axis: Array.isArray(direction) ? `[${direction.map(word).join(', ')}]` : word(direction),
      extent: words(content['size'], 2) as [string, string],
    };
  });
}

function pointsFrom(value: unknown): Point[] | null {
  if (!Array.isArray(value)) return null;
  const points = value.map((each) => words(each, 3).map(millimetres));
  return points.every((point) => point.every((x) => x !== null)) ? (points as unknown as Point[]) : null;
}

/** Null where it is no length. */
export function millimetres(written: string): number | null {
  try {
    return parseQuantity(written, 'length');
  } catch {
    return null;
  }
}

/** As a person would write it: `27.5 mm`, and a plain nought. */
export const lengthText = (value_mm: number): string | number => {
  const rounded = Number(value_mm.toFixed(6));
  return rounded === 0 ? 0 : `${rounded} mm`;
};

export const boxOf = (value: unknown): BoxContent => {
  const { min, max } = record(value);
  return { min: words(min, 3) as Triple, max: words(max, 3) as Triple };
};

/** What a new one of a kind begins as. */
export const newInterface = (kind: InterfaceKind): Plain =>
  ({
    bolts: {
      bolts: {
        size: 'M8',
        at: [
          ['20 mm', 0, 0],
          ['-20 mm', 0, 0],
        ],
        axis: 'z',
      },
    },
    bore: { bore: { diameter: '20 mm', at: [0, 0, 0], axis: 'z', length: '20 mm' } },
    journal: { journal: { diameter: '20 mm', at: [0, 0, 0], axis: 'x', length: '20 mm' } },
    face: { face: { at: [0, 0, 0], normal: 'z', size: ['40 mm', '40 mm'] } },
  })[kind];
export const newBox = (): Plain => ({
  min: ['-50 mm', '-50 mm', 0],
  max: ['50 mm', '50 mm', '50 mm'],
});
