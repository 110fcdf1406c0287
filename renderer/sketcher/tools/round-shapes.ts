/** Shapes that are not straight: circles, arcs, ellipse, spline. */
import type { SketchEntity } from '../../../preload/contract/index.ts';
import type { Point2 } from '../view/frame.ts';
import type { Draft } from './draft.ts';
import { angleField, distanceFromLine, holdPolar, lengthField } from './line-shapes.ts';
import { along, angleOf, circleThrough, distanceBetween, type Place, wholeTurn } from './place.ts';
import type { Shape } from './shape-tool.ts';

const diameterField = (centre: Point2, at: Point2) => ({
  ...lengthField(centre, at, 'Diameter', 'diameter'),
  value: 2 * distanceBetween(centre, at),
});

export const CIRCLE: Shape = {
  count: 2,
  prompts: ['Place the centre of the circle', 'Place a point of its rim'],
  fields: ([centre], at) => (centre ? [diameterField(centre.at, at)] : []),
  hold([centre], at, typed) {
    if (!centre || !typed['diameter']) return at;
    return along(centre.at, angleOf(centre.at, at), typed['diameter'].value / 2);
  },
  build(draft, [centre, rim], typed) {
    if (!centre || !rim) return;
    const circle = draft.circle(draft.point(centre), distanceBetween(centre.at, rim.at));
    if (draft.preview) return;
    if (typed['diameter'])
      draft.constrain({ kind: 'diameter', curve: circle, value: { length: typed['diameter'].text } });
    else holdOnRim(draft, circle, rim);
  },
};

/** The rim went through something that was there. */
function holdOnRim(draft: Draft, curve: string, { on }: Place): void {
  if (on?.kind === 'point') draft.constrain({ kind: 'point-on', point: on.id, curve });
}

export const CIRCLE_BY_3: Shape = {
  count: 3,
  prompts: ['Place a point of the rim', 'Place a second point of the rim', 'Place a third'],
  build(draft, [a, b, c]) {
    if (!a || !b) return;
    const round = c ? circleThrough(a.at, b.at, c.at) : null;
    if (!round) {
      if (draft.preview) draft.line(draft.point(a), draft.point(b), true);
      return;
    }
    const circle = draft.circle(draft.freePoint(round.centre), round.radius);
    if (draft.preview) return;
    for (const place of [a, b, c!]) holdOnRim(draft, circle, place);
  },
};

export const ARC_BY_CENTRE: Shape = {
  count: 3,
  prompts: ['Place the centre of the arc', 'Place its start', 'Place its end (counter-clockwise)'],
  fields([centre, start], at) {
    if (!centre) return [];
    if (!start) return [lengthField(centre.at, at, 'Radius', 'radius'), angleField(centre.at, at)];
    const sweep = wholeTurn(angleOf(centre.at, at) - angleOf(centre.at, start.at));
    return [{ key: 'sweep', label: 'Sweep', quantity: 'angle', value: sweep }];
  },
  hold([centre, start], at, typed) {
    if (!centre) return at;
    if (!start) return holdPolar(centre.at, at, typed, 'radius');
    const radius = distanceBetween(centre.at, start.at);
    const sweep = typed['sweep']?.value;
    return along(
      centre.at,
      sweep === undefined ? angleOf(centre.at, at) : angleOf(centre.at, start.at) + sweep,
      radius,
    );
  },
  build(draft, [centre, start, end], typed) {
    if (!centre || !start) return;
    if (!end) {
      if (draft.preview) draft.circle(draft.point(centre), distanceBetween(centre.at, start.at), true);
      return;
    }
    const [c, s] = [draft.point(centre), draft.point(start)];
    const radius = distanceBetween(centre.at, start.at);
    const rim = along(centre.at, angleOf(centre.at, end.at), radius);
    const onRim = Math.hypot(rim[0] - end.at[0], rim[1] - end.at[1]) < 1e-9;
    const e = onRim ? draft.point(end) : draft.freePoint(rim);
    const arc = draft.arc(c, s, e);
    if (!draft.preview && typed['radius'])
      draft.constrain({ kind: 'radius', curve: arc, value: { length: typed['radius'].text } });
  },
};

export const ARC_BY_3: Shape = {
  count: 3,
  prompts: ['Place the start of the arc', 'Place its end', 'Place a point between them'],
  fields([start, end], at) {
    if (!start) return [];
    if (!end) return [lengthField(start.at, at, 'Chord')];
    const round = circleThrough(start.at, end.at, at);
    return round ? [{ key: 'radius', label: 'Radius', quantity: 'length', value: round.radius }] : [];
  },
  hold([start, end], at, typed) {
    if (!start) return at;
    if (!end) return holdPolar(start.at, at, typed);
    const radius = typed['radius']?.value;
    if (radius === undefined) return at;
    // On the bulge of the shorter arc of this radius, on the pointer's side.
    const half = distanceBetween(start.at, end.at) / 2;
    const rise = radius - Math.sqrt(Math.max(radius * radius - half * half, 0));
    const [m0, m1] = [(start.at[0] + end.at[0]) / 2, (start.at[1] + end.at[1]) / 2];
    const across = angleOf(start.at, end.at) + Math.PI / 2;
    const side = (at[0] - m0) * Math.cos(across) + (at[1] - m1) * Math.sin(across) < 0 ? -1 : 1;
    return along([m0, m1], across, side * Math.max(rise, 1e-6));
  },
  build(draft, [start, end, through], typed) {
    if (!start || !end) return;
    const round = through ? circleThrough(start.at, end.at, through.at) : null;
    if (!round || !through) {
      if (draft.preview) draft.line(draft.point(start), draft.point(end), true);
      return;
    }
    const begin = angleOf(round.centre, start.at);
    const toEnd = wholeTurn(angleOf(round.centre, end.at) - begin);
    const toThrough = wholeTurn(angleOf(round.centre, through.at) - begin);
    const [s, e] = [draft.point(start), draft.point(end)];
    const centre = draft.freePoint(round.centre);
    const arc = toThrough < toEnd ? draft.arc(centre, s, e) : draft.arc(centre, e, s);
    if (!draft.preview && typed['radius'])
      draft.constrain({ kind: 'radius', curve: arc, value: { length: typed['radius'].text } });
  },
};

/** The curve that ends in this point, and the direction in which it leaves there. */
export function leavingDirection(
  sketch: { readonly entities: readonly SketchEntity[] },
  point: string,
): { curve: string; direction: number } | null {
  const places = new Map<string, Point2>();
  for (const entity of sketch.entities) if (entity.kind === 'point') places.set(entity.id, [entity.x_mm, entity.y_mm]);
  for (const entity of sketch.entities.toReversed()) {
    if ((entity.kind !== 'line' && entity.kind !== 'arc') || entity.construction) continue;
    if (entity.start !== point && entity.end !== point) continue;
    const [start, end] = [places.get(entity.start), places.get(entity.end)];
    if (!start || !end) continue;
    const atEnd = entity.end === point;
    if (entity.kind === 'line')
      return { curve: entity.id, direction: atEnd ? angleOf(start, end) : angleOf(end, start) };
    const centre = places.get(entity.centre);
    if (!centre) continue;
    const out = angleOf(centre, atEnd ? end : start);
    return { curve: entity.id, direction: out + (atEnd ? Math.PI / 2 : -Math.PI / 2) };
  }
  return null;
}

export const TANGENT_ARC: Shape = {
  count: 2,
  prompts: ['Pick the end of a line or arc', 'Place the end of the arc'],
  build(draft, [start, end]) {
    if (!start || !end) return;
    const from = start.on?.kind === 'point' ? leavingDirection(draft.sketch, start.on.id) : null;
    const direction = from?.direction ?? 0;
    const chord = angleOf(start.at, end.at);
    const turn = wholeTurn(chord - direction);
    const half = turn > Math.PI ? turn - 2 * Math.PI : turn;
    if (Math.abs(Math.sin(half)) < 1e-6) return;
    const radius = distanceBetween(start.at, end.at) / (2 * Math.abs(Math.sin(half)));
    const left = half > 0;
    const centreAt = along(start.at, direction + (left ? Math.PI / 2 : -Math.PI / 2), radius);
    const [s, e] = [draft.point(start), draft.point(end)];
    const centre = draft.freePoint(centreAt);
    const arc = left ? draft.arc(centre, s, e) : draft.arc(centre, e, s);
    if (!draft.preview && from) draft.constrain({ kind: 'tangent', a: from.curve, b: arc });
  },
};

export const ELLIPSE: Shape = {
  count: 3,
  prompts: ['Place the centre of the ellipse', 'Place the end of its long axis', 'Place a point beside it'],
  fields([centre, major], at) {
    if (!centre) return [];
    if (!major) return [lengthField(centre.at, at, 'Long radius'), angleField(centre.at, at)];
    return [
      {
        key: 'minor',
        label: 'Short radius',
        quantity: 'length',
        value: distanceFromLine(centre.at, major.at, at),
      },
    ];
  },
  hold([centre, major], at, typed) {
    if (!centre) return at;
    if (!major) return holdPolar(centre.at, at, typed);
    if (!typed['minor']) return at;
    return along(centre.at, angleOf(centre.at, major.at) + Math.PI / 2, typed['minor'].value);
  },
  build(draft, [centre, major, side], typed) {
    if (!centre || !major) return;
    const longRadius = distanceBetween(centre.at, major.at);
    const shortRadius = side ? distanceFromLine(centre.at, major.at, side.at) : longRadius / 2;
    if (shortRadius === 0 || longRadius === 0) return;
    const [c, m] = [draft.point(centre), draft.point(major)];
    // The long axis is the longer one, whatever was pointed at.
    draft.ellipse(c, m, Math.min(shortRadius, longRadius));
    if (!draft.preview && typed['length']) draft.distance(c, m, { length: typed['length'].text });
  },
};

export const SPLINE: Shape = {
  least: 2,
  prompts: ['Place the first point of the spline', 'Place its next point; Enter ends it'],
  build(draft, places) {
    const [first] = places;
    const last = places.at(-1);
    if (places.length < 2 || !first || !last) return;
    const closed = places.length > 3 && last.at[0] === first.at[0] && last.at[1] === first.at[1];
    const through = closed ? places.slice(0, -1) : places;
    draft.spline(
      through.map((place) => draft.point(place)),
      closed,
    );
  },
};
