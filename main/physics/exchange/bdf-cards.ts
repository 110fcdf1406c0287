/**
 * The cards of a Nastran bulk data file: small (8 characters), large (16, a star after the name) and free (commas) fields, with
 * continuations, and the case control before them. Source: MSC Nastran Quick Reference Guide, "Bulk Data Entries: format".
 */
import { refuseFile } from './account.ts';

export interface BdfCard {
  line: number;
  /** Upper case, without the star. */
  name: string;
  /** The fields after the name, trimmed; empty where blank. Continuations are joined. */
  fields: string[];
}

export interface BdfFile {
  /** Lines before BEGIN BULK. */
  control: { line: number; text: string }[];
  cards: BdfCard[];
}

const FIELDS_A_LINE = 8;
const LARGE_FIELDS_A_LINE = 4;

/** @throws ArtificerError `exchange.bdf-*` */
export function bdfFile(text: string): BdfFile {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => /^\s*BEGIN\s+BULK/i.test(line));
  const control = lines.slice(0, Math.max(0, begin)).flatMap((line, index) => {
    const words = line.replace(/\$.*/, '').trim();
    return words === '' ? [] : [{ line: index + 1, text: words }];
  });
  const cards: BdfCard[] = [];
  for (let index = begin + 1; index < lines.length; index++) {
    const line = lines[index]!.replace(/\$.*/, '').trimEnd();
    if (line.trim() === '') continue;
    if (/^\s*ENDDATA/i.test(line)) break;
    const { first, fields } = fieldsOf(line);
    const continues = first === '' || first.startsWith('+') || first.startsWith('*');
    if (continues) {
      const last = cards.at(-1);
      if (!last) throw refuseFile('bdf-start', 'a continuation comes before the first card.', undefined, index + 1);
      last.fields.push(...fields);
    } else cards.push({ line: index + 1, name: first.replace(/\*$/, '').toUpperCase(), fields });
  }
  return { control, cards };
}

/** The name (or continuation mark) and the fields of one line, as many as its format has. */
function fieldsOf(line: string): { first: string; fields: string[] } {
  if (line.includes(',')) {
    const [first = '', ...rest] = line.split(',').map((word) => word.trim());
    const many = first.endsWith('*') ? LARGE_FIELDS_A_LINE : FIELDS_A_LINE;
    return { first, fields: padded(rest, many) };
  }
  const first = line.slice(0, 8).trim();
  const large = first.includes('*');
  const [width, many] = large ? [16, LARGE_FIELDS_A_LINE] : [8, FIELDS_A_LINE];
  const fields = Array.from({ length: many }, (_, i) => line.slice(8 + width * i, 8 + width * (i + 1)).trim());
  return { first, fields };
}

const padded = (words: string[], many: number): string[] => Array.from({ length: many }, (_, i) => words[i] ?? '');
