/** All operations, by kind of feature. */

import type { Operations } from './operation.ts';
import { extrude } from './operations/extrude.ts';

export const OPERATIONS: Operations = { extrude };
