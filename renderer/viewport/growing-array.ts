/** Typed arrays that grow: lists of millions of numbers as plain arrays cost eight bytes each and stall when copied. */
export class GrowingArray<T extends Float32Array | Uint32Array> {
  #array: T;
  #length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T, room = 1024) {
    this.#make = make;
    this.#array = make(room);
  }
  get length(): number {
    return this.#length;
  }
  push(value: number): void {
    if (this.#length === this.#array.length) {
      const grown = this.#make(2 * this.#length);
      grown.set(this.#array);
      this.#array = grown;
    }
    this.#array[this.#length++] = value;
  }
  add(index: number, value: number): void {
    this.#array[index] = this.#array[index]! + value;
  }
  at(index: number): number {
    return this.#array[index]!;
  }
  /** A copy of what is in it. */
  done(): T {
    return this.#array.slice(0, this.#length) as T;
  }
}
export const growingFloats = (): GrowingArray<Float32Array> => new GrowingArray((n) => new Float32Array(n));
export const growingWhole = (): GrowingArray<Uint32Array> => new GrowingArray((n) => new Uint32Array(n));
