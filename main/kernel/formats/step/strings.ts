/**
 * Strings of an exchange structure as a person reads them. ISO 10303-21 clause 6.4.3 knows only ASCII with escapes
 * (`\X\hh`, `\X2\...\X0\`, `\X4\...\X0\`, `\S\c` on the page set by `\P?\`); real files also hold raw UTF-8, Windows-1252
 * and the encodings of East Asia, and escapes that are cut off. Whatever cannot be read stays as it was written.
 */
import { wellFormed } from '../text.ts';

export type RawEncoding = 'utf-8' | 'windows-1252' | 'shift_jis' | 'euc-jp' | 'gb18030' | 'euc-kr';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The pages of `\P?\`: A is ISO 8859-1, B 8859-2 ... I 8859-9. 8859-1 is meant, but C1 controls say nothing to anybody. */
const PAGES = [
  'windows-1252',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'windows-1254',
];
const pageDecoders = new Map<string, TextDecoder>();
const decoderOf = (label: string): TextDecoder => {
  let decoder = pageDecoders.get(label);
  if (!decoder) {
    decoder = new TextDecoder(label);
    pageDecoders.set(label, decoder);
  }
  return decoder;
};

/** Text of raw bytes: UTF-8 where they are valid UTF-8, otherwise what the file as a whole seems to use. */
export function decodeRaw(bytes: Uint8Array, fallback: RawEncoding): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return decoderOf(fallback).decode(bytes);
  }
}

const MULTIBYTE: readonly RawEncoding[] = ['shift_jis', 'euc-jp', 'gb18030', 'euc-kr'];

/** The likeliest encoding of strings that are no UTF-8: a guess, since nothing in the file says it. */
export function guessEncoding(strings: Uint8Array[]): RawEncoding {
  let high = 0;
  let lonely = 0;
  for (const bytes of strings) {
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i]! < 0x80) continue;
      high++;
      const letterAfter = i + 1 >= bytes.length || bytes[i + 1]! < 0x80;
      const letterBefore = i === 0 || bytes[i - 1]! < 0x80;
      if (letterAfter && letterBefore) lonely++;
    }
  }
  // European words have single accented letters among ASCII; two-byte characters come in runs.
  const scores = MULTIBYTE.map((encoding) => ({ encoding, score: scoreOf(strings, encoding) })).sort(
    (a, b) => b.score - a.score,
  );
  const best = scores[0]!;
  if (best.score <= 0) return 'windows-1252';
  if (best.encoding !== 'shift_jis' && lonely > high * 0.2) return 'windows-1252';
  if (best.encoding === 'shift_jis' && lonely > high * 0.8) return 'windows-1252';
  return best.encoding;
}

/** How much the text looks like that language: -1 where the bytes are not even valid. */
function scoreOf(strings: Uint8Array[], encoding: RawEncoding): number {
  let good = 0;
  let odd = 0;
  let kana = 0;
  let hangul = 0;
  for (const bytes of strings) {
    let text: string;
    try {
      text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return -1;
    }
    for (const character of text) {
      const c = character.codePointAt(0)!;
      if (c < 0x80) continue;
      if (c >= 0x3040 && c <= 0x30ff) kana++;
      else if (c >= 0xac00 && c <= 0xd7a3) hangul++;
      else if (c >= 0x4e00 && c <= 0x9fff) good++;
      else if (!(c >= 0x3000 && c <= 0x303f) && !(c >= 0xff00 && c <= 0xff5e) && !(c >= 0x2010 && c <= 0x22ff)) odd++;
    }
  }
  const all = good + kana + hangul + odd;
  if (all === 0) return 0;
  if (odd > all * 0.25) return 0;
  // Chinese bytes are also valid Korean ones and now and then the reverse: each must look like its own language.
  if (encoding === 'euc-kr') return hangul > all * 0.8 && all >= 2 ? 1.2 : 0.1;
  if (encoding === 'shift_jis') return (good + kana) / all + (kana > 0 ? 0.5 : 0.15) - odd / all;
  if (encoding === 'euc-jp') return kana > 0 ? (good + kana) / all + 0.4 : 0.2;
  return good / all + (kana > all * 0.3 ? -0.3 : 0.1);
}

const isHex = (text: string): boolean => /^[0-9A-Fa-f]+$/.test(text);

/** Text of a string literal without its quotes: raw bytes decoded, escapes resolved, control characters removed. */
export function decodeStepString(content: Uint8Array, fallback: RawEncoding = 'windows-1252'): string {
  return resolveEscapes(decodeRaw(content, fallback));
}

export function resolveEscapes(text: string): string {
  if (!/[\\']/.test(text)) return dropControls(text);
  let out = '';
  let page = PAGES[0]!;
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (c === "'" && text[i + 1] === "'") {
      out += "'";
      i += 2;
    } else if (c !== '\\') {
      out += c;
      i++;
    } else if (text[i + 1] === '\\') {
      out += '\\';
      i += 2;
    } else if (/^\\X\\[0-9A-Fa-f]{2}/.test(text.slice(i, i + 5))) {
      out += decoderOf('windows-1252').decode(Uint8Array.of(Number.parseInt(text.slice(i + 3, i + 5), 16)));
      i += 5;
    } else if (text.startsWith('\\X2\\', i) || text.startsWith('\\X4\\', i)) {
      const width = text[i + 2] === '2' ? 4 : 8;
      const [decoded, next] = hexRun(text, i + 4, width);
      // An escape without a single whole character is no escape.
      out += decoded === '' && next < 0 ? text.slice(i, i + 4) : decoded;
      i = next < 0 ? i + 4 : next;
    } else if (text.startsWith('\\S\\', i) && i + 3 < text.length && text.charCodeAt(i + 3) < 0x80) {
      out += decoderOf(page).decode(Uint8Array.of(text.charCodeAt(i + 3) + 128));
      i += 4;
    } else if (/^\\P[A-I]\\/.test(text.slice(i, i + 4))) {
      page = PAGES[text.charCodeAt(i + 2) - 65]!;
      i += 4;
    } else if (text.startsWith('\\N\\', i) || text.startsWith('\\F\\', i)) {
      // Line and page breaks of printed exchange structures.
      out += ' ';
      i += 3;
    } else {
      out += c;
      i++;
    }
  }
  return dropControls(out);
}

/**
 * The characters of `\X2\` or `\X4\` from `start` on, and where the text goes on after `\X0\`. A run that is cut off keeps
 * its whole characters. Gives -1 as the place when there is no character at all.
 */
function hexRun(text: string, start: number, width: 4 | 8): [string, number] {
  let i = start;
  let decoded = '';
  while (i + width <= text.length && isHex(text.slice(i, i + width))) {
    const code = Number.parseInt(text.slice(i, i + width), 16);
    if (width === 8 && code > 0x10ffff) break;
    decoded += width === 4 ? String.fromCharCode(code) : String.fromCodePoint(code);
    i += width;
  }
  if (text.startsWith('\\X0\\', i)) return [wellFormed(decoded), i + 4];
  return decoded === '' ? ['', -1] : [wellFormed(decoded), i];
}

/** Line breaks inside a string only wrap the file's lines (clause 6.4.3) and are no part of the text. */
const dropControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
