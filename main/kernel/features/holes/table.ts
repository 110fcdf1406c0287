/** Standard holes: what a screw of a size needs. The figures and their sources are in `resources/holes`. */
import asme from '../../../../resources/holes/asme.json' with { type: 'json' };
import iso from '../../../../resources/holes/iso.json' with { type: 'json' };
import { usage } from '../../errors.ts';
import { withField } from '../scope/resolve.ts';

export interface HoleSize {
  /** `M6`, `1/4-20`. */
  size: string;
  clearance_mm: { close: number; normal: number; loose: number };
  tapDrill_mm: number;
  counterbore_mm: { diameter: number; depth: number };
  /** Of the countersunk head where it would be sharp; not all sizes have one. */
  countersink_mm: number | undefined;
  countersinkAngle_rad: number;
}

const MM_PER = { mm: 1, inch: 25.4 };
const TABLES = { iso: read(iso), asme: read(asme) };

interface Row {
  size: string;
  clearance: number[];
  tapDrill: number;
  counterbore: number[];
  countersink?: number;
}

function read(table: { unit: string; countersinkAngle_deg: number; sizes: Row[] }): HoleSize[] {
  const unit = MM_PER[table.unit as keyof typeof MM_PER];
  return table.sizes.map(({ size, clearance, tapDrill, counterbore, countersink }) => ({
    size,
    clearance_mm: { close: clearance[0]! * unit, normal: clearance[1]! * unit, loose: clearance[2]! * unit },
    tapDrill_mm: tapDrill * unit,
    counterbore_mm: { diameter: counterbore[0]! * unit, depth: counterbore[1]! * unit },
    countersink_mm: countersink === undefined ? undefined : countersink * unit,
    countersinkAngle_rad: (table.countersinkAngle_deg * Math.PI) / 180,
  }));
}

export const holeSizes = (standard: 'iso' | 'asme'): readonly HoleSize[] => TABLES[standard];

/** `m6` and `1/4` will do for `M6` and `1/4-20`. @throws ArtificerError `hole.size` */
export function holeSize(standard: 'iso' | 'asme', size: string | undefined): HoleSize {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/\s/g, '');
  const wanted = plain(size ?? '');
  const found = TABLES[standard].find((row) => plain(row.size) === wanted || plain(row.size.split('-')[0]!) === wanted);
  if (found) return found;
  const sizes = TABLES[standard].map((row) => row.size);
  throw withField(
    usage(
      'hole.size',
      size ? `There is no ${standard.toUpperCase()} size ${size}.` : 'The hole needs a size.',
      `There are ${sizes.join(', ')}.`,
    ).data,
    'size',
  );
}
