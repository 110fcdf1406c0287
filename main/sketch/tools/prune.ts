/** Leaves out of an edit what the sketch would say twice. */

import { applySketchEdit } from '../model/ids.ts';
import { SketchView } from '../model/view.ts';
import { diagnose } from '../solver/diagnosis.ts';
import { measure } from '../solver/measure.ts';
import { Problem } from '../solver/problem.ts';
import type { Constraint, SketchDraft, SketchEdit } from '../types.ts';

/**
 * New constraints that follow from the others are dropped. Which do is a matter of directions alone, so dimensions count as what
 * they measure now, whatever their expressions say.
 */
export function withoutRedundant(sketch: SketchDraft, edit: SketchEdit): SketchEdit {
  const next = applySketchEdit(sketch, edit);
  const view = new SketchView(next.entities);
  const constraints = next.constraints.map((constraint): Constraint => {
    if (!('value' in constraint)) return constraint;
    const plain = { ...constraint, value: 1 } as Constraint;
    return { ...plain, value: measure(view, plain) ?? 1 } as Constraint;
  });
  const problem = new Problem({ entities: next.entities, constraints });
  const known = new Set(sketch.constraints.map(({ id }) => id));
  const redundant = new Set(diagnose(problem, problem.unknowns.values).redundant);
  return {
    ...edit,
    putConstraints: edit.putConstraints.filter(({ id }) => known.has(id) || !redundant.has(id)),
  };
}
