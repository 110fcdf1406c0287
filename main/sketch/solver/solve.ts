/**
 * Solves a sketch: by our own sparse least squares, which moves no more than it must; where that fails or lands on a shape
 * that cannot be, by going to the new dimensions in steps; and then by planegcs. Every answer is measured before it is given.
 */

import { SketchView } from '../model/view.ts';
import type { Constraint, Entity, Solution, SolvableSketch, SolveOptions } from '../types.ts';
import { type Conflict, explain } from './conflicts.ts';
import { diagnose } from './diagnosis.ts';
import { judge, type Verdict } from './judge.ts';
import { measure } from './measure.ts';
import { Problem } from './problem.ts';

/** Another solver, asked when ours finds nothing: positions of the entities, or null. */
export type SecondSolver = (sketch: SolvableSketch) => Entity[] | null;

const STEPS = 8;

export function solveSketch(sketch: SolvableSketch, options: SolveOptions, second: SecondSolver): Solution {
  const problem = new Problem(sketch);
  const x = problem.unknowns.values.slice();
  const failing = problem.solve(x);
  const reached = problem.unknowns.entities(x);
  let verdict = judge(reached, problem.view, sketch.constraints);
  if (failing.length === 0 && verdict.good) return answer(sketch, problem, x, reached, verdict, options);

  for (const attempt of [inSteps, second]) {
    const entities = attempt(sketch);
    if (!entities) continue;
    // Polished from there, so that every answer is equally sharp.
    const polished = new Problem({ entities, constraints: sketch.constraints });
    const y = polished.unknowns.values.slice();
    if (polished.solve(y).length > 0) continue;
    const better = polished.unknowns.entities(y);
    // Gone in steps, an arc may have opened far: it is compared with the last step.
    const shapes = attempt === inSteps ? polished.view : problem.view;
    const trial = judge(better, problem.view, sketch.constraints, shapes);
    if (trial.good) return answer(sketch, polished, y, better, trial, options);
    if (failing.length === 0 && trial.residual_mm < verdict.residual_mm) verdict = trial;
  }
  return refusal(sketch, problem, x, failing.length > 0 ? explain(sketch, failing, x) : null, verdict, options);
}

/** Dimensions go from what they measure now to what they shall be, a part of the way at a time. */
function inSteps(sketch: SolvableSketch): Entity[] | null {
  const start = new SketchView(sketch.entities);
  const measured = new Map<string, number>();
  for (const constraint of sketch.constraints) {
    if (!('value' in constraint) || constraint.reference) continue;
    const now = measure(start, constraint);
    if (now !== undefined && Math.abs(now - constraint.value) > 1e-9) measured.set(constraint.id, now);
  }
  if (measured.size === 0) return null;
  let entities: Entity[] = sketch.entities;
  for (let step = 1; step <= STEPS; step++) {
    const constraints = sketch.constraints.map((constraint): Constraint => {
      const from = measured.get(constraint.id);
      if (from === undefined || !('value' in constraint)) return constraint;
      return { ...constraint, value: from + ((constraint.value - from) * step) / STEPS };
    });
    const problem = new Problem({ entities, constraints });
    const x = problem.unknowns.values.slice();
    if (problem.solve(x).length > 0) return null;
    entities = problem.unknowns.entities(x);
    if (judge(entities, problem.view, constraints).faults.length > 0) return null;
  }
  return entities;
}

function answer(
  sketch: SolvableSketch,
  problem: Problem,
  x: Float64Array,
  entities: Entity[],
  verdict: Verdict,
  options: SolveOptions,
): Solution {
  const diagnosis =
    options.diagnose === false
      ? { degreesOfFreedom: 0, redundant: [], free: [], suggestions: [] }
      : diagnose(problem, x);
  const { redundant, degreesOfFreedom } = diagnosis;
  return {
    status: redundant.length > 0 ? 'over-constrained' : degreesOfFreedom > 0 ? 'under-constrained' : 'solved',
    ...diagnosis,
    entities,
    conflicting: [],
    values: valuesOf(sketch.constraints, new SketchView(entities)),
    residual_mm: verdict.residual_mm,
    messages: diagnosis.suggestions.slice(0, redundant.length > 0 ? 1 : 0).map(({ words }) => words),
  };
}

function refusal(
  sketch: SolvableSketch,
  problem: Problem,
  x: Float64Array,
  conflict: Conflict | null,
  verdict: Verdict,
  options: SolveOptions,
): Solution {
  const { degreesOfFreedom, free } =
    options.diagnose === false ? { degreesOfFreedom: 0, free: [] } : diagnose(problem, x);
  return {
    status: conflict ? 'inconsistent' : 'failed',
    degreesOfFreedom,
    entities: sketch.entities,
    conflicting: conflict?.conflicting ?? [],
    redundant: [],
    free,
    values: valuesOf(sketch.constraints, problem.view),
    suggestions: conflict?.suggestions ?? [],
    residual_mm: verdict.residual_mm,
    messages: conflict
      ? [conflict.message]
      : verdict.faults.length > 0
        ? verdict.faults
        : [
            'No positions were found that satisfy all constraints. Drag the sketch nearer to its shape, or remove the last constraint.',
          ],
  };
}

function valuesOf(constraints: readonly Constraint[], view: SketchView): Record<string, number> {
  const values: Record<string, number> = {};
  for (const constraint of constraints) {
    const value = measure(view, constraint);
    if (value !== undefined) values[constraint.id] = value;
  }
  return values;
}
