/** Points and curves of a sketch, as the functions that draw them answer with. */
import type { LengthValue } from './values.ts';

/** A point of a sketch, with its place (mm). */
export class Point {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  constructor(id: string, x: number, y: number) {
    this.id = id;
    this.x = x;
    this.y = y;
  }
}

export type CurveKind = 'line' | 'circle' | 'arc' | 'ellipse' | 'spline';

/** A curve of a sketch. */
export class Curve {
  readonly id: string;
  readonly kind: CurveKind;
  /** Where it begins and ends: not of circles, ellipses and closed splines. */
  readonly start: Point | undefined;
  readonly end: Point | undefined;
  /** Of circles, arcs and ellipses. */
  readonly centre: Point | undefined;
  constructor(id: string, kind: CurveKind, points: { start?: Point; end?: Point; centre?: Point } = {}) {
    this.id = id;
    this.kind = kind;
    this.start = points.start;
    this.end = points.end;
    this.centre = points.centre;
  }
}

/** A point that is there already, its id, or the coordinates of a new one. */
export type PointLike = Point | string | readonly [LengthValue, LengthValue];
