/** An outline drawn in one go: each piece begins where the one before ended. */
import { ScriptMistake } from './host.ts';
import type { DrawOptions, SketchBuilder } from './sketch.ts';
import { type Curve, Point, type PointLike } from './sketch-items.ts';

export class Outline {
  readonly #sketch: SketchBuilder;
  readonly #start: Point;
  #at: Point;
  /** Direction in which the last piece ended, radians. */
  #heading: number | undefined;
  /** The pieces so far. */
  readonly curves: Curve[] = [];

  constructor(sketch: SketchBuilder, start: Point) {
    this.#sketch = sketch;
    this.#start = start;
    this.#at = start;
  }

  /** Where the last piece ended. */
  get end(): Point {
    return this.#at;
  }

  /** A straight line to a point. */
  lineTo(to: PointLike, options: DrawOptions = {}): this {
    const end = this.#sketch.point(to);
    return this.#went(
      this.#sketch.line(this.#at, end, options),
      end,
      Math.atan2(end.y - this.#at.y, end.x - this.#at.x),
    );
  }

  /** An arc about a middle to a point: counter-clockwise unless told otherwise. */
  arcTo(to: PointLike, options: DrawOptions & { centre: PointLike; clockwise?: boolean }): this {
    const { centre: middle, clockwise = false, ...rest } = options;
    const end = this.#sketch.point(to);
    const centre = this.#sketch.point(middle);
    const [from, until] = clockwise ? [end, this.#at] : [this.#at, end];
    const heading = Math.atan2(end.y - centre.y, end.x - centre.x) + (clockwise ? -Math.PI / 2 : Math.PI / 2);
    return this.#went(this.#sketch.arc(centre, from, until, rest), end, heading);
  }

  /** An arc through one point to another. */
  arcThrough(through: readonly [number, number], to: PointLike, options: DrawOptions = {}): this {
    const end = this.#sketch.point(to);
    const a = this.#at;
    const [bx, by, cx, cy] = [through[0] - a.x, through[1] - a.y, end.x - a.x, end.y - a.y];
    const double = 2 * (bx * cy - by * cx);
    if (Math.abs(double) < 1e-12) throw new ScriptMistake('Three points on a straight line make no arc.');
    const [b2, c2] = [bx * bx + by * by, cx * cx + cy * cy];
    const centre = [a.x + (cy * b2 - by * c2) / double, a.y + (bx * c2 - cx * b2) / double] as const;
    return this.arcTo(end, { ...options, centre, clockwise: double < 0 });
  }

  /** An arc to a point that goes on in the direction in which the last piece ended. */
  tangentArcTo(to: PointLike, options: DrawOptions = {}): this {
    if (this.#heading === undefined)
      throw new ScriptMistake('Nothing was drawn yet that the arc could go on from.', 'Begin with lineTo or arcTo.');
    const end = this.#sketch.point(to);
    const [dx, dy] = [end.x - this.#at.x, end.y - this.#at.y];
    const [nx, ny] = [-Math.sin(this.#heading), Math.cos(this.#heading)];
    const across = dx * nx + dy * ny;
    if (Math.abs(across) < 1e-9) return this.lineTo(end, options);
    const radius = (dx * dx + dy * dy) / (2 * across);
    const centre = [this.#at.x + radius * nx, this.#at.y + radius * ny] as const;
    return this.arcTo(end, { ...options, centre, clockwise: radius < 0 });
  }

  /** A smooth curve through points to the last of them. */
  splineThrough(points: readonly PointLike[], options: DrawOptions = {}): this {
    const made = points.map((each) => this.#sketch.point(each));
    const end = made.at(-1);
    if (!end) throw new ScriptMistake('A spline needs at least one more point.');
    const before = made.at(-2) ?? this.#at;
    const curve = this.#sketch.spline([this.#at, ...made], options);
    return this.#went(curve, end, Math.atan2(end.y - before.y, end.x - before.x));
  }

  /** Back to the beginning by a straight line, unless the outline is there already. Answers with all pieces. */
  close(options: DrawOptions = {}): Curve[] {
    if (this.#at !== this.#start) this.lineTo(this.#start, options);
    return this.curves;
  }
  /** The point at which the outline began: `arcTo(outline.start, ...)` closes it by an arc. */
  get start(): Point {
    return this.#start;
  }

  #went(curve: Curve, end: Point, heading: number): this {
    if (!(end instanceof Point)) throw new ScriptMistake('That is not a point.');
    this.curves.push(curve);
    this.#at = end;
    this.#heading = heading;
    return this;
  }
}
