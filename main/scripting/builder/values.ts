/** Numbers, texts and expressions: what a script may write where a length, an angle or a plain number is wanted. */
import { type Dimension, host, ScriptMistake } from './host.ts';

/** A length: mm as a number, or text such as `'3 in'` or `'width / 2'`, or an expression. */
export type LengthValue = number | string | Expression<'length'>;
/** An angle: degrees as a number, or text such as `'0.5 rad'`, or an expression. */
export type AngleValue = number | string | Expression<'angle'>;
/** A plain number, or text such as `'2 * count'`, or an expression. */
export type NumberValue = number | string | Expression<'number'>;

/**
 * A formula that is kept as one: the feature that it goes into follows the variables in it, and shows it to whoever edits
 * the part. In a template string it stands for its formula: `` `${width} / 2 + 3 mm` ``.
 */
export class Expression<Kind extends Dimension = Dimension> {
  /** `length`, `angle` or `number`. */
  readonly dimension: Kind;
  /** The formula as it is kept: `width / 2 + 3 mm`. */
  readonly text: string;

  constructor(text: string, dimension: Kind) {
    this.text = text;
    this.dimension = dimension;
  }

  /** What it is now, in mm, in degrees, or plain: for loops, conditions and coordinates. */
  get value(): number {
    return host.evaluate(this.text, this.dimension);
  }
  /** What an angle is now, in radians: for `Math.sin` and its like. */
  get radians(): number {
    if (this.dimension !== 'angle')
      throw new ScriptMistake(`"${this.text}" is not an angle.`, 'Only angles have radians: use .value.');
    return (this.value * Math.PI) / 180;
  }
  /** The sum with another of its kind; a number means mm, degrees or plain. */
  plus(other: number | string | Expression<Kind>): Expression<Kind> {
    return new Expression(`${this.text} + ${operand(other, this.dimension)}`, this.dimension);
  }
  /** The difference to another of its kind; a number means mm, degrees or plain. */
  minus(other: number | string | Expression<Kind>): Expression<Kind> {
    return new Expression(`${this.text} - ${operand(other, this.dimension)}`, this.dimension);
  }
  /** So many times this. */
  times(factor: NumberValue): Expression<Kind> {
    return new Expression(`${this} * ${operand(factor, 'number')}`, this.dimension);
  }
  /** A part of this: `width.over(2)` is half the width. */
  over(divisor: NumberValue): Expression<Kind> {
    return new Expression(`${this} / ${operand(divisor, 'number')}`, this.dimension);
  }
  /** How often another of its kind goes into this: a plain number. */
  per(other: number | string | Expression<Kind>): Expression<'number'> {
    return new Expression(`${this} / ${operand(other, this.dimension)}`, 'number');
  }
  /** The same with the other sign. */
  negated(): Expression<Kind> {
    return new Expression(`-${this}`, this.dimension);
  }
  /** The formula, in round brackets unless it is a single name or number. */
  toString(): string {
    return isSingle(this.text) ? this.text : `(${this.text})`;
  }
}

const isSingle = (text: string): boolean => /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) || /^\d+(\.\d+)?$/.test(text);

function operand(value: number | string | Expression, dimension: Dimension): string {
  if (value instanceof Expression) return value.toString();
  const text = textOf(value, dimension);
  return isSingle(text) ? text : `(${text})`;
}

const UNITS: Record<Dimension, string> = { length: ' mm', angle: ' deg', number: '' };

/** The formula of a value, as features keep it. */
export function textOf(value: number | string | Expression, dimension: Dimension): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ScriptMistake(
      `${describe(value)} is not ${IN_WORDS[dimension]}.`,
      'Give a number, a text with a unit, or an expression made of variables.',
    );
  return `${value}${UNITS[dimension]}`;
}

const IN_WORDS: Record<Dimension, string> = { length: 'a length', angle: 'an angle', number: 'a number' };

/** A value in a sentence, never longer than a few words. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 60)}"`;
  if (typeof value === 'number' || value === undefined || value === null) return String(value);
  return typeof value === 'object' ? (Array.isArray(value) ? 'A list' : 'An object') : `A ${typeof value}`;
}

/** What a value is now, in mm, degrees or plain. */
export function numberOf(value: number | string | Expression, dimension: Dimension): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return host.evaluate(textOf(value, dimension), dimension);
}

/** A length made of a formula: `length('width / 2 + 3 mm')`. */
export const length = (text: LengthValue): Expression<'length'> => new Expression(textOf(text, 'length'), 'length');
/** An angle made of a formula: `angle('360 deg / count')`. */
export const angle = (text: AngleValue): Expression<'angle'> => new Expression(textOf(text, 'angle'), 'angle');
/** A plain number made of a formula: `number('floor(width / (10 mm))')`. */
export const number = (text: NumberValue): Expression<'number'> => new Expression(textOf(text, 'number'), 'number');

export const lengthData = (value: LengthValue): { length: string } => ({ length: textOf(value, 'length') });
export const angleData = (value: AngleValue): { angle: string } => ({ angle: textOf(value, 'angle') });
export const numberData = (value: NumberValue): { number: string } => ({ number: textOf(value, 'number') });

/** Leaves out what is undefined: absent and undefined are not the same to a schema. */
export function defined<T extends object>(entries: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) kept[key] = value;
  return kept as { [K in keyof T]: Exclude<T[K], undefined> };
}
