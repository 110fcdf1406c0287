/** Pieces of outlines: lines and arcs, and pairs of arcs between two points with given directions (Bolton 1975). */
import { circleThrough, distance, segmentDistance } from '../geometry.ts';
import type { DrawnPiece, Point2 } from '../types.ts';

const dot = (a: Point2, b: Point2) => a[0] * b[0] + a[1] * b[1];
const minus = (a: Point2, b: Point2): Point2 => [a[0] - b[0], a[1] - b[1]];
export const turned = (direction: Point2, angle: number): Point2 => [
  direction[0] * Math.cos(angle) - direction[1] * Math.sin(angle),
  direction[0] * Math.sin(angle) + direction[1] * Math.cos(angle),
];
/** Positive counter-clockwise. */
export const angleBetween = (a: Point2, b: Point2): number => Math.atan2(a[0] * b[1] - a[1] * b[0], dot(a, b));

/** An arc that bulges less than this is drawn as a line: nobody could make or measure it. */
const FLAT_MM = 2e-3;

/** The arc that leaves a point in a direction and ends at another. */
export function arcFrom(from: Point2, direction: Point2, to: Point2): DrawnPiece {
  const chord = minus(to, from);
  const length = Math.hypot(...chord);
  // Half the arc's turning is the angle from direction to chord.
  const half = angleBetween(direction, chord);
  const bulge = (length / 2) * Math.tan(half / 2);
  if (Math.abs(bulge) < FLAT_MM) return { from, to };
  const middle: Point2 = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return { from, to, through: [middle[0] + (bulge * chord[1]) / length, middle[1] - (bulge * chord[0]) / length] };
}

/** Two arcs that leave `from` and arrive at `to` in given directions and meet without a corner; or one piece where that does. */
export function biarc(from: Point2, leaving: Point2, to: Point2, arriving: Point2): DrawnPiece[] {
  const chord = minus(to, from);
  const sum: Point2 = [leaving[0] + arriving[0], leaving[1] + arriving[1]];
  const [vv, vt] = [dot(chord, chord), dot(chord, sum)];
  const denominator = 2 * (1 - dot(leaving, arriving));
  let reach: number;
  if (denominator > 1e-9) reach = (-vt + Math.sqrt(vt * vt + denominator * vv)) / denominator;
  else {
    const along = dot(chord, arriving);
    if (!(along > 0)) return [{ from, to }];
    reach = vv / (4 * along);
  }
  const joint: Point2 = [
    (from[0] + to[0] + reach * (leaving[0] - arriving[0])) / 2,
    (from[1] + to[1] + reach * (leaving[1] - arriving[1])) / 2,
  ];
  const first = arcFrom(from, leaving, joint);
  const second = arcFrom(joint, endDirection(first, leaving), to);
  return [first, second].filter((piece) => distance(piece.from, piece.to) > 1e-9);
}

/** The direction in which a piece ends, if it began in that one. */
export function endDirection({ from, to }: DrawnPiece, beginning: Point2): Point2 {
  return turned(beginning, 2 * angleBetween(beginning, minus(to, from)));
}

export interface ArcShape {
  centre: Point2;
  radius: number;
  /** Counter-clockwise: round an outer corner of material on the left. */
  left: boolean;
}

export const arcOf = ({ from, through, to }: DrawnPiece): ArcShape | null =>
  through ? circleThrough(from, through, to) : null;

/** Directions of a piece at its ends. */
export function directions(piece: DrawnPiece): { begin: Point2; end: Point2 } {
  const arc = arcOf(piece);
  if (!arc) {
    const size = distance(piece.from, piece.to);
    const along: Point2 = [(piece.to[0] - piece.from[0]) / size, (piece.to[1] - piece.from[1]) / size];
    return { begin: along, end: along };
  }
  const at = ([x, y]: Point2): Point2 => {
    const sign = arc.left ? 1 : -1;
    return [(-sign * (y - arc.centre[1])) / arc.radius, (sign * (x - arc.centre[0])) / arc.radius];
  };
  return { begin: at(piece.from), end: at(piece.to) };
}

/** The angle that an arc turns through, positive. */
export function turning(piece: DrawnPiece, arc: ArcShape): number {
  const angle = ([x, y]: Point2) => Math.atan2(y - arc.centre[1], x - arc.centre[0]);
  const sweep = arc.left ? angle(piece.to) - angle(piece.from) : angle(piece.from) - angle(piece.to);
  return ((sweep % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
}

export function pieceDistance([x, y]: Point2, piece: DrawnPiece): number {
  const arc = arcOf(piece);
  if (!arc) return segmentDistance(x, y, piece.from, piece.to);
  const off: Point2 = [x - arc.centre[0], y - arc.centre[1]];
  const begin = Math.atan2(piece.from[1] - arc.centre[1], piece.from[0] - arc.centre[0]);
  const at = Math.atan2(off[1], off[0]);
  const turn = 2 * Math.PI;
  const past = (((arc.left ? at - begin : begin - at) % turn) + turn) % turn;
  if (past <= turning(piece, arc)) return Math.abs(Math.hypot(...off) - arc.radius);
  return Math.min(distance([x, y], piece.from), distance([x, y], piece.to));
}

/** Points on a piece, its beginning included and its end not, no further apart than a step. */
export function sampled(piece: DrawnPiece, step: number): Point2[] {
  const arc = arcOf(piece);
  const length = arc ? turning(piece, arc) * arc.radius : distance(piece.from, piece.to);
  const count = Math.max(1, Math.ceil(length / step));
  return Array.from({ length: count }, (_, k): Point2 => {
    const t = k / count;
    if (!arc)
      return [piece.from[0] + t * (piece.to[0] - piece.from[0]), piece.from[1] + t * (piece.to[1] - piece.from[1])];
    const begin = Math.atan2(piece.from[1] - arc.centre[1], piece.from[0] - arc.centre[0]);
    const angle = begin + (arc.left ? 1 : -1) * t * turning(piece, arc);
    return [arc.centre[0] + arc.radius * Math.cos(angle), arc.centre[1] + arc.radius * Math.sin(angle)];
  });
}
