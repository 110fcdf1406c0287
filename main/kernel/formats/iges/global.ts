/** The global section: free-form parameters with Hollerith strings (IGES 5.3, sections 2.2.2.3 and 2.2.4.3). */
import { decodeRaw, guessEncoding } from '../step/strings.ts';
import { cleanName } from '../text.ts';

/** Parameters as text, in order; strings without their count. Never throws: what cannot be read is left empty. */
export function globalParameters(content: Uint8Array): string[] {
  let at = 0;
  let delimiter = 44;
  let terminator = 59;
  // The first two parameters define the delimiters themselves: `1H,,1H;,` or empty for the usual ones.
  if (content[0] === 49 && content[1] === 72) {
    delimiter = content[2]!;
    at = 4;
  } else at = 1;
  const parameters = ['', ''];
  if (content[at] === 49 && content[at + 1] === 72) {
    terminator = content[at + 2]!;
    at += 4;
  } else at += 1;
  while (at < content.length && parameters.length < 40) {
    while (at < content.length && content[at] === 32) at++;
    let digits = 0;
    let i = at;
    while (i < content.length && content[i]! >= 48 && content[i]! <= 57 && i - at < 7)
      digits = digits * 10 + content[i++]! - 48;
    if (i > at && content[i] === 72) {
      const end = Math.min(content.length, i + 1 + digits);
      parameters.push(textOf(content.subarray(i + 1, end)));
      at = end;
      while (at < content.length && content[at] !== delimiter && content[at] !== terminator) at++;
    } else {
      const start = at;
      while (at < content.length && content[at] !== delimiter && content[at] !== terminator) at++;
      parameters.push(textOf(content.subarray(start, at)));
    }
    if (content[at] === terminator) break;
    at++;
  }
  return parameters;
}

const textOf = (bytes: Uint8Array): string =>
  cleanName(decodeRaw(bytes, bytes.some((c) => c >= 0x80) ? guessEncoding([bytes]) : 'windows-1252'));

/** Units flag (IGES 5.3, table of section 2.2.4.3.14); 3 means that the name says it. */
const UNITS = ['', 'inch', 'mm', '', 'foot', 'mile', 'm', 'km', 'mil', 'um', 'cm', 'microinch'];
const UNIT_NAMES: Record<string, string> = {
  IN: 'inch',
  INCH: 'inch',
  MM: 'mm',
  FT: 'foot',
  MI: 'mile',
  M: 'm',
  KM: 'km',
  MIL: 'mil',
  UM: 'um',
  CM: 'cm',
  UIN: 'microinch',
};

/** Inches where neither flag nor name says anything, which is the standard's default. */
export function unitOf(flag: string, name: string): string {
  const number = flag === '' ? Number.NaN : Number(flag);
  const byName = UNIT_NAMES[name.trim().toUpperCase()];
  if (number !== 3 && UNITS[number]) return UNITS[number];
  return byName ?? (name.trim() === '' ? 'inch' : name.trim());
}

/** Version flag (section 2.2.4.3.23): below the range counts as 2.0, above it as 5.3. */
const VERSIONS = [
  '',
  '1.0',
  'ANSI Y14.26M-1981',
  '2.0',
  '3.0',
  'ASME/ANSI Y14.26M-1987',
  '4.0',
  'ASME Y14.26M-1989',
  '5.0',
  '5.1',
  '5.2',
  '5.3',
];

export function versionOf(flag: string): string {
  const number = Number(flag);
  if (flag.trim() === '' || !Number.isFinite(number) || number < 1) return VERSIONS[3]!;
  return VERSIONS[Math.min(11, Math.trunc(number))]!;
}
