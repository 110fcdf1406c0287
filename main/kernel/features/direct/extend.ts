/** A face without its limits: the surface that it lies on, as far as is needed. */
import type { TopoDS_Face, TopoDS_Shape } from 'replicad-opencascadejs';
import type { FaceInfo } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';
import { dot, subtract } from '../../modeller/vectors.ts';
import type { Own } from '../../scope.ts';
import { Make } from '../shapes/make.ts';
import { apexOf } from './face-groups.ts';

const DEGENERATE_MM = 1e-7;

/** The face's surface, at least `reach_mm` further than the face on every side where it does not close. */
export function extended(oc: Occt, own: Own, face: TopoDS_Face, info: FaceInfo, reach_mm: number): TopoDS_Shape {
  const make = new Make({ oc, own });
  if (info.type === 'plane' && info.normal) {
    const plane = own(new oc.gp_Pln(make.point(info.centroid_mm), make.direction(info.normal)));
    const size = reach_mm + diagonalOf(info);
    return own(own(new oc.BRepBuilderAPI_MakeFace(plane, -size, size, -size, size)).Face());
  }
  const { UMin, UMax, VMin, VMax } = oc.BRepTools.UVBounds(face);
  const surface = own(oc.BRep_Tool.Surface(face));
  const patch = (u0: number, u1: number, v0: number, v1: number): TopoDS_Shape =>
    own(own(new oc.BRepBuilderAPI_MakeFace(surface, u0, u1, v0, v1, DEGENERATE_MM)).Face());
  switch (info.type) {
    case 'cylinder':
    case 'extrusion':
      return patch(UMin, UMax, VMin - reach_mm, VMax + reach_mm);
    case 'cone': {
      // The parameter runs along the surface, and the other half beyond the apex is not part of it.
      const adaptor = own(new oc.BRepAdaptor_Surface(face, true));
      const ring = own(adaptor.EvalD0(0, VMin));
      const onward = own(adaptor.EvalD0(0, VMin + 1));
      const at = (p: typeof ring): [number, number, number] => [p.X(), p.Y(), p.Z()];
      const rises = dot(subtract(at(onward), at(ring)), info.axis!.direction) > 0;
      const height = dot(subtract(at(ring), apexOf(info)), info.axis!.direction);
      const slant = height / Math.cos(info.semiAngle_rad!);
      const toApex = Math.max(0, Math.abs(slant) - DEGENERATE_MM * 10);
      return rises
        ? patch(UMin, UMax, Math.max(VMin - reach_mm, VMin - toApex), VMax + reach_mm)
        : patch(UMin, UMax, VMin - reach_mm, Math.min(VMax + reach_mm, VMin + toApex));
    }
    case 'sphere':
      return patch(0, 2 * Math.PI, -Math.PI / 2, Math.PI / 2);
    case 'torus':
      return patch(0, 2 * Math.PI, 0, 2 * Math.PI);
    default: {
      const further = own(new oc.TopoDS_Face());
      oc.BRepLib.ExtendFace(face, reach_mm, true, true, true, true, further);
      return further.IsNull() ? face : further;
    }
  }
}

const diagonalOf = ({ box: { min, max } }: FaceInfo): number => {
  const d = subtract(max, min);
  return Math.sqrt(dot(d, d));
};
