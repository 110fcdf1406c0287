/** Removing things with all that cannot be without them, and turning them into construction geometry. */
import { pointsOfEntity } from '../model/view.ts';
import type { SketchDraft, SketchEdit } from '../types.ts';
import { idsOfConstraint } from './edit.ts';

/**
 * Entities go with the curves that need them; then the points that only served what is gone, and every constraint that names
 * something gone. Ids of constraints may be given as well.
 */
export function removeWithDependants(sketch: SketchDraft, ids: readonly string[]): SketchEdit {
  const gone = new Set(ids.filter((id) => sketch.entities.some((entity) => entity.id === id)));
  for (const entity of sketch.entities) if (pointsOfEntity(entity).some((id) => gone.has(id))) gone.add(entity.id);
  const needed = new Set(sketch.entities.filter(({ id }) => !gone.has(id)).flatMap(pointsOfEntity));
  for (const entity of sketch.entities)
    if (gone.has(entity.id))
      for (const id of pointsOfEntity(entity)) if (!needed.has(id) && id !== 'origin') gone.add(id);
  return {
    put: [],
    remove: [...gone],
    putConstraints: [],
    removeConstraints: sketch.constraints
      .filter((constraint) => ids.includes(constraint.id) || idsOfConstraint(constraint).some((id) => gone.has(id)))
      .map(({ id }) => id),
  };
}

export function setConstruction(sketch: SketchDraft, ids: readonly string[], construction: boolean): SketchEdit {
  const put = sketch.entities
    .filter((entity) => ids.includes(entity.id) && entity.kind !== 'point')
    .map((entity) => {
      const { construction: _was, ...rest } = entity;
      return construction ? { ...rest, construction: true } : rest;
    });
  return { put, remove: [], putConstraints: [], removeConstraints: [] };
}
