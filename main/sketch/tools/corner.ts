/** Rounding and bevelling the corner where two curves meet. */
import { type Curve, curveOf, evaluate, nearest, withinDomain } from '../curves/curve.ts';
import { meetings } from '../curves/intersect.ts';
import { add, cross, distance, leftOf, scale, subtract, TURN, unit } from '../model/vector.ts';
import { endsOfEntity, SketchView } from '../model/view.ts';
import type { EntityOf, Position, SketchDraft, SketchEdit } from '../types.ts';
import { EditBuilder, idsOfConstraint, millimetres, requireSize, unfit } from './edit.ts';
import { withoutRedundant } from './prune.ts';

type Side = EntityOf<'line'> | EntityOf<'arc'>;

function sidesOf(view: SketchView, corner: string): [Side, Side] {
  const meeting = view.entities.filter((entity) => endsOfEntity(entity)?.includes(corner));
  const [a, b] = meeting;
  if (meeting.length !== 2 || !a || !b)
    throw unfit('A corner is a point that exactly two lines or arcs share.', 'Choose the point where two curves end.');
  for (const side of [a, b]) {
    if (side.from) throw unfit('Projected geometry cannot be changed.', 'Draw curves on it.');
    if (side.kind !== 'line' && side.kind !== 'arc') throw unfit('Only corners of lines and arcs can be changed.');
  }
  return [a as Side, b as Side];
}

/** `corner` is the point that two lines or arcs share. It stays as the virtual corner where constraints name it. */
export function filletCorner(sketch: SketchDraft, corner: string, radius_mm: number): SketchEdit {
  requireSize(radius_mm, 'The radius');
  const view = new SketchView(sketch.entities);
  const [a, b] = sidesOf(view, corner);
  const [curveA, curveB] = [curveOf(view, a.id), curveOf(view, b.id)];
  const at = view.point(corner);
  let best: { centre: Position; footA: Position; footB: Position; away: number } | undefined;
  for (const left of [1, -1])
    for (const right of [1, -1]) {
      const [one, two] = [parallelTo(curveA, left * radius_mm), parallelTo(curveB, right * radius_mm)];
      if (!one || !two) continue;
      for (const { at: centre } of meetings(one, two, 1e-9, true)) {
        const [footA, footB] = [footOn(curveA, centre), footOn(curveB, centre)];
        if (!footA || !footB) continue;
        const away = distance(centre, at);
        if (!best || away < best.away) best = { centre, footA, footB, away };
      }
    }
  if (!best || distance(best.footA, best.footB) < 1e-6)
    throw unfit('An arc of this radius does not fit into the corner.', 'Give it a smaller radius.');
  const edit = new EditBuilder(sketch);
  const [centre, pointA, pointB] = [best.centre, best.footA, best.footB].map((place) => edit.point(place)) as [
    string,
    string,
    string,
  ];
  const turn = cross(subtract(best.footA, best.centre), subtract(best.footB, best.centre));
  const arc = turn > 0 ? edit.arc(centre, pointA, pointB) : edit.arc(centre, pointB, pointA);
  shorten(edit, a, corner, pointA);
  shorten(edit, b, corner, pointB);
  edit.constrain({ kind: 'tangent', a: a.id, b: arc });
  edit.constrain({ kind: 'tangent', a: b.id, b: arc });
  edit.constrain({ kind: 'radius', curve: arc, value: millimetres(radius_mm) });
  keepCorner(edit, corner, [a, b]);
  return withoutRedundant(sketch, edit.done());
}

/** The bevel begins at the same distance from the corner on both lines. */
export function chamferCorner(sketch: SketchDraft, corner: string, distance_mm: number): SketchEdit {
  requireSize(distance_mm, 'The distance');
  const view = new SketchView(sketch.entities);
  const sides = sidesOf(view, corner);
  const at = view.point(corner);
  const edit = new EditBuilder(sketch);
  const points = sides.map((side) => {
    if (side.kind !== 'line') throw unfit('Only corners of lines can be bevelled.', 'Round this corner instead.');
    const other = view.point(side.start === corner ? side.end : side.start);
    if (distance(at, other) <= distance_mm) throw unfit('The bevel is longer than the line.', 'Make it smaller.');
    const point = edit.point(add(at, scale(unit(subtract(other, at)), distance_mm)));
    shorten(edit, side, corner, point);
    return point;
  });
  edit.line(points[0]!, points[1]!);
  keepCorner(edit, corner, sides, true);
  for (const point of points)
    edit.constrain({ kind: 'distance', a: corner, b: point, value: millimetres(distance_mm) });
  return withoutRedundant(sketch, edit.done());
}

function shorten(edit: EditBuilder, side: Side, corner: string, point: string): void {
  edit.replace(side.start === corner ? { ...side, start: point } : { ...side, end: point });
}

/** Lengths of the lines go on to the corner, which then stays as a point on both. */
function keepCorner(edit: EditBuilder, corner: string, sides: readonly Side[], always = false): void {
  let wanted = always;
  for (const constraint of edit.sketch.constraints) {
    const ids = idsOfConstraint(constraint);
    if (ids.includes(corner)) wanted = true;
    const side = sides.find(({ id }) => ids.includes(id));
    if (side?.kind !== 'line') continue;
    if (constraint.kind === 'distance' && constraint.b === undefined) {
      wanted = true;
      edit.putConstraints.push({ ...constraint, a: side.start === corner ? side.end : side.start, b: corner });
    } else if (constraint.kind === 'equal' || constraint.kind === 'midpoint') edit.removeConstraints.add(constraint.id);
  }
  if (!wanted) {
    edit.dropPoint(corner);
    return;
  }
  for (const { id } of sides) edit.constrain({ kind: 'point-on', point: corner, curve: id });
}

/** The curve at a distance to its left, with the same parameters; null where an arc has no room for it. */
export function parallelTo(curve: Curve, left_mm: number): Curve | null {
  if (curve.kind === 'line') {
    const shift = scale(leftOf(unit(subtract(curve.b, curve.a))), left_mm);
    return { ...curve, a: add(curve.a, shift), b: add(curve.b, shift) };
  }
  if (curve.kind !== 'arc' && curve.kind !== 'circle') return null;
  const radius = curve.radius - left_mm;
  return radius > 1e-9 ? { ...curve, radius } : null;
}

/** The nearest place on the line or circle under the curve, if it lies within the curve. */
function footOn(curve: Curve, centre: Position): Position | null {
  const under: Curve =
    curve.kind === 'arc' ? { ...curve, kind: 'circle', from: 0, to: TURN, closed: true } : { ...curve };
  const foot = curve.kind === 'line' ? footOnLine(curve, centre) : nearest(under, centre).parameter;
  const t = withinDomain(curve, foot, 0);
  return t === null ? null : evaluate(curve, t);
}

function footOnLine(curve: Extract<Curve, { kind: 'line' }>, to: Position): number {
  const along = subtract(curve.b, curve.a);
  const way = subtract(to, curve.a);
  return (way[0] * along[0] + way[1] * along[1]) / (along[0] ** 2 + along[1] ** 2);
}
