/** The dimension that two picks and a place for its text ask for. Pure. */
import type { NewConstraint } from '../tools/draft.ts';
import { angleOf, wholeTurn } from '../tools/place.ts';
import type { Point2 } from '../view/frame.ts';
import type { LiveGeometry } from '../view/geometry.ts';
import { endsOf, isFrame, type Picked } from './possible.ts';

export interface MeasuredDimension {
  constraint: NewConstraint;
  /** mm or rad, as it is now. */
  value: number;
}

/** A line as two points; the axes as far as needed to say where they run. */
function lineOf({ id }: Picked, geometry: LiveGeometry): [Point2, Point2] | null {
  if (id === 'x-axis')
    return [
      [0, 0],
      [1, 0],
    ];
  if (id === 'y-axis')
    return [
      [0, 0],
      [0, 1],
    ];
  const curve = geometry.curve(id);
  return curve?.kind === 'line'
    ? [
        [curve.start.x, curve.start.y],
        [curve.end.x, curve.end.y],
      ]
    : null;
}

/** Between two points: the one along an axis where the text stands beyond the box of both in the other direction. */
function betweenPoints(a: string, b: string, from: Point2, to: Point2, label: Point2): MeasuredDimension {
  const [x0, x1] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [y0, y1] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  const beside = label[0] < x0 || label[0] > x1;
  const beyond = label[1] < y0 || label[1] > y1;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = { value: { length: '0' } };
  // The signed kinds run from the smaller to the greater, so that what is typed is positive.
  const [first, second] = [a, b] as const;
  if (beyond && !beside && Math.abs(dx) > 1e-9)
    return {
      value: Math.abs(dx),
      constraint: { kind: 'horizontal-distance', a: dx > 0 ? first : second, b: dx > 0 ? second : first, ...length },
    };
  if (beside && !beyond && Math.abs(dy) > 1e-9)
    return {
      value: Math.abs(dy),
      constraint: { kind: 'vertical-distance', a: dy > 0 ? first : second, b: dy > 0 ? second : first, ...length },
    };
  return { value: Math.hypot(dx, dy), constraint: { kind: 'distance', a, b, ...length } };
}

const distanceToLine = ([a, b]: [Point2, Point2], [x, y]: Point2): number =>
  Math.abs((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / (Math.hypot(b[0] - a[0], b[1] - a[1]) || 1);

/** Null where these have no dimension. */
export function smartDimension(
  picked: readonly Picked[],
  geometry: LiveGeometry,
  label: Point2,
): MeasuredDimension | null {
  const [first, second] = picked;
  if (!first) return null;
  if (!second) return ofOne(first, geometry, label);
  // The centre stands for a circle, except where one asks for a circle and its own centre.
  const pointOf = (one: Picked): string | null => {
    if (one.kind === 'point') return one.id;
    if (one.kind === 'circle' || one.kind === 'arc' || one.kind === 'ellipse') return endsOf(one)[0] ?? null;
    return null;
  };
  const [a, b] = [pointOf(first), pointOf(second)];
  if (a && b) {
    const [from, to] = [geometry.point(a), geometry.point(b)];
    if (a === b || !from || !to) return null;
    return betweenPoints(a, b, [from.x, from.y], [to.x, to.y], label);
  }
  const lines = [first, second].map((one) => lineOf(one, geometry));
  if (lines[0] && lines[1]) return betweenLines(first, second, lines[0], lines[1]);
  const line = lines[0] ?? lines[1];
  const point = a ?? b;
  const at = point ? geometry.point(point) : undefined;
  if (!line || !point || !at) return null;
  const lineId = lines[0] ? first.id : second.id;
  const value = distanceToLine(line, [at.x, at.y]);
  return { value, constraint: { kind: 'distance', a: point, b: lineId, value: { length: '0' } } };
}

function ofOne(one: Picked, geometry: LiveGeometry, label: Point2): MeasuredDimension | null {
  const curve = geometry.curve(one.id);
  if (curve?.kind === 'line') {
    const { start, end } = curve;
    const [dx, dy] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)];
    const length = Math.hypot(dx, dy);
    // A level or upright line has its length, wherever the text stands.
    if (Math.min(dx, dy) < 1e-6 * length)
      return { value: length, constraint: { kind: 'distance', a: one.id, value: { length: '0' } } };
    const measured = betweenPoints(start.id, end.id, [start.x, start.y], [end.x, end.y], label);
    // The length itself belongs to the line.
    return measured.constraint.kind === 'distance'
      ? { ...measured, constraint: { kind: 'distance', a: one.id, value: { length: '0' } } }
      : measured;
  }
  if (curve?.kind === 'circle')
    return {
      value: 2 * curve.radius,
      constraint: { kind: 'diameter', curve: one.id, value: { length: '0' } },
    };
  if (curve?.kind === 'arc')
    return {
      value: Math.hypot(curve.start.x - curve.centre.x, curve.start.y - curve.centre.y),
      constraint: { kind: 'radius', curve: one.id, value: { length: '0' } },
    };
  return null;
}

/** Lines closer to parallel than this have a distance, not an angle; rad. */
const PARALLEL = 1e-4;

function betweenLines(
  first: Picked,
  second: Picked,
  one: [Point2, Point2],
  other: [Point2, Point2],
): MeasuredDimension | null {
  if (first.id === second.id) return null;
  const turn = wholeTurn(angleOf(...other) - angleOf(...one));
  const slant = Math.min(turn % Math.PI, Math.PI - (turn % Math.PI));
  if (slant < PARALLEL) {
    if (isFrame(first.id) && isFrame(second.id)) return null;
    const value = distanceToLine(one, other[0]);
    return { value, constraint: { kind: 'distance', a: first.id, b: second.id, value: { length: '0' } } };
  }
  // The smaller way round.
  const [a, b] = turn <= Math.PI ? [first.id, second.id] : [second.id, first.id];
  return {
    value: Math.min(turn, 2 * Math.PI - turn),
    constraint: { kind: 'angle', a, b, value: { angle: '0' } },
  };
}
