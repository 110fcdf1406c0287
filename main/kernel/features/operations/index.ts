/** The operations of this folder, by kind of feature. Sketches and planes are the evaluator's own. */
import type { Operations } from '../operation.ts';
import { boolean } from './boolean.ts';
import { chamfer } from './chamfer.ts';
import { extrude } from './extrude.ts';
import { fillet } from './fillet.ts';
import { hole } from './hole.ts';
import { importBodies } from './import.ts';
import { circularPattern, linearPattern, mirror } from './patterns.ts';
import { revolve } from './revolve.ts';

export const CORE: Operations = {
  extrude,
  revolve,
  hole,
  fillet,
  chamfer,
  'linear-pattern': linearPattern,
  'circular-pattern': circularPattern,
  mirror,
  boolean,
  import: importBodies,
};
