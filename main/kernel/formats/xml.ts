/**
 * A scanner for machine-written XML: start and end tags in order, attributes on demand, straight from the bytes. It knows
 * no entities but the predefined and numeric ones, and refuses document type declarations, which could define others.
 */
import { refusal } from './refusal.ts';
import { asciiSlice, lineOf, parseNumber, wellFormed } from './text.ts';

export interface XmlHandler {
  start(name: string, tag: XmlTag): void;
  end(name: string): void;
  /** Text between tags; only where asked for. */
  text?(text: string): void;
}

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const EQUALS = 61;

/** The attributes of the start tag that is being handled; valid only during the call. */
export class XmlTag {
  readonly bytes: Uint8Array;
  offset = 0;
  /** nameStart, nameEnd, valueStart, valueEnd of each attribute. */
  readonly spans: number[] = [];
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Index into spans by the name without its prefix, or -1. */
  private find(name: string): number {
    const { spans, bytes } = this;
    for (let i = 0; i < spans.length; i += 4) {
      const end = spans[i + 1]!;
      let start = end - name.length;
      if (start < spans[i]! || (start > spans[i]! && bytes[start - 1] !== 58)) continue;
      let k = 0;
      while (k < name.length && bytes[start] === name.charCodeAt(k)) {
        k++;
        start++;
      }
      if (k === name.length) return i;
    }
    return -1;
  }

  has(name: string): boolean {
    return this.find(name) >= 0;
  }

  text(name: string): string | undefined {
    const i = this.find(name);
    return i < 0 ? undefined : decodeXmlText(this.bytes.subarray(this.spans[i + 2]!, this.spans[i + 3]!));
  }

  /** NaN where the attribute is missing or no number. */
  number(name: string): number {
    const i = this.find(name);
    if (i < 0) return Number.NaN;
    let start = this.spans[i + 2]!;
    let end = this.spans[i + 3]!;
    while (start < end && this.bytes[start]! <= 32) start++;
    while (end > start && this.bytes[end - 1]! <= 32) end--;
    return parseNumber(this.bytes, start, end);
  }

  where(): string {
    return `line ${lineOf(this.bytes, this.offset)}`;
  }
}

const utf8 = new TextDecoder();

export function decodeXmlText(bytes: Uint8Array): string {
  const text = utf8.decode(bytes);
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/gi, (whole, entity: string) => {
    const named = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[entity.toLowerCase()];
    if (named !== undefined) return named;
    const code =
      entity[1] === 'x' || entity[1] === 'X' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export const escapeXml = (text: string): string =>
  wellFormed(text)
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** UTF-8 without a byte order mark; UTF-16 is turned into it. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!little && !(bytes[0] === 0xfe && bytes[1] === 0xff)) return bytes;
  return new TextEncoder().encode(new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes));
}

/** `what` names the file in errors. Throws `import.truncated` or `import.corrupt`, with the line. */
export function scanXml(raw: Uint8Array, what: string, handler: XmlHandler): void {
  const bytes = asUtf8(raw);
  const n = bytes.length;
  const tag = new XmlTag(bytes);
  const open: string[] = [];
  let i = 0;
  const fail = (offset: number, message: string): never => {
    throw refusal('import.corrupt', message, `${what}, line ${lineOf(bytes, offset)}`);
  };
  const cut = (): never => {
    throw refusal(
      'import.truncated',
      'The file inside the archive ends too early.',
      `${what}, line ${lineOf(bytes, n)}`,
    );
  };
  const skipPast = (text: string, from: number): number => {
    for (let at = bytes.indexOf(text.charCodeAt(0), from); at >= 0; at = bytes.indexOf(text.charCodeAt(0), at + 1)) {
      if (asciiSlice(bytes, at, at + text.length) === text) return at + text.length;
    }
    return cut();
  };
  while (i < n) {
    const textStart = i;
    while (i < n && bytes[i] !== LESS) i++;
    if (handler.text && i > textStart) handler.text(decodeXmlText(bytes.subarray(textStart, i)));
    if (i >= n) break;
    const tagStart = i++;
    const c = bytes[i];
    if (c === 33) {
      if (bytes[i + 1] === 45 && bytes[i + 2] === 45) i = skipPast('-->', i + 3);
      else if (bytes[i + 1] === 91) {
        const start = i + 8;
        i = skipPast(']]>', i);
        handler.text?.(utf8.decode(bytes.subarray(start, i - 3)));
      } else fail(tagStart, 'The file inside the archive declares a document type, which is not allowed.');
      continue;
    }
    if (c === 63) {
      i = skipPast('?>', i);
      continue;
    }
    if (c === SLASH) {
      const start = ++i;
      while (i < n && bytes[i] !== GREATER) i++;
      if (i >= n) cut();
      const name = localName(bytes, start, i);
      if (open.pop() !== name) fail(tagStart, `A closing tag does not fit: ${name.slice(0, 40)}.`);
      i++;
      handler.end(name);
      continue;
    }
    const nameStart = i;
    while (i < n && bytes[i]! > 32 && bytes[i] !== GREATER && bytes[i] !== SLASH) i++;
    const name = localName(bytes, nameStart, i);
    tag.offset = tagStart;
    tag.spans.length = 0;
    let closed = false;
    for (;;) {
      while (i < n && bytes[i]! <= 32) i++;
      if (i >= n) cut();
      if (bytes[i] === GREATER) {
        i++;
        break;
      }
      if (bytes[i] === SLASH && bytes[i + 1] === GREATER) {
        closed = true;
        i += 2;
        break;
      }
      const start = i;
      while (i < n && bytes[i]! > 32 && bytes[i] !== EQUALS && bytes[i] !== GREATER) i++;
      const end = i;
      while (i < n && bytes[i]! <= 32) i++;
      if (bytes[i] !== EQUALS || start === end) fail(start, 'An attribute has no value.');
      i++;
      while (i < n && bytes[i]! <= 32) i++;
      const quote = bytes[i];
      if (quote !== 34 && quote !== 39) {
        if (i >= n) cut();
        fail(i, 'The value of an attribute is not quoted.');
      }
      const valueStart = ++i;
      while (i < n && bytes[i] !== quote) i++;
      if (i >= n) cut();
      tag.spans.push(start, end, valueStart, i++);
    }
    handler.start(name, tag);
    if (closed) handler.end(name);
    else {
      if (open.length >= 256) fail(tagStart, 'The elements are nested too deeply.');
      open.push(name);
    }
  }
  if (open.length > 0) cut();
}

function localName(bytes: Uint8Array, start: number, end: number): string {
  const name = asciiSlice(bytes, start, Math.min(end, start + 100)).trim();
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
