import type { Operations } from '../operation.ts';
import { moveBody } from './move-body.ts';
import { split } from './split.ts';

export const BODIES: Operations = { split, 'move-body': moveBody };
