/** Units of an exchange structure (ISO 10303-41, measure schema). */
import type { StepLookup } from './lookup.ts';
import { record } from './lookup.ts';
import { isEnumeration, isReference, isTyped, type StepInstance, type StepValue } from './parse.ts';

export interface LengthUnit {
  /** `mm`, `m`, `inch` ... as a person writes it. */
  name: string;
  /** Millimetres in one of it. */
  mm: number;
}

const PREFIXES: Record<string, [string, number]> = {
  EXA: ['E', 1e18],
  PETA: ['P', 1e15],
  TERA: ['T', 1e12],
  GIGA: ['G', 1e9],
  MEGA: ['M', 1e6],
  KILO: ['k', 1e3],
  HECTO: ['h', 1e2],
  DECA: ['da', 1e1],
  DECI: ['d', 1e-1],
  CENTI: ['c', 1e-2],
  MILLI: ['m', 1e-3],
  MICRO: ['um', 1e-6],
  NANO: ['n', 1e-9],
  PICO: ['p', 1e-12],
};

/** Names that files give to units that are no SI units, by their size: names vary, sizes do not. */
const BY_SIZE: [number, string][] = [
  [1, 'mm'],
  [10, 'cm'],
  [1000, 'm'],
  [0.001, 'um'],
  [25.4, 'inch'],
  [0.0254, 'mil'],
  [0.0000254, 'microinch'],
  [304.8, 'foot'],
  [914.4, 'yard'],
  [1609344, 'mile'],
];

/** The size of a measure with unit, in mm or rad; undefined where it leads nowhere. */
function sizeOf(lookup: StepLookup, value: StepValue | undefined, depth: number): number | undefined {
  const measure = lookup.follow(value);
  const values = measure?.records.find((r) => r.keyword.endsWith('MEASURE_WITH_UNIT') && r.values.length >= 2)?.values;
  if (!values) return undefined;
  const number = isTyped(values[0]) ? values[0].values[0] : values[0];
  if (typeof number !== 'number') return undefined;
  const unit = lengthUnit(lookup, values[1], depth + 1);
  return unit ? number * unit.mm : undefined;
}

/** The length unit that a reference leads to; undefined for angles, and for references that lead nowhere. */
export function lengthUnit(lookup: StepLookup, value: StepValue | undefined, depth = 0): LengthUnit | undefined {
  if (depth > 8) return undefined;
  const unit = lookup.follow(value);
  if (!unit) return undefined;
  const si = record(unit, 'SI_UNIT');
  if (si) {
    // NAMED_UNIT's dimensions may come first when SI_UNIT is written as a simple instance.
    const words = si.values.filter(isEnumeration).map((v) => v.enumeration);
    if (words[words.length - 1] !== 'METRE') return undefined;
    if (words.length === 1) return { name: 'm', mm: 1000 };
    const [letter, factor] = PREFIXES[words[0]!] ?? ['', 1];
    return { name: letter === 'um' ? 'um' : `${letter}m`, mm: factor * 1000 };
  }
  const conversion = record(unit, 'CONVERSION_BASED_UNIT');
  if (conversion && isLength(unit)) {
    const [name, factor] = conversion.values.slice(-2);
    const mm = sizeOf(lookup, factor, depth);
    if (mm === undefined) return undefined;
    const known = BY_SIZE.find(([size]) => Math.abs(size - mm) <= 1e-5 * size)?.[1];
    return { name: known ?? (typeof name === 'string' ? name.toLowerCase() : `${mm} mm`), mm };
  }
  return undefined;
}

const isLength = (unit: StepInstance): boolean => unit.records.some((r) => r.keyword === 'LENGTH_UNIT');

/** Radians in one of the angle unit that a reference leads to; undefined for lengths. */
export function angleUnit_rad(lookup: StepLookup, value: StepValue | undefined): number | undefined {
  const unit = lookup.follow(value);
  if (!unit) return undefined;
  const si = record(unit, 'SI_UNIT');
  if (si) return si.values.some((v) => isEnumeration(v) && v.enumeration === 'RADIAN') ? 1 : undefined;
  const conversion = record(unit, 'CONVERSION_BASED_UNIT');
  if (!conversion || isLength(unit)) return undefined;
  const measure = lookup.follow(conversion.values[conversion.values.length - 1]);
  const first = measure?.records.find((r) => r.keyword.endsWith('MEASURE_WITH_UNIT') && r.values.length >= 2)
    ?.values[0];
  const number = isTyped(first) ? first.values[0] : first;
  return typeof number === 'number' ? number : undefined;
}

/** Most contexts looked at: one a part, and parts share their units almost always. */
const MAX_CONTEXTS = 5_000;

/** Distinct length units that geometry is measured in, the commonest first. */
export function lengthUnits(lookup: StepLookup): LengthUnit[] {
  const counts = new Map<string, { unit: LengthUnit; count: number }>();
  for (const context of lookup.of('GLOBAL_UNIT_ASSIGNED_CONTEXT', MAX_CONTEXTS)) {
    const list = record(context, 'GLOBAL_UNIT_ASSIGNED_CONTEXT')?.values.find(Array.isArray);
    for (const value of list ?? []) {
      const unit = isReference(value) ? lengthUnit(lookup, value) : undefined;
      if (!unit) continue;
      const seen = counts.get(unit.name);
      if (seen) seen.count++;
      else counts.set(unit.name, { unit, count: 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map((entry) => entry.unit);
}
