/** Long work in short slices, so that no task keeps the window's thread for more than a frame or so. */

/** Work that can be interrupted wherever it yields. */
export type SlicedWork<T> = Generator<void, T, void>;

/** Milliseconds per slice: two slices still fit in a 50 ms task with room for an upload. */
const SLICE_MS = 10;

/** A macrotask that is not throttled to 4 ms as timers are, and lets input and painting go first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

/** Runs the work to its end, a slice a task. Rejects with the signal's reason once it is aborted. */
export async function runSliced<T>(work: SlicedWork<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await nextTask();
  }
}

/** Runs it in one go: for tests, and for small work. */
export function runAtOnce<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
