/** What the thread of a check says. */
import type { ErrorData, ManufacturingReport } from '../../../preload/contract/index.ts';

export type ManufactureMessage =
  | { type: 'step'; stage: string }
  | { type: 'done'; report: ManufacturingReport }
  | { type: 'failed'; error: ErrorData };
