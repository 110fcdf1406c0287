/** Whether two faces go over into each other without a corner. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { OperationScope } from '../operation.ts';
import type { Faces } from './face-groups.ts';

/** rad */
const SMOOTH = 1e-4;

export function isSmooth(
  { oc, own }: Pick<OperationScope, 'oc' | 'own'>,
  faces: Faces,
  a: number,
  b: number,
  edge: TopoDS_Shape,
): boolean {
  return oc.BRepLib.ContinuityOfFaces(own(oc.TopoDS.Edge(edge)), faces.face(a), faces.face(b), SMOOTH) !== 'GeomAbs_C0';
}
