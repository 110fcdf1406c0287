/** A table from unordered pairs of whole numbers to a whole number, in typed arrays: a Map of millions stalls when it grows. */
export class PairTable {
  #mask = 0;
  #low = new Uint32Array(0);
  #high = new Uint32Array(0);
  #values = new Int32Array(0);
  #used = new Uint8Array(0);
  #count = 0;

  /** Room for this many pairs; it grows where there are more. */
  constructor(expected: number) {
    this.#allocate(2 ** Math.max(4, Math.ceil(Math.log2(expected * 1.5 + 1))));
  }

  #allocate(size: number): void {
    this.#mask = size - 1;
    this.#low = new Uint32Array(size);
    this.#high = new Uint32Array(size);
    this.#values = new Int32Array(size);
    this.#used = new Uint8Array(size);
  }

  #grow(): void {
    const [low, high, values, used] = [this.#low, this.#high, this.#values, this.#used];
    this.#allocate(used.length * 2);
    for (let old = 0; old < used.length; old++) {
      if (used[old] === 0) continue;
      const slot = this.#slot(low[old]!, high[old]!);
      this.#used[slot] = 1;
      this.#low[slot] = low[old]!;
      this.#high[slot] = high[old]!;
      this.#values[slot] = values[old]!;
    }
  }

  /** Slot of a pair, taken for it where it was not there yet. */
  #slot(low: number, high: number): number {
    let h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    h = (h ^ (h >>> 15)) & this.#mask;
    while (this.#used[h] === 1 && (this.#low[h] !== low || this.#high[h] !== high)) h = (h + 1) & this.#mask;
    return h;
  }

  /** The value of a pair, or undefined. */
  get(a: number, b: number): number | undefined {
    const slot = this.#slot(Math.min(a, b), Math.max(a, b));
    return this.#used[slot] === 1 ? this.#values[slot]! : undefined;
  }

  /** Sets the value and returns the one before, or undefined. */
  exchange(a: number, b: number, value: number): number | undefined {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    let slot = this.#slot(low, high);
    const before = this.#used[slot] === 1 ? this.#values[slot]! : undefined;
    if (before === undefined) {
      if (this.#count * 4 >= this.#used.length * 3) {
        this.#grow();
        slot = this.#slot(low, high);
      }
      this.#count++;
    }
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
