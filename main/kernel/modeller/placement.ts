/** Shapes put where an instance stands, and gathered into one. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { IDENTITY_TRANSFORM, type Transform, type Vector3 } from '../../../preload/contract/geometry.ts';
import { refused } from '../errors.ts';
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

/**
 * The same with its own geometry where it stands, not a location on what it was made of.
 * @throws ArtificerError `assembly.not-rigid` for a placement that also scales or mirrors
 */
export function movedCopy(oc: Occt, own: Own, shape: TopoDS_Shape, transform: Transform): TopoDS_Shape {
  if (isIdentity(transform)) return shape;
  if (!isRigid(transform))
    throw refused(
      'assembly.not-rigid',
      'A part is placed with a scale or mirrored.',
      'Only turned and shifted parts can be put together. Export the assembly with real parts in place of scaled ones.',
    );
  const trsf = own(new oc.gp_Trsf());
  trsf.SetValues(...(transform as Parameters<typeof trsf.SetValues>));
  const algorithm = own(new oc.BRepBuilderAPI_Transform(shape, trsf, true, false));
  if (!algorithm.IsDone()) throw new Error('BRepBuilderAPI_Transform failed');
  return own(algorithm.Shape());
}

/** Rotation matrices in files are written with seven digits or so. */
const RIGID = 1e-5;

/** Whether a placement turns and shifts only: rows of unit length, at right angles, right-handed. */
export function isRigid(t: Transform): boolean {
  const row = (i: number): Vector3 => [t[4 * i]!, t[4 * i + 1]!, t[4 * i + 2]!];
  const [a, b, c] = [row(0), row(1), row(2)];
  const dot = (u: Vector3, v: Vector3): number => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  const across: Vector3 = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  return (
    [dot(a, a) - 1, dot(b, b) - 1, dot(c, c) - 1, dot(a, b), dot(a, c), dot(b, c)].every(
      (value) => Math.abs(value) < RIGID,
    ) && dot(across, c) > 0
  );
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
