/** Reads the nodal blocks of a CalculiX .frd result file: enough to compare with. Source: cgx User's Manual, "Result Format". */
import { physicsFault } from '../errors.ts';

export interface FrdBlock {
  name: string;
  components: string[];
  /** components.length values a node, in node order 1, 2, 3 ...; NaN where the file has none. */
  values: Float64Array;
}

/** The last block of each name: `DISP` (D1, D2, D3), `STRESS` (SXX, SYY, SZZ, SXY, SYZ, SZX), `FORC` ... */
export const readFrd = (text: string, nodeCount: number): Map<string, FrdBlock> =>
  new Map(readFrdSets(text, nodeCount).flatMap((set) => [...set]));

/** What was written at each step, increment or mode: a set ends where a name comes again. */
export function readFrdSets(text: string, nodeCount: number): Map<string, FrdBlock>[] {
  const sets: Map<string, FrdBlock>[] = [];
  let block: FrdBlock | null = null;
  let node = -1;
  let filled = 0;
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const key = text.slice(start, start + 3);
    if (key === ' -4') {
      const [, name] = text.slice(start, end).trim().split(/\s+/) as [string, string];
      block = { name, components: [], values: new Float64Array(0) };
    } else if (key === ' -5' && block) {
      const words = text.slice(start, end).trim().split(/\s+/);
      // "ALL" is the length that viewers derive: the file does not hold it.
      if (words[1] !== 'ALL') block.components.push(words[1]!);
    } else if (key === ' -1' && block) {
      if (block.values.length === 0) block.values = new Float64Array(nodeCount * block.components.length).fill(NaN);
      node = Number(text.slice(start + 3, start + 13)) - 1;
      filled = readNumbers(text, start + 13, end, block, node, 0);
    } else if (key === ' -2' && block) {
      filled = readNumbers(text, start + 13, end, block, node, filled);
    } else if (key === ' -3' && block) {
      if (sets.length === 0 || sets.at(-1)!.has(block.name)) sets.push(new Map());
      sets.at(-1)!.set(block.name, block);
      block = null;
    }
    start = end + 1;
  }
  if (sets.length === 0) throw physicsFault('frd-empty', 'The CalculiX result file holds no nodal results.');
  return sets;
}

/**
 * Natural frequencies (Hz) or buckling factors from the .dat file of a *FREQUENCY or *BUCKLE step, in order: the rows under
 * "E I G E N V A L U E   O U T P U T" (mode, w^2, w, f, imaginary part) or "B U C K L I N G   F A C T O R   O U T P U T".
 */
export function readEigenvalues(tables: string): number[] {
  const values: number[] = [];
  let column = -1;
  for (const line of tables.split('\n')) {
    if (/E I G E N V A L U E {3}O U T P U T/.test(line)) column = 3;
    else if (/B U C K L I N G {3}F A C T O R {3}O U T P U T/.test(line)) column = 1;
    else if (/[A-Z] [A-Z] [A-Z]/.test(line)) column = -1;
    const words = line.trim().split(/\s+/);
    if (column > 0 && words.length > column && /^\d+$/.test(words[0]!)) values.push(Number(words[column]));
  }
  return values;
}

/** Twelve characters a number. Returns how many of the node's components have been read. */
function readNumbers(text: string, from: number, to: number, block: FrdBlock, node: number, filled: number): number {
  let count = filled;
  const width = block.components.length;
  for (let position = from; position + 12 <= to && count < width; position += 12) {
    const index = node * width + count++;
    if (node >= 0 && index < block.values.length) block.values[index] = Number(text.slice(position, position + 12));
  }
  return count;
}
