/** A table from unordered pairs of whole numbers to a whole number, in typed arrays: a Map of millions stalls when it grows. */
export class PairTable {
  readonly #mask: number;
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  readonly #values: Int32Array;
  readonly #used: Uint8Array;

  /** `most` pairs at most. */
  constructor(most: number) {
    const size = 2 ** Math.max(4, Math.ceil(Math.log2(most * 1.5 + 1)));
    this.#mask = size - 1;
    this.#low = new Uint32Array(size);
    this.#high = new Uint32Array(size);
    this.#values = new Int32Array(size);
    this.#used = new Uint8Array(size);
  }

  /** Slot of a pair, taken for it where it was not there yet. */
  #slot(low: number, high: number): number {
    let h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    h = (h ^ (h >>> 15)) & this.#mask;
    while (this.#used[h] === 1 && (this.#low[h] !== low || this.#high[h] !== high)) h = (h + 1) & this.#mask;
    return h;
  }

  /** Sets the value and returns the one before, or undefined. */
  exchange(a: number, b: number, value: number): number | undefined {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const slot = this.#slot(low, high);
    const before = this.#used[slot] === 1 ? this.#values[slot]! : undefined;
    this.#used[slot] = 1;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#values[slot] = value;
    return before;
  }

  *entries(): Generator<[low: number, high: number, value: number]> {
    for (let slot = 0; slot <= this.#mask; slot++)
      if (this.#used[slot] === 1) yield [this.#low[slot]!, this.#high[slot]!, this.#values[slot]!];
  }
}
