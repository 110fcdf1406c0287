/** Collects text in chunks and gives it as UTF-8: a deck of a million lines is too long for one string to grow by pieces. */
export class TextWriter {
  readonly #chunks: Buffer[] = [];
  #lines: string[] = [];
  #pending = 0;

  line(text: string): void {
    this.#lines.push(text);
    this.#pending += text.length;
    if (this.#pending > 1 << 20) this.#flush();
  }

  bytes(): Uint8Array<ArrayBuffer> {
    this.#flush();
    // In memory of its own: a small Buffer lies in one that is shared, which cannot be handed from a worker to another.
    const whole = new Uint8Array(this.#chunks.reduce((total, { length }) => total + length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    this.#chunks.push(Buffer.from(`${this.#lines.join('\n')}\n`, 'utf8'));
    this.#lines = [];
    this.#pending = 0;
  }
}
