/** Long work on the engine's main thread in short slices, so that it never stops answering. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a slice may take before others get their turn, milliseconds. */
const SLICE_MS = 12;

/** `await slice()` inside a long loop: gives way when the slice is used up, and stops when the signal says so. */
export function slices(signal?: AbortSignal): () => Promise<void> | void {
  let began = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - began < SLICE_MS) return;
    return nextTurn().then(() => {
      began = performance.now();
      signal?.throwIfAborted();
    });
  };
}
