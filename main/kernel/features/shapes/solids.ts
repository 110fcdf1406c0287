/** Solids inside of shapes, how large they are, where, and whether they are sound. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { BoundingBox } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';
import { together } from '../../modeller/placement.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { takeBox } from '../../modeller/vectors.ts';
import { type Own, scoped } from '../../scope.ts';

export const solidsOf = (oc: Occt, own: Own, shape: TopoDS_Shape): TopoDS_Shape[] =>
  mapShapes(oc, own, shape, 'SOLID').shapes;

/** What an algorithm made as plainly as possible: a single solid without the compound around it. Undefined without solids. */
export function plainSolid(
  oc: Occt,
  own: Own,
  shape: TopoDS_Shape,
): { shape: TopoDS_Shape; solids: number } | undefined {
  const solids = solidsOf(oc, own, shape);
  return solids.length === 0 ? undefined : { shape: together(oc, own, solids), solids: solids.length };
}

/** mm^3; negative for a solid that is inside out. */
export const volumeOf = (oc: Occt, shape: TopoDS_Shape): number =>
  scoped((own) => {
    const properties = own(new oc.GProp_GProps());
    oc.BRepGProp.VolumeProperties(shape, properties, false, false, false);
    return properties.Mass();
  });

/** Encloses the shape, not tightly where its surfaces are free. */
export const boxAround = (oc: Occt, shape: TopoDS_Shape): BoundingBox => {
  const box = new oc.Bnd_Box();
  oc.BRepBndLib.Add(shape, box, false);
  return takeBox(box);
};

export const overlap = (a: BoundingBox, b: BoundingBox, margin_mm = 1e-6): boolean =>
  [0, 1, 2].every((k) => a.min[k]! <= b.max[k]! + margin_mm && b.min[k]! <= a.max[k]! + margin_mm);

/** A copy of a handle that outlives the scope, for what is handed over. */
export const handedOver = (shape: TopoDS_Shape): TopoDS_Shape => shape.Oriented(shape.Orientation());

export { isValid } from '../../modeller/kept.ts';
