/** One instance of an exchange structure as plain values: for the few that are looked at closely. */
import { latin1 } from './lexer.ts';
import { decodeStepString, type RawEncoding } from './strings.ts';

export type StepValue = string | number | boolean | null | StepReference | StepEnumeration | StepTyped | StepValue[];
export interface StepReference {
  ref: number;
}
export interface StepEnumeration {
  enumeration: string;
}
export interface StepTyped {
  type: string;
  values: StepValue[];
}
export interface StepRecord {
  keyword: string;
  values: StepValue[];
}
export interface StepInstance {
  id: number;
  /** One for a simple instance, several for a complex one. */
  records: StepRecord[];
}

const MAX_DEPTH = 64;
/** No instance that is looked at closely is longer; what is beyond is left out. */
const MAX_VALUES = 100_000;

export const isReference = (value: StepValue | undefined): value is StepReference =>
  typeof value === 'object' && value !== null && 'ref' in value;
export const isTyped = (value: StepValue | undefined): value is StepTyped =>
  typeof value === 'object' && value !== null && 'type' in value;
export const isEnumeration = (value: StepValue | undefined): value is StepEnumeration =>
  typeof value === 'object' && value !== null && 'enumeration' in value;

/** The instance or header statement at a byte offset; undefined where there is none that can be read. */
export function parseInstance(bytes: Uint8Array, offset: number, encoding: RawEncoding): StepInstance | undefined {
  const parser = new Parser(bytes, offset, encoding);
  try {
    return parser.instance();
  } catch (thrown) {
    if (thrown instanceof Malformed) return undefined;
    throw thrown;
  }
}

class Malformed extends Error {}

class Parser {
  private values = 0;
  private readonly bytes: Uint8Array;
  private at: number;
  private readonly encoding: RawEncoding;
  constructor(bytes: Uint8Array, at: number, encoding: RawEncoding) {
    this.bytes = bytes;
    this.at = at;
    this.encoding = encoding;
  }

  instance(): StepInstance {
    let id = 0;
    if (this.peek() === 35) {
      this.at++;
      id = Number(this.take(/[0-9]/));
      if (this.peek() !== 61) throw new Malformed();
      this.at++;
    }
    const records: StepRecord[] = [];
    if (this.peek() === 40) {
      this.at++;
      while (this.peek() !== 41) records.push(this.record());
    } else records.push(this.record());
    return { id, records };
  }

  private record(): StepRecord {
    this.peek();
    const keyword = this.take(/[A-Za-z0-9_!]/).toUpperCase();
    if (keyword === '' || this.peek() !== 40) throw new Malformed();
    return { keyword, values: this.list(0) };
  }

  private list(depth: number): StepValue[] {
    if (depth > MAX_DEPTH) throw new Malformed();
    this.at++;
    const values: StepValue[] = [];
    for (;;) {
      const c = this.peek();
      if (c === 41) {
        this.at++;
        return values;
      }
      if (c === 44) {
        this.at++;
        continue;
      }
      if (++this.values > MAX_VALUES) throw new Malformed();
      values.push(this.value(c, depth));
    }
  }

  private value(c: number, depth: number): StepValue {
    if (c === 40) return this.list(depth + 1);
    if (c === 39) return this.text();
    if (c === 36 || c === 42) {
      this.at++;
      return null;
    }
    if (c === 35) {
      this.at++;
      return { ref: Number(this.take(/[0-9]/)) };
    }
    if (c === 46 && !/[0-9]/.test(String.fromCharCode(this.bytes[this.at + 1] ?? 0))) {
      this.at++;
      const enumeration = this.take(/[A-Za-z0-9_]/).toUpperCase();
      if (this.bytes[this.at] !== 46) throw new Malformed();
      this.at++;
      return { enumeration };
    }
    if (c === 34) {
      const end = this.bytes.indexOf(34, this.at + 1);
      if (end < 0) throw new Malformed();
      const text = latin1(this.bytes, this.at + 1, Math.min(end, this.at + 1000));
      this.at = end + 1;
      return text;
    }
    const number = this.take(/[-+0-9.Ee]/);
    if (number !== '' && Number.isFinite(Number(number))) return Number(number);
    const type = number + this.take(/[A-Za-z0-9_!]/);
    if (type === '') throw new Malformed();
    if (this.peek() !== 40) return type;
    return { type: type.toUpperCase(), values: this.list(depth + 1) };
  }

  private text(): string {
    const start = ++this.at;
    for (;;) {
      const quote = this.bytes.indexOf(39, this.at);
      if (quote < 0) throw new Malformed();
      if (this.bytes[quote + 1] !== 39) {
        this.at = quote + 1;
        return decodeStepString(this.bytes.subarray(start, quote), this.encoding);
      }
      this.at = quote + 2;
    }
  }

  /** Next byte that is neither white space nor comment, without taking it. */
  private peek(): number {
    for (;;) {
      const c = this.bytes[this.at];
      if (c === undefined || c === 59) throw new Malformed();
      if (c <= 32) this.at++;
      else if (c === 47 && this.bytes[this.at + 1] === 42) {
        let end = this.at + 2;
        while (end < this.bytes.length && !(this.bytes[end] === 42 && this.bytes[end + 1] === 47)) end++;
        this.at = end + 2;
      } else return c;
    }
  }

  private take(pattern: RegExp): string {
    let text = '';
    while (this.at < this.bytes.length) {
      const character = String.fromCharCode(this.bytes[this.at]!);
      if (!pattern.test(character) || text.length > 200) break;
      text += character;
      this.at++;
    }
    return text;
  }
}
