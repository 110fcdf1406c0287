/** One map of a study file, which knows its line and what it is called, and lets no key go unread. */
import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, type YAMLMap } from 'yaml';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { Reference, TopologyKind } from '../../../preload/contract/geometry.ts';
import { type Dimension, parseSelector, parseQuantity as parseUnit } from '../../document/index.ts';
import type { Vec3 } from '../vector.ts';

export function refuse(code: string, line: number, message: string, hint?: string): ArtificerError {
  return new ArtificerError({
    code: `study-file.${code}`,
    category: 'refused',
    message: `Line ${line}: ${message}.`,
    ...(hint ? { hint } : {}),
    details: { line },
  });
}

export interface StudyText {
  lines: LineCounter;
  document: Document;
}

/** One map of the file, which knows its line and what it is called, and lets no key go unread. */
export class Entry {
  readonly #map: YAMLMap;
  readonly #file: StudyText;
  readonly #what: string;

  constructor(map: YAMLMap, file: StudyText, what: string) {
    this.#map = map;
    this.#file = file;
    this.#what = what;
  }

  lineOf(node: unknown): number {
    const range = (node as Node | null)?.range ?? this.#map.range;
    return range ? this.#file.lines.linePos(range[0]).line : 1;
  }

  fail(node: unknown, message: string, hint?: string): ArtificerError {
    return refuse('value', this.lineOf(node), message, hint);
  }

  keys(): string[] {
    return this.#map.items.map((item) => String((item.key as { value?: unknown }).value));
  }

  /** Refuses keys that nothing here reads. */
  only(known: readonly string[]): void {
    for (const item of this.#map.items) {
      const key = String((item.key as { value?: unknown }).value);
      if (known.includes(key)) continue;
      throw refuse(
        'unknown-key',
        this.lineOf(item.key),
        `"${key}" is not a key of ${this.#what}`,
        `It may have ${known.join(', ')}.`,
      );
    }
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  node(key: string): Node {
    const node = this.#map.get(key, true) as Node | undefined;
    if (node === undefined || node === null)
      throw refuse('missing-key', this.lineOf(this.#map), `${this.#what} needs "${key}"`);
    return node;
  }

  text(key: string): string {
    const node = this.node(key);
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value);
    throw this.fail(node, `"${key}" must be text`);
  }

  /** What is under a key as plain data, with references to other places followed. */
  plain(key: string): unknown {
    return this.node(key).toJS(this.#file.document);
  }

  /** A key that is only there to be true. */
  yes(key: string): void {
    const node = this.node(key);
    if (!isScalar(node) || node.value !== true) throw this.fail(node, `"${key}" can only be true`);
  }

  choice<T extends string>(key: string, choices: readonly T[]): T {
    const value = this.text(key);
    const found = choices.find((choice) => choice === value);
    if (found) return found;
    throw this.fail(this.node(key), `"${key}" is "${value}"`, `It may be ${choices.join(', ')}.`);
  }

  /** A number with or without a unit, in the base unit of its kind. */
  quantity(key: string, dimension: Dimension): number {
    return this.#quantityOf(this.node(key), key, dimension);
  }

  /** degC, never below absolute zero. */
  temperature(key: string): number {
    const value = this.quantity(key, 'temperature');
    if (value >= -273.15) return value;
    throw this.fail(this.node(key), `"${key}" is colder than anything can be`, 'Absolute zero is -273.15 degC.');
  }

  vector(key: string, dimension: Dimension): Vec3 {
    const node = this.node(key);
    if (!isSeq(node) || node.items.length !== 3)
      throw this.fail(node, `"${key}" must be three numbers, like [0, 0, -500]`);
    return node.items.map((item) => this.#quantityOf(item, key, dimension)) as Vec3;
  }

  #quantityOf(node: unknown, key: string, dimension: Dimension): number {
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) {
      try {
        const value = parseUnit(node.value, dimension);
        if (Number.isFinite(value)) return value;
      } catch (error) {
        if (!(error instanceof ArtificerError)) throw error;
        throw refuse('value', this.lineOf(node), `"${key}": ${error.message.replace(/\.$/, '')}`, error.data.hint);
      }
    }
    throw this.fail(node, `"${key}" must be a number, with a unit if need be`);
  }

  /** Rows of two numbers: what the value depends on, and the value. */
  table(key: string, along: Dimension, dimension: Dimension): [number, number][] {
    const node = this.node(key);
    if (!isSeq(node) || node.items.length < 2)
      throw this.fail(node, `"${key}" must be two rows or more, like [[20, 1], [100, 2]]`);
    const rows = node.items.map((row): [number, number] => {
      if (!isSeq(row) || row.items.length !== 2) throw this.fail(row, `each row of "${key}" must be two numbers`);
      return [this.#quantityOf(row.items[0], key, along), this.#quantityOf(row.items[1], key, dimension)];
    });
    if (rows.some((row, i) => i > 0 && row[0] <= rows[i - 1]![0]))
      throw this.fail(node, `the rows of "${key}" must ascend in their first number`);
    return rows;
  }

  /** Whether what is under a key is itself keys and values. */
  isMap(key: string): boolean {
    return isMap(this.node(key));
  }

  flag(key: string): boolean {
    const node = this.node(key);
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    throw this.fail(node, `"${key}" must be true or false`);
  }

  whole(key: string, least: number, most: number): number {
    const value = this.quantity(key, 'number');
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw this.fail(this.node(key), `"${key}" must be a whole number from ${least} to ${most}`);
  }

  /** Texts of a list, or one text. */
  texts(key: string): string[] {
    const node = this.node(key);
    const items = isSeq(node) ? node.items : [node];
    return items.map((item) => {
      if (isScalar(item) && (typeof item.value === 'string' || typeof item.value === 'number'))
        return String(item.value);
      throw this.fail(item, `"${key}" must be text`);
    });
  }

  /** A list of names, or of keys and values, or of both. */
  mixed(key: string): (string | Entry)[] {
    const node = this.node(key);
    if (!isSeq(node)) throw this.fail(node, `"${key}" must be a list`);
    return node.items.map((item) => {
      if (isMap(item)) return new Entry(item, this.#file, `an entry of ${key}`);
      if (isScalar(item) && typeof item.value === 'string') return item.value;
      throw this.fail(item, `each of "${key}" must be a name, or keys and values`);
    });
  }

  list(key: string): Entry[] {
    if (!this.has(key)) return [];
    const node = this.node(key);
    if (!isSeq(node)) throw this.fail(node, `"${key}" must be a list`);
    return node.items.map((item) => {
      if (!isMap(item)) throw this.fail(item, `each of "${key}" must be keys and values`);
      return new Entry(item, this.#file, `an entry of ${key}`);
    });
  }

  /** The map under a key. */
  map(key: string): Entry {
    const node = this.node(key);
    if (!isMap(node)) throw this.fail(node, `"${key}" must be keys and values`);
    return new Entry(node, this.#file, `"${key}"`);
  }

  /** Axis letters: `[x, y]` or `xy` or `all`. */
  axes(key: string): ('x' | 'y' | 'z')[] {
    const node = this.node(key);
    const items = isSeq(node)
      ? node.items.map((item) => String((item as { value?: unknown }).value))
      : [this.text(key)];
    if (items.length === 1 && items[0] === 'all') return ['x', 'y', 'z'];
    const letters = items.flatMap((item) => [...item]);
    if (letters.length === 0 || letters.some((letter) => !['x', 'y', 'z'].includes(letter)))
      throw this.fail(node, `"${key}" must name axes, like [x, y, z]`);
    return letters as ('x' | 'y' | 'z')[];
  }

  on(key = 'on'): Reference[] {
    const node = this.node(key);
    const items = isSeq(node) ? node.items : [node];
    return items.map((item) => {
      if (!isScalar(item) || typeof item.value !== 'string' || item.value.trim() === '')
        throw this.fail(item, `"${key}" must be a selector, like "faces >Z"`);
      // A persistent name: `face Base/end`. What its step is called only the part knows.
      const named = /^(face|edge|vertex|body)\s+(.*\S)\s*$/s.exec(item.value);
      if (named) return { by: 'name', kind: named[1] as TopologyKind, name: named[2]! };
      try {
        parseSelector(item.value);
      } catch (error) {
        if (!(error instanceof ArtificerError)) throw error;
        throw refuse('selector', this.lineOf(item), error.message.replace(/\.$/, ''), error.data.hint);
      }
      return { by: 'selector', selector: item.value };
    });
  }
}

export function positive(entry: Entry, key: string, dimension: Dimension): number {
  const value = entry.quantity(key, dimension);
  if (value > 0) return value;
  throw entry.fail(entry.node(key), `"${key}" must be more than nothing`);
}

/** The keys of which an entry must have exactly one. */
export function kindOf<T extends string>(entry: Entry, kinds: readonly T[], also: readonly string[]): T {
  entry.only([...kinds, ...also]);
  const given = kinds.filter((kind) => entry.has(kind));
  if (given.length === 1) return given[0]!;
  throw entry.fail(
    null,
    given.length === 0 ? `this says where, but not what` : `this is ${given.join(' and ')} at once`,
    `Give one of ${kinds.join(', ')}.`,
  );
}
