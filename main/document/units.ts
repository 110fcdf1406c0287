/**
 * Between what people write and what is kept: `parseQuantity('3 in', 'length')` is 76.2 (mm), `formatQuantity(76.2, 'length')` is
 * "76.2 mm". Each kind of quantity is kept in one unit; see `DIMENSIONS`.
 */
import { DIMENSIONS, type Dimension, powersInWords, samePowers, type UnitSystem } from './dimensions.ts';
import { evaluate, type Quantity, unitExpression, type Variables } from './expressions.ts';
import { refuse } from './refuse.ts';

/** The unit that values of this kind are kept in: `mm`, `MPa`, `kg/m^3`. */
export const baseUnitOf = (dimension: Dimension): string => DIMENSIONS[dimension].base;

/** The unit that values of this kind are shown in. */
export function shownUnitOf(dimension: Dimension, system: UnitSystem): string {
  const shown: Partial<Record<UnitSystem, string>> = DIMENSIONS[dimension].shown ?? {};
  return shown[system] ?? DIMENSIONS[dimension].base;
}

export interface ParseOptions {
  /** What a bare number means; by default the unit that the kind is kept in. */
  defaultUnit?: string;
  variables?: Variables;
}

/**
 * A number, or text with or without a unit, in the unit that the kind is kept in.
 * @throws ArtificerError `units.*`, `expression.*`
 */
export function parseQuantity(input: string | number, dimension: Dimension, options: ParseOptions = {}): number {
  const found: Quantity =
    typeof input === 'number' ? { si: input, powers: DIMENSIONS.number.powers } : evaluate(input, options.variables);
  if (!Number.isFinite(found.si)) throw refuse('units.not-a-number', `"${input}" is not a number.`);
  const { powers, words, base } = DIMENSIONS[dimension];
  const bare = samePowers(found.powers, DIMENSIONS.number.powers);
  if (bare && dimension !== 'number') {
    return options.defaultUnit === undefined ? found.si : fromUnit(found.si, options.defaultUnit, dimension);
  }
  if (!samePowers(found.powers, powers)) {
    throw refuse('units.dimension', `"${input}" is ${powersInWords(found.powers)}, but ${words} is needed.`, {
      hint: base === '' ? 'Give a number without a unit.' : `Give it in ${base}, for instance.`,
    });
  }
  return inBase(found, dimension, input);
}

function inBase(found: Quantity, dimension: Dimension, input: string | number): number {
  if (dimension === 'temperature') {
    const kelvin = found.si;
    if (kelvin < 0) {
      throw refuse('units.below-absolute-zero', `"${input}" is colder than anything can be.`, {
        hint: 'Absolute zero is -273.15 degC.',
      });
    }
    return tidy(kelvin - unitExpression('degC').zero_K!);
  }
  if (dimension === 'temperatureDifference' && found.zero_K !== undefined) {
    throw refuse('units.dimension', `"${input}" is a temperature, but a temperature difference is needed.`, {
      hint: 'Give it in kelvin: "20 K".',
    });
  }
  return tidy(found.si / unitExpression(DIMENSIONS[dimension].base).factor);
}

/** A value in some unit, in the unit that its kind is kept in. */
export function fromUnit(value: number, unit: string, dimension: Dimension): number {
  const { factor, zero_K, powers } = unitExpression(unit);
  checkUnit(unit, powers, dimension);
  if (dimension === 'temperature') return tidy(value * factor + (zero_K ?? 0) - unitExpression('degC').zero_K!);
  return tidy((value * factor) / unitExpression(DIMENSIONS[dimension].base).factor);
}

/** A kept value in some other unit. */
export function toUnit(value: number, unit: string, dimension: Dimension): number {
  const { factor, zero_K, powers } = unitExpression(unit);
  checkUnit(unit, powers, dimension);
  if (dimension === 'temperature') return tidy((value + unitExpression('degC').zero_K! - (zero_K ?? 0)) / factor);
  return tidy((value * unitExpression(DIMENSIONS[dimension].base).factor) / factor);
}

function checkUnit(unit: string, powers: Quantity['powers'], dimension: Dimension): void {
  if (samePowers(powers, DIMENSIONS[dimension].powers)) return;
  throw refuse(
    'units.dimension',
    `"${unit}" is a unit of ${powersInWords(powers)}, not of ${DIMENSIONS[dimension].words}.`,
  );
}

/** Conversions leave dust in the last two digits (76.19999999999999): no factor here is known that well. */
const tidy = (value: number): number => Number(value.toPrecision(15));

export interface FormatOptions {
  system?: UnitSystem;
  /** Significant digits, at most. */
  digits?: number;
  /** Without it, the number alone. */
  withUnit?: boolean;
}

/** A kept value as people read it: "76.2 mm", "70 000 MPa", "1.2e-5 1/K". */
export function formatQuantity(value: number, dimension: Dimension, options: FormatOptions = {}): string {
  const { system = 'mm-N-MPa', digits = 4, withUnit = true } = options;
  const unit = shownUnitOf(dimension, system);
  const number = formatNumber(toUnit(value, unit, dimension), digits);
  return withUnit && unit !== '' ? `${number} ${prettyUnit(unit)}` : number;
}

/** Significant digits without trailing noughts; powers of ten only for the very large and very small. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size >= 1e7 || size < 1e-4) {
    const [mantissa, exponent] = rounded.toExponential(digits - 1).split('e') as [string, string];
    return `${mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa}e${Number(exponent)}`;
  }
  // Digits before the point are never cut off: 70 123 stays so, with four significant digits asked for.
  return size >= 10 ** digits ? String(Math.round(value)) : String(rounded);
}

/** `N/mm^2` as `N/mm²`, `degC` as `°C`. */
export function prettyUnit(unit: string): string {
  return unit
    .replace(/\^2/g, '²')
    .replace(/\^3/g, '³')
    .replace(/\*/g, '·')
    .replace(/\bdeg([CF])\b/g, '°$1')
    .replace(/^deg$/, '°');
}
