/** A scalar field on a square raster, its contours, and signed distances to contours: negative is inside. */
import { segmentDistance } from '../geometry.ts';
import type { Point2 } from '../types.ts';

export interface Raster {
  columns: number;
  rows: number;
  /** mm, in both directions. */
  spacing: number;
  /** Place of the first point. */
  origin: Point2;
}

export class Field {
  readonly raster: Raster;
  /** Point (i, j) has the number i rows + j. */
  readonly values: Float64Array;

  constructor(raster: Raster, values = new Float64Array(raster.columns * raster.rows)) {
    this.raster = raster;
    this.values = values;
  }

  static of(raster: Raster, value: (x: number, y: number, index: number) => number): Field {
    const field = new Field(raster);
    for (let i = 0; i < raster.columns; i++)
      for (let j = 0; j < raster.rows; j++) {
        const index = i * raster.rows + j;
        const x = raster.origin[0] + i * raster.spacing;
        field.values[index] = value(x, raster.origin[1] + j * raster.spacing, index);
      }
    return field;
  }

  /** The field and its gradient, bilinear; constant beyond the raster. */
  at([x, y]: Point2): { value: number; gradient: [number, number] } {
    const { columns, rows, spacing, origin } = this.raster;
    const [u, v] = [(x - origin[0]) / spacing, (y - origin[1]) / spacing];
    const i = Math.max(0, Math.min(columns - 2, Math.floor(u)));
    const j = Math.max(0, Math.min(rows - 2, Math.floor(v)));
    const [s, t] = [Math.max(0, Math.min(1, u - i)), Math.max(0, Math.min(1, v - j))];
    const value = (a: number, b: number) => this.values[(i + a) * rows + j + b]!;
    const [p, q, r, w] = [value(0, 0), value(1, 0), value(0, 1), value(1, 1)];
    return {
      value: p * (1 - s) * (1 - t) + q * s * (1 - t) + r * (1 - s) * t + w * s * t,
      gradient: [((q - p) * (1 - t) + (w - r) * t) / spacing, ((r - p) * (1 - s) + (w - q) * s) / spacing],
    };
  }

  /** A unit normal outwards, smoothed over about two spacings. */
  normal([x, y]: Point2): [number, number] {
    const step = this.raster.spacing;
    const dx = this.at([x + step, y]).value - this.at([x - step, y]).value;
    const dy = this.at([x, y + step]).value - this.at([x, y - step]).value;
    const size = Math.hypot(dx, dy);
    return size > 0 ? [dx / size, dy / size] : [1, 0];
  }
}

export type Loop = Point2[];

/** Closed contours at a level, the inside on the left: around material counter-clockwise, around holes clockwise. */
export function contours(field: Field, level = 0): Loop[] {
  const { columns, rows, spacing, origin } = field.raster;
  const inside = (i: number, j: number) => field.values[i * rows + j]! < level;
  /** Edges of the raster: 2 a point, along the first axis and along the second. */
  const crossing = (i: number, j: number, axis: 0 | 1): Point2 => {
    const a = field.values[i * rows + j]! - level;
    const b = field.values[(i + 1 - axis) * rows + j + axis]! - level;
    const t = a / (a - b);
    return [origin[0] + (i + (axis === 0 ? t : 0)) * spacing, origin[1] + (j + (axis === 1 ? t : 0)) * spacing];
  };
  const next = new Map<number, number>();
  const edge = (i: number, j: number, axis: 0 | 1) => 2 * (i * rows + j) + axis;
  for (let i = 0; i + 1 < columns; i++)
    for (let j = 0; j + 1 < rows; j++) {
      const corners = [inside(i, j), inside(i + 1, j), inside(i + 1, j + 1), inside(i, j + 1)];
      // Sides below, right, above and left, in the order in which the corners begin them.
      const sides = [edge(i, j, 0), edge(i + 1, j, 1), edge(i, j + 1, 0), edge(i, j, 1)];
      const [enters, leaves]: [number[], number[]] = [[], []];
      for (let side = 0; side < 4; side++) {
        // Going around counter-clockwise: where material ends the contour comes out of this side, where it begins it goes in.
        if (corners[side] && !corners[(side + 1) % 4]) leaves.push(side);
        if (!corners[side] && corners[(side + 1) % 4]) enters.push(side);
      }
      if (leaves.length === 1) next.set(sides[leaves[0]!]!, sides[enters[0]!]!);
      if (leaves.length === 2) {
        let sum = 0;
        for (const [a, b] of [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ] as const)
          sum += field.values[(i + a) * rows + j + b]!;
        // A saddle: joined where the middle is material.
        const joined = sum / 4 < level;
        for (const side of leaves) {
          const other = joined ? (side + 1) % 4 : (side + 3) % 4;
          next.set(sides[side]!, sides[other]!);
        }
      }
    }
  const loops: Loop[] = [];
  const done = new Set<number>();
  for (const first of next.keys()) {
    if (done.has(first)) continue;
    const loop: Loop = [];
    let at: number | undefined = first;
    while (at !== undefined && !done.has(at)) {
      done.add(at);
      const point = Math.floor(at / 2);
      loop.push(crossing(Math.floor(point / rows), point % rows, (at % 2) as 0 | 1));
      at = next.get(at);
    }
    if (at === first && loop.length > 2) loops.push(loop);
  }
  return loops;
}

/**
 * Signed distances to closed loops on a raster: each point is asked for the nearest of the segments that its neighbours know
 * (vector distance transform, Danielsson 1980). The sign is that of the field the loops are contours of.
 */
export function signedDistance(like: Field, level: number, loops: readonly Loop[]): Field {
  const { columns, rows, spacing, origin } = like.raster;
  const nearest = new Int32Array(columns * rows).fill(-1);
  const distances = new Float64Array(columns * rows).fill(Infinity);
  const segments: [Point2, Point2][] = [];
  for (const loop of loops)
    for (let i = 0, j = loop.length - 1; i < loop.length; j = i++) segments.push([loop[j]!, loop[i]!]);
  const offer = (i: number, j: number, segment: number) => {
    const index = i * rows + j;
    if (nearest[index] === segment) return;
    const [a, b] = segments[segment]!;
    const found = segmentDistance(origin[0] + i * spacing, origin[1] + j * spacing, a, b);
    if (found < distances[index]!) {
      distances[index] = found;
      nearest[index] = segment;
    }
  };
  for (const [segment, [a]] of segments.entries()) {
    const [i, j] = [Math.floor((a[0] - origin[0]) / spacing), Math.floor((a[1] - origin[1]) / spacing)];
    for (let x = Math.max(0, i - 1); x <= Math.min(columns - 1, i + 2); x++)
      for (let y = Math.max(0, j - 1); y <= Math.min(rows - 1, j + 2); y++) offer(x, y, segment);
  }
  const pass = (forward: boolean) => {
    for (let a = 0; a < columns; a++)
      for (let b = 0; b < rows; b++) {
        const [i, j] = forward ? [a, b] : [columns - 1 - a, rows - 1 - b];
        for (let x = Math.max(0, i - 1); x <= Math.min(columns - 1, i + 1); x++)
          for (let y = Math.max(0, j - 1); y <= Math.min(rows - 1, j + 1); y++) {
            const known = nearest[x * rows + y]!;
            if (known >= 0) offer(i, j, known);
          }
      }
  };
  for (let round = 0; round < 2; round++) {
    pass(true);
    pass(false);
  }
  const sign = (index: number) => (like.values[index]! < level ? -1 : 1);
  return new Field(
    like.raster,
    distances.map((each, index) => sign(index) * (Number.isFinite(each) ? each : 1e9)),
  );
}

/** The signed distance of what lies below a level. */
export const redistanced = (field: Field, level = 0): Field => signedDistance(field, level, contours(field, level));
