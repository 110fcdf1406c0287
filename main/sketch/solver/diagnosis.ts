/** What a solved sketch can still do, and which of its constraints say what others say already. */

import { pointsOfEntity } from '../model/view.ts';
import { constraintWords } from '../model/words.ts';
import type { Constraint, Suggestion } from '../types.ts';
import type { Problem } from './problem.ts';
import { rankOf } from './rank.ts';

export interface Diagnosis {
  degreesOfFreedom: number;
  redundant: string[];
  free: string[];
  suggestions: Suggestion[];
}

/** At the numbers `x`, which should be a solution. */
export function diagnose(problem: Problem, x: Float64Array): Diagnosis {
  const { unknowns } = problem;
  const movable = new Set<number>(Array.from({ length: unknowns.count }, (_, i) => i));
  let degreesOfFreedom = unknowns.count;
  const redundant: string[] = [];
  const suggestions: Suggestion[] = [];
  const owners: (string | null)[] = [];
  const all: Map<number, number>[] = [];
  for (const part of problem.parts) {
    part.evaluate(x, true);
    const { rank, free, dependencies } = rankOf(part);
    degreesOfFreedom -= rank;
    for (const unknown of part.unknowns) movable.delete(unknown);
    for (const local of free) movable.add(part.unknowns[local]!);
    // A constraint may have equations in several parts (x and y of a coincidence): rows are numbered through.
    for (const dependency of dependencies)
      all.push(new Map([...dependency].map(([row, share]) => [row + owners.length, share])));
    for (const equation of part.equations) owners.push(equation.owner);
  }
  for (const { owner, others } of redundancies(owners, all, problem.constraints)) {
    redundant.push(owner.id);
    suggestions.push(...inWords(owner, others));
  }
  const moving = new Set([...movable].map((unknown) => unknowns.owners[unknown]!));
  const fixed = unknowns.view.fixedIds();
  const free = unknowns.view.entities
    .filter((entity) => !fixed.has(entity.id))
    .filter((entity) => moving.has(entity.id) || pointsOfEntity(entity).some((id) => moving.has(id)))
    .map(({ id }) => id);
  return { degreesOfFreedom, redundant, free, suggestions };
}

/** Eliminates these rows from the vectors, as far as they reach: those used for it, and what is left of the others. */
function reduced(vectors: readonly Map<number, number>[], rows: readonly number[]) {
  let rest = vectors.map((vector) => new Map(vector));
  const used: Map<number, number>[] = [];
  for (const row of rows) {
    const size = (vector: Map<number, number>) => Math.abs(vector.get(row) ?? 0);
    const pivot = rest.filter((vector) => size(vector) > 1e-7).sort((a, b) => size(b) - size(a))[0];
    if (!pivot) break;
    used.push(pivot);
    rest = rest.filter((vector) => vector !== pivot);
    for (const vector of rest) {
      const by = (vector.get(row) ?? 0) / pivot.get(row)!;
      if (by === 0) continue;
      for (const [other, share] of pivot) {
        const next = (vector.get(other) ?? 0) - by * share;
        if (Math.abs(next) < 1e-10 || other === row) vector.delete(other);
        else vector.set(other, next);
      }
    }
  }
  return { used, rest };
}

interface Redundancy {
  owner: Constraint;
  /** With which it says the same. */
  others: Constraint[];
}

/**
 * The latest constraints first: one is redundant when all of its equations follow from the rest, which is when the dependencies
 * of the rows, looked at on its rows alone, have full rank.
 */
function redundancies(
  rowOwners: readonly (string | null)[],
  dependencies: readonly Map<number, number>[],
  constraints: readonly Constraint[],
): Redundancy[] {
  let basis = dependencies.map((dependency) => {
    const largest = Math.max(...[...dependency.values()].map(Math.abs));
    return new Map([...dependency].filter(([, share]) => Math.abs(share) > 1e-7 * largest));
  });
  if (basis.length === 0) return [];
  const rowsOf = new Map<string, number[]>();
  rowOwners.forEach((owner, row) => {
    if (owner !== null) rowsOf.set(owner, [...(rowsOf.get(owner) ?? []), row]);
  });
  const involved = new Set(basis.flatMap((vector) => [...vector.keys()].map((row) => rowOwners[row]!)));
  const byId = new Map(constraints.map((constraint) => [constraint.id, constraint]));
  const found: Redundancy[] = [];
  for (let i = constraints.length - 1; i >= 0 && basis.length > 0; i--) {
    const owner = constraints[i]!;
    if (!involved.has(owner.id)) continue;
    const rows = rowsOf.get(owner.id)!;
    const touching = basis.filter((vector) => rows.some((row) => vector.has(row)));
    if (touching.length < rows.length) continue;
    const { used, rest } = reduced(touching, rows);
    if (used.length < rows.length) continue;
    basis = [...basis.filter((vector) => !touching.includes(vector)), ...rest];
    const owners = new Set(used.flatMap((vector) => [...vector.keys()].map((row) => rowOwners[row]!)));
    owners.delete(owner.id);
    found.push({ owner, others: [...owners].flatMap((id) => byId.get(id) ?? []) });
  }
  return found;
}

const DIMENSIONS = new Set(['distance', 'horizontal-distance', 'vertical-distance', 'radius', 'diameter', 'angle']);

function inWords(owner: Constraint, others: readonly Constraint[]): Suggestion[] {
  const advice = DIMENSIONS.has(owner.kind) ? 'Remove it, or let it only show its value' : 'Remove it';
  const said =
    others.length > 0 ? ` is said already by ${list(others.map(constraintWords))}` : ' follows from the others';
  return [
    { drop: [owner.id], words: `${capital(constraintWords(owner))}${said}. ${advice}.` },
    ...others
      .slice(-4)
      .map((other) => ({ drop: [other.id], words: `Or remove ${constraintWords(other)} and keep the other.` })),
  ];
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
export function list(items: readonly string[]): string {
  const shown = items.slice(0, 4);
  if (items.length > 4) return `${shown.join('; ')} and ${items.length - 4} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join('; ')} and ${shown[shown.length - 1]}`;
}
