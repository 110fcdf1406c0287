/** What is worth knowing of one edge. */
import type { TopoDS_Edge } from 'replicad-opencascadejs';
import type { EdgeInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { type Own, scoped } from '../scope.ts';
import type { Occt } from './occt.ts';
import { subtract, take, unit } from './vectors.ts';

const TYPES: Record<string, EdgeInfo['type']> = {
  GeomAbs_Line: 'line',
  GeomAbs_Circle: 'circle',
  GeomAbs_Ellipse: 'ellipse',
  GeomAbs_Hyperbola: 'hyperbola',
  GeomAbs_Parabola: 'parabola',
  GeomAbs_BezierCurve: 'bezier',
  GeomAbs_BSplineCurve: 'bspline',
  GeomAbs_OffsetCurve: 'offset',
};

/** `ends` are where its vertices are: all that a degenerate edge (the tip of a cone) has. */
export function describeEdge(
  oc: Occt,
  edge: TopoDS_Edge,
  ends: Vector3[],
  vertices: number[],
  faces: number[],
): EdgeInfo {
  if (oc.BRep_Tool.Degenerated(edge))
    return { type: 'other', length_mm: 0, centre_mm: ends[0] ?? [0, 0, 0], vertices, faces };
  return scoped((own) => {
    const properties = own(new oc.GProp_GProps());
    oc.BRepGProp.LinearProperties(edge, properties, false, false);
    const curve = own(new oc.BRepAdaptor_Curve(edge));
    const type = TYPES[curve.GetType()] ?? 'other';
    return {
      type,
      length_mm: properties.Mass(),
      centre_mm: take(properties.CentreOfMass()),
      vertices,
      faces,
      ...particularsOf(own, curve, type),
    };
  });
}

function particularsOf(
  own: Own,
  curve: InstanceType<Occt['BRepAdaptor_Curve']>,
  type: EdgeInfo['type'],
): Pick<EdgeInfo, 'direction' | 'radius_mm' | 'curveCentre_mm'> {
  switch (type) {
    case 'line': {
      const first = take(curve.EvalD0(curve.FirstParameter()));
      const direction = unit(subtract(take(curve.EvalD0(curve.LastParameter())), first));
      return direction ? { direction } : {};
    }
    case 'circle': {
      const circle = own(curve.Circle());
      const axis = own(circle.Axis());
      return { radius_mm: circle.Radius(), curveCentre_mm: take(circle.Location()), direction: take(axis.Direction()) };
    }
    case 'ellipse': {
      const ellipse = own(curve.Ellipse());
      const axis = own(ellipse.Axis());
      return {
        radius_mm: ellipse.MajorRadius(),
        curveCentre_mm: take(ellipse.Location()),
        direction: take(axis.Direction()),
      };
    }
    default:
      return {};
  }
}
