/** Reading a damaged file as far as it goes. */
import { ArtificerError } from '../../preload/contract/errors.ts';
import { slices } from './slices.ts';
import type { Connection, SqlValue } from './sqlite.ts';

/** Copies the rows that can be read. Answers with the tables of which something could not. */
export async function copyReadableRows(
  source: Connection,
  target: Connection,
  signal?: AbortSignal,
): Promise<string[]> {
  const slice = slices(signal);
  const damaged: string[] = [];
  target.pragma('foreign_keys = OFF');
  const tables = target.all<{ name: string; plain: number }>(
    "SELECT name, wr = 0 AS plain FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
  );
  for (const { name, plain } of tables) {
    const order = plain
      ? 'rowid'
      : (target.get<{ name: string }>(`SELECT name FROM pragma_table_info('${name}') WHERE pk = 1`)?.name ?? '1');
    // Forwards up to the damage, then backwards down to it.
    for (const direction of ['ASC', 'DESC']) {
      try {
        for (const row of source.each<Record<string, SqlValue>>(
          `SELECT * FROM "${name}" ORDER BY "${order}" ${direction}`,
        )) {
          const values = Object.values(row);
          target.run(`INSERT OR IGNORE INTO "${name}" VALUES (${values.map(() => '?').join(', ')})`, ...values);
          await slice();
        }
        break;
      } catch (thrown) {
        if (!(thrown instanceof ArtificerError)) throw thrown;
        if (!damaged.includes(name)) damaged.push(name);
      }
    }
  }
  target.pragma('foreign_keys = ON');
  return damaged;
}
