/** All operations, by kind of feature. */

import { BODIES } from './bodies/index.ts';
import { DIRECT } from './direct/index.ts';
import { DRESSING } from './dressing/index.ts';
import type { Operations } from './operation.ts';
import { CORE } from './operations/index.ts';
import { SHEET_METAL } from './sheet-metal/index.ts';
import { SURFACES } from './surfaces/index.ts';

export const OPERATIONS: Operations = { ...CORE, ...BODIES, ...DIRECT, ...DRESSING, ...SURFACES, ...SHEET_METAL };
