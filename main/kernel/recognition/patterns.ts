/** The same hole again and again: on a circle, along a line, in a grid, or just several times on one face. */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import type { BodyRecognition } from '../../../preload/contract/parts.ts';
import { cross, dot, subtract, unit } from '../modeller/vectors.ts';
import type { Hole } from './holes.ts';
import { areParallel, type Model } from './model.ts';
import { size, sizes } from './words.ts';

type Pattern = BodyRecognition['patterns'][number];
type Point = [number, number];

/** Numbers the patterns, from 1, and writes the numbers into their holes. */
export function patternsOf(model: Model, holes: readonly Hole[]): { holes: Hole[]; patterns: Pattern[] } {
  const groups: Hole[][] = [];
  for (const hole of holes) {
    const group = groups.find(([first]) => alike(model, first!, hole));
    if (group) group.push(hole);
    else groups.push([hole]);
  }
  const patterns: Pattern[] = [];
  const numbers = new Map<Hole, number>();
  for (const group of groups) {
    if (group.length < 2) continue;
    const number = patterns.length + 1;
    for (const hole of group) numbers.set(hole, number);
    const { kind, place } = arrangement(model, group, holes);
    const what = `${group.length} × ${sizes(group[0]!.diameters_mm.toSorted((a, b) => a - b))} mm`;
    patterns.push({ number, kind, count: group.length, words: place ? `${what} ${place}` : what });
  }
  return {
    patterns,
    holes: holes.map((hole) => {
      const pattern = numbers.get(hole);
      return pattern === undefined ? hole : { ...hole, pattern };
    }),
  };
}

/** The same hole from the same height in the same direction. */
function alike({ tolerance_mm }: Model, a: Hole, b: Hole): boolean {
  const near = (x: number, y: number): boolean => Math.abs(x - y) < tolerance_mm;
  const sense = dot(a.axis.direction, b.axis.direction);
  return (
    a.type === b.type &&
    a.through === b.through &&
    near(a.depth_mm, b.depth_mm) &&
    a.diameters_mm.length === b.diameters_mm.length &&
    a.diameters_mm.every((diameter, i) => near(diameter, b.diameters_mm[i]!)) &&
    areParallel(a.axis.direction, b.axis.direction) &&
    (sense > 0
      ? near(dot(subtract(b.axis.origin_mm, a.axis.origin_mm), a.axis.direction), 0)
      : a.through && near(dot(subtract(b.axis.origin_mm, a.axis.origin_mm), a.axis.direction), a.depth_mm))
  );
}

function arrangement(
  { tolerance_mm }: Model,
  group: readonly Hole[],
  all: readonly Hole[],
): { kind: Pattern['kind']; place?: string } {
  if (group.length < 3) return { kind: 'group' };
  const { direction, origin_mm } = group[0]!.axis;
  const x = unit(cross(direction, Math.abs(direction[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]))!;
  const y = cross(direction, x);
  const flat = (point: Vector3): Point => {
    const from = subtract(point, origin_mm);
    return [dot(from, x), dot(from, y)];
  };
  const points = group.map((hole) => flat(hole.axis.origin_mm));
  const line = lineOf(points, tolerance_mm);
  if (line) return { kind: 'linear', place: `in a line, ${size(line)} mm apart` };
  const circle = circleOf(points, tolerance_mm);
  const inGroup = new Set(group);
  // Four in a square are on a circle as well: one where something stands in the middle, a grid otherwise.
  const centred = all.some(
    (hole) =>
      !inGroup.has(hole) &&
      areParallel(hole.axis.direction, direction) &&
      circle !== undefined &&
      distance(flat(hole.axis.origin_mm), circle.centre) < tolerance_mm,
  );
  const grid = gridOf(points, tolerance_mm);
  if (grid && !(circle && centred)) return { kind: 'grid', place: gridInWords(grid) };
  if (circle) return { kind: 'circular', place: `on a ${size(2 * circle.radius)} mm circle` };
  return { kind: 'group' };
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The spacing of points that stand evenly on a line. */
function lineOf(points: readonly Point[], tolerance: number): number | undefined {
  const far = points.reduce((best, each) => (distance(each, points[0]!) > distance(best, points[0]!) ? each : best));
  const span = distance(far, points[0]!);
  const along: Point = [(far[0] - points[0]![0]) / span, (far[1] - points[0]![1]) / span];
  const places = points.map((p) => (p[0] - points[0]![0]) * along[0] + (p[1] - points[0]![1]) * along[1]);
  const off = points.some(
    (p) => Math.abs((p[0] - points[0]![0]) * along[1] - (p[1] - points[0]![1]) * along[0]) > tolerance,
  );
  if (off) return undefined;
  const sorted = places.toSorted((a, b) => a - b);
  const step = (sorted.at(-1)! - sorted[0]!) / (sorted.length - 1);
  return sorted.every((place, i) => Math.abs(place - sorted[0]! - i * step) < 2 * tolerance) ? step : undefined;
}

/** A circle with the points evenly on it: all the way round, or at least four of them on an arc. */
function circleOf(points: readonly Point[], tolerance: number): { centre: Point; radius: number } | undefined {
  const [a, b] = [points[0]!, points[1]!];
  const c = points.reduce((best, each) => (Math.abs(area(a, b, each)) > Math.abs(area(a, b, best)) ? each : best), b);
  const twice = 2 * area(a, b, c);
  if (Math.abs(twice) < tolerance * tolerance) return undefined;
  const square = (p: Point): number => p[0] ** 2 + p[1] ** 2;
  const centre: Point = [
    (square(a) * (b[1] - c[1]) + square(b) * (c[1] - a[1]) + square(c) * (a[1] - b[1])) / twice,
    (square(a) * (c[0] - b[0]) + square(b) * (a[0] - c[0]) + square(c) * (b[0] - a[0])) / twice,
  ];
  const radius = distance(a, centre);
  if (points.some((point) => Math.abs(distance(point, centre) - radius) > 2 * tolerance)) return undefined;
  const angles = points.map((p) => Math.atan2(p[1] - centre[1], p[0] - centre[0])).sort((p, q) => p - q);
  const gaps = angles.map((angle, i) => (angles[i + 1] ?? angles[0]! + 2 * Math.PI) - angle);
  const least = Math.min(...gaps);
  const even = gaps.filter((gap) => Math.abs(gap - least) * radius < 4 * tolerance).length;
  const round = even === gaps.length;
  return round || (points.length >= 4 && even === gaps.length - 1) ? { centre, radius } : undefined;
}

const area = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

interface GridLine {
  count: number;
  step: number;
}

/** Rows and columns at a right angle, evenly spaced and all filled; the longer one first. */
function gridOf(points: readonly Point[], tolerance: number): [GridLine, GridLine] | undefined {
  if (points.length < 4) return undefined;
  const from = points[0]!;
  const nearest = points.slice(1).toSorted((a, b) => distance(a, from) - distance(b, from))[0]!;
  const span = distance(nearest, from);
  const u: Point = [(nearest[0] - from[0]) / span, (nearest[1] - from[1]) / span];
  const v: Point = [-u[1], u[0]];
  const lines = [u, v].map((axis): GridLine | undefined => {
    const places = distinct(
      points.map((p) => p[0] * axis[0] + p[1] * axis[1]),
      tolerance,
    );
    const step = (places.at(-1)! - places[0]!) / (places.length - 1);
    return places.length > 1 && even(places, tolerance) ? { count: places.length, step } : undefined;
  });
  const [a, b] = lines;
  if (!a || !b || a.count * b.count !== points.length) return undefined;
  return a.count > b.count || (a.count === b.count && a.step >= b.step) ? [a, b] : [b, a];
}

const gridInWords = ([a, b]: [GridLine, GridLine]): string =>
  `in a grid of ${a.count} by ${b.count}, ${size(a.step)} and ${size(b.step)} mm apart`;

function distinct(values: readonly number[], tolerance: number): number[] {
  const found: number[] = [];
  for (const value of values.toSorted((a, b) => a - b))
    if (found.length === 0 || value - found.at(-1)! > 2 * tolerance) found.push(value);
  return found;
}

const even = (values: readonly number[], tolerance: number): boolean => {
  const step = (values.at(-1)! - values[0]!) / (values.length - 1);
  return values.every((value, i) => Math.abs(value - values[0]! - i * step) < 4 * tolerance);
};
