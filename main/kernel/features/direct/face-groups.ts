/** Faces as a person counts them: those of one surface that hang together move together, whatever seams divide them. */
import type { TopoDS_Face, TopoDS_Shape } from 'replicad-opencascadejs';
import type { FaceInfo, Vector3 } from '../../../../preload/contract/geometry.ts';
import { describeFace } from '../../modeller/faces.ts';
import type { Occt } from '../../modeller/occt.ts';
import { mapShapes, type ShapeIndex } from '../../modeller/topology.ts';
import { cross, dot, length, scale, subtract } from '../../modeller/vectors.ts';
import type { Own } from '../../scope.ts';

export interface Faces {
  shapes: ShapeIndex;
  face(index: number): TopoDS_Face;
  info(index: number): FaceInfo;
  /** The face across each edge, with the edge; seams left out. */
  around(index: number): { face: number; edge: TopoDS_Shape }[];
}

/** The faces of a body, described when asked for. */
export function facesOf(oc: Occt, own: Own, shape: TopoDS_Shape): Faces {
  const shapes = mapShapes(oc, own, shape, 'FACE');
  const edges = mapShapes(oc, own, shape, 'EDGE');
  const facesOfEdge: number[][] = edges.shapes.map(() => []);
  const edgesOfFace = shapes.shapes.map((face, index) =>
    mapShapes(oc, own, face, 'EDGE').shapes.map((edge) => {
      const at = edges.indexOf(edge);
      facesOfEdge[at]!.push(index);
      return at;
    }),
  );
  const infos = new Map<number, FaceInfo>();
  const face = (index: number): TopoDS_Face => own(oc.TopoDS.Face(shapes.shapes[index]!));
  return {
    shapes,
    face,
    info(index) {
      const known = infos.get(index) ?? simplified(describeFace(oc, face(index), edgesOfFace[index]!));
      infos.set(index, known);
      return known;
    },
    around: (index) =>
      edgesOfFace[index]!.flatMap((edge) =>
        facesOfEdge[edge]!.flatMap((other) => (other === index ? [] : [{ face: other, edge: edges.shapes[edge]! }])),
      ),
  };
}

/** A plane, cylinder or cone that was written as a B-spline is one. */
const simplified = (info: FaceInfo): FaceInfo =>
  info.canonical && ['plane', 'cylinder', 'cone'].includes(info.canonical.type) ? { ...info, ...info.canonical } : info;

/** Angle between normals or axes of one surface, rad, and distance of one surface, mm. */
const SAME_ANGLE = 1e-6;
const SAME_MM = 1e-5;

const parallel = (a: Vector3, b: Vector3): boolean => length(cross(a, b)) < SAME_ANGLE;

/** Whether two faces lie on the same plane, cylinder, cone or sphere, on the same side of the material. */
export function sameSurface(a: FaceInfo, b: FaceInfo): boolean {
  if (a.type !== b.type || a.concave !== b.concave) return false;
  const between = subtract(b.centroid_mm, a.centroid_mm);
  if (a.type === 'plane') {
    if (!a.normal || !b.normal) return false;
    return dot(a.normal, b.normal) > 0 && parallel(a.normal, b.normal) && Math.abs(dot(between, a.normal)) < SAME_MM;
  }
  if (a.type === 'cylinder') return coaxial(a, b) && Math.abs(a.radius_mm! - b.radius_mm!) < SAME_MM;
  if (a.type === 'cone') {
    if (!coaxial(a, b) || Math.abs(a.semiAngle_rad! - b.semiAngle_rad!) > SAME_ANGLE) return false;
    return dot(a.axis!.direction, b.axis!.direction) > 0 && length(subtract(apexOf(a), apexOf(b))) < SAME_MM;
  }
  return false;
}

export function coaxial({ axis: a }: FaceInfo, { axis: b }: FaceInfo): boolean {
  if (!a || !b || !parallel(a.direction, b.direction)) return false;
  const between = subtract(b.origin_mm, a.origin_mm);
  return length(subtract(between, scale(a.direction, dot(between, a.direction)))) < SAME_MM;
}

export function apexOf({ axis, radius_mm, semiAngle_rad }: FaceInfo): Vector3 {
  const back = radius_mm! / Math.tan(semiAngle_rad!);
  return subtract(axis!.origin_mm, scale(axis!.direction, back));
}

/** Chosen faces put together where they are one surface and touch. */
export function groupsOf(faces: Faces, chosen: readonly number[]): number[][] {
  const left = new Set(chosen);
  const groups: number[][] = [];
  for (const seed of chosen) {
    if (!left.delete(seed)) continue;
    const group = [seed];
    for (let i = 0; i < group.length; i++)
      for (const { face } of faces.around(group[i]!))
        if (left.has(face) && sameSurface(faces.info(group[i]!), faces.info(face))) {
          left.delete(face);
          group.push(face);
        }
    groups.push(group);
  }
  return groups;
}

/** The same, with what belongs to each surface added, although it was not chosen. */
export function wholeSurfaces(faces: Faces, chosen: readonly number[]): number[][] {
  const all = new Set(chosen);
  const queue = [...all];
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const { face } of faces.around(at))
      if (!all.has(face) && faces.info(at).type !== 'plane' && sameSurface(faces.info(at), faces.info(face))) {
        all.add(face);
        queue.push(face);
      }
  return groupsOf(faces, [...all]);
}
