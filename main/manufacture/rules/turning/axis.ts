/** The axis that a part turns about, and which faces are of revolution about it. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { acrossAxis, distance, dot, length, scale } from '../../geometry/vectors.ts';
import { cornersOf } from '../common/walls.ts';

export interface Turned {
  origin_mm: Vector3;
  direction: Vector3;
  /** By face: of revolution about the axis, or flat and square to it. */
  round: boolean[];
  /** By face: flat and square to it. */
  square: boolean[];
  /** From where to where along the axis, from its origin. */
  from_mm: number;
  to_mm: number;
  /** The widest point. */
  radius_mm: number;
}

const PARALLEL = 1 - 1e-5;
/** A direction that a person gives is meant to a degree. */
const ALONG_WANTED = Math.cos(Math.PI / 180);

/** The axis with the largest area about it; null where no face is of revolution. */
export function turnedAbout(shape: Shape, wanted: Vector3 | undefined): Turned | null {
  const { surfaces, info, tiny_mm } = shape;
  let best: { area: number; turned: Turned } | null = null;
  const tried: { origin_mm: Vector3; direction: Vector3 }[] = [];
  for (const { axis } of surfaces) {
    if (!axis || (wanted && Math.abs(dot(axis.direction, wanted)) < ALONG_WANTED)) continue;
    if (tried.some((each) => isCoaxial(each, axis, info.mass.centroid_mm, slackOf(shape)))) continue;
    tried.push(axis);
    const round = surfaces.map((_, face) => isRound(shape, face, axis));
    const square = surfaces.map(
      ({ type, normal }) =>
        type === 'plane' && normal !== undefined && Math.abs(dot(normal, axis.direction)) > PARALLEL,
    );
    const area = round.reduce((sum, each, face) => sum + (each && !square[face] ? info.faces[face]!.area_mm2 : 0), 0);
    if (best && area <= best.area + tiny_mm) continue;
    const corners = surfaces.flatMap((_, face) => cornersOf(shape, face));
    const places = corners.map((corner) => dot(corner, axis.direction) - dot(axis.origin_mm, axis.direction));
    const radii = shape.samples.map(({ point }) => length(acrossAxis(axis.origin_mm, axis.direction, point)));
    best = {
      area,
      turned: {
        ...axis,
        round,
        square,
        from_mm: Math.min(...places),
        to_mm: Math.max(...places),
        radius_mm: Math.max(...radii),
      },
    };
  }
  return best?.turned ?? null;
}

const slackOf = ({ tiny_mm }: Shape): number => 10 * tiny_mm;

function isRound(shape: Shape, face: number, about: { origin_mm: Vector3; direction: Vector3 }): boolean {
  const { type, axis, centre_mm, normal } = shape.surfaces[face]!;
  if (type === 'plane') return normal !== undefined && Math.abs(dot(normal, about.direction)) > PARALLEL;
  const at = shape.info.faces[face]!.centroid_mm;
  if (type === 'sphere')
    return centre_mm !== undefined && length(acrossAxis(about.origin_mm, about.direction, centre_mm)) < slackOf(shape);
  return axis !== undefined && isCoaxial(about, axis, at, slackOf(shape));
}

function isCoaxial(
  a: { origin_mm: Vector3; direction: Vector3 },
  b: { origin_mm: Vector3; direction: Vector3 },
  near: Vector3,
  slack_mm: number,
): boolean {
  return (
    Math.abs(dot(a.direction, b.direction)) > PARALLEL &&
    distance(acrossAxis(a.origin_mm, a.direction, near), acrossAxis(b.origin_mm, b.direction, near)) < slack_mm
  );
}

/** Away from the axis; the zero vector on it. */
export const awayFrom = ({ origin_mm, direction }: Turned, point: Vector3): Vector3 => {
  const across = acrossAxis(origin_mm, direction, point);
  const size = length(across);
  return size > 0 ? scale(across, 1 / size) : [0, 0, 0];
};

export const radiusAt = ({ origin_mm, direction }: Turned, point: Vector3): number =>
  length(acrossAxis(origin_mm, direction, point));

export const placeAlong = ({ origin_mm, direction }: Turned, point: Vector3): number =>
  dot(point, direction) - dot(origin_mm, direction);
