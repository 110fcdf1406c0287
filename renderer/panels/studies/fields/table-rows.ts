/** Tables of pairs in the order of their first column. Pure. */
import { parseQuantity } from '../../../units/parse.ts';
import type { Quantity, UnitSystem } from '../../../units/quantities.ts';

export type TableRow = [number, number];

/** In order, or what is wrong with them in a sentence. */
export function inOrder(rows: TableRow[]): TableRow[] | string {
  const sorted = [...rows].sort((a, b) => a[0] - b[0]);
  // 68 °F is 20 °C but for the last digit.
  const same = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  const twice = sorted.find((row, i) => i > 0 && same(row[0], sorted[i - 1]![0]));
  return twice ? 'Two rows have the same first value: each may be there once.' : sorted;
}

export const withRow = (rows: TableRow[], index: number, row: TableRow): TableRow[] | string =>
  inOrder(rows.map((other, i) => (i === index ? row : other)));

/** Rows as a spreadsheet puts them on the clipboard: two columns, in the units that are shown. Lines of words are left out. */
export function pastedRows(text: string, quantities: [Quantity, Quantity], system: UnitSystem): TableRow[] | string {
  const rows: TableRow[] = [];
  for (const line of text.split(/\r?\n/)) {
    const cells = line.split(/[\t;]/).map((cell) => cell.trim());
    if (cells.length < 2 || cells[0] === '') continue;
    const values = quantities.map((quantity, i) => parseQuantity(cells[i]!, quantity, system));
    // A heading is no number in either column; one that is a number in only one is a mistake that must be seen.
    if (values.every(({ ok }) => !ok)) continue;
    const wrong = values.find((value) => !value.ok);
    if (wrong && !wrong.ok) return `“${line.slice(0, 60)}”: ${wrong.message}`;
    rows.push(values.map((value) => (value.ok ? value.value : 0)) as TableRow);
  }
  return rows.length < 2 ? 'Two rows of two numbers are needed at least.' : inOrder(rows);
}
