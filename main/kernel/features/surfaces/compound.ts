/** Solids of several regions as one tool. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { together } from '../../modeller/placement.ts';
import { mapShapes } from '../../modeller/topology.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { OperationScope } from '../operation.ts';
import { volumeOf } from '../shapes/solids.ts';

export function compoundOf({ oc, own }: OperationScope, shapes: readonly NamedShape[]): NamedShape {
  if (shapes.length === 1) return shapes[0]!;
  const shape = together(
    oc,
    own,
    shapes.map((each) => each.shape),
  );
  // A face that two of them share is one face.
  const faceNames = mapShapes(oc, own, shape, 'FACE').shapes.map((face) =>
    shapes.flatMap((each) => each.faceNames[mapShapes(oc, own, each.shape, 'FACE').indexOf(face)] ?? []),
  );
  return { shape, faceNames };
}

/** A profile may run either way round; a solid's volume may not be negative. */
export const outwards = ({ oc, own }: OperationScope, shape: TopoDS_Shape): TopoDS_Shape =>
  volumeOf(oc, shape) < 0 ? own(shape.Reversed()) : shape;
