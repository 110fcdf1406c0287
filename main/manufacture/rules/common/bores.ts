/** Round holes of every kind: what recognition found, and full inner cylinders that it left out. */
import type { RecognisedFeature, Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { acrossAxis, add, along, angleBetween, distance, dot, length, scale, unit } from '../../geometry/vectors.ts';

export type Hole = Extract<RecognisedFeature, { kind: 'hole' }>;

export interface Bore {
  faces: number[];
  diameter_mm: number;
  length_mm: number;
  origin_mm: Vector3;
  /** Inwards, where it is part of a hole with a mouth. */
  direction: Vector3;
  middle_mm: Vector3;
  hole: Hole | null;
}

const FULL_TURN_rad = 5.9;

/** Every cylindrical stretch of a hole, each with its own length. */
export function boresOf(shape: Shape): Bore[] {
  const { surfaces, info, tiny_mm } = shape;
  const round = surfaces.flatMap(({ type, concave, axis }, face) =>
    type === 'cylinder' && concave && axis ? [face] : [],
  );
  const groups: number[][] = [];
  for (const face of round) {
    const { axis, radius_mm } = surfaces[face]!;
    const slack_mm = Math.max(tiny_mm, 1e-4 * radius_mm);
    const group = groups.find(([first]) => {
      const known = surfaces[first!]!;
      const other = info.faces[face]!.centroid_mm;
      return (
        Math.abs(known.radius_mm - radius_mm) < slack_mm &&
        Math.abs(dot(known.axis!.direction, axis!.direction)) > 1 - 1e-6 &&
        distance(
          acrossAxis(known.axis!.origin_mm, known.axis!.direction, other),
          acrossAxis(axis!.origin_mm, axis!.direction, other),
        ) < slack_mm &&
        touching(shape, first!, face)
      );
    });
    if (group) group.push(face);
    else groups.push([face]);
  }
  const holes = shape.features.filter((feature): feature is Hole => feature.kind === 'hole');
  return groups.flatMap((faces): Bore[] => {
    const turn = faces.reduce((sum, face) => sum + (surfaces[face]!.sweep?.angle_rad ?? 0), 0);
    const hole = holes.find((each) => faces.some((face) => each.faces.includes(face))) ?? null;
    if (!hole && turn < FULL_TURN_rad) return [];
    const { axis, radius_mm } = surfaces[faces[0]!]!;
    const direction = hole ? hole.axis.direction : axis!.direction;
    const places = faces.flatMap((face) => {
      const { axis: own, sweep } = surfaces[face]!;
      return (sweep?.along_mm ?? [0, 0]).map((place) => dot(along(own!.origin_mm, own!.direction, place), direction));
    });
    const [from, to] = [Math.min(...places), Math.max(...places)];
    const origin_mm = along(axis!.origin_mm, direction, from - dot(axis!.origin_mm, direction));
    return [
      {
        faces,
        diameter_mm: 2 * radius_mm,
        length_mm: to - from,
        origin_mm,
        direction,
        middle_mm: along(origin_mm, direction, (to - from) / 2),
        hole,
      },
    ];
  });
}

/** Halves of one bore share an edge; bores in line on both sides of a gap are two. */
function touching({ info, neighbours }: Shape, a: number, b: number): boolean {
  if (neighbours[a]!.some(({ face }) => face === b)) return true;
  return info.faces[a]!.edges.some((edge) => info.edges[edge]!.faces.includes(b));
}

/** The narrowest stretch of a hole: what the drill makes. */
export function drilledOf(bores: readonly Bore[]): Bore[] {
  const byHole = new Map<Hole, Bore>();
  const single: Bore[] = [];
  for (const bore of bores) {
    if (!bore.hole) single.push(bore);
    else {
      const known = byHole.get(bore.hole);
      if (!known || bore.diameter_mm < known.diameter_mm) byHole.set(bore.hole, bore);
    }
  }
  return [...single, ...byHole.values()];
}

/** The flat face that closes a blind hole, if there is one. */
export function flatBottomOf({ surfaces }: Shape, { hole }: Bore): number | null {
  if (!hole || hole.through) return null;
  const end = dot(add(hole.axis.origin_mm, scale(hole.axis.direction, hole.depth_mm)), hole.axis.direction);
  const found = hole.faces.find((face) => {
    const { type, normal, at_mm } = surfaces[face]!;
    return (
      type === 'plane' &&
      normal !== undefined &&
      dot(normal, hole.axis.direction) < -0.999 &&
      Math.abs(dot(at_mm, hole.axis.direction) - end) < 1e-3 * Math.max(1, hole.depth_mm)
    );
  });
  return found ?? null;
}

/**
 * How slanted the face is that the drill meets, degrees, and that face: at the better end of a through hole. Null where it
 * can't be said.
 */
export function entryOf(shape: Shape, bore: Bore): { angle_deg: number; face: number } | null {
  const ends = [entryAt(shape, bore, bore.direction)];
  if (!bore.hole || bore.hole.through) ends.push(entryAt(shape, bore, scale(bore.direction, -1)));
  return ends.reduce((best, each) => (each && (!best || each.angle_deg < best.angle_deg) ? each : best), null);
}

function entryAt(shape: Shape, bore: Bore, inwards: Vector3): { angle_deg: number; face: number } | null {
  const { surfaces, neighbours, info } = shape;
  const outside = bore.faces.flatMap((face) =>
    neighbours[face]!.filter(
      ({ face: other, angle_rad, edge }) =>
        angle_rad > 0.02 &&
        !bore.faces.includes(other) &&
        dot(info.edges[edge]!.centre_mm, inwards) < dot(bore.middle_mm, inwards),
    ),
  );
  let best: { angle_deg: number; face: number } | null = null;
  let longest = 0;
  for (const { face, edge } of outside) {
    const { length_mm } = info.edges[edge]!;
    if (length_mm < longest) continue;
    const normal = normalAt(surfaces[face]!, bore, inwards);
    if (!normal) continue;
    longest = length_mm;
    best = { angle_deg: angleBetween(normal, scale(inwards, -1)), face };
  }
  return best;
}

function normalAt(
  { type, normal, axis, concave, centre_mm }: Shape['surfaces'][number],
  bore: Bore,
  inwards: Vector3,
): Vector3 | null {
  const mouth = along(bore.middle_mm, inwards, -bore.length_mm / 2);
  if (type === 'plane' && normal) return normal;
  // A cone at the mouth is a chamfer or a countersink: the drill was there first.
  if (type === 'cylinder' && axis) {
    const across = acrossAxis(axis.origin_mm, axis.direction, mouth);
    return length(across) > 0 ? scale(unit(across), concave ? -1 : 1) : null;
  }
  if (type === 'sphere' && centre_mm) {
    const away = unit([mouth[0] - centre_mm[0], mouth[1] - centre_mm[1], mouth[2] - centre_mm[2]]);
    return scale(away, concave ? -1 : 1);
  }
  return null;
}
