/** Messages out of a stream of bytes: one a line, none longer than what is allowed. */

export type Line = { text: string } | { tooLong: true } | { notText: true };

const NEWLINE = 0x0a;

/**
 * What is too long is skipped to its end without being kept: a line without end costs no memory.
 * @param most bytes of a line
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let skipping = false;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const take = (): Line | null => {
    const bytes = Buffer.concat(parts, length);
    parts = [];
    length = 0;
    if (skipping) {
      skipping = false;
      return { tooLong: true };
    }
    let text: string;
    try {
      text = decoder.decode(bytes).trim();
    } catch {
      return { notText: true };
    }
    return text === '' ? null : { text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length) {
      const end = chunk.indexOf(NEWLINE, from);
      const piece = chunk.subarray(from, end < 0 ? chunk.length : end);
      if (length + piece.length > most) {
        skipping = true;
        parts = [];
        length = 0;
      }
      if (!skipping) {
        // A copy: what a stream hands out may be used again by it.
        parts.push(Uint8Array.from(piece));
        length += piece.length;
      }
      if (end < 0) break;
      const line = take();
      if (line) yield line;
      from = end + 1;
    }
  }
  const last = take();
  if (last) yield last;
}
