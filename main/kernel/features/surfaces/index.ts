import type { Operations } from '../operation.ts';
import { loft } from './loft.ts';
import { rib } from './rib.ts';
import { sweep } from './sweep.ts';
import { thicken } from './thicken.ts';

export const SURFACES: Operations = { sweep, loft, rib, thicken };
