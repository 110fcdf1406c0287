/**
 * Constraints that hold a sketch where the script drew it, without one too many: every point is fixed, except that of each
 * arc one coordinate of one point is left to the arc itself, whose radius at both ends is the same.
 */
import type { SketchConstraint, SketchEntity } from '../../../preload/contract/sketches.ts';
import type { Point } from './sketch-items.ts';

type Free = 'x' | 'y';

export function fixingConstraints(
  entities: readonly SketchEntity[],
  places: ReadonlyMap<string, Point>,
  newId: (kind: string) => string,
): SketchConstraint[] {
  const following = pointsOfProjected(entities);
  const free = new Map<string, Free>();
  for (const entity of entities) {
    if (entity.kind !== 'arc' || entity.from) continue;
    const centre = places.get(entity.centre);
    // An end that another arc already relies on stays fixed for this one.
    const chosen = [entity.end, entity.start].find((id) => !free.has(id) && !following.has(id) && places.has(id));
    if (!centre || chosen === undefined) continue;
    const point = places.get(chosen)!;
    // The coordinate along the radius is the one that the radius decides.
    free.set(chosen, Math.abs(point.x - centre.x) >= Math.abs(point.y - centre.y) ? 'x' : 'y');
  }
  return [...places.values()].flatMap((point): SketchConstraint[] => {
    if (following.has(point.id)) return [];
    const freed = free.get(point.id);
    const id = newId(freed === undefined ? 'fixed' : 'place');
    if (freed === undefined) return [{ kind: 'fixed', id, point: point.id }];
    const along = freed === 'x' ? 'vertical-distance' : 'horizontal-distance';
    const value = { length: `${freed === 'x' ? point.y : point.x} mm` };
    return [{ kind: along, id, a: 'origin', b: point.id, value }];
  });
}

/** Points of curves that follow the body are no concern of the script. */
function pointsOfProjected(entities: readonly SketchEntity[]): Set<string> {
  const ids = new Set<string>();
  for (const entity of entities) {
    if (!entity.from) continue;
    if (entity.kind === 'point') ids.add(entity.id);
    if (entity.kind === 'line' || entity.kind === 'arc') ids.add(entity.start).add(entity.end);
    if (entity.kind === 'circle' || entity.kind === 'arc' || entity.kind === 'ellipse') ids.add(entity.centre);
    if (entity.kind === 'ellipse') ids.add(entity.major);
    if (entity.kind === 'spline') for (const id of entity.points) ids.add(id);
  }
  return ids;
}
