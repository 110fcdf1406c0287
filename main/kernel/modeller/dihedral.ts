/** The angle between the two faces of every edge, in its middle: what is convex, concave or smooth. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { scoped } from '../scope.ts';
import type { Occt } from './occt.ts';
import { explore, type ShapeIndex } from './topology.ts';
import { cross, dot, length, subtract, unit } from './vectors.ts';

interface Side {
  face: number;
  /** Outward. */
  normal: Vector3;
  /** Along the edge, so that the face lies to its left when seen from outside. */
  along: Vector3;
}

/** How far from its middle an edge is looked at for its direction, as a part of its length in parameters. */
const STEP = 1e-3;

/** By edge, undefined where it does not have two faces. */
export function anglesOfEdges(oc: Occt, faces: readonly TopoDS_Shape[], edges: ShapeIndex): (number | undefined)[] {
  const sides: Side[][] = Array.from({ length: edges.size }, () => []);
  faces.forEach((shape, face) => {
    scoped((own) => {
      const surface = own(new oc.BRepGProp_Face(own(oc.TopoDS.Face(shape)), false));
      const point = own(new oc.gp_Pnt(0, 0, 0));
      const vector = own(new oc.gp_Vec(0, 0, 0));
      explore(oc, own, shape, 'EDGE', (found) => {
        const index = edges.indexOf(found);
        const edge = oc.TopoDS.Edge(found);
        try {
          if (index < 0 || oc.BRep_Tool.Degenerated(edge)) return;
          // False where the edge has no curve on the face; declared for faces only, which answer nothing.
          if ((surface.Load(edge) as unknown) !== true) return;
          const first = surface.FirstParameter();
          const last = surface.LastParameter();
          if (!Number.isFinite(last - first)) return;
          const at = (part: number): { point: Vector3; normal: Vector3 | undefined } => {
            const place = surface.Value2d(first + (last - first) * part);
            surface.Normal(place.X(), place.Y(), point, vector);
            place.delete();
            return {
              point: [point.X(), point.Y(), point.Z()],
              normal: unit([vector.X(), vector.Y(), vector.Z()]),
            };
          };
          const middle = at(0.5);
          const next = at(0.5 + STEP);
          const along = unit(subtract(next.point, middle.point));
          if (middle.normal && along) sides[index]!.push({ face, normal: middle.normal, along });
        } finally {
          edge.delete();
          found.delete();
        }
      });
    });
  });
  return sides.map((both) =>
    both.length === 2 && both[0]!.face !== both[1]!.face ? between(both[0]!, both[1]!) : undefined,
  );
}

function between(a: Side, b: Side): number {
  const angle = Math.atan2(length(cross(a.normal, b.normal)), dot(a.normal, b.normal));
  // Into the face from its edge; the other face falls away from there where the edge is convex.
  const into = cross(a.normal, a.along);
  return dot(into, b.normal) < 0 ? angle : -angle;
}
