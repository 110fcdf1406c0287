/** Bulk data by hash. A blob never changes, so each is fetched once and kept while there is room. */
import type { FetchBlob } from '../viewport/api.ts';

export type BlobSource = (hash: string, signal?: AbortSignal) => Promise<Uint8Array>;

const BUDGET_BYTES = 192 * 1024 ** 2;

const fromHost: BlobSource = async (hash, signal) => {
  const response = await fetch(new URL(`/blob/${hash}`, location.href), signal ? { signal } : {});
  if (!response.ok) throw new Error(`The engine no longer has the data ${hash.slice(0, 12)}… (${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
};

/** A cache in front of `source`, dropping what was used longest ago. Exported for tests; the window uses {@link fetchBlob}. */
export function cachedBlobs(source: BlobSource, budget = BUDGET_BYTES): FetchBlob {
  const kept = new Map<string, Uint8Array>();
  let bytes = 0;
  return async (hash, signal) => {
    const known = kept.get(hash);
    if (known) {
      kept.delete(hash);
      kept.set(hash, known);
      return known;
    }
    const blob = await source(hash, signal);
    if (!kept.has(hash)) {
      kept.set(hash, blob);
      bytes += blob.byteLength;
    }
    for (const [oldest, old] of kept) {
      if (bytes <= budget || oldest === hash) break;
      kept.delete(oldest);
      bytes -= old.byteLength;
    }
    return blob;
  };
}

let source: BlobSource = fromHost;
/** Tests and the development page bring their own. */
export const setBlobSource = (replacement: BlobSource): void => {
  source = replacement;
};
export const fetchBlob: FetchBlob = cachedBlobs((hash, signal) => source(hash, signal));
