/** Which points of a contour lie on something exact: a side of the envelope, or the circle around a bore or pad. */
import { distance } from '../geometry.ts';
import { edgeDirections, type Regions, type SideFace } from '../regions.ts';
import type { Point2 } from '../types.ts';
import type { Loop } from './field.ts';

export type Support =
  /** A side of the envelope, by its number; or of a face's land, which has none. */
  { kind: 'side'; edge: number | null; at: Point2; along: Point2 } | { kind: 'circle'; centre: Point2; radius: number };

/** A stretch of a loop: points [first, last] going round, all on the support, or on none. */
export interface Stretch {
  support: Support | null;
  points: Point2[];
}

/** The three inner sides of a face's land; the material is on their left. */
function landSides({ from, to, land }: SideFace): Support[] {
  const size = distance(from, to);
  const along: Point2 = [(to[0] - from[0]) / size, (to[1] - from[1]) / size];
  const inwards: Point2 = [-along[1], along[0]];
  const back = (direction: Point2): Point2 => [-direction[0], -direction[1]];
  const inner: Point2 = [to[0] + land * inwards[0], to[1] + land * inwards[1]];
  return [
    { kind: 'side', edge: null, at: to, along: inwards },
    { kind: 'side', edge: null, at: inner, along: back(along) },
    { kind: 'side', edge: null, at: from, along: back(inwards) },
  ];
}

export function supportsOf({ envelope, bores, pads, faces }: Regions): Support[] {
  return [
    ...envelope.map((at, edge): Support => ({ kind: 'side', edge, at, along: edgeDirections(envelope, edge).along })),
    ...bores.map(({ centre, radius, land }): Support => ({ kind: 'circle', centre, radius: radius + land })),
    ...pads.map(({ centre, radius }): Support => ({ kind: 'circle', centre, radius })),
    ...faces.flatMap(landSides),
  ];
}

export function snapped(support: Support, [x, y]: Point2): Point2 {
  if (support.kind === 'circle') {
    const { centre, radius } = support;
    const size = Math.hypot(x - centre[0], y - centre[1]);
    return [centre[0] + ((x - centre[0]) * radius) / size, centre[1] + ((y - centre[1]) * radius) / size];
  }
  const { at, along } = support;
  const t = (x - at[0]) * along[0] + (y - at[1]) * along[1];
  return [at[0] + t * along[0], at[1] + t * along[1]];
}

/** The direction in which a loop with the material on its left runs along a support. */
export function directionOn(support: Support, [x, y]: Point2): Point2 {
  if (support.kind === 'side') return support.along;
  const { centre, radius } = support;
  return [-(y - centre[1]) / radius, (x - centre[0]) / radius];
}

/** Points at the ends of a circle or land that are left to the fit. */
const LEFT = 3;

/**
 * Cuts a loop into stretches, each but free ones on one support. @param near_mm how far off a support a point may lie
 * @param least_mm what is no side of the envelope and followed for less is left to the fit
 */
export function stretchesOf(loop: Loop, supports: readonly Support[], near_mm: number, least_mm: number): Stretch[] {
  const labels = loop.map((point, i) => {
    const before = loop[(i + loop.length - 1) % loop.length]!;
    const after = loop[(i + 1) % loop.length]!;
    const size = distance(before, after) || 1;
    const running: Point2 = [(after[0] - before[0]) / size, (after[1] - before[1]) / size];
    return supports.findIndex((support) => {
      if (distance(point, snapped(support, point)) > near_mm) return false;
      const direction = directionOn(support, point);
      return direction[0] * running[0] + direction[1] * running[1] > 0.9;
    });
  });
  const begin = labels.findIndex((label, i) => label !== labels[(i + labels.length - 1) % labels.length]);
  if (begin < 0) return [{ support: labels[0]! < 0 ? null : supports[labels[0]!]!, points: loop }];
  const stretches: (Stretch & { label: number })[] = [];
  for (let k = 0; k < loop.length; k++) {
    const index = (begin + k) % loop.length;
    const label = labels[index]!;
    const last = stretches.at(-1);
    if (last && last.label === label) last.points.push(loop[index]!);
    else stretches.push({ label, support: label < 0 ? null : supports[label]!, points: [loop[index]!] });
  }
  const kept = stretches.map((each) => {
    const long = distance(each.points[0]!, each.points.at(-1)!);
    const outer = each.support?.kind === 'side' && each.support.edge !== null;
    const short = outer ? each.points.length < 2 : long < least_mm;
    return short ? { ...each, label: -1, support: null } : each;
  });
  const merged: (Stretch & { label: number })[] = [];
  for (const each of kept) {
    const last = merged.at(-1);
    if (last && last.label === each.label) last.points.push(...each.points);
    else merged.push({ ...each, points: [...each.points] });
  }
  // The first and the last hang together as well.
  if (merged.length > 1 && merged[0]!.label === merged.at(-1)!.label) {
    const last = merged.pop()!;
    merged[0]!.points.unshift(...last.points);
  }
  // Where something is left smoothly, points are near it for a while that don't lie on it any more.
  for (const [i, each] of merged.entries()) {
    const after = merged[(i + 1) % merged.length]!;
    const before = merged[(i + merged.length - 1) % merged.length]!;
    const outer = each.support === null || (each.support.kind === 'side' && each.support.edge !== null);
    if (outer || each.points.length < 3 * LEFT) continue;
    if (!after.support) after.points.unshift(...each.points.splice(-LEFT));
    if (!before.support) before.points.push(...each.points.splice(0, LEFT));
  }
  // Contours cut corners: a few free points between two sides are the corner where these cross.
  const corner = (each: Stretch, i: number): boolean => {
    if (each.support || each.points.length > 4 || merged.length < 3) return false;
    const before = merged[(i + merged.length - 1) % merged.length]!;
    const after = merged[(i + 1) % merged.length]!;
    return before.support?.kind === 'side' && after.support?.kind === 'side' && before.label !== after.label;
  };
  return merged.filter((each, i) => !corner(each, i)).map(({ support, points }) => ({ support, points }));
}
