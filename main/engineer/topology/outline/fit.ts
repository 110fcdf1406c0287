/** Contours drawn with lines and arcs that meet without corners, exact where something exact is followed. */
import { distance } from '../geometry.ts';
import type { Regions } from '../regions.ts';
import type { DrawnLoop, DrawnPiece, Point2 } from '../types.ts';
import { angleBetween, arcOf, biarc, pieceDistance } from './biarc.ts';
import { directionOn, type Stretch, type Support, snapped, stretchesOf, supportsOf } from './exact.ts';
import type { Field, Loop } from './field.ts';

export interface FitOptions {
  /** How far the outline may lie off the contour. */
  tolerance_mm: number;
  /** A run is straight if it is this long, and within this band. */
  straight_mm: number;
  straightBand_mm: number;
  /** No inner corner is to be sharper. */
  innerRadius_mm: number;
}

/** Where stretches meet, closer to a support's own direction than this, they meet without a corner. */
const SMOOTH = (25 * Math.PI) / 180;
/** Inner corners are round, so that this much turning over a few points is no corner either. */
const SMOOTH_INWARDS = (70 * Math.PI) / 180;
const isSmooth = (before: Point2, after: Point2): boolean => {
  const turn = angleBetween(before, after);
  return turn < SMOOTH && turn > -SMOOTH_INWARDS;
};
/** An outer corner: so much turning within four points. */
const CORNER = (50 * Math.PI) / 180;

export function fitLoop(loop: Loop, distances: Field, regions: Regions, options: FitOptions): DrawnLoop {
  const { spacing } = distances.raster;
  const points = evened(loop, spacing);
  const stretches = stretchesOf(points, supportsOf(regions), 0.12 * spacing, 4 * spacing);
  const pieces: DrawnPiece[] = [];
  if (stretches.length === 1) {
    const [only] = stretches;
    return { pieces: only!.support ? wholeCircle(only!.support, points) : closedFit(points, distances, options) };
  }
  /** Where each stretch ends and the next one begins. */
  const joints = stretches.map((each, i) => {
    const joint = jointBetween(each, stretches[(i + 1) % stretches.length]!);
    return faceEndNear(joint, regions, 2 * spacing) ?? joint;
  });
  for (const [i, { support, points: own }] of stretches.entries()) {
    const [from, to] = [joints[(i + joints.length - 1) % joints.length]!, joints[i]!];
    if (support) pieces.push(...exactPieces(support, from, to, regions));
    else {
      const before = stretches[(i + stretches.length - 1) % stretches.length]!;
      const after = stretches[(i + 1) % stretches.length]!;
      // Contours are round where they meet something at a corner: points that near say nothing.
      const clear = own.filter((point) => distance(point, from) > spacing && distance(point, to) > spacing);
      pieces.push(...openFit([from, ...clear, to], before.support, after.support, distances, options));
    }
  }
  return { pieces: pieces.filter((piece) => distance(piece.from, piece.to) > 1e-6 || piece.through) };
}

/** Contours have points of very different distance: at every spacing or so one is enough. */
function evened(loop: Loop, spacing: number): Loop {
  const kept: Loop = [];
  for (const point of loop) if (kept.length === 0 || distance(kept.at(-1)!, point) > 0.4 * spacing) kept.push(point);
  while (kept.length > 3 && distance(kept[0]!, kept.at(-1)!) < 0.4 * spacing) kept.pop();
  return kept;
}

/** The end of an interface's face, if it is near. */
function faceEndNear(point: Point2, { faces }: Regions, near_mm: number): Point2 | undefined {
  return faces.flatMap(({ from, to }) => [from, to]).find((end) => distance(end, point) < near_mm);
}

/** Exact stretches end at their own last points, free ones where their neighbours do. */
function jointBetween(a: Stretch, b: Stretch): Point2 {
  const [end, begin] = [a.points.at(-1)!, b.points[0]!];
  if (a.support && b.support) return crossing(a.support, b.support, [(end[0] + begin[0]) / 2, (end[1] + begin[1]) / 2]);
  if (a.support) return snapped(a.support, end);
  if (b.support) return snapped(b.support, begin);
  return end;
}

/** Where two supports cross, near a point: by snapping to the one and the other in turn. */
function crossing(a: Support, b: Support, near: Point2): Point2 {
  if (a.kind === 'side' && b.kind === 'side') {
    const across = a.along[0] * b.along[1] - a.along[1] * b.along[0];
    if (Math.abs(across) > 1e-9) {
      const t = ((b.at[0] - a.at[0]) * b.along[1] - (b.at[1] - a.at[1]) * b.along[0]) / across;
      return [a.at[0] + t * a.along[0], a.at[1] + t * a.along[1]];
    }
  }
  let at = near;
  for (let step = 0; step < 200; step++) at = snapped(b, snapped(a, at));
  return at;
}

/** Along a side, with its interfaces as pieces of their own; or around a circle. */
function exactPieces(support: Support, from: Point2, to: Point2, regions: Regions): DrawnPiece[] {
  if (support.kind === 'circle') return [{ from, to, through: middleOfArc(support, from, to) }];
  if (support.edge === null) return [{ from, to }];
  const along = ([x, y]: Point2) => (x - support.at[0]) * support.along[0] + (y - support.at[1]) * support.along[1];
  const [first, last] = [along(from), along(to)];
  const marks = regions.faces
    .filter((face) => face.edge === support.edge && along(face.from) > first - 1 && along(face.to) < last + 1)
    .map((face) => ({ face: face.of, from: face.from, to: face.to }))
    .sort((a, b) => along(a.from) - along(b.from));
  const pieces: DrawnPiece[] = [];
  let at = from;
  for (const mark of marks) {
    if (distance(at, mark.from) > 1e-3) pieces.push({ from: at, to: mark.from });
    pieces.push({ face: mark.face, from: mark.from, to: mark.to });
    at = mark.to;
  }
  if (distance(at, to) > 1e-3) pieces.push({ from: at, to });
  return pieces;
}

/** Halfway along the arc that runs counter-clockwise, as material on the left does around a circle. */
function middleOfArc({ centre, radius }: Extract<Support, { kind: 'circle' }>, from: Point2, to: Point2): Point2 {
  const angle = ([x, y]: Point2) => Math.atan2(y - centre[1], x - centre[0]);
  const turn = 2 * Math.PI;
  const sweep = (((angle(to) - angle(from)) % turn) + turn) % turn;
  const middle = angle(from) + sweep / 2;
  return [centre[0] + radius * Math.cos(middle), centre[1] + radius * Math.sin(middle)];
}

function wholeCircle(support: Support, points: Loop): DrawnPiece[] {
  if (support.kind !== 'circle') return [];
  const [a, b] = [snapped(support, points[0]!), snapped(support, points[Math.floor(points.length / 2)]!)];
  return [
    { from: a, to: b, through: middleOfArc(support, a, b) },
    { from: b, to: a, through: middleOfArc(support, b, a) },
  ];
}

/** The direction of the contour at a point, the material on the left. */
const running = (distances: Field, point: Point2): Point2 => {
  const [x, y] = distances.normal(point);
  return [-y, x];
};

interface Joint {
  at: Point2;
  /** In which the outline arrives and leaves; they differ at a corner. */
  arriving: Point2;
  leaving: Point2;
}

/** A free stretch: its first and last points are the joints with its neighbours. */
function openFit(
  points: Loop,
  before: Support | null,
  after: Support | null,
  distances: Field,
  options: FitOptions,
): DrawnPiece[] {
  if (points.length < 4) return [{ from: points[0]!, to: points.at(-1)! }];
  const [first, last] = [points[0]!, points.at(-1)!];
  // Beside a corner the distance field is round: the contour itself says where it goes.
  const off = (a: Point2, b: Point2): Point2 => {
    const size = distance(a, b);
    return [(b[0] - a[0]) / size, (b[1] - a[1]) / size];
  };
  const step = Math.min(3, points.length - 1);
  let leaving = off(points[1]!, points[step]!);
  let arriving = off(points.at(-1 - step)!, points.at(-2)!);
  if (before && isSmooth(directionOn(before, first), leaving)) leaving = directionOn(before, first);
  if (after && isSmooth(arriving, directionOn(after, last))) arriving = directionOn(after, last);
  return fitBetween(
    points,
    [
      { index: 0, joint: { at: first, arriving: leaving, leaving } },
      { index: points.length - 1, joint: { at: last, arriving, leaving: arriving } },
    ],
    distances,
    options,
  );
}

/** A loop that is free all around: cut where it is straightest. */
function closedFit(points: Loop, distances: Field, options: FitOptions): DrawnPiece[] {
  const directions = points.map((point) => running(distances, point));
  let [best, least] = [0, Infinity];
  for (let i = 0; i < points.length; i++) {
    let bend = 0;
    for (let k = -3; k < 3; k++)
      bend += Math.abs(
        angleBetween(
          directions[(i + k + points.length) % points.length]!,
          directions[(i + k + 1 + points.length) % points.length]!,
        ),
      );
    if (bend < least) [best, least] = [i, bend];
  }
  const turned = [...points.slice(best), ...points.slice(0, best), points[best]!];
  const joint = { at: points[best]!, arriving: directions[best]!, leaving: directions[best]! };
  return fitBetween(
    turned,
    [
      { index: 0, joint },
      { index: turned.length - 1, joint },
    ],
    distances,
    options,
  );
}

interface Fixed {
  index: number;
  joint: Joint;
}

function fitBetween(points: Loop, ends: [Fixed, Fixed], distances: Field, options: FitOptions): DrawnPiece[] {
  const fixed: Fixed[] = [ends[0]];
  for (const index of cornersOf(points)) {
    const off = (a: Point2, b: Point2): Point2 => [(b[0] - a[0]) / distance(a, b), (b[1] - a[1]) / distance(a, b)];
    const arriving = off(points[Math.max(0, index - 4)]!, points[index - 1]!);
    const leaving = off(points[index + 1]!, points[Math.min(points.length - 1, index + 4)]!);
    fixed.push({ index, joint: { at: points[index]!, arriving, leaving } });
  }
  fixed.push(ends[1]);
  const pieces: DrawnPiece[] = [];
  for (let k = 0; k + 1 < fixed.length; k++)
    pieces.push(...smoothRun(points, fixed[k]!, fixed[k + 1]!, distances, options));
  return pieces;
}

/** Indices of outer corners. Inner ones are as round as the tool. */
function cornersOf(points: Loop): number[] {
  const found: number[] = [];
  for (let i = 3; i + 3 < points.length; i++) {
    const [a, b] = [points[i - 2]!, points[i]!];
    const c = points[i + 2]!;
    const turn = angleBetween([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
    if (turn > CORNER && (found.length === 0 || i - found.at(-1)! > 4)) found.push(i);
  }
  return found;
}

/** Between two fixed joints: straight runs first, then as few pairs of arcs as the tolerance allows. */
function smoothRun(points: Loop, begin: Fixed, end: Fixed, distances: Field, options: FitOptions): DrawnPiece[] {
  const pieces: DrawnPiece[] = [];
  let from = begin;
  for (const run of straightRuns(points, begin.index, end.index, options)) {
    const joint = { at: run.from, arriving: run.along, leaving: run.along };
    pieces.push(...arcs(points, from, { index: run.first, joint }, distances, options));
    pieces.push({ from: run.from, to: run.to });
    from = { index: run.last, joint: { ...joint, at: run.to } };
  }
  pieces.push(...arcs(points, from, end, distances, options));
  return pieces;
}

interface StraightRun {
  first: number;
  last: number;
  from: Point2;
  to: Point2;
  along: Point2;
}

/** Straight runs that leave room for arcs between them, the longest first, in the order of the points. */
function straightRuns(points: Loop, begin: number, end: number, options: FitOptions): StraightRun[] {
  const { straight_mm, straightBand_mm: band } = options;
  const found: StraightRun[] = [];
  const search = (low: number, high: number): void => {
    let best: { first: number; last: number; line: Line } | null = null;
    for (let first = low; first < high; first += 2) {
      let last = first;
      let line: Line | null = null;
      for (let to = first + 4; to <= high; to += 2) {
        const tried = lineThrough(points, first, to);
        if (tried.deviation > band) break;
        [last, line] = [to, tried];
      }
      if (line && (!best || line.length > best.line.length)) best = { first, last, line };
    }
    if (!best || best.line.length < straight_mm) return;
    // The ends of a run are where it begins to bend.
    const trim = Math.max(2, Math.round(0.12 * (best.last - best.first)));
    const [first, last] = [best.first + trim, best.last - trim];
    const foot = (point: Point2): Point2 => {
      const { middle, along } = best.line;
      const t = (point[0] - middle[0]) * along[0] + (point[1] - middle[1]) * along[1];
      return [middle[0] + t * along[0], middle[1] + t * along[1]];
    };
    search(low, best.first);
    found.push({ first, last, from: foot(points[first]!), to: foot(points[last]!), along: best.line.along });
    search(best.last, high);
  };
  search(begin, end);
  return found;
}

interface Line {
  middle: Point2;
  along: Point2;
  length: number;
  deviation: number;
}

/** The line of least squares, directed from the first point to the last. */
function lineThrough(points: Loop, first: number, last: number): Line {
  const count = last - first + 1;
  let [x, y] = [0, 0];
  for (let i = first; i <= last; i++) {
    x += points[i]![0] / count;
    y += points[i]![1] / count;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = first; i <= last; i++) {
    const [dx, dy] = [points[i]![0] - x, points[i]![1] - y];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  let along: Point2 = [Math.cos(angle), Math.sin(angle)];
  const [a, b] = [points[first]!, points[last]!];
  if (along[0] * (b[0] - a[0]) + along[1] * (b[1] - a[1]) < 0) along = [-along[0], -along[1]];
  let deviation = 0;
  for (let i = first; i <= last; i++)
    deviation = Math.max(deviation, Math.abs((points[i]![0] - x) * along[1] - (points[i]![1] - y) * along[0]));
  return { middle: [x, y], along, length: distance(a, b), deviation };
}

/** Pairs of arcs from joint to joint, each as long as the tolerance allows. */
function arcs(points: Loop, begin: Fixed, end: Fixed, distances: Field, options: FitOptions): DrawnPiece[] {
  const { tolerance_mm, innerRadius_mm } = options;
  const pieces: DrawnPiece[] = [];
  let from = begin;
  while (from.index < end.index || distance(from.joint.at, end.joint.at) > 1e-9) {
    const candidate = (index: number): Fixed => {
      if (index >= end.index) return end;
      const direction = running(distances, points[index]!);
      return { index, joint: { at: points[index]!, arriving: direction, leaving: direction } };
    };
    const tried = (to: Fixed) => {
      const made = biarc(from.joint.at, from.joint.leaving, to.joint.at, to.joint.arriving);
      let worst = 0;
      for (let i = from.index + 1; i < to.index; i++)
        worst = Math.max(worst, Math.min(...made.map((piece) => pieceDistance(points[i]!, piece))));
      const sharp = made.some((piece) => {
        const arc = arcOf(piece);
        return arc && !arc.left && arc.radius < innerRadius_mm;
      });
      return { made, to, worst: sharp ? Infinity : worst };
    };
    let good = tried(end);
    if (good.worst > tolerance_mm) {
      // The farthest that fits, by bisection; two points on always do well enough.
      let [low, high] = [Math.min(from.index + 2, end.index), end.index];
      good = tried(candidate(low));
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        const next = tried(candidate(middle));
        if (next.worst <= tolerance_mm) [good, low] = [next, middle];
        else high = middle;
      }
      // Where the nearest points would make a corner too sharp, a little more of the tolerance buys a rounder one.
      for (let index = low + 1; !Number.isFinite(good.worst) && index <= Math.min(low + 30, end.index); index++) {
        const next = tried(candidate(index));
        if (next.worst <= 2 * tolerance_mm) good = next;
      }
    }
    pieces.push(...good.made);
    if (good.to === end) break;
    from = good.to;
  }
  return pieces;
}
