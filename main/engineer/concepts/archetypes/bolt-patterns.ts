/** Bolts of a brief as a drawing has them: in a rectangle or on a circle, with the hole and the room that the size needs. */
import iso from '../../../../resources/holes/iso.json' with { type: 'json' };
import type { InterfaceOf } from './archetype.ts';
import { unfit } from './archetype.ts';
import { areParallel, type Frame, NEAR_MM, toLocal } from './frames.ts';

/** Clearance hole of the medium series, ISO 273. @throws DoesNotFit */
export function clearanceHole({ name, size }: InterfaceOf<'bolts'>): number {
  const found = iso.sizes.find((row) => row.size === size);
  if (!found) throw unfit(`"${name}" has a size ${size} that the table of clearance holes lacks`);
  return found.clearance[1]!;
}

/** Radius around a bolt that its washer takes (ISO 7089: at most 1.13 times the bolt's diameter from M4 up). */
export const washerRadius = ({ diameter_mm }: InterfaceOf<'bolts'>): number => 1.15 * diameter_mm;

export interface RectanglePattern {
  /** Of the middle, in the frame. */
  centre_mm: readonly [number, number];
  /** Nought where there is one row. */
  spacing_mm: readonly [number, number];
}

/** Places in a frame's plane, all at one height. @throws DoesNotFit */
function placesOf(bolts: InterfaceOf<'bolts'>, frame: Frame): { places: [number, number][]; height_mm: number } {
  if (!areParallel(bolts.axis, frame.z)) throw unfit(`the bolts "${bolts.name}" have another direction`);
  const local = bolts.at_mm.map((at) => toLocal(frame, at));
  const height_mm = local[0]![2];
  if (local.some(([, , z]) => Math.abs(z - height_mm) > NEAR_MM))
    throw unfit(`the bolts "${bolts.name}" are not all in one plane`);
  return { places: local.map(([x, y]) => [x, y]), height_mm };
}

/** One bolt, two in a row along an axis, or four in a rectangle along the axes of the frame. @throws DoesNotFit */
export function rectangleOf(bolts: InterfaceOf<'bolts'>, frame: Frame): RectanglePattern & { height_mm: number } {
  const { places, height_mm } = placesOf(bolts, frame);
  const distinct = (axis: 0 | 1): number[] => {
    const sorted = places.map((place) => place[axis]).sort((a, b) => a - b);
    return sorted.filter((value, i) => i === 0 || value - sorted[i - 1]! > NEAR_MM);
  };
  const [xs, ys] = [distinct(0), distinct(1)];
  if (xs.length > 2 || ys.length > 2 || xs.length * ys.length !== places.length)
    throw unfit(`the bolts "${bolts.name}" are no rectangle along the axes of the part`);
  const pair = (values: number[]): [number, number] => [values[0]!, values.at(-1)!];
  const [[x0, x1], [y0, y1]] = [pair(xs), pair(ys)];
  return { centre_mm: [(x0 + x1) / 2, (y0 + y1) / 2], spacing_mm: [x1 - x0, y1 - y0], height_mm };
}

export interface CirclePattern {
  diameter_mm: number;
  count: number;
  /** From the frame's x to the first bolt, degrees. */
  start_deg: number;
  height_mm: number;
}

/** Evenly spread on a circle about the origin of the frame, three or more. @throws DoesNotFit */
export function circleOf(bolts: InterfaceOf<'bolts'>, frame: Frame): CirclePattern {
  const { places, height_mm } = placesOf(bolts, frame);
  const count = places.length;
  const diameter_mm = 2 * Math.hypot(...places[0]!);
  if (count < 3 || places.some((place) => Math.abs(2 * Math.hypot(...place) - diameter_mm) > 1e-4))
    throw unfit(`the bolts "${bolts.name}" are not on a circle about the bore`);
  const turns = places.map(([x, y]) => (Math.atan2(y, x) * count) / (2 * Math.PI));
  // Each is a whole number of steps from the first.
  if (turns.some((turn) => Math.abs(turn - turns[0]! - Math.round(turn - turns[0]!)) > 1e-5))
    throw unfit(`the bolts "${bolts.name}" are not evenly spread on their circle`);
  const steps = new Set(turns.map((turn) => ((Math.round(turn - turns[0]!) % count) + count) % count));
  if (steps.size !== count) throw unfit(`two of the bolts "${bolts.name}" are in one place`);
  return { diameter_mm, count, start_deg: (turns[0]! * 360) / count, height_mm };
}

/** Names of the walls of the holes that a step drilled. */
export const wallsOf = (step: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `face ${step}/wall(point${i + 1})`);
