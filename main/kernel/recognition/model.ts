/**
 * A body as recognition sees it: every face on its simple surface (also where it was written as a free one), every edge
 * convex, concave or smooth, and who lies beside whom.
 */
import type { BodyInfo, EdgeInfo, FaceInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { cross, dot, length, scale, subtract, unit } from '../modeller/vectors.ts';

export interface Surface {
  type: 'plane' | 'cylinder' | 'cone' | 'sphere' | 'torus' | 'other';
  axis?: { origin_mm: Vector3; direction: Vector3 };
  centre_mm?: Vector3;
  /** Of a plane. */
  normal?: Vector3;
  radius_mm: number;
  minorRadius_mm: number;
  semiAngle_rad: number;
  concave?: boolean;
  sweep?: NonNullable<FaceInfo['sweep']>;
}

export interface Neighbour {
  face: number;
  edge: number;
  /** Positive where convex; see `EdgeInfo.angle_rad`. */
  angle_rad: number;
}

export interface Model {
  body: BodyInfo;
  surfaces: Surface[];
  /** By face: across each of its edges that has another face on its other side. */
  neighbours: Neighbour[][];
  /** Places nearer than this are the same; from the size of the body. */
  tolerance_mm: number;
}

/** Faces that meet at less than this are tangent: well above what files lose, well below any edge that is meant. */
export const SMOOTH_rad = 0.02;
/** Directions nearer than this are parallel. */
export const PARALLEL_rad = 1e-3;

export const isSmooth = (angle_rad: number): boolean => Math.abs(angle_rad) < SMOOTH_rad;
export const isConvex = (angle_rad: number): boolean => angle_rad >= SMOOTH_rad;
export const isConcave = (angle_rad: number): boolean => angle_rad <= -SMOOTH_rad;

export function modelOf(body: BodyInfo): Model {
  const { min, max } = body.box;
  const size_mm = length(subtract(max, min));
  return {
    body,
    surfaces: body.faces.map(surfaceOf),
    neighbours: body.faces.map((face, index) =>
      face.edges.flatMap((edge): Neighbour[] => {
        const { faces, angle_rad } = body.edges[edge]!;
        const other = faces.find((each) => each !== index);
        return other === undefined || faces.length !== 2 || angle_rad === undefined
          ? []
          : [{ face: other, edge, angle_rad }];
      }),
    ),
    tolerance_mm: Math.max(1e-6 * size_mm, Math.min(1e-3, 1e-5 * size_mm)),
  };
}

function surfaceOf(face: FaceInfo): Surface {
  const from = face.canonical ?? face;
  const simple = ['plane', 'cylinder', 'cone', 'sphere', 'torus'] as const;
  const type = simple.find((each) => each === from.type) ?? 'other';
  return {
    type,
    ...(from.axis ? { axis: from.axis } : {}),
    ...(from.centre_mm ? { centre_mm: from.centre_mm } : {}),
    ...(type === 'plane' && face.normal ? { normal: face.normal } : {}),
    radius_mm: from.radius_mm ?? 0,
    minorRadius_mm: from.minorRadius_mm ?? 0,
    semiAngle_rad: from.semiAngle_rad ?? 0,
    ...(face.concave === undefined ? {} : { concave: face.concave }),
    ...(face.sweep ? { sweep: face.sweep } : {}),
  };
}

export const areParallel = (a: Vector3, b: Vector3): boolean => length(cross(a, b)) < PARALLEL_rad;

export type Axis = NonNullable<Surface['axis']>;

export const alongAxis = ({ origin_mm, direction }: Axis, point: Vector3): number =>
  dot(subtract(point, origin_mm), direction);

/** From the axis to the point, at a right angle to the axis. */
export function acrossAxis({ origin_mm, direction }: Axis, point: Vector3): Vector3 {
  const from = subtract(point, origin_mm);
  return subtract(from, scale(direction, dot(from, direction)));
}

/** Measured where both faces are: an axis may have its origin far away. */
export const areCoaxial = (a: Axis, b: Axis, near: Vector3, tolerance_mm: number): boolean => {
  if (!areParallel(a.direction, b.direction)) return false;
  return length(subtract(acrossAxis(a, near), acrossAxis(b, near))) < tolerance_mm;
};

/** Points that surely lie on an edge. */
export const pointsOf = (body: BodyInfo, edge: EdgeInfo): Vector3[] =>
  edge.vertices.map((vertex) => body.vertices_mm[vertex]!);

/** Edges of a face that hang together by their ends: its loops, in no particular order. */
export function loopsOf(body: BodyInfo, edges: readonly number[]): number[][] {
  const atVertex = new Map<number, number[]>();
  for (const edge of edges)
    for (const vertex of body.edges[edge]!.vertices) {
      const known = atVertex.get(vertex);
      if (known) known.push(edge);
      else atVertex.set(vertex, [edge]);
    }
  return groupsOf(
    edges,
    (edge) => body.edges[edge]!.vertices.flatMap((vertex) => atVertex.get(vertex)!),
    () => true,
  );
}

/** Groups of the items that `alike` joins, directly or through others; only neighbours are compared. */
export function groupsOf(
  items: Iterable<number>,
  neighboursOf: (item: number) => Iterable<number>,
  alike: (a: number, b: number) => boolean,
): number[][] {
  const waiting = new Set(items);
  const groups: number[][] = [];
  for (const first of [...waiting]) {
    if (!waiting.delete(first)) continue;
    const group = [first];
    for (const item of group)
      for (const next of neighboursOf(item))
        if (waiting.has(next) && alike(item, next)) {
          waiting.delete(next);
          group.push(next);
        }
    groups.push(group);
  }
  return groups;
}

/** Where a direction points about an axis, rad, from some direction that is fixed for the axis. */
export function angleAbout({ direction }: Axis, radial: Vector3): number {
  const helper: Vector3 = Math.abs(direction[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const x = unit(cross(direction, helper))!;
  const y = cross(direction, x);
  return Math.atan2(dot(radial, y), dot(radial, x));
}
