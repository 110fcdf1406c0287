/**
 * Judges an answer by the constraints' own meaning, with none of the solver's formulas: positions of curves, directions,
 * distances. What does not hold here was not solved, whatever the solver says.
 */
import { arcThrough, curveOf, evaluate, nearest, tangentAt } from '../curves/curve.ts';
import type { Contacts } from '../equations/contacts.ts';
import {
  angleOf,
  cross,
  distance,
  dot,
  length,
  middle,
  reflect,
  signedWrap,
  subtract,
  unit,
  wrapped,
} from '../model/vector.ts';
import { isAxis, type SketchView } from '../model/view.ts';
import { nameWords } from '../model/words.ts';
import type { Constraint, Position } from '../types.ts';

const placeOf = (view: SketchView, id: string): Position => {
  if (view.isPoint(id)) return view.point(id);
  const entity = view.entity(id);
  return entity.kind === 'circle' || entity.kind === 'arc' || entity.kind === 'ellipse'
    ? view.point(entity.centre)
    : [Number.NaN, Number.NaN];
};
const lineDistance = (point: Position, [a, b]: [Position, Position]): number =>
  Math.abs(cross(unit(subtract(b, a)), subtract(point, a)));
const directionOf = (view: SketchView, id: string) => {
  const [a, b] = view.line(id);
  return subtract(b, a);
};

/** What a dimension measures: mm; angles in rad within 0..2 pi. Undefined for constraints without a value. */
export function measure(view: SketchView, constraint: Constraint): number | undefined {
  switch (constraint.kind) {
    case 'distance': {
      if (constraint.b === undefined) return length(directionOf(view, constraint.a));
      const [a, b] =
        view.isLine(constraint.a) && !isAxis(constraint.b)
          ? [constraint.b, constraint.a]
          : [constraint.a, constraint.b];
      if (!view.isLine(b)) return distance(placeOf(view, a), placeOf(view, b));
      return lineDistance(view.isLine(a) ? view.line(a)[0] : placeOf(view, a), view.line(b));
    }
    case 'horizontal-distance':
      return placeOf(view, constraint.b)[0] - placeOf(view, constraint.a)[0];
    case 'vertical-distance':
      return placeOf(view, constraint.b)[1] - placeOf(view, constraint.a)[1];
    case 'radius':
      return view.round(constraint.curve).radius;
    case 'diameter':
      return 2 * view.round(constraint.curve).radius;
    case 'angle':
      return wrapped(angleOf(directionOf(view, constraint.b)) - angleOf(directionOf(view, constraint.a)));
    default:
      return undefined;
  }
}

/** How far a constraint is from holding, mm. */
export function deviation(view: SketchView, constraint: Constraint, contacts: Contacts, before: SketchView): number {
  switch (constraint.kind) {
    case 'coincident':
      return distance(view.point(constraint.a), view.point(constraint.b));
    case 'point-on':
      return awayFrom(view, view.point(constraint.point), constraint.curve);
    case 'midpoint':
      return distance(view.point(constraint.point), middle(...view.line(constraint.line)));
    case 'horizontal':
    case 'vertical': {
      const [a, b] =
        constraint.b === undefined ? view.line(constraint.a) : [view.point(constraint.a), view.point(constraint.b)];
      return constraint.kind === 'horizontal' ? Math.abs(a[1] - b[1]) : Math.abs(a[0] - b[0]);
    }
    case 'parallel':
    case 'perpendicular': {
      const [a, b] = [directionOf(view, constraint.a), directionOf(view, constraint.b)];
      const shorter = isAxis(constraint.a)
        ? length(b)
        : isAxis(constraint.b)
          ? length(a)
          : Math.min(length(a), length(b));
      const off = constraint.kind === 'parallel' ? cross(unit(a), unit(b)) : dot(unit(a), unit(b));
      return Math.abs(off) * shorter;
    }
    case 'collinear': {
      const [a, b] = isAxis(constraint.b) ? [constraint.b, constraint.a] : [constraint.a, constraint.b];
      return Math.max(...view.line(b).map((point) => lineDistance(point, view.line(a))));
    }
    case 'concentric':
      return distance(placeOf(view, constraint.a), placeOf(view, constraint.b));
    case 'equal': {
      if (view.isLine(constraint.a))
        return Math.abs(length(directionOf(view, constraint.a)) - length(directionOf(view, constraint.b)));
      const [a, b] = [view.entity(constraint.a), view.entity(constraint.b)];
      if (a.kind === 'ellipse' && b.kind === 'ellipse')
        return Math.max(
          Math.abs(a.minorRadius_mm - b.minorRadius_mm),
          Math.abs(
            distance(view.point(a.centre), view.point(a.major)) - distance(view.point(b.centre), view.point(b.major)),
          ),
        );
      return Math.abs(view.round(constraint.a).radius - view.round(constraint.b).radius);
    }
    case 'symmetric': {
      const [a, b] = [view.point(constraint.a), view.point(constraint.b)];
      if (!view.isLine(constraint.about)) return distance(middle(a, b), view.point(constraint.about));
      return distance(reflect(a, ...view.line(constraint.about)), b) / 2;
    }
    case 'fixed':
      return distance(view.point(constraint.point), before.point(constraint.point));
    case 'tangent':
      return tangency(view, constraint.a, constraint.b, contacts);
    case 'angle': {
      const off = Math.abs(signedWrap(measure(view, constraint)! - constraint.value));
      return off * Math.max(length(directionOf(view, constraint.a)), length(directionOf(view, constraint.b)));
    }
    default:
      return Math.abs(measure(view, constraint)! - constraint.value);
  }
}

/** Lines and arcs count as what they lie on: a point may be constrained to where a line goes on. */
function awayFrom(view: SketchView, point: Position, id: string): number {
  if (view.isLine(id)) return lineDistance(point, view.line(id));
  if (view.isRound(id)) {
    const { centre, radius } = view.round(id);
    return Math.abs(distance(point, centre) - radius);
  }
  return nearest(curveOf(view, id), point).distance_mm;
}

function tangency(view: SketchView, a: string, b: string, contacts: Contacts): number {
  const contact = contacts.between(a, b);
  if (contact !== null) {
    const at = view.point(contact);
    const direction = (id: string): Position => {
      if (view.isLine(id)) return unit(directionOf(view, id));
      const curve = curveOf(view, id);
      if (curve.kind === 'circle' || curve.kind === 'arc') {
        const spoke = unit(subtract(at, curve.centre));
        return [-spoke[1], spoke[0]];
      }
      return tangentAt(curve, nearest(curve, at).parameter);
    };
    const reach = Math.min(reachOf(view, a), reachOf(view, b));
    return Math.abs(cross(direction(a), direction(b))) * reach;
  }
  const [line, other] = view.isLine(a) ? [a, b] : [b, a];
  if (view.isLine(line)) {
    if (view.isRound(other)) {
      const { centre, radius } = view.round(other);
      return Math.abs(lineDistance(centre, view.line(line)) - radius);
    }
    // The farthest that the curve reaches across the line must be nothing: sampled finely about the extreme.
    const curve = curveOf(view, other);
    const [p, q] = view.line(line);
    const normal = unit([p[1] - q[1], q[0] - p[0]]);
    const across = (t: number) => dot(subtract(evaluate(curve, t), p), normal);
    const turning = (t: number) => dot(evaluate(curve, t, 1), normal);
    let least = Infinity;
    for (let i = 0; i < 64; i++) {
      let [low, high] = [(i * Math.PI) / 32, ((i + 1) * Math.PI) / 32];
      if (turning(low) * turning(high) > 0) continue;
      for (let k = 0; k < 60; k++) {
        const half = (low + high) / 2;
        if (turning(low) * turning(half) <= 0) high = half;
        else low = half;
      }
      least = Math.min(least, Math.abs(across(low)));
    }
    return least;
  }
  const [one, two] = [view.round(a), view.round(b)];
  const apart = distance(one.centre, two.centre);
  return Math.min(Math.abs(apart - one.radius - two.radius), Math.abs(apart - Math.abs(one.radius - two.radius)));
}

function reachOf(view: SketchView, id: string): number {
  if (isAxis(id)) return Infinity;
  if (view.isLine(id)) return length(directionOf(view, id));
  return view.isRound(id) ? view.round(id).radius : 10;
}

/** Shapes that cannot be: words for each. */
export function degenerations(view: SketchView, before: SketchView, least_mm: number): string[] {
  const words: string[] = [];
  for (const entity of view.entities) {
    const name = nameWords(entity.id);
    const subject = name.charAt(0).toUpperCase() + name.slice(1);
    if (entity.kind === 'line') {
      if (length(directionOf(view, entity.id)) < least_mm) words.push(`The ends of ${name} would fall together.`);
    } else if (entity.kind === 'circle') {
      if (!(entity.radius_mm > least_mm)) words.push(`${subject} would have no radius.`);
    } else if (entity.kind === 'ellipse') {
      const reach = distance(view.point(entity.centre), view.point(entity.major));
      if (!(Math.min(entity.minorRadius_mm, reach) > least_mm)) words.push(`${subject} would be flat.`);
    } else if (entity.kind === 'arc') {
      const radius = view.round(entity.id).radius;
      if (!(radius > least_mm)) words.push(`${subject} would have no radius.`);
      else if (distance(view.point(entity.start), view.point(entity.end)) < least_mm)
        words.push(`The ends of ${name} would fall together.`);
      else if (Math.abs(sweep(view, entity.id) - sweep(before, entity.id)) > Math.PI)
        words.push(`${subject} would turn inside out.`);
    }
  }
  return words;
}

function sweep(view: SketchView, id: string): number {
  const arc = view.entity(id);
  if (arc.kind !== 'arc') return 0;
  const curve = arcThrough(id, view.point(arc.centre), view.point(arc.start), view.point(arc.end));
  return curve.to - curve.from;
}

/** The two ends of an arc lie on one circle. */
export function arcDeviation(view: SketchView): number {
  let worst = 0;
  for (const entity of view.entities) {
    if (entity.kind !== 'arc') continue;
    const centre = view.point(entity.centre);
    worst = Math.max(
      worst,
      Math.abs(distance(centre, view.point(entity.start)) - distance(centre, view.point(entity.end))),
    );
  }
  return worst;
}
