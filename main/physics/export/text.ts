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
    const whole = Buffer.concat(this.#chunks);
    return new Uint8Array(whole.buffer as ArrayBuffer, whole.byteOffset, whole.byteLength);
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    this.#chunks.push(Buffer.from(`${this.#lines.join('\n')}\n`, 'utf8'));
    this.#lines = [];
    this.#pending = 0;
  }
}
