/** Plane vectors as pairs, in mm. */
import type { Position } from '../types.ts';

export type Pair = [number, number];

export const add = (a: Position, b: Position): Pair => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Position, b: Position): Pair => [a[0] - b[0], a[1] - b[1]];
export const scale = (a: Position, factor: number): Pair => [a[0] * factor, a[1] * factor];
export const dot = (a: Position, b: Position): number => a[0] * b[0] + a[1] * b[1];
/** Positive when b lies counter-clockwise of a. */
export const cross = (a: Position, b: Position): number => a[0] * b[1] - a[1] * b[0];
export const length = (a: Position): number => Math.hypot(a[0], a[1]);
export const distance = (a: Position, b: Position): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
export const middle = (a: Position, b: Position): Pair => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
export const angleOf = (a: Position): number => Math.atan2(a[1], a[0]);
export const polar = (radius: number, angle: number): Pair => [radius * Math.cos(angle), radius * Math.sin(angle)];
/** A quarter turn counter-clockwise. */
export const leftOf = (a: Position): Pair => [-a[1], a[0]];
/** Zero stays zero. */
export function unit(a: Position): Pair {
  const size = length(a);
  return size > 0 ? [a[0] / size, a[1] / size] : [0, 0];
}
export function rotate(a: Position, angle: number, about: Position = [0, 0]): Pair {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const [x, y] = subtract(a, about);
  return [about[0] + c * x - s * y, about[1] + s * x + c * y];
}
/** The mirror image about the line through a and b. */
export function reflect(point: Position, a: Position, b: Position): Pair {
  const along = unit(subtract(b, a));
  const foot = add(a, scale(along, dot(subtract(point, a), along)));
  return [2 * foot[0] - point[0], 2 * foot[1] - point[1]];
}

export const TURN = 2 * Math.PI;
/** Within 0..2 pi. */
export function wrapped(angle: number): number {
  const rest = angle % TURN;
  const positive = rest < 0 ? rest + TURN : rest;
  return positive >= TURN ? 0 : positive;
}
/** Within -pi..pi. */
export function signedWrap(angle: number): number {
  const positive = wrapped(angle);
  return positive > Math.PI ? positive - TURN : positive;
}
