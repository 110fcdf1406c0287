/**
 * Bulk data that never goes into the project file: pictures of previews, and everything that is made of a project which may
 * not be written. Fetched by hash like any other.
 */
import { createHash } from 'node:crypto';

interface Blob {
  bytes: Uint8Array;
  /** When it may be dropped, milliseconds since 1970. */
  until: number;
}

/** All together; the oldest go first. */
const MOST_BYTES = 512 * 1024 * 1024;

export class TransientBlobs {
  readonly #blobs = new Map<string, Blob>();
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Keeps bytes for a while; answers with their SHA-256. */
  put(bytes: Uint8Array, keep_s: number): string {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const until = Math.max(Date.now() + keep_s * 1000, this.#blobs.get(hash)?.until ?? 0);
    this.#drop(hash);
    this.#blobs.set(hash, { bytes, until });
    this.#bytes += bytes.length;
    for (const oldest of this.#blobs.keys()) {
      if (this.#bytes <= MOST_BYTES || oldest === hash) break;
      this.#drop(oldest);
    }
    this.#sweepLater();
    return hash;
  }

  get(hash: string): Uint8Array | null {
    return this.#blobs.get(hash)?.bytes ?? null;
  }

  has(hash: string): boolean {
    return this.#blobs.has(hash);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#blobs.clear();
    this.#bytes = 0;
  }

  #drop(hash: string): void {
    const blob = this.#blobs.get(hash);
    if (!blob) return;
    this.#blobs.delete(hash);
    this.#bytes -= blob.bytes.length;
  }

  #sweepLater(): void {
    if (this.#timer) return;
    const next = Math.min(...[...this.#blobs.values()].map(({ until }) => until));
    if (!Number.isFinite(next)) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        const now = Date.now();
        for (const [hash, { until }] of this.#blobs) if (until <= now) this.#drop(hash);
        if (this.#blobs.size > 0) this.#sweepLater();
      },
      Math.max(1000, next - Date.now()),
    );
    this.#timer.unref();
  }
}
