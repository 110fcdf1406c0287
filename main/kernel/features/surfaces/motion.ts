/** A shape shifted, and where its parts have gone. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import type { OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';

export function applyMotion(
  { oc, own }: Pick<OperationScope, 'oc' | 'own'>,
  shape: TopoDS_Shape,
  by_mm: Vector3,
): { shape: TopoDS_Shape; of(part: TopoDS_Shape): TopoDS_Shape } {
  const shift = own(new oc.gp_Trsf());
  shift.SetTranslation(new Make({ oc, own }).vector(by_mm));
  const algorithm = own(new oc.BRepBuilderAPI_Transform(shape, shift, true, false));
  return { shape: own(algorithm.Shape()), of: (part) => own(algorithm.ModifiedShape(part)) };
}
