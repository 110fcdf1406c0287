/**
 * Product and manufacturing information as text: dimensions with their values and tolerances, geometric tolerances with
 * their datums, names of callouts (ISO 10303-47, and the CAx-IF recommended practice for PMI in AP242 and AP203e2).
 */
import type { StepLookup } from './lookup.ts';
import { record } from './lookup.ts';
import { isReference, isTyped, type StepInstance, type StepValue } from './parse.ts';
import { angleUnit_rad, lengthUnit } from './units.ts';

export interface StepPmi {
  dimensions: number;
  tolerances: number;
  datums: number;
  /** One line each: `Diameter 20 mm +0.1/-0.2`, `Position tolerance 0.3 mm | A B C`, `Datum A`, `Note: ...`. */
  texts: string[];
}

export const DIMENSION_KEYWORDS = [
  'DIMENSIONAL_SIZE',
  'DIMENSIONAL_SIZE_WITH_DATUM_FEATURE',
  'DIMENSIONAL_SIZE_WITH_PATH',
  'DIMENSIONAL_LOCATION',
  'DIMENSIONAL_LOCATION_WITH_PATH',
  'DIRECTED_DIMENSIONAL_LOCATION',
  'DIMENSIONAL_LOCATION_WITH_DATUM_FEATURE',
  'ANGULAR_SIZE',
  'ANGULAR_LOCATION',
];
export const TOLERANCE_KEYWORDS = [
  'ANGULARITY_TOLERANCE',
  'CIRCULAR_RUNOUT_TOLERANCE',
  'COAXIALITY_TOLERANCE',
  'CONCENTRICITY_TOLERANCE',
  'CYLINDRICITY_TOLERANCE',
  'FLATNESS_TOLERANCE',
  'LINE_PROFILE_TOLERANCE',
  'PARALLELISM_TOLERANCE',
  'PERPENDICULARITY_TOLERANCE',
  'POSITION_TOLERANCE',
  'ROUNDNESS_TOLERANCE',
  'STRAIGHTNESS_TOLERANCE',
  'SURFACE_PROFILE_TOLERANCE',
  'SYMMETRY_TOLERANCE',
  'TOTAL_RUNOUT_TOLERANCE',
];
const OTHER_KEYWORDS = [
  'GEOMETRIC_TOLERANCE',
  'DATUM',
  'COMMON_DATUM',
  'DIMENSIONAL_CHARACTERISTIC_REPRESENTATION',
  'PLUS_MINUS_TOLERANCE',
  'DRAUGHTING_CALLOUT',
  'TEXT_LITERAL',
];
export const PMI_KEYWORDS = new Set([...DIMENSION_KEYWORDS, ...TOLERANCE_KEYWORDS, ...OTHER_KEYWORDS]);

const MAX_TEXTS = 2_000;

const number = (value: StepValue | undefined): number | undefined => {
  const inner = isTyped(value) ? value.values[0] : value;
  return typeof inner === 'number' ? inner : undefined;
};
const round = (value: number): string => String(Number(value.toPrecision(9)));
const sentence = (words: string): string => {
  const text = words.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};
const isInstance = (value: StepInstance | undefined): value is StepInstance => value !== undefined;

interface Quantity {
  value: number;
  unit: string;
}
const show = (quantity: Quantity): string =>
  `${round(quantity.value)}${quantity.unit === 'deg' ? '°' : ` ${quantity.unit}`}`;

/** Value and unit of any of the forms a measure with unit takes. */
function quantityOf(lookup: StepLookup, instance: StepInstance | undefined): Quantity | undefined {
  for (const { values } of instance?.records ?? []) {
    const at = values.findIndex((value, i) => number(value) !== undefined && isReference(values[i + 1]));
    if (at < 0) continue;
    const value = number(values[at])!;
    const length = lengthUnit(lookup, values[at + 1]);
    if (length) return { value, unit: length.name };
    const angle = angleUnit_rad(lookup, values[at + 1]);
    return angle === undefined ? { value, unit: '' } : { value: (value * angle * 180) / Math.PI, unit: 'deg' };
  }
  return undefined;
}

function nominalValues(lookup: StepLookup): Map<number, { name: string; quantity: Quantity }[]> {
  const byDimension = new Map<number, { name: string; quantity: Quantity }[]>();
  for (const link of lookup.of('DIMENSIONAL_CHARACTERISTIC_REPRESENTATION', MAX_TEXTS)) {
    const [dimension, representation] = record(link, 'DIMENSIONAL_CHARACTERISTIC_REPRESENTATION')!.values;
    if (!isReference(dimension)) continue;
    const items = lookup.follow(representation)?.records.flatMap((r) => r.values.filter(Array.isArray).flat()) ?? [];
    const found = byDimension.get(dimension.ref) ?? [];
    for (const item of items) {
      const instance = lookup.follow(item);
      const quantity = quantityOf(lookup, instance);
      const name = instance?.records.flatMap((r) => r.values).find((value) => typeof value === 'string');
      if (quantity) found.push({ name: typeof name === 'string' ? name : '', quantity });
    }
    byDimension.set(dimension.ref, found);
  }
  return byDimension;
}

function deviations(lookup: StepLookup): Map<number, string> {
  const byDimension = new Map<number, string>();
  for (const link of lookup.of('PLUS_MINUS_TOLERANCE', MAX_TEXTS)) {
    const [range, dimension] = record(link, 'PLUS_MINUS_TOLERANCE')!.values;
    if (!isReference(dimension)) continue;
    const limits = lookup.follow(range);
    const fit = record(limits, 'LIMITS_AND_FITS');
    if (fit) {
      byDimension.set(
        dimension.ref,
        fit.values
          .slice(0, 3)
          .filter((v) => typeof v === 'string')
          .join(' ')
          .trim(),
      );
      continue;
    }
    const [lower, upper] = (record(limits, 'TOLERANCE_VALUE')?.values ?? []).map((v) =>
      quantityOf(lookup, lookup.follow(v)),
    );
    if (!lower || !upper) continue;
    const sign = (value: number): string => (value > 0 ? `+${round(value)}` : round(value));
    byDimension.set(
      dimension.ref,
      Math.abs(lower.value + upper.value) < 1e-9
        ? `±${round(upper.value)}`
        : `${sign(upper.value)}/${sign(lower.value)}`,
    );
  }
  return byDimension;
}

/** Letters of the datums that a reference leads to, however the file's edition goes about it. */
function datumLetters(lookup: StepLookup, value: StepValue, depth = 0): string[] {
  if (depth > 6) return [];
  if (Array.isArray(value)) return value.flatMap((v) => datumLetters(lookup, v, depth + 1));
  if (isTyped(value)) return datumLetters(lookup, value.values, depth + 1);
  const instance = lookup.follow(value);
  if (!instance) return [];
  const letters: string[] = [];
  for (const { keyword, values } of instance.records) {
    if (keyword === 'DATUM') {
      const letter = values[values.length - 1];
      if (typeof letter === 'string' && letter !== '') letters.push(letter);
    } else if (keyword === 'DATUM_SYSTEM') {
      letters.push(...datumLetters(lookup, values[4] ?? null, depth + 1));
    } else if (keyword === 'DATUM_REFERENCE_COMPARTMENT' || keyword === 'DATUM_REFERENCE_ELEMENT') {
      const inner = datumLetters(lookup, values[4] ?? null, depth + 1);
      if (inner.length > 0)
        letters.push(Array.isArray(values[4]) || isTyped(values[4]) ? inner.join('-') : inner.join(' '));
    } else if (keyword === 'DATUM_REFERENCE' || keyword === 'REFERENCED_MODIFIED_DATUM') {
      letters.push(...datumLetters(lookup, values[1] ?? null, depth + 1));
    }
  }
  return letters;
}

function toleranceText(lookup: StepLookup, instance: StepInstance): string {
  const kind = instance.records.find((r) => TOLERANCE_KEYWORDS.includes(r.keyword))?.keyword ?? 'GEOMETRIC_TOLERANCE';
  const base = record(instance, 'GEOMETRIC_TOLERANCE') ?? instance.records.find((r) => r.keyword === kind);
  const magnitude = quantityOf(lookup, lookup.follow(base?.values[2]));
  const withDatums = record(instance, 'GEOMETRIC_TOLERANCE_WITH_DATUM_REFERENCE')?.values[0] ?? base?.values[4];
  const letters = withDatums === undefined ? [] : datumLetters(lookup, withDatums);
  const name = typeof base?.values[0] === 'string' && base.values[0] !== '' ? ` (${base.values[0]})` : '';
  return `${sentence(kind)}${magnitude ? ` ${show(magnitude)}` : ''}${letters.length > 0 ? ` | ${letters.join(' ')}` : ''}${name}`;
}

function dimensionText(
  instance: StepInstance,
  nominal: ReturnType<typeof nominalValues>,
  deviation: ReturnType<typeof deviations>,
): string {
  const own = instance.records.find((r) => DIMENSION_KEYWORDS.includes(r.keyword))!;
  const words = own.values.filter((v): v is string => typeof v === 'string' && v !== '');
  const kind = own.keyword.startsWith('ANGULAR')
    ? 'angle'
    : (words[own.keyword.includes('SIZE') ? words.length - 1 : 0] ?? 'distance');
  const values = nominal.get(instance.id) ?? [];
  const nominalValue = values.find((v) => /nominal/i.test(v.name)) ?? values[0];
  const limits = values
    .filter((v) => /(upper|lower) limit/i.test(v.name))
    .map((v) => `${v.name.toLowerCase()} ${show(v.quantity)}`);
  const parts = [
    sentence(kind),
    nominalValue ? show(nominalValue.quantity) : '',
    deviation.get(instance.id) ?? '',
    ...limits,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

export function readPmi(lookup: StepLookup): StepPmi {
  const gather = (keywords: string[]): StepInstance[] => {
    const byId = new Map<number, StepInstance>();
    for (const keyword of keywords) for (const instance of lookup.of(keyword)) byId.set(instance.id, instance);
    return [...byId.values()].sort((a, b) => a.id - b.id);
  };
  const dimensions = gather(DIMENSION_KEYWORDS);
  const tolerances = gather([...TOLERANCE_KEYWORDS, 'GEOMETRIC_TOLERANCE']);
  const datums = gather(['DATUM', 'COMMON_DATUM']);
  const nominal = nominalValues(lookup);
  const deviation = deviations(lookup);
  const texts: string[] = [];
  const add = (text: string): void => {
    if (texts.length < MAX_TEXTS) texts.push(text);
  };
  for (const instance of dimensions) add(dimensionText(instance, nominal, deviation));
  for (const instance of tolerances) add(toleranceText(lookup, instance));
  const letters = new Set(datums.flatMap((d) => datumLetters(lookup, { ref: d.id })));
  for (const letter of letters) add(`Datum ${letter}`);
  const notes = new Set<string>();
  for (const callout of lookup.of('DRAUGHTING_CALLOUT', MAX_TEXTS)) {
    const name = callout.records.flatMap((r) => r.values).find((v) => typeof v === 'string' && v.trim() !== '');
    if (typeof name === 'string') notes.add(name.trim());
  }
  for (const literal of lookup.of('TEXT_LITERAL', MAX_TEXTS).filter(isInstance)) {
    const words = literal.records.flatMap((r) => r.values).filter((v) => typeof v === 'string');
    const text = words[1];
    if (typeof text === 'string' && text.trim() !== '') notes.add(text.trim());
  }
  for (const note of notes) add(`Note: ${note}`);
  return { dimensions: dimensions.length, tolerances: tolerances.length, datums: datums.length, texts };
}
