/** Numbers as people read them: sensible digits, a true minus, thin spaces in long ones. */
import { inUnit, type Quantity, type UnitSystem, unitOf } from './quantities.ts';

const MINUS = '−';
const THIN_SPACE = '\u2009';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const superscript = (exponent: number): string =>
  (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');

const grouped = (digits: string): string =>
  digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);

/** To `digits` significant digits, without trailing zeros; very large and small ones as powers of ten. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (magnitude >= 1e7 || magnitude < 1e-4) {
    const [mantissa, exponent] = magnitude.toExponential(digits - 1).split('e') as [string, string];
    return `${sign}${trimmed(mantissa)}×10${superscript(Number(exponent))}`;
  }
  const whole = magnitude >= 10 ** digits;
  const text = whole ? String(Math.round(magnitude)) : trimmed(Number(magnitude.toPrecision(digits)).toFixed(8));
  const [integer, fraction] = text.split('.') as [string, string | undefined];
  return sign + grouped(integer) + (fraction ? `.${fraction}` : '');
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** A count, whole. */
export const formatCount = (value: number): string => grouped(String(Math.round(value)));

/** As it goes into a field that a person edits: plain ASCII that parses again. */
export const formatForEditing = (value: number, digits = 9): string => String(Number(value.toPrecision(digits)));

export function toDisplay(value: number, quantity: Quantity, system: UnitSystem): number {
  return inUnit(value, unitOf(quantity, system));
}

/** The kernel's own tolerance (Open CASCADE's Precision::Confusion), mm: what lies closer to a plane lies in it. */
const CONFUSION_mm = 1e-7;

/** A place as `x, y, z unit`. */
export function formatPoint(point_mm: readonly number[], system: UnitSystem, digits = 5): string {
  const unit = unitOf('length', system);
  const parts = point_mm.map((value) => formatNumber(inUnit(Math.abs(value) < CONFUSION_mm ? 0 : value, unit), digits));
  return `${parts.join(', ')} ${unit.symbol}`;
}

/** `12.5 mm`: number and unit, with a non-breaking space between. */
export function formatQuantity(value: number, quantity: Quantity, system: UnitSystem, digits = 4): string {
  const unit = unitOf(quantity, system);
  const { symbol } = unit;
  const number = formatNumber(inUnit(value, unit), digits);
  if (symbol === '') return number;
  return symbol === '°' ? `${number}°` : `${number}\u00a0${symbol}`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${formatNumber(value, 3)} ${units[unit]}`;
}

export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${formatNumber(seconds, 3)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
