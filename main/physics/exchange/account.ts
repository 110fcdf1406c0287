/** What was understood of a foreign file, item by item: nothing of it may be left out in silence. */
import { ArtificerError } from '../../../preload/contract/errors.ts';

export type Understanding = 'understood' | 'partly' | 'not understood';

export interface AccountItem {
  /** First line of the item in the file, from 1. */
  line: number;
  /** The keyword or card as the file writes it. */
  item: string;
  understanding: Understanding;
  /** How many entries of this kind there are. */
  count: number;
  /** What was made of it, or why nothing was. */
  words: string;
}

/** Collects the account of one file; entries of the same kind and verdict become one line. */
export class Account {
  readonly #items = new Map<string, AccountItem>();

  note(line: number, item: string, understanding: Understanding, words: string, count = 1): void {
    const key = `${item}\n${understanding}\n${words}`;
    const known = this.#items.get(key);
    if (known) known.count += count;
    else this.#items.set(key, { line, item, understanding, count, words });
  }

  items(): AccountItem[] {
    return [...this.#items.values()].sort((a, b) => a.line - b.line);
  }
}

export const refuseFile = (code: string, message: string, hint?: string, line?: number): ArtificerError =>
  new ArtificerError({
    code: `exchange.${code}`,
    category: 'refused',
    message: line === undefined ? message : `Line ${line}: ${message}`,
    ...(hint ? { hint } : {}),
    ...(line === undefined ? {} : { details: { line } }),
  });

/** Larger files than this are refused before they fill the memory. */
export const MOST_NODES = 20_000_000;

/** A number as these formats write it: `1.5-3` and `1.5D-3` are both 0.0015. NaN where it is none. */
export function foreignNumber(text: string): number {
  const word = text.trim();
  if (word === '') return Number.NaN;
  const plain = word.replace(/[dD]/g, 'e').replace(/^([+-]?[\d.]+)([+-]\d+)$/, '$1e$2');
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
