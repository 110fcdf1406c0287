/** Reading text that is still bytes: numbers, lines and names, without making a string of the whole file. */

/** 1-based number of the line that holds the byte. Counts LF, or CR where there is no LF (old Macintosh files). */
export function lineOf(bytes: Uint8Array, offset: number): number {
  const lineEnd = bytes.includes(10) ? 10 : 13;
  const end = Math.min(offset, bytes.length);
  let line = 1;
  for (let i = bytes.indexOf(lineEnd); i >= 0 && i < end; i = bytes.indexOf(lineEnd, i + 1)) line++;
  return line;
}

/** The bytes as Latin-1 text: exact for ASCII, harmless for the rest. */
export function asciiSlice(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  const stop = Math.min(end, bytes.length);
  for (let i = Math.max(0, start); i < stop; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

const POWERS_OF_TEN = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 48 && c <= 57;

/**
 * The number in bytes [start, end): exactly the double that `Number()` gives, much faster for the usual short decimals.
 * Gives NaN for anything that is no number, and an infinity where the text overflows or says `inf`.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  let negative = false;
  if (bytes[i] === 45) {
    negative = true;
    i++;
  } else if (bytes[i] === 43) i++;
  let mantissa = 0;
  let digits = 0;
  let scale = 0;
  let significant = 0;
  for (; i < end && isDigit(bytes[i]); i++, digits++) {
    mantissa = mantissa * 10 + (bytes[i]! - 48);
    if (mantissa > 0) significant++;
  }
  if (i < end && bytes[i] === 46) {
    i++;
    for (; i < end && isDigit(bytes[i]); i++, digits++, scale--) {
      mantissa = mantissa * 10 + (bytes[i]! - 48);
      if (mantissa > 0) significant++;
    }
  }
  if (digits === 0) return wordNumber(bytes, start, end);
  if (i < end && (bytes[i]! | 32) === 101) {
    i++;
    let exponentNegative = false;
    if (bytes[i] === 45) {
      exponentNegative = true;
      i++;
    } else if (bytes[i] === 43) i++;
    if (!isDigit(bytes[i]) || i >= end) return Number.NaN;
    let exponent = 0;
    for (; i < end && isDigit(bytes[i]); i++) exponent = Math.min(99999, exponent * 10 + (bytes[i]! - 48));
    scale += exponentNegative ? -exponent : exponent;
  }
  if (i !== end) return Number.NaN;
  // Both factors are exact doubles here, so one rounding gives the nearest double (Clinger's fast path).
  if (significant <= 15 && scale >= -22 && scale <= 22) {
    const value = scale < 0 ? mantissa / POWERS_OF_TEN[-scale]! : mantissa * POWERS_OF_TEN[scale]!;
    return negative ? -value : value;
  }
  return Number(asciiSlice(bytes, start, end));
}

function wordNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 12) return Number.NaN;
  const word = asciiSlice(bytes, start, end).toLowerCase();
  if (word === 'inf' || word === '+inf' || word === 'infinity' || word === '+infinity') return Number.POSITIVE_INFINITY;
  if (word === '-inf' || word === '-infinity') return Number.NEGATIVE_INFINITY;
  return Number.NaN;
}

/** The last part of a path of either system, without its ending: a name for a model that has none. */
export function stemOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).pop() ?? '';
  const dot = base.lastIndexOf('.');
  return (dot > 0 ? base.slice(0, dot) : base) || 'Part';
}

/** Lower-case ending without the dot; empty where there is none. */
export function endingOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).pop() ?? '';
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(dot + 1).toLowerCase() : '';
}

/** UTF-8 where it is valid, Windows-1252 otherwise; control characters become spaces, ends are trimmed. */
export function nameOf(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  return cleanName(text);
}

export const cleanName = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();

/** Halves of surrogate pairs, which cannot be stored as UTF-8, replaced. */
export const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
