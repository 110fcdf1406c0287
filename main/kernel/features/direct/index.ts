import type { Operations } from '../operation.ts';
import { deleteFace } from './delete-face.ts';
import { moveFace } from './move-face.ts';
import { offsetFace } from './offset-face.ts';
import { replaceFace } from './replace-face.ts';
import { resizeFillet } from './resize-fillet.ts';
import { resizeHole } from './resize-hole.ts';

export const DIRECT: Operations = {
  'delete-face': deleteFace,
  'resize-fillet': resizeFillet,
  'move-face': moveFace,
  'offset-face': offsetFace,
  'replace-face': replaceFace,
  'resize-hole': resizeHole,
};
