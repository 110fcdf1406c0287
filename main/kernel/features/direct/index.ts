import type { Operations } from '../operation.ts';
import { offsetFace } from './offset-face.ts';
import { replaceFace } from './replace-face.ts';
import { resizeHole } from './resize-hole.ts';

export const DIRECT: Operations = { 'offset-face': offsetFace, 'replace-face': replaceFace, 'resize-hole': resizeHole };
