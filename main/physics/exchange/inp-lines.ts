/** The blocks of an Abaqus or CalculiX input deck: a keyword with its parameters, and its data lines. */
import { refuseFile } from './account.ts';

export interface InpBlock {
  line: number;
  /** Upper case, without the star: `ELEMENT`. */
  keyword: string;
  /** Upper-case names; values as written. */
  parameters: Map<string, string>;
  /** Words of each data line, trimmed; a line that ends in a comma goes on in the next. */
  rows: { line: number; words: string[] }[];
}

/** @throws ArtificerError `exchange.inp-*` */
export function inpBlocks(text: string): InpBlock[] {
  const blocks: InpBlock[] = [];
  let current: InpBlock | null = null;
  let continued = false;
  const lines = text.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('**')) continue;
    if (line.startsWith('*')) {
      if (continued && current && line.split(',').length > 0 && current.rows.length === 0) continued = false;
      const [keyword, ...parameters] = line.slice(1).split(',');
      current = {
        line: index + 1,
        keyword: keyword!.trim().toUpperCase().replace(/\s+/g, ' '),
        parameters: parametersOf(parameters),
        rows: [],
      };
      blocks.push(current);
      // The keyword line itself goes on where it ends in a comma.
      continued = line.endsWith(',');
      continue;
    }
    if (!current) throw refuseFile('inp-start', 'data comes before the first keyword.', undefined, index + 1);
    if (continued && current.rows.length === 0) {
      for (const [name, value] of parametersOf(line.split(','))) current.parameters.set(name, value);
      continued = line.endsWith(',');
      continue;
    }
    const words = line.split(',').map((word) => word.trim());
    const open = words.at(-1) === '';
    if (open) words.pop();
    const last = current.rows.at(-1);
    if (continued && last) last.words.push(...words);
    else current.rows.push({ line: index + 1, words });
    continued = open && isElementData(current);
  }
  return blocks;
}

/** Only element lines are allowed to go on; elsewhere a comma at the end is an empty last word. */
const isElementData = ({ keyword }: InpBlock): boolean => keyword === 'ELEMENT';

const parametersOf = (parts: readonly string[]): Map<string, string> =>
  new Map(
    parts.flatMap((part) => {
      const [name, value] = part.split('=');
      return name!.trim() === '' ? [] : [[name!.trim().toUpperCase(), (value ?? '').trim()] as const];
    }),
  );
