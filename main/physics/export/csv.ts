/** A result as a table, one line a node: coordinates, then every quantity with its unit in the heading. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { FIELD_QUANTITIES, type FieldsMeta } from '../../../preload/contract/studies.ts';
import { reader, unitOf } from '../results/quantities.ts';
import { TextWriter } from './text.ts';

/** @param fieldsBundle with a solution. Columns whose material has no strength stay empty. */
export function exportCsv(fieldsBundle: Uint8Array): Uint8Array<ArrayBuffer> {
  const { arrays } = decodeBundle<FieldsMeta>(fieldsBundle);
  const nodes = arrays['nodes']!;
  const quantities = FIELD_QUANTITIES.filter((quantity) => reader(arrays, quantity) !== null);
  const readers = quantities.map((quantity) => reader(arrays, quantity)!);
  const writer = new TextWriter();
  const heading = quantities.map((quantity) =>
    unitOf(quantity) === '-' ? quantity : `${quantity} [${unitOf(quantity)}]`,
  );
  writer.line(['node', 'x [mm]', 'y [mm]', 'z [mm]', ...heading].join(','));
  for (let node = 0; node < nodes.length / 3; node++) {
    const row: (string | number)[] = [node + 1];
    for (let axis = 0; axis < 3; axis++) row.push(short(nodes[3 * node + axis]!));
    for (const read of readers) row.push(short(read(node)));
    writer.line(row.join(','));
  }
  return writer.bytes();
}

const short = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(7))) : '');
