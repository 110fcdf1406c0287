/** Shapes with names on their faces: put together, turned outwards, moved, mirrored. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Transform } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';
import { locationOf, together } from '../../modeller/placement.ts';
import { mapShapes } from '../../modeller/topology.ts';
import type { Own } from '../../scope.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { FaceNames } from '../operation.ts';
import { Make } from './make.ts';
import { volumeOf } from './solids.ts';

interface Context {
  oc: Occt;
  own: Own;
}

/** One shape as it is, several as a compound; faces keep their names wherever they come to stand. */
export function gathered({ oc, own }: Context, shapes: readonly NamedShape[]): NamedShape {
  const [only] = shapes;
  if (shapes.length === 1 && only) return only;
  const shape = together(
    oc,
    own,
    shapes.map((each) => each.shape),
  );
  const faces = mapShapes(oc, own, shape, 'FACE');
  const faceNames: (readonly string[])[] = faces.shapes.map(() => []);
  for (const each of shapes)
    mapShapes(oc, own, each.shape, 'FACE').shapes.forEach((face, index) => {
      faceNames[faces.indexOf(face)] = each.faceNames[index] ?? [];
    });
  return { shape, faceNames };
}

/** A profile may look either way; a solid's volume may not be negative. */
export const outwards = ({ oc, own }: Context, shape: TopoDS_Shape): TopoDS_Shape =>
  volumeOf(oc, shape) < 0 ? own(shape.Reversed()) : shape;

export const renamed = (faceNames: FaceNames, rename: (name: string) => string): FaceNames =>
  faceNames.map((names) => names.map(rename));

/** Turned and shifted, without a reflection: the same geometry elsewhere. */
export const movedShape = ({ oc, own }: Context, named: NamedShape, transform: Transform): NamedShape => ({
  shape: own(named.shape.Moved(locationOf(oc, own, transform), false)),
  faceNames: named.faceNames,
});

/** New geometry, for reflections. */
export function transformedShape(context: Context, named: NamedShape, transform: Transform): NamedShape {
  const { oc, own } = context;
  const make = new Make(context);
  const maker = own(new oc.BRepBuilderAPI_Transform(named.shape, make.transform(transform), true, false));
  const shape = own(maker.Shape());
  const faces = mapShapes(oc, own, shape, 'FACE');
  const faceNames: (readonly string[])[] = faces.shapes.map(() => []);
  mapShapes(oc, own, named.shape, 'FACE').shapes.forEach((face, index) => {
    faceNames[faces.indexOf(own(maker.ModifiedShape(face)))] = named.faceNames[index] ?? [];
  });
  return { shape, faceNames };
}
