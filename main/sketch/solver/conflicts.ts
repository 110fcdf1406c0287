/**
 * Which constraints cannot hold together, and which to drop. Where the sum of squares is least the residuals cancel one another
 * in every direction: the constraints that are off there are those that contradict each other. Each is then tried: dropped,
 * and the rest solved.
 */
import { constraintWords } from '../model/words.ts';
import type { Constraint, SolvableSketch, Suggestion } from '../types.ts';
import { capital, list } from './diagnosis.ts';
import { judge } from './judge.ts';
import { Problem } from './problem.ts';
import type { EquationSystem } from './system.ts';

export interface Conflict {
  conflicting: string[];
  suggestions: Suggestion[];
  message: string;
}

const MOST_TRIALS = 24;
const MOST_DROPPED = 6;

/** `x` holds the best that could be done for the failing parts. Null when no set of constraints can be blamed. */
export function explain(sketch: SolvableSketch, failing: readonly EquationSystem[], x: Float64Array): Conflict | null {
  const blamed = suspects(sketch, failing, x);
  if (blamed.length === 0) return null;
  const without = (ids: readonly string[]): SolvableSketch => ({
    entities: sketch.entities,
    constraints: sketch.constraints.filter(({ id }) => !ids.includes(id)),
  });
  const cures = blamed.filter(({ id }) => canBeSolved(without([id])));
  if (cures.length > 0)
    return inWords(
      cures,
      cures.map(({ id }) => [id]),
      sketch.constraints,
    );
  // Several conflicts at once: the worst goes, again and again, until the rest holds.
  const dropped: string[] = [];
  const all = new Map(blamed.map((constraint) => [constraint.id, constraint]));
  let left = blamed;
  while (left.length > 0 && dropped.length < MOST_DROPPED) {
    dropped.push(left[0]!.id);
    const rest = without(dropped);
    const problem = new Problem(rest);
    const trial = problem.unknowns.values.slice();
    const still = problem.solve(trial);
    if (still.length === 0) {
      if (!judge(problem.unknowns.entities(trial), problem.view, rest.constraints).good) return null;
      return inWords([...all.values()], [dropped], sketch.constraints);
    }
    left = suspects(rest, still, trial);
    for (const constraint of left) all.set(constraint.id, constraint);
  }
  return null;
}

export function canBeSolved(sketch: SolvableSketch): boolean {
  const problem = new Problem(sketch);
  const x = problem.unknowns.values.slice();
  return problem.solve(x).length === 0 && judge(problem.unknowns.entities(x), problem.view, sketch.constraints).good;
}

/** Those that are off, the most first; of equals the latest first. */
function suspects(sketch: SolvableSketch, failing: readonly EquationSystem[], x: Float64Array): Constraint[] {
  const off = new Map<string, number>();
  for (const part of failing) {
    part.evaluate(x, false);
    const worst = part.worst();
    part.equations.forEach(({ owner }, row) => {
      const size = Math.abs(part.residuals[row]!);
      if (owner !== null && size > 1e-5 * worst) off.set(owner, Math.max(off.get(owner) ?? 0, size));
    });
  }
  const place = new Map(sketch.constraints.map(({ id }, i) => [id, i]));
  const round = (id: string) => Number(off.get(id)!.toPrecision(3));
  return [...off.keys()]
    .sort((a, b) => round(b) - round(a) || place.get(b)! - place.get(a)!)
    .slice(0, MOST_TRIALS)
    .map((id) => sketch.constraints[place.get(id)!]!);
}

function inWords(conflicting: Constraint[], drops: string[][], constraints: readonly Constraint[]): Conflict {
  const inOrder = constraints.filter((constraint) => conflicting.includes(constraint));
  const name = (id: string) => constraintWords(constraints.find((constraint) => constraint.id === id)!);
  return {
    conflicting: inOrder.map(({ id }) => id),
    suggestions: drops.map((drop) => ({ drop, words: `Remove ${list(drop.map(name))}.` })),
    message:
      inOrder.length === 1
        ? `${capital(constraintWords(inOrder[0]!))} cannot hold.`
        : `${capital(list(inOrder.map(constraintWords)))} cannot hold together.`,
  };
}
