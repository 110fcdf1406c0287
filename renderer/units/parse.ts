/** Reads what a person types into a field: `12`, `3 in`, `1.5e3 kN`, `2*(10 + 4) mm`. */
import { type Quantity, UNITS, type UnitSystem, unitOf } from './quantities.ts';

export type Parsed = { ok: true; value: number } | { ok: false; message: string };

const fail = (message: string): Parsed => ({ ok: false, message });

/** The base value of what was typed; a number without a unit is in the unit that the system shows. */
export function parseQuantity(text: string, quantity: Quantity, system: UnitSystem): Parsed {
  const normal = text
    .trim()
    .replace(/−/g, '-')
    .replace(/[\u202f\u2009\u00a0]/g, ' ')
    .replace(/×/g, '*');
  if (normal === '') return fail('A number is needed.');
  // The arithmetic is everything up to the last digit, point or bracket; what follows is the unit.
  const match = /^([-+*/().\d\s]*(?:e[-+]?\d+)?[-+*/().\d\s]*)(.*)$/i.exec(normal)!;
  const arithmetic = match[1]!.trim().replace(/(\d)\s+(?=\d{3}(\D|$))/g, '$1');
  const unitText = match[2]!.trim().toLowerCase();
  const number = evaluate(arithmetic);
  if (number === null) return fail(`"${text.trim()}" is not a number.`);
  if (unitText === '') return { ok: true, value: number * unitOf(quantity, system).factor };
  const unit = UNITS[quantity].find(
    (candidate) => candidate.symbol.toLowerCase() === unitText || candidate.also?.includes(unitText),
  );
  // mN and MN differ only in case; the exact spelling goes first.
  const exact = UNITS[quantity].find((candidate) => candidate.symbol === match[2]!.trim()) ?? unit;
  if (!exact) {
    const known = UNITS[quantity].map(({ symbol }) => symbol).filter(Boolean);
    return fail(known.length > 0 ? `Unknown unit "${match[2]!.trim()}". Use ${known.join(', ')}.` : 'No unit here.');
  }
  return { ok: true, value: number * exact.factor };
}

/** Sums, products and brackets; null when it is none. Recursive descent: no code of a person's is ever run. */
export function evaluate(text: string): number | null {
  const tokens = text.match(/\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|[-+*/()]/gi) ?? [];
  if (tokens.join('') !== text.replace(/\s+/g, '') || tokens.length === 0) return null;
  let at = 0;
  const primary = (): number => {
    const token = tokens[at++];
    if (token === '-') return -primary();
    if (token === '+') return primary();
    if (token === '(') {
      const inner = sum();
      return tokens[at++] === ')' ? inner : Number.NaN;
    }
    return token === undefined ? Number.NaN : Number(token);
  };
  const product = (): number => {
    let value = primary();
    while (tokens[at] === '*' || tokens[at] === '/')
      value = tokens[at++] === '*' ? value * primary() : value / primary();
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-')
      value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : null;
}
