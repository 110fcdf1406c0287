/** Ids for what the sketch package's tools make: theirs are free in the sketch, ours also where something else names them. Pure. */
import type { SketchEdit } from '../../../main/sketch/index.ts';
import type { Sketch, SketchConstraint, SketchEntity } from '../../../preload/contract/index.ts';
import type { TakeId } from './draft.ts';

const ENTITY_KEYS = ['id', 'start', 'end', 'centre', 'major'] as const;
const CONSTRAINT_KEYS = ['id', 'a', 'b', 'point', 'curve', 'line', 'about'] as const;

function renamed<T extends object>(thing: T, keys: readonly string[], names: ReadonlyMap<string, string>): T {
  const copy = { ...thing } as Record<string, unknown>;
  for (const key of keys) {
    const name = typeof copy[key] === 'string' ? names.get(copy[key]) : undefined;
    if (name !== undefined) copy[key] = name;
  }
  return copy as T;
}

export function withFreshIds(
  edit: SketchEdit,
  sketch: Pick<Sketch, 'entities' | 'constraints'>,
  takeId: TakeId,
): SketchEdit {
  const there = new Set([...sketch.entities, ...sketch.constraints].map(({ id }) => id));
  const names = new Map<string, string>();
  for (const { id, kind } of edit.put) if (!there.has(id)) names.set(id, takeId(kind));
  for (const { id } of edit.putConstraints) if (!there.has(id)) names.set(id, takeId('c'));
  return {
    ...edit,
    put: edit.put.map((entity): SketchEntity => {
      const fresh = renamed(entity, ENTITY_KEYS, names);
      return fresh.kind === 'spline' ? { ...fresh, points: fresh.points.map((id) => names.get(id) ?? id) } : fresh;
    }),
    putConstraints: edit.putConstraints.map((one): SketchConstraint => renamed(one, CONSTRAINT_KEYS, names)),
  };
}
