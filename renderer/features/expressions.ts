/** What an expression is worth with the variables that there are. Pure. */
import { evaluateAs, type Quantity, quantity } from '../../main/document/index.ts';
import {
  type ErrorData,
  toErrorData,
  type VariableDimension,
  type VariableValue,
} from '../../preload/contract/index.ts';
import { formatQuantity } from '../units/format.ts';
import type { UnitSystem } from '../units/quantities.ts';

export type Evaluation = { ok: true; value: number } | { ok: false; error: ErrorData };

const knownOf = new WeakMap<readonly VariableValue[], Record<string, Quantity>>();
function quantitiesOf(variables: readonly VariableValue[]): Record<string, Quantity> {
  let known = knownOf.get(variables);
  if (!known) {
    known = {};
    for (const { name, value, dimension } of variables)
      if (value !== undefined) known[name] = quantity(value, dimension);
    knownOf.set(variables, known);
  }
  return known;
}

/** In mm, rad or plain. A bare number means mm, degrees or nothing, whatever the project's units of display are. */
export function evaluateText(
  text: string,
  dimension: VariableDimension,
  variables: readonly VariableValue[],
): Evaluation {
  try {
    const value = evaluateAs(text.trim(), dimension, quantitiesOf(variables));
    return { ok: true, value };
  } catch (thrown) {
    return { ok: false, error: toErrorData(thrown) };
  }
}

/** `12.5 mm`, `30°`, `6`. */
export const valueInWords = (value: number, dimension: VariableDimension, system: UnitSystem): string =>
  formatQuantity(value, dimension === 'number' ? 'none' : dimension, system, 5);

/** Does the text already say its value, so that repeating it beside would be noise? */
export function saysItself(text: string): boolean {
  return /^\s*[-+]?[\d.]+\s*(mm|deg|°)?\s*$/.test(text);
}

/** A value as a person would have typed it. */
export function textOf(value: number, dimension: VariableDimension): string {
  const rounded = Number((dimension === 'angle' ? (value * 180) / Math.PI : value).toPrecision(6));
  return dimension === 'length' ? `${rounded} mm` : dimension === 'angle' ? `${rounded} deg` : String(rounded);
}

/** The word that is being typed at the caret, for completion. */
export function wordAt(text: string, caret: number): { word: string; from: number } {
  const before = text.slice(0, caret);
  const word = /[\p{L}_][\p{L}\p{Nd}_]*$/u.exec(before)?.[0] ?? '';
  // What follows a digit is a unit, not the beginning of a name.
  const from = caret - word.length;
  return /\d\s?$/.test(text.slice(0, from)) ? { word: '', from: caret } : { word, from };
}
