/**
 * When is a change safe? SQLite runs with `synchronous = NORMAL` in WAL mode: a committed change has been handed to the
 * operating system, so killing the process, however rudely, cannot lose it, and a power cut cannot damage the file. What a
 * power cut could still lose are the last changes that the system had not yet put on the disk. So after each write the WAL
 * is also flushed to the disk in the background (`fdatasync` in Node's thread pool), milliseconds later and without
 * holding anybody up; {@link Durability.flushed} waits for that.
 */
import { open } from 'node:fs/promises';

export class Durability {
  readonly #walPath: string;
  #dirty = false;
  #flushing: Promise<void> | null = null;

  constructor(projectPath: string) {
    this.#walPath = `${projectPath}-wal`;
  }

  /** Something was committed. */
  written(): void {
    this.#dirty = true;
    this.#flushing ??= this.#flush();
  }

  /** Resolves when everything committed so far would survive a power cut. */
  async flushed(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  async #flush(): Promise<void> {
    try {
      // Let a burst of changes share one flush.
      await new Promise((resolve) => setTimeout(resolve, 5));
      while (this.#dirty) {
        this.#dirty = false;
        // The WAL itself carries no locks, so opening and closing it beside SQLite is harmless (the main file's would not be).
        const file = await open(this.#walPath, 'r+');
        try {
          await file.datasync();
        } finally {
          await file.close();
        }
      }
    } catch {
      // No WAL: it was just folded into the main file, which SQLite flushes itself.
    } finally {
      this.#flushing = null;
    }
  }
}
