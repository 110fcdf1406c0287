/** A quick look at OpenCascade's own formats before the kernel reads them. */
import type { ErrorData } from '../../../../preload/contract/errors.ts';
import type { Warning } from '../../port.ts';
import { refusalData } from '../refusal.ts';

export interface BrepScan {
  form: 'ascii' | 'binary';
  version: number;
  warnings: Warning[];
  fatal?: ErrorData;
}

/** Never throws. */
export function scanBrep(bytes: Uint8Array): BrepScan {
  const scan: BrepScan = { form: 'ascii', version: 1, warnings: [] };
  if (bytes.length === 0) scan.fatal = refusalData('import.empty-file', 'The file is empty.');
  return scan;
}
