/**
 * One pass over an exchange structure (ISO 10303-21, clause 5 ff.) that finds where everything is without making objects:
 * instances, references, sections, keywords, strings that need care, numbers that are none. Strings (6.4.3) and comments
 * (5.3) are skipped as such, so that a `#12` or `ENDSEC;` inside them misleads nobody.
 */

/** A keyword and how many instances of the data sections carry it. */
export interface KeywordCount {
  keyword: string;
  count: number;
  /** Byte offsets of the `#` of these instances; only for keywords asked for, and not beyond a bound. */
  offsets?: number[];
}

export interface BadNumber {
  offset: number;
  text: string;
  /** Instance it stands in; 0 outside any. */
  entity: number;
}

export interface Lexed {
  /** Instances defined. */
  entities: number;
  /** Offset of the instance's `#` plus one, by instance number; 0 where none is defined. */
  offsetOf(id: number): number;
  keywords: Map<string, KeywordCount>;
  /** Offset of the keyword of each header statement: FILE_NAME ... */
  header: Map<string, number>;
  /** Offset just after `DATA;` of the first data section, or -1. */
  dataStart: number;
  sections: { opened: number; closed: number; begun: boolean; ended: boolean };
  /** Start and end (the quotes included) of strings of the data sections that a kernel may not give back unharmed. */
  oddStrings: number[];
  /** Offsets of strings longer than `longString` bytes. */
  longStrings: number;
  danglingIds: number[];
  danglingCount: number;
  duplicates: { id: number; offset: number }[];
  duplicateCount: number;
  badNumbers: BadNumber[];
  badNumberCount: number;
  /** Offset where a construct began that the file never finishes, or -1. */
  unfinished: number;
  /** Statements of the data sections that are no instances. */
  garbage: { count: number; offset: number };
}

const QUOTE = 39;
const OTHER = 0;
const STRING = 1;
const HASH = 2;
const DIGIT = 3;
const LETTER = 4;
const OPEN = 5;
const CLOSE = 6;
const SEMICOLON = 7;
const SLASH = 8;
const BINARY = 9;
const DOT = 10;
const LESS = 11;

const CLASS = new Uint8Array(256);
for (let c = 48; c < 58; c++) CLASS[c] = DIGIT;
for (let c = 65; c < 91; c++) CLASS[c] = CLASS[c + 32] = LETTER;
CLASS[95] = LETTER;
CLASS[33] = LETTER; // `!` begins a user-defined keyword (6.4.1)
CLASS[QUOTE] = STRING;
CLASS[35] = HASH;
CLASS[40] = OPEN;
CLASS[41] = CLOSE;
CLASS[59] = SEMICOLON;
CLASS[47] = SLASH;
CLASS[34] = BINARY;
CLASS[46] = DOT;
CLASS[60] = LESS;

/** Part of a number after its first digit: digits, point, exponent and its sign. */
const NUMERIC = new Uint8Array(256);
for (let c = 48; c < 58; c++) NUMERIC[c] = 1;
NUMERIC[46] = 1;
for (const c of [69, 101]) NUMERIC[c] = 2;
NUMERIC[43] = NUMERIC[45] = 3;

/** Bytes that make a string odd: not printable ASCII, a backslash, or the mark of our own tokens. */
const ODD = new Uint8Array(256);
for (let c = 0; c < 256; c++) if (c < 32 || c > 126 || c === 92 || c === 126) ODD[c] = 1;

const LONG_STRING_BYTES = 1000;
const KEPT = 8;
const MAX_OFFSETS = 200_000;
/** Instance numbers up to this are kept in flat tables; the few files with larger ones use a map. */
const TABLE_LIMIT = 2 ** 26;

/** Instances by number: a flat table for the numbers that files use, and a map for outlandish ones. */
class InstanceTable {
  private offsets = new Uint32Array(1 << 16);
  private used = new Uint8Array(1 << 16);
  private readonly farOffsets = new Map<number, number>();
  private readonly farUsed = new Set<number>();

  private grow(id: number): void {
    let size = this.offsets.length;
    while (size <= id) size *= 2;
    const offsets = new Uint32Array(size);
    offsets.set(this.offsets);
    this.offsets = offsets;
    const used = new Uint8Array(size);
    used.set(this.used);
    this.used = used;
  }
  /** False when it is defined already. */
  define(id: number, offset: number): boolean {
    if (id >= TABLE_LIMIT) {
      if (this.farOffsets.has(id)) return false;
      this.farOffsets.set(id, offset + 1);
      return true;
    }
    if (id >= this.offsets.length) this.grow(id);
    if (this.offsets[id] !== 0) return false;
    this.offsets[id] = offset + 1;
    return true;
  }
  use(id: number): void {
    if (id < this.used.length) this.used[id] = 1;
    else if (id >= TABLE_LIMIT) this.farUsed.add(id);
    else {
      this.grow(id);
      this.used[id] = 1;
    }
  }
  offsetOf(id: number): number {
    return id < this.offsets.length ? this.offsets[id]! : (this.farOffsets.get(id) ?? 0);
  }
  dangling(): { ids: number[]; count: number } {
    const ids: number[] = [];
    let count = 0;
    for (let id = 0; id < this.used.length; id++) {
      if (this.used[id] === 1 && this.offsets[id] === 0) {
        count++;
        if (ids.length < KEPT) ids.push(id);
      }
    }
    for (const id of this.farUsed) {
      if (this.farOffsets.has(id)) continue;
      count++;
      if (ids.length < KEPT) ids.push(id);
    }
    return { ids, count };
  }
}

/** `wanted` says of which keywords the places are kept. Never throws, whatever the bytes are. */
export function lex(bytes: Uint8Array, wanted: (keyword: string) => boolean): Lexed {
  const n = bytes.length;
  const table = new InstanceTable();
  const byHash = new Map<number, KeywordCount>();
  const result: Lexed = {
    entities: 0,
    offsetOf: (id) => table.offsetOf(id),
    keywords: new Map(),
    header: new Map(),
    dataStart: -1,
    sections: { opened: 0, closed: 0, begun: false, ended: false },
    oddStrings: [],
    longStrings: 0,
    danglingIds: [],
    danglingCount: 0,
    duplicates: [],
    duplicateCount: 0,
    badNumbers: [],
    badNumberCount: 0,
    unfinished: -1,
    garbage: { count: 0, offset: -1 },
  };
  /** A statement starts here: only then is `#12` a definition and a word a section name. */
  let atStart = true;
  let statement = -1;
  let inData = false;
  let inForeign = false;
  let entity = 0;
  let entityOffset = 0;
  let depth = 0;
  /** Nesting at which entity keywords stand: 0 for simple instances, 1 for complex ones (clause 11.2.5). */
  let keywordDepth = -1;
  let sawKeyword = false;
  let i = n >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

  const bad = (start: number, end: number): void => {
    result.badNumberCount++;
    if (result.badNumbers.length < KEPT) {
      result.badNumbers.push({ offset: start, text: latin1(bytes, start, Math.min(end, start + 40)), entity });
    }
  };

  scan: while (i < n) {
    const c = bytes[i]!;
    switch (CLASS[c]) {
      case OTHER: {
        if (c > 32 && atStart) {
          atStart = false;
          statement = i;
          garbage(i);
        }
        i++;
        break;
      }
      case STRING: {
        const start = i++;
        let odd = 0;
        for (;;) {
          while (i < n && bytes[i] !== QUOTE) odd |= ODD[bytes[i++]!]!;
          if (i >= n) {
            result.unfinished = statement >= 0 ? statement : start;
            break scan;
          }
          if (bytes[i + 1] !== QUOTE) break;
          i += 2;
        }
        i++;
        if (i - start > LONG_STRING_BYTES) {
          odd = 1;
          if (inData) result.longStrings++;
        }
        if (odd !== 0 && inData) result.oddStrings.push(start, i);
        if (atStart) {
          atStart = false;
          statement = start;
          garbage(start);
        }
        break;
      }
      case HASH: {
        const start = i++;
        let id = 0;
        let c2 = bytes[i]!;
        while (i < n && c2 >= 48 && c2 <= 57) {
          id = id * 10 + c2 - 48;
          c2 = bytes[++i]!;
        }
        if (i === start + 1) break; // a constant of the schema (#NAME, edition 3), or garbage
        if (!atStart) {
          if (id < 2 ** 53) table.use(id);
          break;
        }
        atStart = false;
        statement = start;
        while (i < n && bytes[i]! <= 32) i++;
        if (bytes[i] === 47 && bytes[i + 1] === 42) i = skipComment(bytes, i);
        while (i < n && bytes[i]! <= 32) i++;
        if (bytes[i] !== 61) {
          if (i < n) garbage(start);
          break;
        }
        i++;
        entity = id;
        entityOffset = start;
        depth = 0;
        keywordDepth = -1;
        sawKeyword = false;
        result.entities++;
        if (!table.define(id, start)) {
          result.duplicateCount++;
          if (result.duplicates.length < KEPT) result.duplicates.push({ id, offset: start });
        }
        break;
      }
      case DIGIT: {
        const start = i++;
        let exponentAt = 0;
        let kind = NUMERIC[bytes[i]!]!;
        while (i < n && kind !== 0) {
          if (kind === 2) {
            if (exponentAt !== 0) break;
            exponentAt = i;
          } else if (kind === 3 && i !== exponentAt + 1) break;
          kind = NUMERIC[bytes[++i]!]!;
        }
        if (exponentAt !== 0) {
          let digits = i - exponentAt - 1;
          const sign = bytes[exponentAt + 1];
          if (sign === 43 || sign === 45) digits--;
          if (digits === 0 || (digits > 2 && !Number.isFinite(Number(latin1(bytes, start, i))))) bad(start, i);
        } else if (bytes[i] === 35 && CLASS[bytes[i + 1]!] === LETTER) {
          // `1.#INF`, `1.#QNAN`: what a C runtime prints for an infinity.
          while (i < n && bytes[i] !== 44 && bytes[i] !== 41) i++;
          bad(start, i);
        }
        if (atStart) {
          atStart = false;
          statement = start;
          garbage(start);
        }
        break;
      }
      case LETTER: {
        const start = i;
        let hash = 0;
        let c2 = c;
        do {
          hash = (Math.imul(hash, 31) + c2) | 0;
          c2 = bytes[++i]!;
        } while (i < n && (CLASS[c2] === LETTER || CLASS[c2] === DIGIT));
        if (atStart) {
          atStart = false;
          statement = start;
          while (i < n && (CLASS[bytes[i]!] === LETTER || CLASS[bytes[i]!] === DIGIT || bytes[i] === 45)) i++;
          section(latin1(bytes, start, Math.min(i, start + 80)).toUpperCase(), start);
          break;
        }
        if (entity === 0) break;
        if (keywordDepth < 0) keywordDepth = depth;
        if (depth === keywordDepth && (depth > 0 || !sawKeyword)) {
          sawKeyword = true;
          count(hash, start, i);
        } else {
          let j = i;
          while (j < n && bytes[j]! <= 32) j++;
          // Typed values are followed by a parenthesis; nothing else in a parameter list is a bare word.
          if (bytes[j] !== 40 && (bytes[j] === 44 || bytes[j] === 41) && i - start < 12) {
            if (/^(s?q?nan.*|inf(inity)?|ind)$/i.test(latin1(bytes, start, i))) bad(start, i);
          }
        }
        break;
      }
      case OPEN:
        depth++;
        i++;
        break;
      case CLOSE:
        depth--;
        i++;
        break;
      case SEMICOLON:
        i++;
        atStart = true;
        statement = -1;
        entity = 0;
        depth = 0;
        break;
      case SLASH:
        if (bytes[i + 1] === 42) {
          const start = i;
          i = skipComment(bytes, i);
          if (i > n) {
            result.unfinished = start;
            break scan;
          }
        } else i++;
        break;
      case BINARY: {
        const start = i++;
        while (i < n && bytes[i] !== 34 && bytes[i] !== 59) i++;
        if (i >= n) {
          result.unfinished = statement >= 0 ? statement : start;
          break scan;
        }
        i++;
        break;
      }
      case DOT: {
        // An enumeration (.T.) or the point of a number without a leading digit.
        i++;
        if (CLASS[bytes[i]!] === LETTER) {
          while (i < n && (CLASS[bytes[i]!] === LETTER || CLASS[bytes[i]!] === DIGIT)) i++;
          if (bytes[i] === 46) i++;
        }
        break;
      }
      case LESS:
        i++;
        // A resource of the anchor and reference sections (edition 3): `<other.stp#12>`.
        if (inForeign) while (i < n && bytes[i] !== 62 && bytes[i] !== 59) i++;
        break;
    }
  }
  if (result.unfinished < 0 && statement >= 0) result.unfinished = statement;
  for (const entry of byHash.values()) {
    const same = result.keywords.get(entry.keyword);
    if (same) same.count += entry.count;
    else result.keywords.set(entry.keyword, entry);
  }
  const dangling = table.dangling();
  result.danglingIds = dangling.ids;
  result.danglingCount = dangling.count;
  return result;

  function garbage(offset: number): void {
    if (!inData) return;
    result.garbage.count++;
    if (result.garbage.offset < 0) result.garbage.offset = offset;
  }

  function count(hash: number, start: number, end: number): void {
    let entry = byHash.get(hash);
    if (!entry) {
      const keyword = latin1(bytes, start, Math.min(end, start + 120)).toUpperCase();
      entry = wanted(keyword) ? { keyword, count: 0, offsets: [] } : { keyword, count: 0 };
      byHash.set(hash, entry);
    }
    entry.count++;
    if (entry.offsets && entry.offsets.length < MAX_OFFSETS) entry.offsets.push(entityOffset);
  }

  function section(word: string, start: number): void {
    const sections = result.sections;
    if (word === 'ENDSEC') {
      sections.closed++;
      inData = inForeign = false;
    } else if (word === 'DATA') {
      sections.opened++;
      inData = true;
      const semicolon = bytes.indexOf(59, start);
      if (result.dataStart < 0) result.dataStart = semicolon < 0 ? n : semicolon + 1;
    } else if (word === 'HEADER') {
      sections.opened++;
    } else if (word === 'ANCHOR' || word === 'REFERENCE') {
      sections.opened++;
      inForeign = true;
    } else if (word === 'SIGNATURE') {
      sections.opened++;
      // Its content is a message in base64 (edition 3, annex); it ends at the next ENDSEC.
      const end = indexOfText(bytes, 'ENDSEC', i);
      if (end >= 0) i = end;
      atStart = true;
      statement = -1;
    } else if (word === 'ISO-10303-21') sections.begun = true;
    else if (word === 'END-ISO-10303-21') {
      sections.ended = true;
      inData = false;
    } else if (inData) garbage(start);
    else if (!result.header.has(word)) result.header.set(word, start);
  }
}

/** Offset just behind the comment; beyond the end when it never ends. */
function skipComment(bytes: Uint8Array, start: number): number {
  let i = start + 2;
  const n = bytes.length;
  while (i < n && !(bytes[i] === 42 && bytes[i + 1] === 47)) i++;
  return i >= n ? n + 1 : i + 2;
}

export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end && i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

export function indexOfText(bytes: Uint8Array, text: string, from = 0): number {
  const first = text.charCodeAt(0);
  for (let i = bytes.indexOf(first, from); i >= 0; i = bytes.indexOf(first, i + 1)) {
    let k = 1;
    while (k < text.length && bytes[i + k] === text.charCodeAt(k)) k++;
    if (k === text.length) return i;
  }
  return -1;
}
