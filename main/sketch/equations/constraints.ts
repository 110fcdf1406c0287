/** What each constraint asks of the numbers, as equations in mm. */

import { invalid, refused } from '../model/errors.ts';
import { cross, distance, subtract } from '../model/vector.ts';
import { isAxis, type SketchView } from '../model/view.ts';
import { constraintWords } from '../model/words.ts';
import type { Constraint } from '../types.ts';
import { Contacts } from './contacts.ts';
import { ellipseEqual, ellipseTangent, pointOnEllipse, pointOnSpline, tangentAtContact } from './curved.ts';
import { type Equation, makeEquation, type Term } from './equation.ts';
import type { PointIndex, Unknowns } from './unknowns.ts';

export interface EquationContext {
  unknowns: Unknowns;
  view: SketchView;
  contacts: Contacts;
}
/** Sums of terms that are to vanish. */
export type Sum = { terms: Term[]; constant: number };

const number = (index: number, by = 1): Term => ({ of: 'number', by, index });
const sum = (terms: Term[], constant = 0): Sum => ({ terms, constant });
/** Both coordinates of sums of points. */
const both = (parts: [PointIndex, number][], constant: readonly [number, number] = [0, 0]): Sum[] => [
  sum(
    parts.map(([index, by]) => number(index, by)),
    constant[0],
  ),
  sum(
    parts.map(([index, by]) => number(index + 1, by)),
    constant[1],
  ),
];

/** All equations of a sketch: of its constraints in order, then of its arcs. @throws ArtificerError `sketch.invalid`, `sketch.value` */
export function equationsOf(unknowns: Unknowns, constraints: readonly Constraint[]): Equation[] {
  const { view } = unknowns;
  const context: EquationContext = { unknowns, view, contacts: new Contacts(view, constraints) };
  const seen = new Set<string>();
  const equations: Equation[] = [];
  for (const constraint of constraints) {
    if (seen.has(constraint.id)) throw invalid(`Two constraints are called ${constraint.id}.`);
    seen.add(constraint.id);
    if ('reference' in constraint && constraint.reference) {
      checkReference(context, constraint);
      continue;
    }
    for (const { terms, constant } of sumsOf(context, constraint))
      equations.push(makeEquation(constraint.id, terms, constant, unknowns.count));
  }
  for (const entity of view.entities) {
    if (entity.kind !== 'arc') continue;
    const [c, s, e] = [entity.centre, entity.start, entity.end].map((id) => unknowns.point(id)) as [
      number,
      number,
      number,
    ];
    const equation = makeEquation(
      null,
      [
        { of: 'distance', by: 1, p: c, q: s },
        { of: 'distance', by: -1, p: c, q: e },
      ],
      0,
      unknowns.count,
    );
    if (equation.columns.length > 0) equations.push(equation);
  }
  return equations;
}

/** Reference dimensions must name things that can be measured, though they drive nothing. */
function checkReference(context: EquationContext, constraint: Constraint): void {
  sumsOf(context, { ...constraint, value: 1, reference: false } as Constraint);
}

function sumsOf(context: EquationContext, constraint: Constraint): Sum[] {
  const { unknowns, view } = context;
  const wrong = (): never => {
    throw invalid(
      `${constraintWords(constraint)} cannot be: it names things of the wrong kind.`,
      'Remove this constraint and add it again.',
    );
  };
  const point = (id: string): PointIndex =>
    view.has(id) ? (view.isPoint(id) ? unknowns.point(id) : wrong()) : missing(id);
  const missing = (id: string): never => {
    throw invalid(`${constraintWords(constraint)} names ${id}, which is not in the sketch.`, 'Remove this constraint.');
  };
  const line = (id: string): [PointIndex, PointIndex] =>
    view.has(id) ? (view.isLine(id) ? unknowns.line(id) : wrong()) : missing(id);
  const kindOf = (id: string) =>
    view.has(id) ? (view.isLine(id) ? 'line' : view.isPoint(id) ? 'point' : view.entity(id).kind) : missing(id);
  const isLine = (id: string) => kindOf(id) === 'line';
  const isRound = (id: string) => kindOf(id) === 'circle' || kindOf(id) === 'arc';
  /** A point, or the centre of what has one. */
  const place = (id: string): PointIndex => {
    if (view.isPoint(id)) return unknowns.point(id);
    const entity = isLine(id) ? wrong() : view.entity(id);
    return entity.kind === 'circle' || entity.kind === 'arc' || entity.kind === 'ellipse'
      ? unknowns.point(entity.centre)
      : wrong();
  };
  const radius = (id: string, by: number): Term => {
    if (!isRound(id)) return wrong();
    const entity = view.entity(id);
    if (entity.kind === 'arc')
      return { of: 'distance', by, p: unknowns.point(entity.centre), q: unknowns.point(entity.start) };
    return number(unknowns.radius(id), by);
  };
  const lengthOf = (id: string, by: number): Term => {
    const [p, q] = line(id);
    return { of: 'distance', by, p, q };
  };
  const offset = (q: PointIndex, [s, e]: [PointIndex, PointIndex], by = 1): Term => ({
    of: 'offset',
    by,
    p: s,
    q,
    s,
    e,
  });
  /** The side that a point is on now: it stays there. */
  const side = (q: PointIndex, [s, e]: [PointIndex, PointIndex]): 1 | -1 =>
    cross(subtract(unknowns.at(e), unknowns.at(s)), subtract(unknowns.at(q), unknowns.at(s))) < 0 ? -1 : 1;
  const size = (value: number, zero = false): number => {
    if (!Number.isFinite(value) || value < 0 || (value === 0 && !zero) || value > 1e7)
      throw refused(
        'sketch.value',
        `${constraintWords(constraint)} cannot be: a size must be ${zero ? 'zero or more' : 'more than zero'}.`,
        {
          hint: 'Give it another value.',
        },
      );
    return value;
  };

  switch (constraint.kind) {
    case 'coincident':
      return both([
        [point(constraint.a), 1],
        [point(constraint.b), -1],
      ]);
    case 'point-on': {
      const p = point(constraint.point);
      const kind = kindOf(constraint.curve);
      if (kind === 'line') return [sum([offset(p, line(constraint.curve))])];
      if (kind === 'ellipse') return [pointOnEllipse(context, constraint.curve, p)];
      if (kind === 'spline') return [pointOnSpline(context, constraint.curve, p)];
      return [sum([{ of: 'distance', by: 1, p: place(constraint.curve), q: p }, radius(constraint.curve, -1)])];
    }
    case 'midpoint': {
      const [s, e] = line(constraint.line);
      if (isAxis(constraint.line)) return wrong();
      return both([
        [point(constraint.point), 1],
        [s, -0.5],
        [e, -0.5],
      ]);
    }
    case 'horizontal':
    case 'vertical': {
      const [s, e] = constraint.b === undefined ? line(constraint.a) : [point(constraint.a), point(constraint.b)];
      const up = constraint.kind === 'horizontal' ? 1 : 0;
      return [sum([number(s + up), number(e + up, -1)])];
    }
    case 'parallel':
    case 'perpendicular': {
      const [a, b] = [line(constraint.a), line(constraint.b)];
      // Measured by the shorter line's end against the direction of the longer one.
      const long = (l: [number, number]) => distance(unknowns.at(l[0]), unknowns.at(l[1]));
      const swap = !isAxis(constraint.a) && (isAxis(constraint.b) || long(b) > long(a));
      const [[s, e], [p, q]] = swap ? [b, a] : [a, b];
      return [sum([{ of: constraint.kind === 'parallel' ? 'offset' : 'advance', by: 1, p, q, s, e }])];
    }
    case 'collinear': {
      const [a, b] = isAxis(constraint.b)
        ? [line(constraint.b), line(constraint.a)]
        : [line(constraint.a), line(constraint.b)];
      return [sum([offset(b[0], a)]), sum([offset(b[1], a)])];
    }
    case 'concentric':
      if (view.isPoint(constraint.a) && view.isPoint(constraint.b)) return wrong();
      return both([
        [place(constraint.a), 1],
        [place(constraint.b), -1],
      ]);
    case 'equal':
      if (isLine(constraint.a) && isLine(constraint.b) && !isAxis(constraint.a) && !isAxis(constraint.b))
        return [sum([lengthOf(constraint.a, 1), lengthOf(constraint.b, -1)])];
      if (kindOf(constraint.a) === 'ellipse' && kindOf(constraint.b) === 'ellipse')
        return ellipseEqual(context, constraint.a, constraint.b);
      return [sum([radius(constraint.a, 1), radius(constraint.b, -1)])];
    case 'symmetric': {
      const [a, b] = [point(constraint.a), point(constraint.b)];
      if (!isLine(constraint.about))
        return both([
          [a, 0.5],
          [b, 0.5],
          [point(constraint.about), -1],
        ]);
      const axis = line(constraint.about);
      return [
        sum([offset(a, axis, 0.5), offset(b, axis, 0.5)]),
        sum([{ of: 'advance', by: 1, p: a, q: b, s: axis[0], e: axis[1] }]),
      ];
    }
    case 'fixed': {
      const p = point(constraint.point);
      const [x, y] = unknowns.at(p);
      return both([[p, 1]], [-x, -y]);
    }
    case 'distance': {
      if (constraint.b === undefined) {
        if (isAxis(constraint.a)) return wrong();
        return [sum([lengthOf(constraint.a, 1)], -size(constraint.value))];
      }
      const value = size(constraint.value, true);
      const [a, b] =
        isLine(constraint.a) && !(isAxis(constraint.b) && isLine(constraint.b))
          ? [constraint.b, constraint.a]
          : [constraint.a, constraint.b];
      if (isLine(b)) {
        const from = isLine(a) ? line(a)[0] : place(a);
        return [sum([offset(from, line(b), side(from, line(b)))], -value)];
      }
      const [p, q] = [place(a), place(b)];
      if (value === 0)
        return both([
          [p, 1],
          [q, -1],
        ]);
      return [sum([{ of: 'distance', by: 1, p, q }], -value)];
    }
    case 'horizontal-distance':
    case 'vertical-distance': {
      const up = constraint.kind === 'vertical-distance' ? 1 : 0;
      return [sum([number(place(constraint.b) + up), number(place(constraint.a) + up, -1)], -constraint.value)];
    }
    case 'radius':
      return [sum([radius(constraint.curve, 1)], -size(constraint.value))];
    case 'diameter':
      return [sum([radius(constraint.curve, 2)], -size(constraint.value))];
    case 'angle': {
      const [[s, e], [p, q]] = [line(constraint.a), line(constraint.b)];
      const by = Math.max(distance(unknowns.at(s), unknowns.at(e)), distance(unknowns.at(p), unknowns.at(q)), 1e-6);
      return [sum([{ of: 'angle', by, value: constraint.value, s, e, p, q }])];
    }
    case 'tangent': {
      const [a, b] = isLine(constraint.b) ? [constraint.b, constraint.a] : [constraint.a, constraint.b];
      if (isLine(a) && isLine(b)) return wrong();
      const contact = context.contacts.between(a, b);
      if (contact !== null) return [tangentAtContact(context, a, b, contact)];
      if (isLine(a) && isRound(b)) {
        const centre = place(b);
        return [sum([offset(centre, line(a), side(centre, line(a))), radius(b, -1)])];
      }
      if (isLine(a) && kindOf(b) === 'ellipse') return [ellipseTangent(context, a, b)];
      if (isRound(a) && isRound(b)) {
        const [p, q] = [place(a), place(b)];
        const apart = distance(unknowns.at(p), unknowns.at(q));
        const [ra, rb] = [view.round(a).radius, view.round(b).radius];
        const outside = Math.abs(apart - ra - rb) <= Math.abs(apart - Math.abs(ra - rb));
        const inner = ra > rb ? 1 : -1;
        return [
          sum([{ of: 'distance', by: 1, p, q }, radius(a, outside ? -1 : -inner), radius(b, outside ? -1 : inner)]),
        ];
      }
      throw invalid(
        `${constraintWords(constraint)} cannot be: these curves share no point.`,
        'Lay an end of one of them on the other first; then they can be made tangent there.',
      );
    }
  }
}
