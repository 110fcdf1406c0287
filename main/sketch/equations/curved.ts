/** Equations of ellipses and splines, and tangency where two curves are known to meet. */

import { type Curve, evaluate, footNear, nearest } from '../curves/curve.ts';
import { interpolate, splineAt } from '../curves/spline.ts';
import { add, dot, leftOf, length, type Pair, scale, subtract, unit } from '../model/vector.ts';
import { isAxis } from '../model/view.ts';
import type { Position } from '../types.ts';
import type { EquationContext, Sum } from './constraints.ts';
import type { PointIndex } from './unknowns.ts';

const pairs = (points: readonly PointIndex[]): number[] => points.flatMap((index) => [index, index + 1]);
const read = (numbers: Float64Array, at: number): Pair => [numbers[at]!, numbers[at + 1]!];
const custom = (indices: number[], value: (numbers: Float64Array) => number): Sum => ({
  terms: [{ of: 'function', by: 1, indices, value }],
  constant: 0,
});

function ellipse({ unknowns, view }: EquationContext, id: string) {
  const entity = view.entity(id);
  if (entity.kind !== 'ellipse') throw new RangeError(`${id} is no ellipse`);
  return {
    indices: [...pairs([unknowns.point(entity.centre), unknowns.point(entity.major)]), unknowns.radius(id)],
    read: (numbers: Float64Array, at: number) => {
      const centre = read(numbers, at);
      const reach = subtract(read(numbers, at + 2), centre);
      return { centre, along: unit(reach), a: length(reach), b: numbers[at + 4]! };
    },
  };
}

/** The distance to first order: the implicit function over the size of its gradient (Sampson). */
function ellipseDeviation(e: { centre: Position; along: Position; a: number; b: number }, point: Position): number {
  const off = subtract(point, e.centre);
  const [u, v] = [dot(off, e.along), dot(off, leftOf(e.along))];
  const steep = 2 * Math.hypot(u / e.a ** 2, v / e.b ** 2);
  return ((u / e.a) ** 2 + (v / e.b) ** 2 - 1) / Math.max(steep, 1e-12);
}

export function pointOnEllipse(context: EquationContext, id: string, point: PointIndex): Sum {
  const form = ellipse(context, id);
  return custom([...form.indices, ...pairs([point])], (numbers) =>
    ellipseDeviation(form.read(numbers, 0), read(numbers, 5)),
  );
}

/** A line touches where its distance from the centre is the ellipse's half width across it. */
export function ellipseTangent(context: EquationContext, line: string, id: string): Sum {
  const form = ellipse(context, id);
  const [s, e] = context.unknowns.line(line);
  const offset = (numbers: Float64Array) => {
    const { centre, along, a, b } = form.read(numbers, 0);
    const normal = leftOf(unit(subtract(read(numbers, 7), read(numbers, 5))));
    const reach = Math.hypot(a * dot(normal, along), b * dot(normal, leftOf(along)));
    return { off: dot(subtract(centre, read(numbers, 5)), normal), reach };
  };
  const indices = [...form.indices, ...pairs([s, e])];
  const now = offset(Float64Array.from(indices, (index) => context.unknowns.values[index]!));
  const side = now.off < 0 ? -1 : 1;
  return custom(indices, (numbers) => {
    const { off, reach } = offset(numbers);
    return side * off - reach;
  });
}

export function ellipseEqual(context: EquationContext, a: string, b: string): Sum[] {
  const [first, second] = [ellipse(context, a), ellipse(context, b)];
  const indices = [...first.indices, ...second.indices];
  return (['a', 'b'] as const).map((axis) =>
    custom(indices, (numbers) => first.read(numbers, 0)[axis] - second.read(numbers, 5)[axis]),
  );
}

function spline({ unknowns, view }: EquationContext, id: string) {
  const entity = view.entity(id);
  if (entity.kind !== 'spline') throw new RangeError(`${id} is no spline`);
  const count = entity.points.length;
  return {
    entity,
    indices: pairs(entity.points.map((point) => unknowns.point(point))),
    read: (numbers: Float64Array) =>
      interpolate(
        Array.from({ length: count }, (_, i) => read(numbers, 2 * i)),
        entity.closed,
      ),
  };
}

/** The distance along the normal at the nearest place, which is followed as things move. */
export function pointOnSpline(context: EquationContext, id: string, point: PointIndex): Sum {
  const form = spline(context, id);
  const at = form.indices.length;
  let last: number | undefined;
  return custom([...form.indices, ...pairs([point])], (numbers) => {
    const shape = form.read(numbers);
    const curve: Curve = { kind: 'spline', id, from: 0, to: 1, closed: shape.closed, spline: shape };
    const where = read(numbers, at);
    const t = last === undefined ? nearest(curve, where).parameter : footNear(curve, where, last);
    last = t;
    return dot(subtract(where, evaluate(curve, t)), leftOf(unit(evaluate(curve, t, 1))));
  });
}

/** The directions of two curves at a point of both are one: their cross product, over a length so that it is in mm. */
export function tangentAtContact(context: EquationContext, a: string, b: string, contact: string): Sum {
  const { unknowns, view } = context;
  const p = unknowns.point(contact);
  const simple = (id: string) => view.isLine(id) || view.isRound(id);
  if (simple(a) && simple(b)) {
    const centre = (id: string) => unknowns.point(view.round(id).centreId);
    if (view.isLine(a)) {
      const [s, e] = unknowns.line(a);
      return { terms: [{ of: 'advance', by: 1, p, q: centre(b), s, e }], constant: 0 };
    }
    return { terms: [{ of: 'offset', by: 1, p, q: centre(b), s: p, e: centre(a) }], constant: 0 };
  }
  const first = direction(context, a, contact);
  const second = direction(context, b, contact);
  const indices = [...first.indices, ...second.indices];
  const split = first.indices.length;
  return custom(indices, (numbers) => {
    const [u, v] = [first.read(numbers), second.read(numbers.subarray(split))];
    return (u[0] * v[1] - u[1] * v[0]) * 10;
  });
}

/** Unit tangent of a curve at one of its places. */
function direction(context: EquationContext, id: string, contact: string) {
  const { unknowns, view } = context;
  const p = unknowns.point(contact);
  if (view.isLine(id) || isAxis(id)) {
    return { indices: pairs(unknowns.line(id)), read: (n: Float64Array) => unit(subtract(read(n, 2), read(n, 0))) };
  }
  if (view.isRound(id)) {
    const centre = unknowns.point(view.round(id).centreId);
    return {
      indices: pairs([centre, p]),
      read: (n: Float64Array) => leftOf(unit(subtract(read(n, 2), read(n, 0)))),
    };
  }
  if (view.entity(id).kind === 'ellipse') {
    const form = ellipse(context, id);
    return {
      indices: [...form.indices, ...pairs([p])],
      read: (n: Float64Array): Pair => {
        const e = form.read(n, 0);
        const off = subtract(read(n, 5), e.centre);
        const across = leftOf(e.along);
        return unit(
          leftOf(add(scale(e.along, dot(off, e.along) / e.a ** 2), scale(across, dot(off, across) / e.b ** 2))),
        );
      },
    };
  }
  const form = spline(context, id);
  const index = form.entity.points.findIndex(
    (point) => context.contacts.same(point) === context.contacts.same(contact),
  );
  return {
    indices: [...form.indices, ...pairs([p])],
    read: (n: Float64Array): Pair => {
      const shape = form.read(n);
      const at = index >= 0 ? shape.knots[index]! : nearestOn(shape, read(n, form.indices.length));
      return unit(splineAt(shape, at, 1));
    },
  };
}

const nearestOn = (shape: ReturnType<typeof interpolate>, to: Position): number =>
  nearest({ kind: 'spline', id: '', from: 0, to: 1, closed: shape.closed, spline: shape }, to).parameter;
