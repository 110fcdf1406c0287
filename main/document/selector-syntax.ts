/**
 * CadQuery's string selectors, read into a tree. The grammar is CadQuery's own, down to which operator binds first:
 * `and`, then `or`, then `exc`/`except`, and `not` last of all, so that `not |Z and >X` means `not (|Z and >X)`. Added to
 * it: a leading `faces`, `edges`, `vertices` or `bodies`, and after that `of "NAME"` for those of some bodies only;
 * `near (x, y, z)`; `not` right before an operand of `and`, `or` and `exc` (CadQuery wants parentheses there); and
 * `face NAME` for a face that carries a name.
 */
import { CURVE_TYPES, SURFACE_TYPES, type TopologyKind, type Vector3 } from '../../preload/contract/geometry.ts';
import { refuse } from './refuse.ts';

export type SelectorNode =
  /** `>Z`, `<Z`: farthest centre; with an index, the nth of those parallel to the direction. */
  | { op: 'farthest'; direction: Vector3; max: boolean; index?: number }
  /** `>>Z[n]`: nth centre along the direction, whatever its own direction. */
  | { op: 'centre'; direction: Vector3; max: boolean; index: number }
  | { op: 'parallel' | 'perpendicular' | 'same-direction'; direction: Vector3 }
  | { op: 'type'; type: string }
  | { op: 'near'; point_mm: Vector3 }
  | { op: 'named'; name: string }
  | { op: 'all' }
  | { op: 'and' | 'or' | 'except'; left: SelectorNode; right: SelectorNode }
  | { op: 'not'; operand: SelectorNode };

export interface Selector {
  kind: TopologyKind;
  /** Only bodies of this name are looked through: `faces of "bolt" >Z` is the topmost of the bolt. */
  of?: string;
  root: SelectorNode;
}

const AXES: Record<string, Vector3> = {
  X: [1, 0, 0],
  Y: [0, 1, 0],
  Z: [0, 0, 1],
  XY: [1, 1, 0],
  XZ: [1, 0, 1],
  YZ: [0, 1, 1],
};
/** As CadQuery has them, whose views look along its own axes. */
const VIEWS: Record<string, [Vector3, boolean]> = {
  front: [[0, 0, 1], true],
  back: [[0, 0, 1], false],
  left: [[1, 0, 0], false],
  right: [[1, 0, 0], true],
  top: [[0, 1, 0], true],
  bottom: [[0, 1, 0], false],
};
const KINDS: Record<string, TopologyKind> = {
  face: 'face',
  faces: 'face',
  edge: 'edge',
  edges: 'edge',
  vertex: 'vertex',
  vertices: 'vertex',
  body: 'body',
  bodies: 'body',
  solids: 'body',
};
const TYPES = new Set<string>([...SURFACE_TYPES, ...CURVE_TYPES]);
const KEYWORDS = new Set([
  'and',
  'or',
  'not',
  'exc',
  'except',
  'near',
  'all',
  ...Object.keys(VIEWS),
  ...Object.keys(AXES),
]);
const LONGEST = 2000;
const DEEPEST = 100;

/** @throws ArtificerError `selector.syntax` */
export function parseSelector(text: string): Selector {
  if (text.length > LONGEST) throw refuse('selector.syntax', `A selector may have ${LONGEST} characters at most.`);
  return new Parser(text).whole();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  constructor(text: string) {
    this.#text = text;
  }

  whole(): Selector {
    const word = this.#peekWord();
    const kind = word === null ? undefined : KINDS[word];
    if (kind !== undefined) this.#takeWord(word!);
    const of = kind === undefined ? null : this.#ofBodies();
    this.#skipSpace();
    if (of !== null) {
      const root: SelectorNode = this.#at === this.#text.length ? { op: 'all' } : this.#negation();
      this.#skipSpace();
      if (this.#at < this.#text.length) throw this.#unexpected();
      return { kind: kind!, of, root };
    }
    if (this.#at === this.#text.length) {
      if (kind === undefined)
        throw refuse('selector.syntax', 'The selector is empty.', { hint: 'Write, for example, "faces >Z".' });
      return { kind, root: { op: 'all' } };
    }
    const name = kind === 'face' ? this.#persistentName() : null;
    const root: SelectorNode = name === null ? this.#negation() : { op: 'named', name };
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected();
    return { kind: kind ?? 'face', root };
  }

  /** `of "NAME"`, right after what is looked for. */
  #ofBodies(): string | null {
    const found = /^\s*of\s*"([^"]+)"/.exec(this.#text.slice(this.#at));
    if (!found) return null;
    this.#at += found[0].length;
    return found[1]!;
  }

  /** `face hole-3/wall`: anything that doesn't begin as an operand of the selector language does. */
  #persistentName(): string | null {
    const rest = this.#text.slice(this.#at).trim();
    const quoted = /^"([^"]+)"$/.exec(rest)?.[1];
    if (quoted !== undefined) {
      this.#at = this.#text.length;
      return quoted;
    }
    const word = this.#peekWord();
    if (word === null || !/^[A-Za-z_]/.test(rest) || KEYWORDS.has(word)) return null;
    this.#at = this.#text.length;
    return rest;
  }

  #negation(): SelectorNode {
    if (++this.#depth > DEEPEST) throw refuse('selector.syntax', 'The selector has too many nested parentheses.');
    const node: SelectorNode = this.#takeWord('not') ? { op: 'not', operand: this.#negation() } : this.#difference();
    this.#depth--;
    return node;
  }
  #difference(): SelectorNode {
    let left = this.#union();
    while (this.#takeWord('exc') || this.#takeWord('except')) left = { op: 'except', left, right: this.#union(true) };
    return left;
  }
  #union(notAllowed = false): SelectorNode {
    let left = this.#intersection(notAllowed);
    while (this.#takeWord('or')) left = { op: 'or', left, right: this.#intersection(true) };
    return left;
  }
  #intersection(notAllowed: boolean): SelectorNode {
    let left = this.#operand(notAllowed);
    while (this.#takeWord('and')) left = { op: 'and', left, right: this.#operand(true) };
    return left;
  }

  #operand(notAllowed: boolean): SelectorNode {
    if (notAllowed && this.#takeWord('not')) return { op: 'not', operand: this.#operand(false) };
    this.#skipSpace();
    if (this.#text[this.#at] === '(' && !this.#vectorAhead()) {
      this.#at++;
      const inner = this.#negation();
      this.#expect(')');
      return inner;
    }
    return this.#atom();
  }

  #atom(): SelectorNode {
    for (const sign of ['>>', '<<', '>', '<', '|', '#', '+', '-', '%'] as const) {
      if (this.#take(sign)) return this.#signed(sign);
    }
    const word = this.#peekWord();
    if (word === 'all') {
      this.#takeWord(word);
      return { op: 'all' };
    }
    if (word === 'near') {
      this.#takeWord(word);
      return { op: 'near', point_mm: this.#vector() };
    }
    const view = word === null ? undefined : VIEWS[word];
    if (view) {
      this.#takeWord(word!);
      return { op: 'farthest', direction: view[0], max: view[1] };
    }
    // A direction on its own: the same as with "+".
    return { op: 'same-direction', direction: this.#direction() };
  }

  #signed(sign: '>>' | '<<' | '>' | '<' | '|' | '#' | '+' | '-' | '%'): SelectorNode {
    if (sign === '%') return this.#type();
    const direction = this.#direction();
    switch (sign) {
      case '>':
      case '<': {
        const index = this.#index();
        return { op: 'farthest', direction, max: sign === '>', ...(index === null ? {} : { index }) };
      }
      case '>>':
      case '<<':
        return { op: 'centre', direction, max: sign === '>>', index: this.#index() ?? -1 };
      case '|':
        return { op: 'parallel', direction };
      case '#':
        return { op: 'perpendicular', direction };
      case '+':
        return { op: 'same-direction', direction };
      case '-':
        return { op: 'same-direction', direction: [-direction[0], -direction[1], -direction[2]] };
    }
  }

  #type(): SelectorNode {
    const word = this.#peekWord();
    const type = word?.toLowerCase();
    if (type === undefined || !TYPES.has(type)) {
      throw refuse('selector.syntax', `"%${word ?? ''}" in "${this.#text}" is not a type of face or edge.`, {
        hint: `Types are ${[...TYPES].map((each) => each.toUpperCase()).join(', ')}.`,
      });
    }
    this.#takeWord(word!);
    return { op: 'type', type };
  }

  #direction(): Vector3 {
    this.#skipSpace();
    if (this.#text[this.#at] === '(') {
      const vector = this.#vector();
      if (vector.every((each) => each === 0))
        throw refuse('selector.syntax', `"${this.#text}" has a direction without length.`);
      return vector;
    }
    const word = this.#peekWord();
    const axis = word === null ? undefined : AXES[word];
    if (!axis) throw this.#unexpected('Directions are X, Y, Z, XY, XZ, YZ or a vector such as (1, 1, 0).');
    this.#takeWord(word!);
    return axis;
  }

  #vector(): Vector3 {
    this.#expect('(');
    const x = this.#number();
    this.#expect(',');
    const y = this.#number();
    this.#expect(',');
    const z = this.#number();
    this.#expect(')');
    return [x, y, z];
  }
  #vectorAhead(): boolean {
    return /^\(\s*[+-]?[\d.]/.test(this.#text.slice(this.#at));
  }

  #number(): number {
    this.#skipSpace();
    const match = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/.exec(this.#text.slice(this.#at));
    if (!match) throw this.#unexpected('A number is needed here.');
    this.#at += match[0].length;
    return Number(match[0]);
  }
  #index(): number | null {
    if (!this.#take('[')) return null;
    const index = this.#number();
    if (!Number.isInteger(index))
      throw this.#unexpected('An index is a whole number; negative ones count from the end.');
    this.#expect(']');
    return index;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
  #take(sign: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }
  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected(`A "${sign}" is missing.`);
  }
  #peekWord(): string | null {
    this.#skipSpace();
    return /^[A-Za-z]+/.exec(this.#text.slice(this.#at))?.[0] ?? null;
  }
  #takeWord(word: string): boolean {
    if (this.#peekWord() !== word) return false;
    this.#at += word.length;
    return true;
  }
  #unexpected(hint = 'Selectors look like "faces >Z", "edges |Z and >Y" or "faces near (0, 0, 10)".') {
    const found = this.#text.slice(this.#at, this.#at + 12);
    const where = found === '' ? 'ends too early' : `can't be read at character ${this.#at + 1} ("${found}")`;
    return refuse('selector.syntax', `The selector "${this.#text}" ${where}.`, { hint });
  }
}
