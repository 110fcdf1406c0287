/**
 * Objects of a kernel live in its own heap, which JavaScript's garbage collector cannot see. A scope owns them and frees
 * them together, also when the work throws.
 */
export interface Handle {
  delete(): void;
}
export type Own = <T extends Handle>(handle: T) => T;

export function scoped<T>(work: (own: Own) => T): T {
  const owned: Handle[] = [];
  let result: T;
  try {
    result = work((handle) => {
      owned.push(handle);
      return handle;
    });
  } catch (thrown) {
    // After a trap the heap may be beyond freeing: what went wrong first is what counts.
    try {
      free(owned);
    } catch {}
    throw thrown;
  }
  free(owned);
  return result;
}

/** Backwards, because later objects may refer to earlier ones. */
function free(owned: Handle[]): void {
  for (let i = owned.length - 1; i >= 0; i--) owned[i]!.delete();
}
