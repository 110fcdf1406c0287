/** A result as a table, one line a node: coordinates, then every quantity with its unit in the heading. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import { FIELD_QUANTITIES, type FieldsMeta } from '../../../preload/contract/studies.ts';
import { frameArrays } from '../results/fields.ts';
import { reader, unitOf } from '../results/quantities.ts';
import { TextWriter } from './text.ts';

/**
 * @param fieldsBundle with a solution. Columns whose material has no strength stay empty.
 * @param frame which case, mode or moment, counted from 0
 * @throws ArtificerError `results.no-frame`
 */
export function exportCsv(fieldsBundle: Uint8Array, frame = 0): Uint8Array<ArrayBuffer> {
  const { arrays: all } = decodeBundle<FieldsMeta>(fieldsBundle);
  const nodes = all['nodes']!;
  const arrays = frameArrays(all, frame);
  if (frame > 0 && Object.keys(arrays).length === 0)
    throw new ArtificerError({
      code: 'results.no-frame',
      category: 'usage',
      message: `The result has no frame ${frame + 1}.`,
      hint: 'Choose one that the time bar shows.',
    });
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
