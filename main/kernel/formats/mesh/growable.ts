/** Typed arrays that grow, bounded. */
import { MAX_ALLOCATION_BYTES } from '../limits.ts';
import { refusal } from '../refusal.ts';

export class GrowingFloats {
  private array: Float64Array<ArrayBuffer>;
  length = 0;
  constructor(capacity = 1024) {
    this.array = new Float64Array(capacity);
  }
  push3(x: number, y: number, z: number): void {
    if (this.length + 3 > this.array.length) {
      const larger = new Float64Array(nextCapacity(this.array.length, 8));
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = x;
    this.array[this.length++] = y;
    this.array[this.length++] = z;
  }
  /** The values so far, without a copy: not to be kept while more are pushed. */
  view(): Float64Array {
    return this.array.subarray(0, this.length);
  }
  toArray(): Float64Array<ArrayBuffer> {
    return this.array.slice(0, this.length);
  }
}

export class GrowingIntegers {
  private array: Uint32Array<ArrayBuffer>;
  length = 0;
  constructor(capacity = 1024) {
    this.array = new Uint32Array(capacity);
  }
  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = new Uint32Array(nextCapacity(this.array.length, 4));
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }
  toArray(): Uint32Array<ArrayBuffer> {
    return this.array.slice(0, this.length);
  }
}

function nextCapacity(length: number, bytesEach: number): number {
  const next = Math.max(16, length * 2);
  if (next * bytesEach > MAX_ALLOCATION_BYTES)
    throw refusal('import.too-large', 'The file holds more than fits in memory.');
  return next;
}
