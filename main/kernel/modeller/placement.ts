/** Shapes put where an instance stands, and gathered into one. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { IDENTITY_TRANSFORM, type Transform } from '../../../preload/contract/geometry.ts';
import type { Own } from '../scope.ts';
import type { Occt } from './occt.ts';

export function locationOf(oc: Occt, own: Own, transform: Transform): InstanceType<Occt['TopLoc_Location']> {
  const trsf = own(new oc.gp_Trsf());
  trsf.SetValues(...(transform as Parameters<typeof trsf.SetValues>));
  return own(new oc.TopLoc_Location(trsf));
}

export const isIdentity = (transform: Transform): boolean =>
  transform.every((value, index) => value === IDENTITY_TRANSFORM[index]);

export function placed(oc: Occt, own: Own, shape: TopoDS_Shape, transform: Transform): TopoDS_Shape {
  return isIdentity(transform) ? shape : own(shape.Moved(locationOf(oc, own, transform), false));
}

/** One shape as it is, several as a compound in the same order. */
export function together(oc: Occt, own: Own, shapes: readonly TopoDS_Shape[]): TopoDS_Shape {
  if (shapes.length === 1) return shapes[0]!;
  const compound = own(new oc.TopoDS_Compound());
  const builder = own(new oc.TopoDS_Builder());
  builder.MakeCompound(compound);
  for (const shape of shapes) builder.Add(compound, shape);
  return compound;
}
