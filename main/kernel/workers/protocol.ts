/** What the kernel and its workers say to each other: plain data, with bulk bytes transferred rather than copied. */
import type { ErrorData } from '../../../preload/contract/errors.ts';

export interface WorkerRequest {
  operation: string;
  argument: unknown;
  /** Bound of the WebAssembly heap while this runs. */
  memory_MiB: number;
}

export type WorkerMessage =
  /** The kernel is loaded. */
  | { kind: 'ready'; memory_MiB: number }
  /** The kernel cannot be loaded: every request will fail. */
  | { kind: 'unusable'; error: ErrorData }
  | { kind: 'progress'; stage: string; fraction: number | null }
  | { kind: 'done'; value: unknown; memory_MiB: number }
  /** `poisoned`: the heap may be damaged (a trap, an abort, no memory), so the worker must not be used again. */
  | { kind: 'failed'; error: ErrorData; poisoned: boolean; memory_MiB: number };

export type Report = (stage: string, fraction?: number | null) => void;

/** Operations of one worker: the name, and a function of plain data. */
export type Operation = (argument: never, report: Report) => { value: unknown; transfer?: ArrayBuffer[] };

/** The buffers behind these arrays, once each, where they may be given away. */
export function buffersOf(arrays: (ArrayBufferView | undefined)[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const array of arrays) {
    if (array && array.buffer instanceof ArrayBuffer && array.byteLength === array.buffer.byteLength)
      buffers.add(array.buffer);
  }
  return [...buffers];
}
