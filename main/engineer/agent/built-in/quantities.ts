/** Numbers with units in a request: which kind of thing each is, as text that expressions take. */
import type { Dimension } from '../../../document/index.ts';
import type { Clause } from './clause.ts';

const UNITS: Record<string, { unit: string; kind: Dimension }> = {
  mm: { unit: 'mm', kind: 'length' },
  cm: { unit: 'cm', kind: 'length' },
  m: { unit: 'm', kind: 'length' },
  um: { unit: 'um', kind: 'length' },
  in: { unit: 'in', kind: 'length' },
  deg: { unit: 'deg', kind: 'angle' },
  rad: { unit: 'rad', kind: 'angle' },
  n: { unit: 'N', kind: 'force' },
  kn: { unit: 'kN', kind: 'force' },
  kg: { unit: 'kg', kind: 'mass' },
  g: { unit: 'g', kind: 'mass' },
  lb: { unit: 'lb', kind: 'mass' },
  hz: { unit: 'Hz', kind: 'frequency' },
  khz: { unit: 'kHz', kind: 'frequency' },
  mpa: { unit: 'MPa', kind: 'stress' },
  gpa: { unit: 'GPa', kind: 'stress' },
  bar: { unit: 'bar', kind: 'stress' },
};
const UNIT = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|');
export const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
const WITH_UNIT = new RegExp(String.raw`(?<![\w.])${NUMBER}\s*(${UNIT})(?![\w/^])`);
const BARE = new RegExp(String.raw`(?<![\w.])${NUMBER}(?![\w.%])`);

export interface Said {
  value: number;
  /** As expressions take it: `8 mm`; a bare number has no unit. */
  text: string;
  kind: Dimension | 'bare';
}

/** The first number with a unit of one of these kinds, or a bare one; taken out. */
export function takeQuantity(clause: Clause, kinds: readonly Dimension[], bare = true): Said | null {
  const found = WITH_UNIT.exec(clause.rest);
  if (found) {
    const { unit, kind } = UNITS[found[2]!]!;
    if (kinds.includes(kind)) {
      clause.take(WITH_UNIT);
      return { value: Number(found[1]), text: `${found[1]} ${unit}`, kind };
    }
  }
  if (!bare || found) return null;
  const number = clause.take(BARE);
  return number ? { value: Number(number[1]), text: number[1]!, kind: 'bare' } : null;
}

export function takePercent(clause: Clause): number | null {
  const found = clause.take(new RegExp(`${NUMBER}%`));
  return found ? Number(found[1]) : null;
}
