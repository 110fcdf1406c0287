/**
 * A bound on the memory of every WebAssembly heap of this thread. A heap only grows through `WebAssembly.Memory.grow`, so
 * refusing to grow there is exact, works on every platform and reaches the kernel as an ordinary failed allocation: no
 * polling of a process that is busy, and no other work is hurt.
 */
const PAGE_BYTES = 65_536;
const MiB = 2 ** 20;

let limit_bytes = Number.POSITIVE_INFINITY;
let largest_bytes = 0;
let refused = false;

/** Call once, before a kernel is loaded. */
export function installMemoryBound(): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    const wanted = this.buffer.byteLength + pages * PAGE_BYTES;
    if (wanted > limit_bytes) {
      // Emscripten asks for a fifth more than it needs and then for less: only the last refusal counts.
      refused = true;
      throw new RangeError('WebAssembly.Memory.grow(): beyond the bound of this worker');
    }
    const before = grow.call(this, pages);
    refused = false;
    largest_bytes = Math.max(largest_bytes, this.buffer.byteLength);
    return before;
  };
}

export function setMemoryBound(memory_MiB: number): void {
  limit_bytes = memory_MiB * MiB;
  refused = false;
}

/** True when the last attempt to grow was refused: a failure that follows is one of memory. */
export const ranOutOfMemory = (): boolean => refused;
export const heapSize_MiB = (): number => Math.round(largest_bytes / MiB);
/** The heap as it is at the start, before it ever grows. */
export const noteHeap = (bytes: number): void => {
  largest_bytes = Math.max(largest_bytes, bytes);
};
