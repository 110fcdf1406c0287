/** Designs as a person gives them: names and values with units, one by one or in a file. */
import { parse } from 'yaml';
import { type SurrogateCard, type SurrogateParameter, toErrorData } from '../../../preload/contract/index.ts';
import { parseQuantity } from '../../document/index.ts';
import { readInputFile } from '../../host/index.ts';
import type { Design } from '../../surrogates/index.ts';
import { usageError } from '../output.ts';

const DIMENSIONS = { mm: 'length', deg: 'angle', '1': 'number' } as const;
const DEGREES = 180 / Math.PI;
const MOST = 100_000;

/** @throws ArtificerError `usage` for names that the model does not have and values that cannot be read */
export function designFrom({ parameters }: SurrogateCard, given: Readonly<Record<string, unknown>>): Design {
  return Object.fromEntries(
    Object.entries(given).map(([name, amount]) => {
      const parameter = parameters.find((each) => each.name === name);
      if (!parameter) throw usageError(`The model has no parameter "${name}".`, rangesOf(parameters));
      return [name, amountIn(parameter, amount)];
    }),
  );
}

function amountIn({ name, unit }: SurrogateParameter, amount: unknown): number {
  if (typeof amount !== 'string' && typeof amount !== 'number')
    throw usageError(`${name} is given as neither a number nor a text.`);
  try {
    // Plain numbers are in the card's unit: degrees, not radians.
    const plain = typeof amount === 'number' ? amount : Number(amount);
    if (amount !== '' && Number.isFinite(plain)) return plain;
    const value = parseQuantity(amount, DIMENSIONS[unit]);
    return unit === 'deg' ? value * DEGREES : value;
  } catch (thrown) {
    throw usageError(`"${amount}" is no value of ${name}: ${toErrorData(thrown).message}`);
  }
}

export const rangesOf = (parameters: readonly SurrogateParameter[]): string =>
  `It takes ${parameters
    .map(({ name, unit, minimum, maximum }) => `${name} (${minimum} to ${maximum}${unit === '1' ? '' : ` ${unit}`})`)
    .join(', ')}.`;

/** A list of designs in JSON or YAML, or a table with names in its first line (CSV). @throws ArtificerError */
export async function designsOfFile(card: SurrogateCard, path: string): Promise<Design[]> {
  const { bytes, fileName } = await readInputFile(path);
  const text = new TextDecoder().decode(bytes);
  const rows = /\.csv$/i.test(fileName) ? tableRows(text, fileName) : listedRows(text, fileName);
  if (rows.length === 0) throw usageError(`${fileName} has no designs.`);
  if (rows.length > MOST) throw usageError(`${fileName} has more than ${MOST} designs.`, 'Split it.');
  return rows.map((row) => designFrom(card, row));
}

function tableRows(text: string, fileName: string): Record<string, unknown>[] {
  const [names, ...lines] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  if (!names) return [];
  return lines.map((cells, i) => {
    if (cells.length !== names.length)
      throw usageError(`Line ${i + 2} of ${fileName} has ${cells.length} values for ${names.length} names.`);
    return Object.fromEntries(names.map((name, k) => [name, cells[k]]));
  });
}

function listedRows(text: string, fileName: string): Record<string, unknown>[] {
  let plain: unknown;
  try {
    plain = parse(text);
  } catch (thrown) {
    throw usageError(`${fileName} cannot be read: ${thrown instanceof Error ? thrown.message.split('\n')[0] : thrown}`);
  }
  const rows = Array.isArray(plain) ? plain : [plain];
  if (
    rows.every((row): row is Record<string, unknown> => typeof row === 'object' && row !== null && !Array.isArray(row))
  )
    return rows;
  throw usageError(`${fileName} is no list of designs.`, 'For example: [{"width": "40 mm", "thickness": 6}]');
}
