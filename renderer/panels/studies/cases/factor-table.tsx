import { type KeyboardEvent, useRef, useState } from 'react';
import { QuantityField, TextField } from '../../../ui/fields.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../../ui/menu.tsx';
import type { FactorColumn, FactorRow } from './case-edits.ts';

interface FactorTableProps {
  label: string;
  /** What the rows are. */
  rowTitle: string;
  rows: FactorRow[];
  columns: FactorColumn[];
  onFactor: (columnId: string, rowId: string, factor: number) => void;
  onRename: (columnId: string, name: string) => void;
  columnEntries: (column: FactorColumn) => MenuEntry[];
  testId: string;
}

/** Factors typed into cells: an empty cell leaves the row out of the column. Arrow up, arrow down and Enter go from row to row. */
export function FactorTable(props: FactorTableProps) {
  const { rows, columns } = props;
  const table = useRef<HTMLTableElement>(null);
  const [renaming, setRenaming] = useState<string | null>(null);

  const onKeyDown = (event: KeyboardEvent, rowIndex: number, columnId: string) => {
    const by = event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const row = by === 0 ? undefined : rows[rowIndex + by];
    if (!row) return;
    event.preventDefault();
    table.current
      ?.querySelector<HTMLInputElement>(`[data-cell="${CSS.escape(`${row.id} ${columnId}`)}"] input`)
      ?.focus();
  };

  return (
    <div className="factor-table-box">
      <table ref={table} className="factor-table" aria-label={props.label} data-testid={props.testId}>
        <thead>
          <tr>
            <th scope="col">{props.rowTitle}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.suppressed ? 'idle' : ''}>
                {renaming === column.id ? (
                  <TextField
                    label="New name"
                    value={column.name}
                    autoFocus
                    onCommit={(name) => {
                      setRenaming(null);
                      props.onRename(column.id, name);
                    }}
                    onCancel={() => setRenaming(null)}
                  />
                ) : (
                  <MenuButton
                    label={`${column.name}: more`}
                    className="factor-column"
                    entries={() => [
                      { kind: 'item', label: 'Rename', icon: 'pencil', run: () => setRenaming(column.id) },
                      ...props.columnEntries(column),
                    ]}
                  >
                    <span className="truncate">{column.name}</span>
                    <Icon name="down" size={12} />
                  </MenuButton>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.id} className={row.idle ? 'idle' : ''}>
              <th scope="row" title={row.name}>
                <span className="truncate">{row.name}</span>
              </th>
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={column.suppressed ? 'idle' : ''}
                  data-cell={`${row.id} ${column.id}`}
                  onKeyDown={(event) => onKeyDown(event, rowIndex, column.id)}
                >
                  <QuantityField
                    label={`Factor of ${row.name} in ${column.name}`}
                    quantity="none"
                    value={column.factors.get(row.id)}
                    placeholder="–"
                    onCommit={(factor) => props.onFactor(column.id, row.id, factor)}
                    onClear={() => props.onFactor(column.id, row.id, 0)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
