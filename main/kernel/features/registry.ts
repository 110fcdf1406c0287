/** All operations, by kind of feature. */

import { BODIES } from './bodies/index.ts';
import { DIRECT } from './direct/index.ts';
import { DRESSING } from './dressing/index.ts';
import type { Operations } from './operation.ts';
import { extrude } from './operations/extrude.ts';
import { SURFACES } from './surfaces/index.ts';

export const OPERATIONS: Operations = { extrude, ...BODIES, ...DIRECT, ...DRESSING, ...SURFACES };
