/** Cones that go on beyond their apex: what leaning a round side too far makes, which the kernel holds for sound. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { describeFace } from '../../modeller/faces.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { dot, subtract } from '../../modeller/vectors.ts';
import { scoped } from '../../scope.ts';
import type { OperationScope } from '../operation.ts';

/** A corner this near to the apex is the apex, mm. */
const AT_APEX_MM = 1e-6;

/** Whether a conical face has corners on both sides of its apex. */
export function passesAnApex({ oc }: Pick<OperationScope, 'oc'>, shape: TopoDS_Shape): boolean {
  return scoped((own) =>
    mapShapes(oc, own, shape, 'FACE').shapes.some((each) => {
      const face = own(oc.TopoDS.Face(each));
      const surface = own(new oc.BRepAdaptor_Surface(face, true));
      if (surface.GetType() !== 'GeomAbs_Cone') return false;
      const { axis, radius_mm, semiAngle_rad } = describeFace(oc, face, []);
      if (!axis || radius_mm === undefined || !semiAngle_rad) return false;
      const vertices = mapShapes(oc, own, face, 'VERTEX').shapes.map((vertex) => {
        const point = own(oc.BRep_Tool.Pnt(own(oc.TopoDS.Vertex(vertex))));
        const offset = subtract([point.X(), point.Y(), point.Z()], axis.origin_mm);
        const along = dot(offset, axis.direction);
        const across = Math.sqrt(Math.max(0, dot(offset, offset) - along * along));
        return { along, across };
      });
      // The radius is linear along the axis; it may grow along it or against it.
      const slope = Math.tan(semiAngle_rad);
      const fits = (sign: number): number =>
        Math.max(...vertices.map(({ along, across }) => Math.abs(Math.abs(radius_mm + sign * slope * along) - across)));
      const sign = fits(1) <= fits(-1) ? 1 : -1;
      const radii = vertices.map(({ along }) => radius_mm + sign * slope * along);
      return Math.min(...radii) < -AT_APEX_MM && Math.max(...radii) > AT_APEX_MM;
    }),
  );
}
