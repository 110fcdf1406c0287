/**
 * Arithmetic as engineers write it: numbers with units, variables, `+ - * / ^`, parentheses and functions, checked for
 * dimensions on the way. A parser and an evaluator of its own: nothing is ever run as code.
 *
 *     evaluate('2 * 3 in + wall', { wall: quantity(4, 'length') })
 *     evaluate('sqrt(25 kN / (70 MPa))')
 */
import { DIMENSIONS, type Dimension, type Powers, powersInWords, samePowers } from './dimensions.ts';
import { refuse } from './refuse.ts';
import { similarUnits, type Unit, unitNamed } from './unit-table.ts';

/** A number with its kind: in SI units (metre, kilogram, second, kelvin, radian). */
export interface Quantity {
  si: number;
  powers: Powers;
  /**
   * Set on a temperature read off a scale (`20 degC`), unlike a difference (`20 K`): where the scale begins, in kelvin. Two
   * such can't be added, nor one multiplied.
   */
  zero_K?: number;
}

export type Variables = Readonly<Record<string, Quantity | number>>;

const PLAIN: Powers = [0, 0, 0, 0, 0];
const ANGLE: Powers = [0, 0, 0, 0, 1];
const LONGEST = 2000;
const DEEPEST = 100;

export const plain = (si: number): Quantity => ({ si, powers: PLAIN });

/** A value in the unit that its kind is kept in, as a quantity. */
export function quantity(value: number, dimension: Dimension): Quantity {
  const { base, powers } = DIMENSIONS[dimension];
  const unit = unitExpression(base);
  return dimension === 'temperature'
    ? { si: value + (unit.zero_K ?? 0), powers, zero_K: unit.zero_K ?? 0 }
    : { si: value * unit.factor, powers };
}

/** @throws ArtificerError `expression.*` */
export function evaluate(text: string, variables: Variables = {}): Quantity {
  return new Evaluation(text, variables).whole();
}

const unitCache = new Map<string, Unit>();
/** The factor and kind of a unit such as `N/mm^2`. @throws ArtificerError `expression.*` */
export function unitExpression(text: string): Unit {
  const known = unitCache.get(text);
  if (known) return known;
  const single = unitNamed(text.trim());
  let unit = single;
  if (!unit) {
    const { si, powers } = text.trim() === '' ? plain(1) : new Evaluation(text, {}).unitsOnly();
    unit = { factor: si, powers };
  }
  if (unitCache.size < 1000) unitCache.set(text, unit);
  return unit;
}

type Token =
  | { kind: 'number'; value: number; at: number; spaceBefore: boolean }
  | { kind: 'name'; text: string; at: number; spaceBefore: boolean }
  | { kind: 'sign'; text: string; at: number; spaceBefore: boolean };

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_°℃℉%"][\p{L}\p{Nd}_]*/uy;
const SUPERSCRIPTS: Record<string, string> = { '²': '2', '³': '3', '⁴': '4', '⁻': '-', '¹': '1' };
const SIGNS: Record<string, string> = { '×': '*', '·': '*', '⋅': '*', '÷': '/', '−': '-', '–': '-' };

/** @throws ArtificerError `expression.syntax`, `expression.too-long` */
export function tokensOf(text: string): Token[] {
  if (text.length > LONGEST)
    throw refuse('expression.too-long', `An expression may have ${LONGEST} characters at most.`);
  const tokens: Token[] = [];
  let at = 0;
  let spaceBefore = false;
  const push = (token: { kind: 'number'; value: number } | { kind: 'name' | 'sign'; text: string }) => {
    tokens.push({ ...token, at, spaceBefore } as Token);
    spaceBefore = false;
  };
  while (at < text.length) {
    const character = text[at]!;
    if (/\s/.test(character)) {
      spaceBefore = true;
      at++;
      continue;
    }
    NUMBER.lastIndex = at;
    NAME.lastIndex = at;
    const number = NUMBER.exec(text)?.[0];
    const name = number === undefined ? NAME.exec(text)?.[0] : undefined;
    if (number !== undefined) {
      push({ kind: 'number', value: Number(number) });
      at += number.length;
    } else if (SUPERSCRIPTS[character] !== undefined) {
      let power = '';
      while (SUPERSCRIPTS[text[at]!] !== undefined) power += SUPERSCRIPTS[text[at++]!];
      push({ kind: 'sign', text: '^' });
      const value = Number(power);
      if (Number.isNaN(value)) throw refuse('expression.syntax', `"${text}" has a power that isn't a number.`);
      push({ kind: 'number', value });
    } else if (name !== undefined) {
      push({ kind: 'name', text: name });
      at += name.length;
    } else {
      const sign = text.startsWith('**', at) ? '^' : (SIGNS[character] ?? character);
      if (!'+-*/^(),'.includes(sign)) {
        throw refuse('expression.syntax', `"${text}" can't be read at character ${at + 1} ("${character}").`);
      }
      push({ kind: 'sign', text: sign });
      at += text.startsWith('**', at) ? 2 : 1;
    }
  }
  return tokens;
}

class Evaluation {
  readonly #text: string;
  readonly #tokens: Token[];
  readonly #variables: Variables;
  #next = 0;
  #depth = 0;

  constructor(text: string, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
    this.#tokens = tokensOf(text);
  }

  whole(): Quantity {
    if (this.#tokens.length === 0) throw refuse('expression.empty', 'A value is missing.');
    const result = this.#sum();
    this.#expectEnd();
    if (!Number.isFinite(result.si)) throw refuse('expression.not-finite', `"${this.#text}" has no finite value.`);
    return result;
  }

  unitsOnly(): Quantity {
    // "1/K" begins with a number; everything else is units.
    if (this.#tokens[0]?.kind === 'number') return this.whole();
    const result = this.#units();
    this.#expectEnd();
    return result;
  }

  #sum(): Quantity {
    if (++this.#depth > DEEPEST) throw refuse('expression.too-deep', 'The expression has too many nested parentheses.');
    let left = this.#product();
    for (let sign = this.#takeSign('+', '-'); sign; sign = this.#takeSign('+', '-')) {
      left = this.#add(left, this.#product(), sign === '+' ? 1 : -1);
    }
    this.#depth--;
    return left;
  }

  #product(): Quantity {
    let left = this.#signed();
    for (let sign = this.#takeSign('*', '/'); sign; sign = this.#takeSign('*', '/')) {
      const right = this.#signed();
      left = sign === '*' ? multiply(left, right, 1) : multiply(left, right, -1);
    }
    return left;
  }

  #signed(): Quantity {
    let factor = 1;
    for (let sign = this.#takeSign('+', '-'); sign; sign = this.#takeSign('+', '-')) if (sign === '-') factor = -factor;
    const operand = this.#power();
    if (factor === 1) return operand;
    // -20 degC is twenty degrees below the scale's nought, not below absolute zero.
    return { ...operand, si: 2 * (operand.zero_K ?? 0) - operand.si };
  }

  #power(): Quantity {
    const base = this.#operand();
    if (!this.#takeSign('^')) return base;
    // Binds to the right: 2^3^2 is 2^9; and takes a sign: 10^-3.
    return raise(base, this.#exponent());
  }

  #exponent(): Quantity {
    if (++this.#depth > DEEPEST) throw refuse('expression.too-deep', 'The expression has too many nested powers.');
    const exponent = this.#signed();
    this.#depth--;
    return exponent;
  }

  #operand(): Quantity {
    const token = this.#tokens[this.#next];
    if (!token) throw refuse('expression.syntax', `"${this.#text}" ends too early.`);
    if (token.kind === 'number') {
      this.#next++;
      return this.#withUnits(token.value);
    }
    if (token.kind === 'sign') {
      if (token.text !== '(') throw this.#unexpected(token);
      this.#next++;
      const inner = this.#sum();
      this.#expect(')');
      return this.#startsUnits() ? multiply(inner, this.#units(), 1) : inner;
    }
    this.#next++;
    const following = this.#tokens[this.#next];
    if (following?.kind === 'sign' && following.text === '(' && FUNCTIONS.has(token.text))
      return this.#call(token.text);
    const variable = Object.hasOwn(this.#variables, token.text) ? this.#variables[token.text] : undefined;
    if (variable !== undefined) return typeof variable === 'number' ? plain(variable) : variable;
    if (token.text === 'pi' || token.text === 'π') return plain(Math.PI);
    const unit = unitNamed(token.text);
    // A unit on its own is one of it: "N/mm^2".
    if (unit) return { si: unit.factor, powers: unit.powers };
    throw this.#unknown(token.text);
  }

  /** A number and what follows it: `25 kN`, `9.81 m/s^2`, `20 degC`. A unit written after a number binds to it first. */
  #withUnits(value: number): Quantity {
    const token = this.#tokens[this.#next];
    if (this.#perUnitAhead()) {
      this.#next += 2;
      return multiply(plain(value), this.#units(), -1);
    }
    if (token?.kind !== 'name' || !this.#startsUnits()) return plain(value);
    const unit = unitNamed(token.text)!;
    const following = this.#tokens[this.#next + 1];
    const alone = !(following?.kind === 'sign' && '*/^'.includes(following.text)) && following?.kind !== 'name';
    if (unit.zero_K !== undefined && alone) {
      this.#next++;
      return { si: value * unit.factor + unit.zero_K, powers: unit.powers, zero_K: unit.zero_K };
    }
    return multiply(plain(value), this.#units(), 1);
  }

  /** `11e-6 1/K` */
  #perUnitAhead(): boolean {
    const [one, slash] = this.#tokens.slice(this.#next, this.#next + 2);
    const isPer = one?.kind === 'number' && one.value === 1 && slash?.kind === 'sign' && slash.text === '/';
    return isPer && one.spaceBefore && this.#isUnit(this.#next + 2);
  }

  #startsUnits(): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'name' || Object.hasOwn(this.#variables, token.text)) return false;
    if (unitNamed(token.text)) return true;
    throw this.#unknown(token.text);
  }

  /** `N/mm^2`, `W/(m*K)`, `kg m s^-2`: as long as what follows is a unit. */
  #units(): Quantity {
    let product = this.#unitFactor();
    for (;;) {
      const token = this.#tokens[this.#next];
      if (token?.kind === 'name' && this.#isUnit(this.#next)) {
        product = multiply(product, this.#unitFactor(), 1);
      } else if (token?.kind === 'sign' && '*/'.includes(token.text) && this.#isUnit(this.#next + 1)) {
        this.#next++;
        product = multiply(product, this.#unitFactor(), token.text === '*' ? 1 : -1);
      } else {
        return product;
      }
    }
  }

  /** Is there a unit, or a parenthesis with nothing but units in it? */
  #isUnit(at: number): boolean {
    const token = this.#tokens[at];
    if (token?.kind === 'name') {
      const next = this.#tokens[at + 1];
      const isCall = next?.kind === 'sign' && next.text === '(' && FUNCTIONS.has(token.text);
      return !isCall && !Object.hasOwn(this.#variables, token.text) && unitNamed(token.text) !== undefined;
    }
    if (token?.kind !== 'sign' || token.text !== '(') return false;
    for (let i = at + 1; i < this.#tokens.length; i++) {
      const inner = this.#tokens[i]!;
      if (inner.kind === 'sign' && inner.text === ')') return i > at + 1;
      const isPower = inner.kind === 'number' && this.#isPowerAt(i);
      if (
        inner.kind === 'name' ? !this.#isUnit(i) : inner.kind === 'number' ? !isPower : !'*/^-'.includes(inner.text)
      ) {
        return false;
      }
    }
    return false;
  }
  #isPowerAt(at: number): boolean {
    const before = this.#tokens[at - 1];
    const twoBefore = this.#tokens[at - 2];
    const isCaret = (token: Token | undefined) => token?.kind === 'sign' && token.text === '^';
    return isCaret(before) || (before?.kind === 'sign' && before.text === '-' && isCaret(twoBefore));
  }

  #unitFactor(): Quantity {
    const token = this.#tokens[this.#next++];
    let factor: Quantity;
    if (token?.kind === 'name') {
      const unit = unitNamed(token.text);
      if (!unit) throw this.#unknown(token.text);
      factor = { si: unit.factor, powers: unit.powers };
    } else {
      factor = this.#units();
      this.#expect(')');
    }
    return this.#takeSign('^') ? raise(factor, plain(this.#literalPower())) : factor;
  }

  #literalPower(): number {
    const negative = this.#takeSign('-') !== null;
    const token = this.#tokens[this.#next++];
    if (token?.kind !== 'number') throw refuse('expression.syntax', `"${this.#text}" lacks a number after "^".`);
    return negative ? -token.value : token.value;
  }

  #call(name: string): Quantity {
    this.#expect('(');
    const values: Quantity[] = [this.#sum()];
    while (this.#takeSign(',')) values.push(this.#sum());
    this.#expect(')');
    return FUNCTIONS.get(name)!(values, name);
  }

  #add(a: Quantity, b: Quantity, sign: 1 | -1): Quantity {
    if (!samePowers(a.powers, b.powers)) {
      const [first, second] = [powersInWords(a.powers), powersInWords(b.powers)];
      throw refuse(
        'expression.dimension',
        sign > 0 ? `${first} and ${second} can't be added.` : `${second} can't be taken from ${first}.`,
        { cause: this.#text, hint: 'Give both the same kind of unit.' },
      );
    }
    if (a.zero_K !== undefined && b.zero_K !== undefined) {
      if (sign > 0) {
        throw refuse('expression.dimension', "Two temperatures can't be added.", {
          cause: this.#text,
          hint: 'Write the difference in kelvin: "20 degC + 5 K".',
        });
      }
      return { si: a.si - b.si, powers: a.powers };
    }
    const zero_K = a.zero_K ?? b.zero_K;
    return { si: a.si + sign * b.si, powers: a.powers, ...(zero_K === undefined ? {} : { zero_K }) };
  }

  #takeSign(...signs: string[]): string | null {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.#next++;
    return token.text;
  }
  #expect(sign: string): void {
    if (this.#takeSign(sign)) return;
    const token = this.#tokens[this.#next];
    throw token ? this.#unexpected(token) : refuse('expression.syntax', `"${this.#text}" lacks a "${sign}".`);
  }
  #expectEnd(): void {
    const token = this.#tokens[this.#next];
    if (token) throw this.#unexpected(token);
  }
  #unexpected(token: Token) {
    const found = token.kind === 'number' ? String(token.value) : token.text;
    return refuse('expression.syntax', `"${this.#text}" can't be read at character ${token.at + 1} ("${found}").`);
  }
  #unknown(name: string) {
    const similar = similarUnits(name);
    return refuse('expression.unknown-name', `"${name}" is neither a unit nor a known name.`, {
      cause: this.#text,
      hint:
        similar.length > 0
          ? `Did you mean ${similar.join(' or ')}?`
          : 'Units look like mm, in, N, kN, MPa, kg/m^3, deg.',
    });
  }
}

function multiply(a: Quantity, b: Quantity, sign: 1 | -1): Quantity {
  if (a.zero_K !== undefined || b.zero_K !== undefined) {
    throw refuse('expression.dimension', "A temperature on a scale can't be multiplied or divided.", {
      hint: 'Give it in kelvin.',
    });
  }
  const powers = a.powers.map((power, index) => power + sign * b.powers[index]!) as unknown as Powers;
  return { si: sign > 0 ? a.si * b.si : a.si / b.si, powers };
}

function raise(base: Quantity, exponent: Quantity): Quantity {
  if (!samePowers(exponent.powers, PLAIN)) {
    throw refuse('expression.dimension', `A power has to be a plain number, not ${powersInWords(exponent.powers)}.`);
  }
  return { si: base.si ** exponent.si, powers: base.powers.map((power) => power * exponent.si) as unknown as Powers };
}

type Fn = (values: Quantity[], name: string) => Quantity;

function oneOf(values: Quantity[], name: string): Quantity {
  if (values.length !== 1) throw refuse('expression.arguments', `${name}() takes one value.`);
  return values[0]!;
}
/** Of a plain number or, for the circular functions, an angle. */
const ofNumber =
  (work: (x: number) => number, result: Powers = PLAIN, angleToo = false): Fn =>
  (values, name) => {
    const { si, powers } = oneOf(values, name);
    if (!samePowers(powers, PLAIN) && !(angleToo && samePowers(powers, ANGLE))) {
      const wanted = angleToo ? 'an angle' : 'a plain number';
      throw refuse('expression.dimension', `${name}() takes ${wanted}, not ${powersInWords(powers)}.`);
    }
    return { si: work(si), powers: result };
  };
const keepingUnits =
  (work: (x: number) => number): Fn =>
  (values, name) => {
    const value = oneOf(values, name);
    return { ...value, si: work(value.si) };
  };
const ofSeveral =
  (work: (...xs: number[]) => number): Fn =>
  (values, name) => {
    const [first] = values;
    for (const { powers } of values) {
      if (samePowers(powers, first!.powers)) continue;
      throw refuse(
        'expression.dimension',
        `${name}() takes values of one kind, not ${powersInWords(first!.powers)} and ${powersInWords(powers)}.`,
      );
    }
    return { ...first!, si: work(...values.map(({ si }) => si)) };
  };

const FUNCTIONS = new Map<string, Fn>([
  ['sqrt', (values, name) => raise(oneOf(values, name), plain(0.5))],
  [
    'cbrt',
    (values, name) => {
      const { si, powers } = oneOf(values, name);
      return { si: Math.cbrt(si), powers: powers.map((power) => power / 3) as unknown as Powers };
    },
  ],
  ['sin', ofNumber(Math.sin, PLAIN, true)],
  ['cos', ofNumber(Math.cos, PLAIN, true)],
  ['tan', ofNumber(Math.tan, PLAIN, true)],
  ['asin', ofNumber(Math.asin, ANGLE)],
  ['acos', ofNumber(Math.acos, ANGLE)],
  ['atan', ofNumber(Math.atan, ANGLE)],
  [
    'atan2',
    (values, name) => {
      if (values.length !== 2) throw refuse('expression.arguments', `${name}() takes two values.`);
      return { si: ofSeveral(Math.atan2)(values, name).si, powers: ANGLE };
    },
  ],
  ['exp', ofNumber(Math.exp)],
  ['ln', ofNumber(Math.log)],
  ['log10', ofNumber(Math.log10)],
  ['abs', keepingUnits(Math.abs)],
  ['min', ofSeveral(Math.min)],
  ['max', ofSeveral(Math.max)],
  ['hypot', ofSeveral(Math.hypot)],
  ['round', ofNumber(Math.round)],
  ['floor', ofNumber(Math.floor)],
  ['ceil', ofNumber(Math.ceil)],
]);

export const isFunctionName = (name: string): boolean => FUNCTIONS.has(name);
