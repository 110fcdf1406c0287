/** What an IGES file says about itself and what is wrong with it (IGES 5.3, sections 2.2.4.2 to 2.2.4.6). */
import type { ErrorData } from '../../../../preload/contract/errors.ts';
import type { Warning } from '../../port.ts';
import { refusalData } from '../refusal.ts';

export interface IgesScan {
  /** `IGES 5.3` ... */
  schema: string;
  originatingSystem: string;
  preprocessor: string;
  author: string;
  organisation: string;
  lengthUnit: string;
  lines: { start: number; global: number; directory: number; parameter: number };
  /** Instances of each entity type. */
  census: Map<number, number>;
  entities: number;
  warnings: Warning[];
  fatal?: ErrorData;
}

/** Never throws. */
export function scanIges(bytes: Uint8Array): IgesScan {
  const scan: IgesScan = {
    schema: 'IGES',
    originatingSystem: '',
    preprocessor: '',
    author: '',
    organisation: '',
    lengthUnit: 'mm',
    lines: { start: 0, global: 0, directory: 0, parameter: 0 },
    census: new Map(),
    entities: 0,
    warnings: [],
  };
  if (bytes.length === 0) scan.fatal = refusalData('import.empty-file', 'The file is empty.');
  return scan;
}
