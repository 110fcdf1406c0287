/** Mirror images and rows of copies. */
import type { SketchConstraint } from '../../../preload/contract/sketches.ts';
import { add, distance, reflect, rotate, scale } from '../model/vector.ts';
import { pointsOfEntity, SketchView } from '../model/view.ts';
import type { CurveEntity, Position, SketchDraft, SketchEdit } from '../types.ts';
import { EditBuilder, idsOfConstraint, renamed, unfit } from './edit.ts';
import { withoutRedundant } from './prune.ts';

/** The curves and points that are copied: of curves also their points. */
function chosen(view: SketchView, ids: readonly string[]): { curves: CurveEntity[]; points: string[] } {
  const curves: CurveEntity[] = [];
  const points = new Set<string>();
  for (const id of new Set(ids)) {
    const entity = view.entity(id);
    if (entity.kind === 'point') points.add(id);
    else {
      curves.push(entity);
      for (const point of pointsOfEntity(entity)) points.add(point);
    }
  }
  if (points.size === 0) throw unfit('Nothing is chosen to copy.');
  return { curves, points: [...points] };
}

/** A curve on other points. `mirrored` runs arcs the other way, so that they stay counter-clockwise. */
function copyOf(edit: EditBuilder, curve: CurveEntity, point: (id: string) => string, mirrored: boolean): string {
  const construction = curve.construction ? { construction: true } : {};
  switch (curve.kind) {
    case 'line':
      return edit.add({ kind: 'line', start: point(curve.start), end: point(curve.end), ...construction });
    case 'circle':
      return edit.add({ kind: 'circle', centre: point(curve.centre), radius_mm: curve.radius_mm, ...construction });
    case 'arc': {
      const [start, end] = mirrored ? [curve.end, curve.start] : [curve.start, curve.end];
      return edit.add({
        kind: 'arc',
        centre: point(curve.centre),
        start: point(start),
        end: point(end),
        ...construction,
      });
    }
    case 'ellipse': {
      const { minorRadius_mm } = curve;
      const [centre, major] = [point(curve.centre), point(curve.major)];
      return edit.add({ kind: 'ellipse', centre, major, minorRadius_mm, ...construction });
    }
    case 'spline': {
      const closed = curve.closed ? { closed: true } : {};
      return edit.add({ kind: 'spline', points: curve.points.map(point), ...closed, ...construction });
    }
  }
}

/** Mirror images that stay so: every point symmetric about the line, circles of one size. Points on the line are shared. */
export function mirrorEntities(sketch: SketchDraft, ids: readonly string[], about: string): SketchEdit {
  const view = new SketchView(sketch.entities);
  if (!view.isLine(about)) throw unfit('The mirror must be a line.', 'Choose a line or an axis of the sketch.');
  const axis = view.line(about);
  const edit = new EditBuilder(sketch);
  const { curves, points } = chosen(
    view,
    ids.filter((id) => id !== about),
  );
  const image = new Map<string, string>();
  for (const id of points) {
    const place = view.point(id);
    const other = reflect(place, ...axis);
    if (distance(place, other) < 1e-9) {
      image.set(id, id);
      continue;
    }
    const copy = edit.point(other);
    image.set(id, copy);
    edit.constrain({ kind: 'symmetric', a: id, b: copy, about });
  }
  for (const curve of curves) {
    const copy = copyOf(edit, curve, (id) => image.get(id)!, true);
    if (curve.kind === 'circle' || curve.kind === 'ellipse') edit.constrain({ kind: 'equal', a: curve.id, b: copy });
  }
  return withoutRedundant(sketch, edit.done());
}

/** `count` is how many there are in all, the original among them. */
export const copyLinear = (sketch: SketchDraft, ids: readonly string[], step_mm: Position, count: number): SketchEdit =>
  copies(sketch, ids, count, (place, k) => add(place, scale(step_mm, k)), false);

/** `count` is how many there are in all, the original among them. */
export const copyCircular = (
  sketch: SketchDraft,
  ids: readonly string[],
  centre: Position,
  step_rad: number,
  count: number,
): SketchEdit => copies(sketch, ids, count, (place, k) => rotate(place, k * step_rad, centre), true);

/** What only holds in the directions of the sketch's own axes is not true of a turned copy. */
const DIRECTED = new Set(['horizontal', 'vertical', 'horizontal-distance', 'vertical-distance']);

/** Copies keep the constraints among what is copied: each is of the original's shape. */
function copies(
  sketch: SketchDraft,
  ids: readonly string[],
  count: number,
  move: (place: Position, k: number) => Position,
  turned: boolean,
): SketchEdit {
  if (!Number.isInteger(count) || count < 2 || count > 1000) throw unfit('There must be 2 to 1000 copies.');
  const view = new SketchView(sketch.entities);
  const { curves, points } = chosen(view, ids);
  const edit = new EditBuilder(sketch);
  const within = new Set([...points, ...curves.map(({ id }) => id)]);
  const inner = sketch.constraints.filter(
    (constraint: SketchConstraint) =>
      idsOfConstraint(constraint).every((id) => within.has(id)) &&
      constraint.kind !== 'fixed' &&
      !(turned && DIRECTED.has(constraint.kind)),
  );
  for (let k = 1; k < count; k++) {
    const image = new Map<string, string>();
    for (const id of points) {
      const place = view.point(id);
      const moved = move(place, k);
      image.set(id, distance(place, moved) < 1e-9 ? id : edit.point(moved));
    }
    for (const curve of curves)
      image.set(
        curve.id,
        copyOf(edit, curve, (id) => image.get(id)!, false),
      );
    for (const constraint of inner) {
      const { id: _id, ...rest } = renamed(constraint, (id) => image.get(id)!);
      edit.constrain(rest as Parameters<EditBuilder['constrain']>[0]);
    }
  }
  return withoutRedundant(sketch, edit.done());
}
