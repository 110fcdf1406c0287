/** Holes and bores on the axis of a turned part. */
import { isReached } from '../../geometry/reach.ts';
import type { Shape } from '../../geometry/shape.ts';
import { scale } from '../../geometry/vectors.ts';
import type { Bore } from '../common/bores.ts';
import { figure } from '../findings.ts';
import { LARGEST_DRILL_mm } from '../milling/holes.ts';
import type { Task } from '../process.ts';
import { placeAlong, type Turned } from './axis.ts';

export function applyBores({ findings }: Task, shape: Shape, turned: Turned, bores: readonly Bore[]): void {
  for (const bore of bores) {
    if (!turned.round[bore.faces[0]!]) continue;
    const { faces, diameter_mm, length_mm, middle_mm, hole } = bore;
    const drilled = diameter_mm <= LARGEST_DRILL_mm && (hole === null || hole.type === 'simple');
    const depth = drilled ? length_mm : depthOf(shape, turned, bore);
    if (depth === null) continue;
    findings.apply(drilled ? 'turning.hole-depth' : 'turning.bore-depth', shape, {
      measured: depth / diameter_mm,
      faces,
      at_mm: middle_mm,
      say: (measured, most) =>
        drilled
          ? `The hole is ${measured} times as deep (${figure(depth)} mm) as it is wide (${figure(diameter_mm)} mm); ${most} is the usual limit.`
          : `The bar reaches ${measured} times the bore's width (${figure(diameter_mm)} mm) into the part; above ${most} it chatters.`,
      fix: (to) => [
        {
          words: `Make it at most ${figure(to * diameter_mm)} mm deep.`,
          change: { what: 'depth', from: depth, to: to * diameter_mm, unit: 'mm' },
        },
        {
          words: `Or at least ${figure(depth / to)} mm wide.`,
          change: { what: 'diameter', from: diameter_mm, to: depth / to, unit: 'mm' },
        },
      ],
    });
  }
}

/** How far a boring bar goes in: from the nearer end; half through where it is open at both. Null where neither end lets it in. */
function depthOf(shape: Shape, turned: Turned, { faces, middle_mm, length_mm }: Bore): number | null {
  const samples = shape.samples.filter(({ face }) => faces.includes(face));
  const isOpen = (sign: 1 | -1): boolean => {
    const free = samples.filter((sample) => isReached(shape, sample, scale(turned.direction, sign))).length;
    return free > 0.8 * samples.length;
  };
  const middle = placeAlong(turned, middle_mm);
  const fromTop = turned.to_mm - (middle - length_mm / 2);
  const fromBottom = middle + length_mm / 2 - turned.from_mm;
  const [top, bottom] = [isOpen(1), isOpen(-1)];
  if (top && bottom) return Math.min(fromTop, fromBottom) / 2;
  if (top) return fromTop;
  return bottom ? fromBottom : null;
}
