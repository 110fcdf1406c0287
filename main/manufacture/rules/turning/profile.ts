/** The profile of a turned part: corners, grooves, and recesses that a straight bar does not get into. */
import { isReached } from '../../geometry/reach.ts';
import type { Sample } from '../../geometry/samples.ts';
import type { Shape } from '../../geometry/shape.ts';
import { isConcave } from '../../geometry/surfaces.ts';
import { scale } from '../../geometry/vectors.ts';
import type { Bore } from '../common/bores.ts';
import { cornersOf, thinPairs } from '../common/walls.ts';
import { figure } from '../findings.ts';
import { LARGEST_DRILL_mm } from '../milling/holes.ts';
import type { Task } from '../process.ts';
import { awayFrom, placeAlong, radiusAt, type Turned } from './axis.ts';

export function applyCorners({ findings }: Task, shape: Shape, turned: Turned, bores: readonly Bore[]): void {
  const { info, surfaces } = shape;
  const drilled = new Set(bores.flatMap(({ faces, diameter_mm }) => (diameter_mm <= LARGEST_DRILL_mm ? faces : [])));
  const say = (measured: string, least: string): string =>
    `The inside corner has a radius of ${measured}; the insert leaves ${least} at least.`;
  info.edges.forEach(({ faces, angle_rad, type, centre_mm }, edge) => {
    if (type !== 'circle' || angle_rad === undefined || !isConcave(angle_rad) || faces.length !== 2) return;
    if (!faces.every((face) => turned.round[face]) || faces.some((face) => drilled.has(face))) return;
    findings.apply('turning.inner-corner', shape, {
      measured: 0,
      faces,
      edges: [edge],
      at_mm: centre_mm,
      say,
      fix: (to) => [
        {
          words: `Round it with ${figure(Math.max(to, 0.4))} mm.`,
          change: { what: 'fillet-radius', from: null, to: Math.max(to, 0.4), unit: 'mm' },
        },
        { words: 'Or give it a relief groove (DIN 509).' },
      ],
    });
  });
  surfaces.forEach(({ type, concave, minorRadius_mm }, face) => {
    if (type !== 'torus' || !concave || !turned.round[face]) return;
    findings.apply('turning.inner-corner', shape, {
      measured: minorRadius_mm,
      faces: [face],
      at_mm: info.faces[face]!.centroid_mm,
      say,
      fix: (to) => [
        {
          words: `Round it with ${figure(to)} mm.`,
          change: { what: 'fillet-radius', from: minorRadius_mm, to, unit: 'mm' },
        },
      ],
    });
  });
}

/** Between two flat sides that look at each other along the axis. */
export function applyGrooves({ findings }: Task, shape: Shape, turned: Turned): void {
  // Wider than this the insert moves along: it is no groove.
  const widest = 8 * findings.limit('turning.groove');
  for (const { faces, distance_mm, at_mm } of thinPairs(shape, shape.gaps, widest)) {
    if (!faces.every((face) => turned.square[face])) continue;
    const radii = faces.map((face) => {
      const all = cornersOf(shape, face).map((corner) => radiusAt(turned, corner));
      return Math.max(...all) - Math.min(...all);
    });
    const depth = Math.min(...radii);
    findings.apply('turning.groove', shape, {
      measured: distance_mm,
      faces,
      at_mm,
      say: (measured, least) => `The groove is ${measured} wide; grooving inserts below ${least} are fragile.`,
      fix: (to) => [
        { words: `Make it ${figure(to)} mm wide.`, change: { what: 'width', from: distance_mm, to, unit: 'mm' } },
      ],
    });
    findings.apply('turning.groove-depth', shape, {
      measured: depth / distance_mm,
      faces,
      at_mm,
      say: (measured, most) =>
        `The groove is ${measured} times as deep (${figure(depth)} mm) as it is wide (${figure(distance_mm)} mm); ${most} is good.`,
      fix: (to) => [
        {
          words: `Make it at least ${figure(depth / to)} mm wide.`,
          change: { what: 'width', from: distance_mm, to: depth / to, unit: 'mm' },
        },
        {
          words: `Or at most ${figure(distance_mm * to)} mm deep.`,
          change: { what: 'depth', from: depth, to: distance_mm * to, unit: 'mm' },
        },
      ],
    });
  }
}

/** Inside faces that are hidden along the axis from both ends. */
export function applyRecesses({ findings }: Task, shape: Shape, turned: Turned): void {
  const isOpen = (sample: Sample): boolean => {
    if (isReached(shape, sample, turned.direction) || isReached(shape, sample, scale(turned.direction, -1)))
      return true;
    const away = awayFrom(turned, sample.point);
    return isReached(shape, sample, away);
  };
  const hidden = new Map<number, number>();
  shape.samples.forEach((sample) => {
    if (turned.round[sample.face] && !isOpen(sample))
      hidden.set(sample.face, (hidden.get(sample.face) ?? 0) + sample.area_mm2);
  });
  const waiting = new Set(
    [...hidden].flatMap(([face, area]) => (area > 0.15 * shape.info.faces[face]!.area_mm2 ? [face] : [])),
  );
  for (const face of [...waiting]) {
    if (!waiting.delete(face)) continue;
    const group = [face];
    for (const each of group)
      for (const { face: other } of shape.neighbours[each]!) if (waiting.delete(other)) group.push(other);
    const corners = group.flatMap((each) => cornersOf(shape, each));
    const radius = Math.max(...corners.map((corner) => radiusAt(turned, corner)));
    const places = corners.map((corner) => placeAlong(turned, corner));
    const mouth = Math.max(
      mouthBeyond(shape, turned, Math.max(...places), 1),
      mouthBeyond(shape, turned, Math.min(...places), -1),
    );
    const depth = radius - mouth;
    findings.apply('turning.undercut', shape, {
      measured: mouth > 0 ? Math.max(0, depth / (2 * mouth)) : 10,
      faces: group,
      at_mm: shape.info.faces[face]!.centroid_mm,
      say: (measured, most) =>
        mouth > 0
          ? `The recess is ${figure(depth)} mm deep behind a mouth of ${figure(2 * mouth)} mm, ${measured} of its width; a hooked tool manages ${most}.`
          : 'The hollow has no opening along the axis.',
      fix: (to) => [
        ...(mouth > 0
          ? [
              {
                words: `Make it at most ${figure(2 * mouth * to)} mm deep.`,
                change: { what: 'depth' as const, from: depth, to: 2 * mouth * to, unit: 'mm' as const },
              },
            ]
          : []),
        { words: 'Widen the bore in front of it.' },
      ],
    });
  }
}

/** The narrowest bore on the axis beyond a place; 0 where it is closed there. */
function mouthBeyond(shape: Shape, turned: Turned, place: number, side: 1 | -1): number {
  let narrowest = 0;
  shape.surfaces.forEach(({ type, concave, radius_mm }, face) => {
    if (type !== 'cylinder' || !concave || !turned.round[face]) return;
    const at = placeAlong(turned, shape.info.faces[face]!.centroid_mm);
    if (side * (at - place) > 0 && (narrowest === 0 || radius_mm < narrowest)) narrowest = radius_mm;
  });
  return narrowest;
}
