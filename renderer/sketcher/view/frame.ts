/** The frame of a sketch: between its own two coordinates and space. Lengths in mm. */
import type { Plane, Transform, Vector3 } from '../../../preload/contract/index.ts';
import { add, cross, dot, scale } from '../../viewport/vector.ts';

export type Point2 = readonly [number, number];

export interface Frame {
  origin: Vector3;
  x: Vector3;
  y: Vector3;
  normal: Vector3;
}

const unit = (a: Vector3): Vector3 => scale(a, 1 / (Math.hypot(...a) || 1));

type Principal = Extract<Plane, { by: 'principal' }>['plane'];
const PRINCIPAL: Record<Principal, [x: Vector3, y: Vector3]> = {
  xy: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  yz: [
    [0, 1, 0],
    [0, 0, 1],
  ],
  zx: [
    [0, 0, 1],
    [1, 0, 0],
  ],
};

/** Both directions are taken as they are: perpendicular and of unit length. */
const frameOf = (origin: Vector3, x: Vector3, y: Vector3): Frame => ({ origin, x, y, normal: cross(x, y) });

export function principalFrame(plane: Principal, offset_mm = 0): Frame {
  const [x, y] = PRINCIPAL[plane];
  return frameOf(scale(cross(x, y), offset_mm), x, y);
}

/** A frame from an origin, a normal and a direction that is to become x as far as it lies in the plane. */
export function frameFromNormal(origin: Vector3, normal: Vector3, towards: Vector3): Frame {
  const n = unit(normal);
  const inPlane = add(towards, scale(n, -dot(towards, n)));
  const x = unit(inPlane);
  return { origin, x, y: cross(n, x), normal: n };
}

/** The frame that the engine tells: 3 x 4, row-major, sketch to part. */
export const frameFromRows = (m: readonly number[]): Frame =>
  frameOf([m[3]!, m[7]!, m[11]!], [m[0]!, m[4]!, m[8]!], [m[1]!, m[5]!, m[9]!]);

/** The same frame where the part is placed. */
export function placedFrame(frame: Frame, m: Transform): Frame {
  const turn = ([x, y, z]: Vector3): Vector3 => [
    m[0]! * x + m[1]! * y + m[2]! * z,
    m[4]! * x + m[5]! * y + m[6]! * z,
    m[8]! * x + m[9]! * y + m[10]! * z,
  ];
  const origin = add(turn(frame.origin), [m[3]!, m[7]!, m[11]!]);
  return { origin, x: unit(turn(frame.x)), y: unit(turn(frame.y)), normal: unit(turn(frame.normal)) };
}

export const toSpace = (frame: Frame, [u, v]: Point2): Vector3 =>
  add(frame.origin, add(scale(frame.x, u), scale(frame.y, v)));

/** The foot of a point of space on the plane, in the sketch's coordinates. */
export function toSketch(frame: Frame, point: Vector3): Point2 {
  const from = add(point, scale(frame.origin, -1));
  return [dot(from, frame.x), dot(from, frame.y)];
}
/** Height of a point above the plane. */
export const heightOver = (frame: Frame, point: Vector3): number =>
  dot(add(point, scale(frame.origin, -1)), frame.normal);

export const movedFrame = (frame: Frame, offset_mm: number): Frame => ({
  ...frame,
  origin: add(frame.origin, scale(frame.normal, offset_mm)),
});

/** cos 45 degrees: a plane steeper than this is a wall. */
const WALL = Math.SQRT1_2;

/**
 * The frame that the engine gives to a face: on walls y points up, on floors and ceilings x is the part's x, and the origin is
 * the foot of the part's origin. A test holds both to the same rule.
 */
export function frameOnPlane(point: Vector3, normal: Vector3): Frame {
  const n = unit(normal);
  const x = unit(Math.abs(n[2]) < WALL ? cross([0, 0, 1], n) : add([1, 0, 0], scale(n, -n[0])));
  return { origin: scale(n, dot(point, n)), x, y: cross(n, x), normal: n };
}
