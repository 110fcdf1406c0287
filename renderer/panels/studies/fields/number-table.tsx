import { type ClipboardEvent, useState } from 'react';
import { Button, IconButton } from '../../../ui/button.tsx';
import { QuantityField } from '../../../ui/fields.tsx';
import { type Quantity, unitOf } from '../../../units/quantities.ts';
import { useUnits } from '../../../units/use-units.ts';
import { pastedRows, type TableRow, withRow } from './table-rows.ts';

interface NumberTableProps {
  label: string;
  /** Two of them: what it goes by, and the value. */
  columns: [Column, Column];
  rows: TableRow[];
  /** Always with ascending first columns. */
  onChange: (rows: TableRow[]) => void;
}
interface Column {
  name: string;
  quantity: Quantity;
  refuse?: (value: number) => string | null;
}

/** A table of pairs: typed into cells, or pasted from a spreadsheet. Rows are kept in the order of their first column. */
export function NumberTable({ label, columns, rows, onChange }: NumberTableProps) {
  const system = useUnits();
  const [error, setError] = useState<string | null>(null);
  const put = (next: TableRow[] | string) => {
    if (typeof next === 'string') return setError(next);
    setError(null);
    onChange(next);
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n;]/.test(text.trim())) return;
    event.preventDefault();
    put(pastedRows(text, [columns[0].quantity, columns[1].quantity], system));
  };
  const title = ({ name, quantity }: Column) => {
    const { symbol } = unitOf(quantity, system);
    return symbol ? `${name} (${symbol})` : name;
  };
  return (
    <div className="number-table-box">
      <table className="number-table" aria-label={label} onPaste={paste}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {title(column)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={index}>
              {columns.map((column, place) => (
                <td key={column.name}>
                  <QuantityField
                    label={`${column.name}, row ${index + 1}`}
                    quantity={column.quantity}
                    value={row[place]!}
                    bare
                    {...(column.refuse ? { refuse: column.refuse } : {})}
                    onCommit={(value) => put(withRow(rows, index, place === 0 ? [value, row[1]] : [row[0], value]))}
                  />
                </td>
              ))}
              <td>
                <IconButton
                  small
                  icon="close"
                  label={`Delete row ${index + 1}`}
                  disabled={rows.length <= 2}
                  onClick={() => put(rows.filter((_, other) => other !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <Button
        kind="quiet small"
        icon="plus"
        onClick={() => {
          const [last, before] = [rows.at(-1)!, rows.at(-2)];
          put([...rows, [last[0] + (before ? last[0] - before[0] : 100), last[1]]]);
        }}
      >
        Add a row
      </Button>
    </div>
  );
}
