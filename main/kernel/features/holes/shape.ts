/** The sizes of one hole, from what a person chose and the table. */
import type { Evaluated, FeatureOf } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import { withField } from '../scope/resolve.ts';
import { type HoleSize, holeSize } from './table.ts';

export type Hole = Evaluated<FeatureOf<'hole'>>;

export interface HoleShape {
  diameter_mm: number;
  counterbore?: { diameter_mm: number; depth_mm: number };
  countersink?: { diameter_mm: number; angle_rad: number };
}

/** @throws ArtificerError `hole.size`, `hole.dimension` */
export function shapeOfHole(hole: Hole): HoleShape {
  const standard =
    hole.standard === 'custom' || hole.type === 'simple' ? undefined : holeSize(hole.standard, hole.size);
  const shape: HoleShape = { diameter_mm: boreOf(hole, standard) };
  if (hole.type === 'counterbore') {
    const diameter_mm = hole.counterbore?.diameter ?? standard?.counterbore_mm.diameter;
    const depth_mm = hole.counterbore?.depth ?? standard?.counterbore_mm.depth;
    if (diameter_mm === undefined || depth_mm === undefined) throw missing('counterbore');
    shape.counterbore = { diameter_mm, depth_mm };
    larger(diameter_mm, shape.diameter_mm, 'counterbore');
    positive(depth_mm, 'counterbore.depth', 'depth of the counterbore');
  }
  if (hole.type === 'countersink') {
    const diameter_mm = hole.countersink?.diameter ?? standard?.countersink_mm;
    const angle_rad = hole.countersink?.angle ?? standard?.countersinkAngle_rad;
    if (diameter_mm === undefined || angle_rad === undefined) throw missing('countersink');
    shape.countersink = { diameter_mm, angle_rad };
    larger(diameter_mm, shape.diameter_mm, 'countersink');
    if (!(angle_rad > 0.01 && angle_rad < Math.PI - 0.01))
      throw wrong('countersink.angle', 'The angle of a countersink must be between 1 and 179 degrees.');
  }
  return shape;
}

function boreOf(hole: Hole, standard: HoleSize | undefined): number {
  const byTable = hole.type === 'tapped' ? standard?.tapDrill_mm : standard?.clearance_mm[hole.fit ?? 'normal'];
  const diameter = hole.diameter ?? byTable;
  if (diameter === undefined) throw wrong('diameter', 'The hole needs a diameter.');
  positive(diameter, 'diameter', 'diameter');
  return diameter;
}

function positive(value_mm: number, field: string, words: string): void {
  if (!(value_mm > 1e-6)) throw wrong(field, `The ${words} must be greater than zero, not ${value_mm} mm.`);
}

function larger(diameter_mm: number, bore_mm: number, what: string): void {
  if (!(diameter_mm > bore_mm + 1e-6))
    throw wrong(`${what}.diameter`, `The ${what} (${diameter_mm} mm) must be wider than the hole (${bore_mm} mm).`);
}

const missing = (what: string) =>
  wrong(what, `The ${what} has no size of its own here.`, 'Enter it, or choose a standard size that has one.');

const wrong = (field: string, message: string, hint = 'Change the dimension.') =>
  withField(usage('hole.dimension', message, hint).data, field);
