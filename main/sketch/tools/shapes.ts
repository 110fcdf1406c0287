/** Shapes drawn in one go, with the constraints that make them what they are. Positions and sizes are left to dimensions. */
import { curveOf, evaluate } from '../curves/curve.ts';
import {
  add,
  angleOf,
  cross,
  distance,
  dot,
  leftOf,
  polar,
  rotate,
  scale,
  subtract,
  TURN,
  unit,
} from '../model/vector.ts';
import { endsOfEntity, SketchView } from '../model/view.ts';
import type { Position, SketchDraft, SketchEdit } from '../types.ts';
import { EditBuilder, requireSize, unfit } from './edit.ts';

export function makeRectangle(sketch: SketchDraft, corner: Position, opposite: Position): SketchEdit {
  const edit = new EditBuilder(sketch);
  rectangle(edit, corner, opposite);
  return edit.done();
}

function rectangle(edit: EditBuilder, [x1, y1]: Position, [x2, y2]: Position): string[] {
  requireSize(Math.min(Math.abs(x2 - x1), Math.abs(y2 - y1)), 'Width and height');
  const corners = (
    [
      [x1, y1],
      [x2, y1],
      [x2, y2],
      [x1, y2],
    ] as const
  ).map((place) => edit.point(place));
  corners.forEach((from, i) => {
    const side = edit.line(from, corners[(i + 1) % 4]!);
    edit.constrain({ kind: i % 2 === 0 ? 'horizontal' : 'vertical', a: side });
  });
  return corners;
}

export function makeCentreRectangle(sketch: SketchDraft, centre: Position, corner: Position): SketchEdit {
  const edit = new EditBuilder(sketch);
  const corners = rectangle(edit, subtract(scale(centre, 2), corner), corner);
  edit.constrain({ kind: 'symmetric', a: corners[0]!, b: corners[2]!, about: edit.point(centre) });
  return edit.done();
}

/** Its corners on a construction circle, all sides of one length. */
export function makePolygon(sketch: SketchDraft, centre: Position, corner: Position, sides: number): SketchEdit {
  if (!Number.isInteger(sides) || sides < 3 || sides > 200) throw unfit('A polygon has 3 to 200 sides.');
  const radius_mm = distance(centre, corner);
  requireSize(radius_mm, 'The size of the polygon');
  const edit = new EditBuilder(sketch);
  const circle = edit.add({ kind: 'circle', centre: edit.point(centre), radius_mm, construction: true });
  const corners = Array.from({ length: sides }, (_, i) => edit.point(rotate(corner, (i * TURN) / sides, centre)));
  for (const point of corners) edit.constrain({ kind: 'point-on', point, curve: circle });
  const lines = corners.map((from, i) => edit.line(from, corners[(i + 1) % sides]!));
  for (const line of lines.slice(1)) edit.constrain({ kind: 'equal', a: lines[0]!, b: line });
  return edit.done();
}

/** Straight, around the line between the centres of its two ends. */
export function makeSlot(sketch: SketchDraft, from: Position, to: Position, radius_mm: number): SketchEdit {
  requireSize(radius_mm, 'The radius of the slot');
  requireSize(distance(from, to), 'The length of the slot');
  const edit = new EditBuilder(sketch);
  const side = scale(leftOf(unit(subtract(to, from))), radius_mm);
  const [a, b] = [edit.point(from), edit.point(to)];
  const [right1, right2] = [edit.point(subtract(from, side)), edit.point(subtract(to, side))];
  const [left2, left1] = [edit.point(add(to, side)), edit.point(add(from, side))];
  const lines = [edit.line(right1, right2), edit.line(left2, left1)];
  const arcs = [edit.arc(b, right2, left2), edit.arc(a, left1, right1)];
  for (const line of lines) for (const arc of arcs) edit.constrain({ kind: 'tangent', a: line, b: arc });
  edit.constrain({ kind: 'equal', a: arcs[0]!, b: arcs[1]! });
  return edit.done();
}

/** Along an arc about the centre, counter-clockwise from one end's centre to the other's direction. */
export function makeArcSlot(
  sketch: SketchDraft,
  centre: Position,
  from: Position,
  to: Position,
  radius_mm: number,
): SketchEdit {
  const middle = distance(centre, from);
  requireSize(radius_mm, 'The radius of the slot');
  if (!(middle > radius_mm)) throw unfit('The slot is wider than the arc that it follows.', 'Make it narrower.');
  const [start, end] = [angleOf(subtract(from, centre)), angleOf(subtract(to, centre))];
  const edit = new EditBuilder(sketch);
  const at = (radius: number, angle: number) => edit.point(add(centre, polar(radius, angle)));
  const c = edit.point(centre);
  const caps = [at(middle, start), at(middle, end)] as const;
  const [outer1, outer2] = [at(middle + radius_mm, start), at(middle + radius_mm, end)];
  const [inner1, inner2] = [at(middle - radius_mm, start), at(middle - radius_mm, end)];
  const long = [edit.arc(c, outer1, outer2), edit.arc(c, inner1, inner2)];
  const short = [edit.arc(caps[1], outer2, inner2), edit.arc(caps[0], inner1, outer1)];
  for (const a of long) for (const b of short) edit.constrain({ kind: 'tangent', a, b });
  return edit.done();
}

export function makeCircleThrough(sketch: SketchDraft, a: Position, b: Position, c: Position): SketchEdit {
  const [u, v] = [subtract(b, a), subtract(c, a)];
  const turn = 2 * cross(u, v);
  if (Math.abs(turn) < 1e-9 * Math.max(dot(u, u), dot(v, v))) throw unfit('The three points lie on one line.');
  const centre = add(a, [(v[1] * dot(u, u) - u[1] * dot(v, v)) / turn, (u[0] * dot(v, v) - v[0] * dot(u, u)) / turn]);
  const edit = new EditBuilder(sketch);
  edit.add({ kind: 'circle', centre: edit.point(centre), radius_mm: distance(centre, a) });
  return edit.done();
}

/** An arc that leaves the point `from`, at which a curve ends, in that curve's direction, and ends at `to`. */
export function makeTangentArc(sketch: SketchDraft, from: string, to: Position): SketchEdit {
  const view = new SketchView(sketch.entities);
  const before = [...sketch.entities].reverse().find((entity) => endsOfEntity(entity)?.includes(from));
  if (!before)
    throw unfit('No curve ends at this point.', 'Begin a tangent arc at the end of a line, an arc or a spline.');
  const curve = curveOf(view, before.id);
  const atEnd = endsOfEntity(before)![1] === from;
  const heading = unit(scale(evaluate(curve, atEnd ? curve.to : curve.from, 1), atEnd ? 1 : -1));
  const start = view.point(from);
  const way = subtract(to, start);
  const off = dot(way, leftOf(heading));
  if (Math.abs(off) < 1e-9 * Math.max(1, dot(way, way)))
    throw unfit('The end lies straight ahead: draw a line instead.');
  const reach = dot(way, way) / (2 * off);
  const edit = new EditBuilder(sketch);
  const centre = edit.point(add(start, scale(leftOf(heading), reach)));
  const end = edit.point(to);
  const arc = reach > 0 ? edit.arc(centre, from, end) : edit.arc(centre, end, from);
  edit.constrain({ kind: 'tangent', a: before.id, b: arc });
  return edit.done();
}
