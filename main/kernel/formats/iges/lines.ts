/** IGES records: lines of 80 columns, sorted into sections by the letter in column 73 (IGES 5.3, section 2.2). */

export interface IgesRecord {
  /** Offsets of columns 1 to 72. */
  start: number;
  end: number;
  /** Number in columns 74 to 80; NaN where there is none. */
  sequence: number;
  /** 1-based line of the file. */
  line: number;
}

export interface IgesLines {
  sections: Record<'S' | 'G' | 'D' | 'P' | 'T', IgesRecord[]>;
  /** Lines that belong to no section, and where the first is. */
  strays: { count: number; line: number };
  /** Lines whose number does not follow the one before. */
  disordered: { count: number; line: number };
  total: number;
}

const DATA_COLUMNS = 72;
const COLUMNS = 80;

export function splitIges(bytes: Uint8Array): IgesLines {
  const result: IgesLines = {
    sections: { S: [], G: [], D: [], P: [], T: [] },
    strays: { count: 0, line: 0 },
    disordered: { count: 0, line: 0 },
    total: 0,
  };
  const n = bytes.length;
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  // Tapes and some transfers have no line ends at all.
  const firstBreak = bytes.findIndex((c) => c === 10 || c === 13);
  const fixed = firstBreak < 0 || firstBreak > 4 * COLUMNS;
  while (at < n) {
    let end = at;
    if (fixed) end = Math.min(n, at + COLUMNS);
    else while (end < n && bytes[end] !== 10 && bytes[end] !== 13) end++;
    const start = at;
    at = fixed ? end : end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1);
    result.total++;
    add(bytes, start, end, result);
  }
  return result;
}

function add(bytes: Uint8Array, start: number, end: number, result: IgesLines): void {
  let blank = true;
  for (let i = start; i < end && blank; i++) blank = bytes[i]! <= 32;
  if (blank) return;
  const line = result.total;
  const section = String.fromCharCode(bytes[start + DATA_COLUMNS] ?? 0) as keyof IgesLines['sections'];
  const records = end - start > DATA_COLUMNS ? result.sections[section] : undefined;
  if (!records) {
    if (result.strays.count++ === 0) result.strays.line = line;
    return;
  }
  let sequence = 0;
  let digits = 0;
  for (let i = start + DATA_COLUMNS + 1; i < Math.min(end, start + COLUMNS); i++) {
    const c = bytes[i]!;
    if (c >= 48 && c <= 57) {
      sequence = sequence * 10 + c - 48;
      digits++;
    }
  }
  if (digits === 0 || sequence !== records.length + 1) {
    if (result.disordered.count++ === 0) result.disordered.line = line;
  }
  records.push({ start, end: start + DATA_COLUMNS, sequence: digits > 0 ? sequence : Number.NaN, line });
}
