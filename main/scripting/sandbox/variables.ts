/** The variables that a script declares, with the values that were given in place of its own. */
import { createHash } from 'node:crypto';
import { ArtificerError, type VariableDimension } from '../../../preload/contract/index.ts';
import { parseQuantity, type Quantity, quantity, whyReserved } from '../../document/index.ts';
import { type ScriptedVariable, scriptError } from './scripted-part.ts';

const MOST = 1000;
const DEGREES = 180 / Math.PI;

/** A variable that the script finds there: of the whole project. mm, rad or plain. */
export interface ScopeVariable {
  dimension: VariableDimension;
  value: number;
}

export class VariableTable {
  readonly #known: Record<string, Quantity> = Object.create(null);
  readonly #given: ReadonlyMap<string, string | number>;
  readonly declared: ScriptedVariable[] = [];

  constructor(given: Readonly<Record<string, string | number>>, scope: Readonly<Record<string, ScopeVariable>>) {
    this.#given = new Map(Object.entries(given));
    for (const [name, { dimension, value }] of Object.entries(scope)) this.#known[name] = quantity(value, dimension);
  }

  /** In mm, rad or plain. @throws ArtificerError `expression.*`, `units.*` */
  evaluate(text: string | number, dimension: VariableDimension): number {
    if (typeof text === 'number') return dimension === 'angle' ? text / DEGREES : text;
    // Bare numbers are degrees in a part, while angles are kept in radians.
    const options = { variables: this.#known, ...(dimension === 'angle' ? { defaultUnit: 'deg' } : {}) };
    return parseQuantity(text, dimension, options);
  }

  /** The same in what bare numbers mean in a script: mm, degrees or plain. */
  evaluateForScript(text: string, dimension: VariableDimension): number {
    const value = this.evaluate(text, dimension);
    // Radians are kept with 15 digits, so that degrees are known to 13: 90, not 90.0000000000002.
    return dimension === 'angle' ? Number((value * DEGREES).toPrecision(13)) : value;
  }

  declare(variable: Omit<ScriptedVariable, 'declared' | 'value'>): void {
    if (this.declared.length >= MOST) throw scriptError('too-large', `A part may have ${MOST} variables at most.`);
    const { name, dimension } = variable;
    const reserved = whyReserved(name);
    if (reserved) throw new ArtificerError(reserved);
    const given = this.#given.get(name);
    const expression = given === undefined ? variable.expression : textOf(given, dimension);
    const value = this.evaluate(expression, dimension);
    // A range that can't be read would only be noticed by whoever moves a slider.
    for (const bound of [variable.minimum, variable.maximum]) if (bound !== undefined) this.evaluate(bound, dimension);
    this.#known[name] = quantity(value, dimension);
    this.declared.push({ ...variable, expression, declared: variable.expression, value });
  }
}

const UNITS: Record<VariableDimension, string> = { length: ' mm', angle: ' deg', number: '' };
const textOf = (given: string | number, dimension: VariableDimension): string =>
  typeof given === 'string' ? given : `${given}${UNITS[dimension]}`;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Twelve base-62 characters of the SHA-256 of a text: 71 bits, so that two names of a part never share them. */
export function shortHash(text: string): string {
  let rest = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  let characters = '';
  for (let i = 0; i < 12; i++) {
    characters += ALPHABET[Number(rest % 62n)];
    rest /= 62n;
  }
  return characters;
}
