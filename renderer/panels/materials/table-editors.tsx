import type { MaterialProperties, TemperatureTables } from '../../../preload/contract/index.ts';
import { Check } from '../../ui/fields.tsx';
import { NumberTable } from '../studies/fields/number-table.tsx';
import type { TableRow } from '../studies/fields/table-rows.ts';
import { TABLES } from './figures.ts';

interface TableEditorsProps {
  properties: MaterialProperties;
  onChange: (tables: TemperatureTables) => void;
}

/** Which figures change with temperature, and how. */
export function TableEditors({ properties, onChange }: TableEditorsProps) {
  const tables = properties.tables ?? {};
  return (
    <>
      <p className="field-heading">Changes with temperature</p>
      {TABLES.map(({ key, label, unit, quantity, scale = 1, refuse }) => {
        const rows = tables[key];
        const value = properties[key];
        return (
          <div key={key}>
            <Check
              label={label}
              checked={rows !== undefined}
              // There is nothing to begin a table from.
              disabled={rows === undefined && value === undefined}
              onChange={(checked) => {
                const { [key]: _before, ...rest } = tables;
                onChange(
                  checked
                    ? {
                        ...rest,
                        [key]: [
                          [20, value!],
                          [100, value!],
                        ],
                      }
                    : rest,
                );
              }}
            />
            {rows && (
              <NumberTable
                label={`${label} by temperature`}
                columns={[
                  { name: 'Temperature', quantity: 'temperature' },
                  { name: unit ? `${label} (${unit})` : label, quantity, ...(refuse ? { refuse } : {}) },
                ]}
                rows={rows.map(([at, each]): TableRow => [at, each * scale])}
                onChange={(next) =>
                  onChange({ ...tables, [key]: next.map(([at, each]): TableRow => [at, each / scale]) })
                }
              />
            )}
          </div>
        );
      })}
    </>
  );
}
