/** What stands at a dimension: as on a drawing, without the unit of millimetre projects. */
import { formatNumber } from '../../units/format.ts';
import { type UnitSystem, unitOf } from '../../units/quantities.ts';
import { type Dimension, isAngle, textOf } from '../solving/evaluate.ts';

const SIGNS: Partial<Record<Dimension['kind'], string>> = { diameter: '⌀', radius: 'R' };
const PLAIN = /^[\s\d.,+\-eE]+\s*(mm|cm|m|in|ft|deg|°|rad)?\s*$/;

/** Without a value the expression itself. */
export function dimensionText(dimension: Dimension, value: number | undefined, units: UnitSystem): string {
  const text = textOf(dimension);
  const shown = value === undefined ? `${text} ?` : numberText(value, isAngle(dimension), units);
  const whole = `${SIGNS[dimension.kind] ?? ''}${shown}`;
  if (dimension.reference) return `(${whole})`;
  // What follows a variable is told apart from what was typed as a number.
  return PLAIN.test(text) ? whole : `ƒ ${whole}`;
}

export function numberText(value: number, angle: boolean, units: UnitSystem): string {
  const { factor, symbol } = unitOf(angle ? 'angle' : 'length', units);
  const number = formatNumber(value / factor, 5);
  if (angle) return `${number}°`;
  return symbol === 'mm' ? number : `${number} ${symbol}`;
}

/** As it is put into a field: the unit is said where a bare number would mean another one. */
export function valueText(value: number, angle: boolean, units: UnitSystem): string {
  const { factor, symbol } = unitOf(angle ? 'angle' : 'length', units);
  // What was drawn by hand is no more exact than this.
  const number = String(Number((value / factor).toPrecision(6)));
  return angle || symbol === 'mm' ? number : `${number} ${symbol}`;
}

/** A bare number typed in a project of other units means those. */
export function inUnits(text: string, angle: boolean, units: UnitSystem): string {
  const trimmed = text.trim();
  const { symbol } = unitOf(angle ? 'angle' : 'length', units);
  const bare = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed);
  return bare && !angle && symbol !== 'mm' ? `${trimmed} ${symbol}` : trimmed;
}
