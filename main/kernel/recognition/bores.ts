/** Cylinders and cones that surround their axis from the inside: what holes are made of. */
import { dot, scale } from '../modeller/vectors.ts';
import {
  type Axis,
  acrossAxis,
  alongAxis,
  angleAbout,
  areCoaxial,
  groupsOf,
  type Model,
  type Surface,
} from './model.ts';

/** One full cylinder or cone, of one face or several. */
export interface Bore {
  faces: number[];
  type: 'cylinder' | 'cone';
  axis: Axis;
  /** Along its axis, which others of the same hole share, from the axis' origin. */
  from_mm: number;
  to_mm: number;
  /** At `from_mm` and `to_mm`. */
  radii_mm: [number, number];
}

/** Gaps of a turn that are rounding, not an opening in the wall. */
const GAP_rad = 2e-3;

export function boresOf(model: Model): Bore[] {
  const { surfaces, neighbours, body, tolerance_mm } = model;
  const inner = surfaces.flatMap(({ type, concave, sweep }, face) =>
    (type === 'cylinder' || type === 'cone') && concave && sweep ? [face] : [],
  );
  const groups = groupsOf(
    inner,
    (face) => neighbours[face]!.map((each) => each.face),
    (a, b) => sameSurface(surfaces[a]!, surfaces[b]!, body.faces[a]!.centroid_mm, tolerance_mm),
  );
  return groups.flatMap((faces) => {
    const { axis, type } = surfaces[faces[0]!]!;
    if (!axis || !closes(axis, faces, surfaces)) return [];
    const ends = faces.flatMap((face) => endsOf(surfaces[face]!, axis));
    const from_mm = Math.min(...ends);
    const to_mm = Math.max(...ends);
    const radiusAt = (place_mm: number): number => radiusOf(surfaces[faces[0]!]!, place_mm);
    return [
      {
        faces,
        type: type as Bore['type'],
        axis,
        from_mm,
        to_mm,
        radii_mm: [radiusAt(from_mm), radiusAt(to_mm)] as [number, number],
      },
    ];
  });
}

export function sameSurface(a: Surface, b: Surface, near: [number, number, number], tolerance_mm: number): boolean {
  if (a.type !== b.type || !a.axis || !b.axis || a.concave !== b.concave) return false;
  if (!areCoaxial(a.axis, b.axis, near, tolerance_mm)) return false;
  if (a.type === 'cylinder') return Math.abs(a.radius_mm - b.radius_mm) < tolerance_mm;
  if (a.type === 'torus')
    return (
      Math.abs(a.radius_mm - b.radius_mm) < tolerance_mm &&
      Math.abs(a.minorRadius_mm - b.minorRadius_mm) < tolerance_mm &&
      Math.abs(alongAxis(a.axis, b.axis.origin_mm)) < tolerance_mm
    );
  // The same cone from the same tip, however its axis is written.
  const along = alongAxis(b.axis, near);
  return (
    a.type === 'cone' &&
    dot(a.axis.direction, b.axis.direction) > 0 &&
    Math.abs(a.semiAngle_rad - b.semiAngle_rad) < 1e-3 &&
    Math.abs(radiusOf(b, along) - radiusOf(a, alongAxis(a.axis, near))) < tolerance_mm
  );
}

/** The radius at a place along the surface's own axis. */
const radiusOf = ({ type, radius_mm, semiAngle_rad }: Surface, along_mm: number): number =>
  type === 'cone' ? Math.max(0, radius_mm + along_mm * Math.tan(semiAngle_rad)) : radius_mm;

/** Where a face begins and ends, along the axis of another one on the same line. */
function endsOf({ axis, sweep }: Surface, along: Axis): number[] {
  if (!axis || !sweep) return [];
  const sense = dot(axis.direction, along.direction) < 0 ? -1 : 1;
  const shift = alongAxis(along, axis.origin_mm);
  return sweep.along_mm.map((place) => shift + sense * place);
}

/** Whether the faces together go all the way round. */
function closes(axis: Axis, faces: readonly number[], surfaces: readonly Surface[]): boolean {
  const turns = faces.flatMap((face): [number, number][] => {
    const surface = surfaces[face]!;
    const { sweep } = surface;
    if (!sweep || !surface.axis) return [];
    // Backwards where the two axes point against each other.
    const backwards = dot(axis.direction, surface.axis.direction) < 0;
    const start = angleAbout(axis, sweep.start);
    return [backwards ? [start - sweep.angle_rad, start] : [start, start + sweep.angle_rad]];
  });
  const full = 2 * Math.PI;
  const wrapped = turns
    .flatMap(([from, to]): [number, number][] => {
      const begin = ((from % full) + full) % full;
      const end = begin + (to - from);
      return end > full
        ? [
            [begin, full],
            [0, end - full],
          ]
        : [[begin, end]];
    })
    .sort((a, b) => a[0] - b[0]);
  let reached = 0;
  for (const [from, to] of wrapped) {
    if (from > reached + GAP_rad) return false;
    reached = Math.max(reached, to);
  }
  return reached > full - GAP_rad;
}

/** The same bore measured along another axis on the same line. */
export function alignedWith(axis: Axis, bore: Bore): Bore {
  const sense = dot(axis.direction, bore.axis.direction) < 0 ? -1 : 1;
  const shift = alongAxis(axis, bore.axis.origin_mm);
  const [from_mm, to_mm] = [bore.from_mm, bore.to_mm].map((place) => shift + sense * place) as [number, number];
  const same = { ...bore, axis };
  return sense > 0
    ? { ...same, from_mm, to_mm }
    : { ...same, from_mm: to_mm, to_mm: from_mm, radii_mm: [bore.radii_mm[1], bore.radii_mm[0]] };
}

/** The axis with its origin brought to where the bore is: imported ones may begin kilometres away. */
export const axisAt = (axis: Axis, near: [number, number, number]): Axis => {
  const across = acrossAxis(axis, near);
  return {
    direction: axis.direction,
    origin_mm: [near[0] - across[0], near[1] - across[1], near[2] - across[2]],
  };
};

export const reversed = (axis: Axis): Axis => ({ origin_mm: axis.origin_mm, direction: scale(axis.direction, -1) });
