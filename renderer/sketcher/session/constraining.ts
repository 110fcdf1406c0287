/** Constraints on what is selected. */
import type { SketchConstraint } from '../../../preload/contract/index.ts';
import { constraintsFor, type GeometricKind, idsOf, pickedOf } from '../constraints/possible.ts';
import { CONSTRAINTS } from '../constraints/words.ts';
import { change } from './editing.ts';
import { useSketcher } from './state.ts';

export function addConstraint(kind: GeometricKind): void {
  const { session, sketch, selection } = useSketcher.getState();
  if (!session) return;
  const wanted = constraintsFor(kind, pickedOf(selection, sketch.entities));
  const key = (one: Parameters<typeof idsOf>[0]) => `${one.kind} ${idsOf(one).sort().join(' ')}`;
  const there = new Set(sketch.constraints.map(key));
  const fresh = wanted.filter((one) => !there.has(key(one)));
  if (fresh.length === 0) {
    if (wanted.length > 0) useSketcher.setState({ note: 'That constraint is there already.' });
    return;
  }
  const added = fresh.map((one) => ({ ...one, id: session.takeId('c') }) as SketchConstraint);
  change(CONSTRAINTS[kind].title, { ...sketch, constraints: [...sketch.constraints, ...added] });
}
