/** Shapes of straight lines: line, rectangles, polygon, slot, point. */
import type { Point2 } from '../view/frame.ts';
import type { Draft } from './draft.ts';
import { along, angleOf, distanceBetween, middle, type Place, wholeTurn } from './place.ts';
import type { Field, Shape, TypedValues } from './shape-tool.ts';

export const lengthField = (from: Point2, at: Point2, label = 'Length', key = 'length'): Field => ({
  key,
  label,
  quantity: 'length',
  value: distanceBetween(from, at),
});
export const angleField = (from: Point2, at: Point2): Field => ({
  key: 'angle',
  label: 'Angle',
  quantity: 'angle',
  value: wholeTurn(angleOf(from, at)),
});
/** A place at the typed length and angle from another; whatever was not typed follows the pointer. */
export function holdPolar(from: Point2, at: Point2, typed: TypedValues, key = 'length'): Point2 {
  const { [key]: length, angle } = typed;
  if (!length && !angle) return at;
  const direction = angle?.value ?? angleOf(from, at);
  if (length) return along(from, direction, length.value);
  const reach = (at[0] - from[0]) * Math.cos(direction) + (at[1] - from[1]) * Math.sin(direction);
  return along(from, direction, Math.max(reach, 0));
}

/** What the pointer found out about a line's direction. */
function constrainHeading(draft: Draft, line: string, { heading }: Place): void {
  if (!heading) return;
  if (heading.kind === 'horizontal' || heading.kind === 'vertical') draft.constrain({ kind: heading.kind, a: line });
  else draft.constrain({ kind: heading.kind, a: heading.to, b: line });
}

export const LINE: Shape = {
  count: 2,
  prompts: ['Place the start of the line', 'Place its end; Enter ends the chain'],
  fields: ([start], at) => (start ? [lengthField(start.at, at), angleField(start.at, at)] : []),
  hold: ([start], at, typed) => (start ? holdPolar(start.at, at, typed) : at),
  build(draft, [start, end], typed) {
    if (!start || !end) return;
    const line = draft.line(draft.point(start), draft.point(end));
    if (draft.preview) return;
    if (typed['length']) draft.distance(line, undefined, { length: typed['length'].text });
    if (typed['angle']) draft.angle('x-axis', line, { angle: typed['angle'].text });
    else constrainHeading(draft, line, end);
  },
  next([, end], addition) {
    const line = addition.entities.findLast(({ kind }) => kind === 'line');
    // Back on a point that was there: the chain is closed.
    if (end?.on?.kind === 'point' || line?.kind !== 'line') return [];
    return [{ at: end!.at, on: { kind: 'point', id: line.end } }];
  },
};

const sidesOf = (from: Point2, at: Point2, factor = 1): Field[] => [
  { key: 'width', label: 'Width', quantity: 'length', value: factor * Math.abs(at[0] - from[0]) },
  { key: 'height', label: 'Height', quantity: 'length', value: factor * Math.abs(at[1] - from[1]) },
];
function holdSides(from: Point2, at: Point2, typed: TypedValues, factor = 1): Point2 {
  const side = (key: 'width' | 'height', axis: 0 | 1) => {
    const value = typed[key]?.value;
    const way = at[axis] < from[axis] ? -1 : 1;
    return value === undefined ? at[axis] : from[axis] + (way * value) / factor;
  };
  return [side('width', 0), side('height', 1)];
}
/** Four lines round the corners, level and upright. Answers the corners from `a` counter-clockwise or clockwise. */
function frame(draft: Draft, a: string, c: string, [ax, ay]: Point2, [cx, cy]: Point2, typed: TypedValues): string[] {
  const b = draft.freePoint([cx, ay]);
  const d = draft.freePoint([ax, cy]);
  const lines = [draft.line(a, b), draft.line(b, c), draft.line(c, d), draft.line(d, a)] as const;
  if (!draft.preview) {
    for (const [index, line] of lines.entries())
      draft.constrain({ kind: index % 2 === 0 ? 'horizontal' : 'vertical', a: line });
    if (typed['width']) draft.distance(lines[0], undefined, { length: typed['width'].text });
    if (typed['height']) draft.distance(lines[1], undefined, { length: typed['height'].text });
  }
  return [a, b, c, d];
}
const isFlat = (a: Point2, c: Point2) => a[0] === c[0] || a[1] === c[1];

export const RECTANGLE: Shape = {
  count: 2,
  prompts: ['Place a corner of the rectangle', 'Place the opposite corner'],
  fields: ([corner], at) => (corner ? sidesOf(corner.at, at) : []),
  hold: ([corner], at, typed) => (corner ? holdSides(corner.at, at, typed) : at),
  build(draft, [a, c], typed) {
    if (!a || !c || isFlat(a.at, c.at)) return;
    frame(draft, draft.point(a), draft.point(c), a.at, c.at, typed);
  },
};

export const CENTRE_RECTANGLE: Shape = {
  count: 2,
  prompts: ['Place the centre of the rectangle', 'Place a corner'],
  fields: ([centre], at) => (centre ? sidesOf(centre.at, at, 2) : []),
  hold: ([centre], at, typed) => (centre ? holdSides(centre.at, at, typed, 2) : at),
  build(draft, [centre, corner], typed) {
    if (!centre || !corner || isFlat(centre.at, corner.at)) return;
    const c = corner.at;
    const a: Point2 = [2 * centre.at[0] - c[0], 2 * centre.at[1] - c[1]];
    const middlePoint = draft.point(centre);
    const first = draft.freePoint(a);
    const opposite = draft.point(corner);
    frame(draft, first, opposite, a, c, typed);
    const diagonal = draft.line(first, opposite, true);
    if (!draft.preview) draft.constrain({ kind: 'midpoint', point: middlePoint, line: diagonal });
  },
};

export const DEFAULT_SIDES = 6;
const sidesIn = (typed: TypedValues): number =>
  Math.max(3, Math.min(64, Math.round(typed['sides']?.value ?? DEFAULT_SIDES)));

export const POLYGON: Shape = {
  count: 2,
  prompts: ['Place the centre of the polygon', 'Place a corner'],
  fields: ([centre], at) => [
    { key: 'sides', label: 'Sides', quantity: 'count', value: DEFAULT_SIDES },
    ...(centre
      ? [{ ...lengthField(centre.at, at, 'Diameter', 'diameter'), value: 2 * distanceBetween(centre.at, at) }]
      : []),
  ],
  hold([centre], at, typed) {
    if (!centre || !typed['diameter']) return at;
    return along(centre.at, angleOf(centre.at, at), typed['diameter'].value / 2);
  },
  build(draft, [centre, corner], typed) {
    if (!centre || !corner) return;
    const sides = sidesIn(typed);
    const radius = distanceBetween(centre.at, corner.at);
    if (radius === 0) return;
    const begin = angleOf(centre.at, corner.at);
    const circle = draft.circle(draft.point(centre), radius, true);
    const corners = Array.from({ length: sides }, (_, k) =>
      k === 0 ? draft.point(corner) : draft.freePoint(along(centre.at, begin + (2 * Math.PI * k) / sides, radius)),
    );
    const lines = corners.map((point, k) => draft.line(point, corners[(k + 1) % sides]!));
    if (draft.preview) return;
    for (const point of corners) draft.constrain({ kind: 'point-on', point, curve: circle });
    for (let k = 1; k < sides; k++) draft.constrain({ kind: 'equal', a: lines[k - 1]!, b: lines[k]! });
    if (typed['diameter'])
      draft.constrain({ kind: 'diameter', curve: circle, value: { length: typed['diameter'].text } });
  },
};

export const SLOT: Shape = {
  count: 3,
  prompts: ['Place the first centre of the slot', 'Place the second centre', 'Place its side'],
  fields([start, end], at) {
    if (!start) return [];
    if (!end) return [lengthField(start.at, at), angleField(start.at, at)];
    return [{ key: 'width', label: 'Width', quantity: 'length', value: 2 * distanceFromLine(start.at, end.at, at) }];
  },
  hold([start, end], at, typed) {
    if (!start) return at;
    if (!end) return holdPolar(start.at, at, typed);
    if (!typed['width']) return at;
    const m = middle(start.at, end.at);
    return along(m, angleOf(start.at, end.at) + Math.PI / 2, typed['width'].value / 2);
  },
  build(draft, [start, end, side], typed) {
    if (!start || !end) return;
    const [a, b] = [draft.point(start), draft.point(end)];
    const spine = draft.line(a, b, true);
    if (!draft.preview) {
      if (typed['length']) draft.distance(spine, undefined, { length: typed['length'].text });
      if (typed['angle']) draft.angle('x-axis', spine, { angle: typed['angle'].text });
      else constrainHeading(draft, spine, end);
    }
    const radius = side ? distanceFromLine(start.at, end.at, side.at) : 0;
    if (radius === 0) return;
    const across = angleOf(start.at, end.at) + Math.PI / 2;
    const at = (centre: Point2, way: 1 | -1) => draft.freePoint(along(centre, across, way * radius));
    const [a1, a2, b1, b2] = [at(start.at, 1), at(start.at, -1), at(end.at, 1), at(end.at, -1)];
    const first = draft.arc(a, a1, a2);
    const second = draft.arc(b, b2, b1);
    const lines = [draft.line(a1, b1), draft.line(a2, b2)];
    if (draft.preview) return;
    for (const line of lines) for (const arc of [first, second]) draft.constrain({ kind: 'tangent', a: line, b: arc });
    draft.constrain({ kind: 'equal', a: first, b: second });
    // Between its sides: a slot is as wide as the tool that mills it.
    if (typed['width'])
      draft.constrain({ kind: 'distance', a: lines[0]!, b: lines[1]!, value: { length: typed['width'].text } });
  },
};

export function distanceFromLine(a: Point2, b: Point2, at: Point2): number {
  const length = distanceBetween(a, b);
  if (length === 0) return distanceBetween(a, at);
  return Math.abs((b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0])) / length;
}

export const POINT: Shape = {
  count: 1,
  prompts: ['Place a point'],
  build(draft, [place]) {
    if (place) draft.point(place);
  },
};
