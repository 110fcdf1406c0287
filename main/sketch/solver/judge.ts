/** The verdict on an answer, by measuring it: the largest deviation, and what is wrong with its shapes. */
import { Contacts } from '../equations/contacts.ts';
import { SketchView } from '../model/view.ts';
import type { Constraint, Entity } from '../types.ts';
import { arcDeviation, degenerations, deviation } from './measure.ts';

/** A constraint holds when it is off by less, mm. */
export const ACCEPTED_MM = 1e-6;
/** Lines and radii below this are nothing, mm. */
export const LEAST_SIZE_MM = 1e-6;

export interface Verdict {
  residual_mm: number;
  /** Empty when the shapes are sound. */
  faults: string[];
  good: boolean;
}

/** `shapes` is what arcs are compared with: an arc that opens or closes by more than half a turn has turned inside out. */
export function judge(
  entities: readonly Entity[],
  before: SketchView,
  constraints: readonly Constraint[],
  shapes = before,
): Verdict {
  const view = new SketchView(entities);
  const contacts = new Contacts(view, constraints);
  let residual_mm = arcDeviation(view);
  for (const constraint of constraints) {
    if ('reference' in constraint && constraint.reference) continue;
    const off = deviation(view, constraint, contacts, before);
    // A measure that is not a number must not pass for a small one.
    if (!(off <= residual_mm)) residual_mm = Number.isFinite(off) ? off : Number.POSITIVE_INFINITY;
  }
  const faults = degenerations(view, shapes, LEAST_SIZE_MM);
  return { residual_mm, faults, good: residual_mm <= ACCEPTED_MM && faults.length === 0 };
}
