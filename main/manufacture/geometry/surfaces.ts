/** Faces on their simple surfaces (also where a file wrote them as free ones), and who lies beside whom. */
import type { BodyInfo, FaceInfo, Vector3 } from '../../../preload/contract/index.ts';
import { acrossAxis, add, along, dot, length, scale, subtract, unit } from './vectors.ts';

export interface Surface {
  type: 'plane' | 'cylinder' | 'cone' | 'sphere' | 'torus' | 'other';
  /** Outward, of a plane. */
  normal?: Vector3;
  axis?: { origin_mm: Vector3; direction: Vector3 };
  centre_mm?: Vector3;
  /** A point of a plane. */
  at_mm: Vector3;
  radius_mm: number;
  minorRadius_mm: number;
  semiAngle_rad: number;
  /** Material outside: a hole, an inner rounding. */
  concave: boolean;
  sweep?: NonNullable<FaceInfo['sweep']>;
}

export interface Neighbour {
  face: number;
  edge: number;
  /** Positive where convex, negative where concave. */
  angle_rad: number;
}

const SIMPLE = ['plane', 'cylinder', 'cone', 'sphere', 'torus'] as const;
/** Below it two faces are tangent. */
export const SMOOTH_rad = 0.02;

export const isSmooth = (angle_rad: number): boolean => Math.abs(angle_rad) < SMOOTH_rad;
export const isConvex = (angle_rad: number): boolean => angle_rad >= SMOOTH_rad;
export const isConcave = (angle_rad: number): boolean => angle_rad <= -SMOOTH_rad;

export const surfacesOf = (info: BodyInfo): Surface[] =>
  info.faces.map((face) => {
    const from = face.canonical ?? face;
    return {
      type: SIMPLE.find((each) => each === from.type) ?? 'other',
      ...(face.normal ? { normal: face.normal } : {}),
      ...(from.axis ? { axis: from.axis } : {}),
      ...(from.centre_mm ? { centre_mm: from.centre_mm } : {}),
      at_mm: face.centroid_mm,
      radius_mm: from.radius_mm ?? 0,
      minorRadius_mm: from.minorRadius_mm ?? 0,
      semiAngle_rad: from.semiAngle_rad ?? 0,
      concave: face.concave === true,
      ...(face.sweep ? { sweep: face.sweep } : {}),
    };
  });

export const neighboursOf = (info: BodyInfo): Neighbour[][] =>
  info.faces.map((face, index) =>
    face.edges.flatMap((edge): Neighbour[] => {
      const { faces, angle_rad } = info.edges[edge]!;
      const other = faces.find((each) => each !== index);
      return other === undefined || faces.length !== 2 || angle_rad === undefined
        ? []
        : [{ face: other, edge, angle_rad }];
    }),
  );

/** The nearest point of the surface itself: triangles of a round face lie inside of it. */
export function ontoSurface(surface: Surface, point: Vector3): Vector3 {
  const { type, axis, centre_mm, radius_mm, minorRadius_mm } = surface;
  if (type === 'cylinder' && axis) {
    const across = acrossAxis(axis.origin_mm, axis.direction, point);
    const away = length(across);
    return away > 0 ? along(point, across, (radius_mm - away) / away) : point;
  }
  if (type === 'sphere' && centre_mm) return along(centre_mm, unit(subtract(point, centre_mm)), radius_mm);
  if (type === 'torus' && axis) {
    const across = acrossAxis(axis.origin_mm, axis.direction, point);
    const middle = add(
      subtract(point, scale(axis.direction, dot(subtract(point, axis.origin_mm), axis.direction))),
      scale(unit(across), radius_mm - length(across)),
    );
    // The middle of the tube lies in the plane of the torus' origin.
    return along(middle, unit(subtract(point, middle)), minorRadius_mm);
  }
  return point;
}

/** Groups of faces that hang together by their edges. */
export function shellsOf(info: BodyInfo): number[][] {
  const shell = new Int32Array(info.faces.length).fill(-1);
  const shells: number[][] = [];
  for (let first = 0; first < shell.length; first++) {
    if (shell[first] !== -1) continue;
    const faces = [first];
    shell[first] = shells.length;
    for (const face of faces)
      for (const edge of info.faces[face]!.edges)
        for (const other of info.edges[edge]!.faces)
          if (shell[other] === -1) {
            shell[other] = shells.length;
            faces.push(other);
          }
    shells.push(faces);
  }
  return shells;
}
