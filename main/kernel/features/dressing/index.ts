import type { Operations } from '../operation.ts';
import { draft } from './draft.ts';
import { shell } from './shell.ts';

export const DRESSING: Operations = { shell, draft };
