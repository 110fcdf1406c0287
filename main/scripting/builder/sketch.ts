/**
 * Drawing a sketch. Places are worked out when the script runs and stay where they are: unless the script adds constraints
 * of its own, every point is fixed and every circle has its radius, so that the sketch is fully determined and follows the
 * variables by the script being run again.
 */
import type { Reference } from '../../../preload/contract/geometry.ts';
import type { SketchConstraint, SketchEntity } from '../../../preload/contract/sketches.ts';
import { SketchConstraints } from './constraints.ts';
import { fixingConstraints } from './fix.ts';
import { ScriptMistake } from './host.ts';
import { Outline } from './outline.ts';
import { polygonCorners, type RoundedCorner, rectangleCorners, roundCorners } from './shapes.ts';
import { Curve, Point, type PointLike } from './sketch-items.ts';
import { defined, describe, type LengthValue, lengthData, type NumberValue, numberOf } from './values.ts';

/** What any curve or point may be given. */
export interface DrawOptions {
  /** Its name in the sketch, such as `wall`: letters, digits, `-` and `_`. Numbered by kind otherwise: `line1`, `arc2`. */
  id?: string;
  /** A help to draw with: no part of a profile. */
  construction?: boolean;
  /** Follows this edge or vertex of the body. */
  from?: Reference;
}

export class SketchBuilder extends SketchConstraints {
  readonly #entities: SketchEntity[] = [];
  readonly #places = new Map<string, Point>();
  readonly #curves: Record<string, Curve> = {};
  readonly #radii: { curve: string; value: { length: string } }[] = [];

  /** The middle of the plane. */
  readonly origin = new Point('origin', 0, 0);
  /** The horizontal axis: wherever a line is wanted. */
  readonly xAxis = new Curve('x-axis', 'line', { start: this.origin });
  /** The vertical axis: wherever a line is wanted. */
  readonly yAxis = new Curve('y-axis', 'line', { start: this.origin });

  /** A point. */
  point(at: PointLike, options: DrawOptions = {}): Point {
    if (at instanceof Point) return at;
    if (typeof at === 'string') return this.#known(at);
    if (!Array.isArray(at) || at.length !== 2)
      throw new ScriptMistake(`${describe(at)} is not a point.`, "Give [x, y], such as [0, '10 mm'], or a point.");
    const x = numberOf(at[0], 'length');
    const y = numberOf(at[1], 'length');
    const point = new Point(this.newId('point', options.id), x, y);
    this.#places.set(point.id, point);
    this.#entities.push({ kind: 'point', id: point.id, ...drawn(options), x_mm: x, y_mm: y });
    return point;
  }

  /** A straight line between two points. */
  line(from: PointLike, to: PointLike, options: DrawOptions = {}): Curve {
    const start = this.point(from);
    const end = this.point(to);
    const id = this.newId('line', options.id);
    return this.#add({ kind: 'line', id, ...drawn(options), start: start.id, end: end.id }, { start, end });
  }

  /** Lines from point to point; `closed` adds the one back to the beginning, `round` rounds every corner. */
  polyline(
    points: readonly PointLike[],
    options: DrawOptions & { closed?: boolean; round?: LengthValue } = {},
  ): Curve[] {
    const { closed = false, round, id, ...rest } = options;
    const radius = round === undefined ? 0 : numberOf(round, 'length');
    const corners = points.map((each) => this.#place(each));
    if (radius > 0) return this.#rounded(roundCorners(corners, radius, closed), closed, rest, id);
    const made = points.map((each) => this.point(each));
    const ends = closed ? [...made.slice(1), made[0]!] : made.slice(1);
    return ends.map((end, at) => this.line(made[at]!, end, { ...rest, ...numbered(id, at) }));
  }

  /** A rectangle by a corner and its size along both axes; the lines go round from that corner: bottom, right, top, left. */
  rectangle(
    corner: readonly [LengthValue, LengthValue],
    size: readonly [LengthValue, LengthValue],
    options: DrawOptions & { round?: LengthValue } = {},
  ): Curve[] {
    return this.polyline(rectangleCorners(this.#numbers(corner), this.#numbers(size), false), {
      ...options,
      closed: true,
    });
  }
  /** A rectangle by its middle and its size along both axes: bottom, right, top, left. */
  centredRectangle(
    middle: readonly [LengthValue, LengthValue],
    size: readonly [LengthValue, LengthValue],
    options: DrawOptions & { round?: LengthValue } = {},
  ): Curve[] {
    return this.polyline(rectangleCorners(this.#numbers(middle), this.#numbers(size), true), {
      ...options,
      closed: true,
    });
  }
  /** A regular polygon by its middle, the radius of its corners and their number; the first corner lies to the right. */
  polygon(
    middle: readonly [LengthValue, LengthValue],
    radius: LengthValue,
    sides: NumberValue,
    options: DrawOptions = {},
  ): Curve[] {
    const count = numberOf(sides, 'number');
    return this.polyline(polygonCorners(this.#numbers(middle), numberOf(radius, 'length'), count), {
      ...options,
      closed: true,
    });
  }
  /** A slot: a line between two middles, drawn around at a width. Goes round as line, arc, line, arc. */
  slot(
    from: readonly [LengthValue, LengthValue],
    to: readonly [LengthValue, LengthValue],
    width: LengthValue,
    options: DrawOptions = {},
  ): Curve[] {
    const [a, b] = [this.#numbers(from), this.#numbers(to)];
    const radius = numberOf(width, 'length') / 2;
    const span = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (!(span > 0)) throw new ScriptMistake('The two middles of a slot are at the same place.', 'Draw a circle.');
    const [nx, ny] = [(-(b[1] - a[1]) / span) * radius, ((b[0] - a[0]) / span) * radius];
    const { id, ...rest } = options;
    const corner = (c: [number, number], sign: number): Point => this.point([c[0] + sign * nx, c[1] + sign * ny]);
    const [p1, p2, p3, p4] = [corner(a, -1), corner(b, -1), corner(b, 1), corner(a, 1)];
    return [
      this.line(p1, p2, { ...rest, ...numbered(id, 0) }),
      this.arc(b, p2, p3, { ...rest, ...numbered(id, 1) }),
      this.line(p3, p4, { ...rest, ...numbered(id, 2) }),
      this.arc(a, p4, p1, { ...rest, ...numbered(id, 3) }),
    ];
  }

  /** A circle by its middle and radius. */
  circle(middle: PointLike, radius: LengthValue, options: DrawOptions = {}): Curve {
    const centre = this.point(middle);
    const radius_mm = numberOf(radius, 'length');
    if (!(radius_mm > 0)) throw new ScriptMistake(`A circle can't have a radius of ${radius_mm} mm.`);
    const id = this.newId('circle', options.id);
    // Known only if the sketch turns out to be one that is fixed.
    this.#radii.push({ curve: id, value: lengthData(radius) });
    return this.#add({ kind: 'circle', id, ...drawn(options), centre: centre.id, radius_mm }, { centre });
  }
  /** An arc about a middle, counter-clockwise from one point to another at the same distance. */
  arc(middle: PointLike, from: PointLike, to: PointLike, options: DrawOptions = {}): Curve {
    const centre = this.point(middle);
    const start = this.point(from);
    const end = this.point(to);
    const id = this.newId('arc', options.id);
    const entity = { kind: 'arc', id, ...drawn(options), centre: centre.id, start: start.id, end: end.id } as const;
    return this.#add(entity, { centre, start, end });
  }
  /** An ellipse by its middle, the end of its major axis and its minor radius. */
  ellipse(middle: PointLike, majorEnd: PointLike, minorRadius: LengthValue, options: DrawOptions = {}): Curve {
    const centre = this.point(middle);
    const major = this.point(majorEnd);
    const id = this.newId('ellipse', options.id);
    const minorRadius_mm = numberOf(minorRadius, 'length');
    const entity = {
      kind: 'ellipse',
      id,
      ...drawn(options),
      centre: centre.id,
      major: major.id,
      minorRadius_mm,
    } as const;
    return this.#add(entity, { centre });
  }
  /** A smooth curve through points. */
  spline(through: readonly PointLike[], options: DrawOptions & { closed?: boolean } = {}): Curve {
    const points = through.map((each) => this.point(each));
    if (points.length < 2) throw new ScriptMistake('A spline goes through at least two points.');
    const id = this.newId('spline', options.id);
    const closed = options.closed === true;
    return this.#add(
      { kind: 'spline', id, ...drawn(options), points: points.map((each) => each.id), ...(closed ? { closed } : {}) },
      closed ? {} : { start: points[0]!, end: points.at(-1)! },
    );
  }
  /** Begins an outline of lines, arcs and splines that hang together: `s.outline([0, 0]).lineTo([10, 0]).close()`. */
  outline(start: PointLike): Outline {
    return new Outline(this, this.point(start));
  }

  /** Everything that was drawn, as the contract has it. For the builder itself. */
  finish(fix: boolean | undefined): {
    entities: SketchEntity[];
    constraints: SketchConstraint[];
    curves: Record<string, Curve>;
  } {
    const own = this.constraints;
    const fixed = fix ?? own.length === 0;
    // A solver makes arcs fit; where nothing moves, they have to.
    if (fixed) for (const curve of Object.values(this.#curves)) if (curve.kind === 'arc') checkArc(curve);
    const added = fixed
      ? [
          ...fixingConstraints(this.#entities, this.#places, (kind) => this.newId(kind, undefined)),
          ...this.#radiiOfFree(),
        ]
      : [];
    return { entities: this.#entities, constraints: [...own, ...added], curves: this.#curves };
  }

  #radiiOfFree(): SketchConstraint[] {
    const projected = new Set(this.#entities.flatMap((each) => (each.from ? [each.id] : [])));
    return this.#radii
      .filter(({ curve }) => !projected.has(curve))
      .map(({ curve, value }) => ({ kind: 'radius', id: this.newId('radius', undefined), curve, value }));
  }

  #add(entity: SketchEntity, points: { start?: Point; end?: Point; centre?: Point }): Curve {
    this.#entities.push(entity);
    const curve = new Curve(entity.id, entity.kind as Curve['kind'], points);
    this.#curves[entity.id] = curve;
    return curve;
  }

  #rounded(corners: RoundedCorner[], closed: boolean, options: DrawOptions, id: string | undefined): Curve[] {
    const ends = corners.map(({ from, centre, to }) =>
      centre ? { from: this.point(from), centre, to: this.point(to) } : { point: this.point(from) },
    );
    const curves: Curve[] = [];
    const next = (): { id?: string } => numbered(id, curves.length);
    for (const [at, corner] of ends.entries()) {
      if (corner.centre) {
        const left = corners[at]!.left;
        const [a, b] = left ? [corner.from, corner.to] : [corner.to, corner.from];
        curves.push(this.arc(corner.centre, a, b, { ...options, ...next() }));
      }
      if (!closed && at === ends.length - 1) break;
      const after = ends[(at + 1) % ends.length]!;
      const [from, to] = [corner.to ?? corner.point!, after.from ?? after.point!];
      if (Math.hypot(to.x - from.x, to.y - from.y) > 1e-9) curves.push(this.line(from, to, { ...options, ...next() }));
    }
    return curves;
  }

  #numbers(pair: readonly [LengthValue, LengthValue]): [number, number] {
    return [numberOf(pair[0], 'length'), numberOf(pair[1], 'length')];
  }
  #place(at: PointLike): [number, number] {
    if (Array.isArray(at)) return this.#numbers(at as [LengthValue, LengthValue]);
    const { x, y } = this.point(at);
    return [x, y];
  }
  #known(id: string): Point {
    const point = id === 'origin' ? this.origin : this.#places.get(id);
    if (!point)
      throw new ScriptMistake(`The sketch has no point "${id.slice(0, 60)}".`, 'Draw it first: s.point([x, y]).');
    return point;
  }
}

function checkArc({ id, centre, start, end }: Curve): void {
  const from = Math.hypot(start!.x - centre!.x, start!.y - centre!.y);
  const to = Math.hypot(end!.x - centre!.x, end!.y - centre!.y);
  if (from > 0 && Math.abs(from - to) <= 1e-6 * Math.max(from, to)) return;
  throw new ScriptMistake(
    `"${id}" begins ${from} mm from its middle and ends ${to} mm from it.`,
    'Both ends of an arc lie at the same distance.',
  );
}

const drawn = (options: DrawOptions): { construction?: true; from?: Reference } =>
  defined({ construction: options.construction ? (true as const) : undefined, from: options.from });

/** `wall` becomes `wall1`, `wall2` ... where a shape has several curves. */
const numbered = (id: string | undefined, at: number): { id?: string } =>
  id === undefined ? {} : { id: `${id}${at + 1}` };
