/** The volume that a drill takes away: a profile of radius and depth turned about the hole's axis. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { usage } from '../../errors.ts';
import { ShapeIndex } from '../../modeller/topology.ts';
import { add, scale } from '../../modeller/vectors.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { Frame, OperationScope } from '../operation.ts';
import { sweptHistory } from '../operations/prism.ts';
import { facesSquareToAxis } from '../operations/revolve.ts';
import { withField } from '../scope/resolve.ts';
import { Make } from '../shapes/make.ts';
import { outwards } from '../shapes/named.ts';
import type { HoleShape } from './shape.ts';

export interface DrillDepth {
  depth_mm: number;
  /** Of the drill's point, rad; the hole ends flat without it. */
  tip_rad?: number | undefined;
}

interface Corner {
  radius: number;
  depth: number;
  /** The role of the face that leads here from the corner before. */
  role: string;
}

/** From the axis at the opening, round by the wall, to the axis at the bottom. */
function cornersOf(shape: HoleShape, { depth_mm, tip_rad }: DrillDepth): Corner[] {
  const radius = shape.diameter_mm / 2;
  const corners: Corner[] = [{ radius: 0, depth: 0, role: '' }];
  if (shape.counterbore) {
    const { diameter_mm, depth_mm: deep } = shape.counterbore;
    corners.push({ radius: diameter_mm / 2, depth: 0, role: 'top' });
    corners.push({ radius: diameter_mm / 2, depth: deep, role: 'counterbore' });
    corners.push({ radius, depth: deep, role: 'floor' });
  } else if (shape.countersink) {
    const { diameter_mm, angle_rad } = shape.countersink;
    corners.push({ radius: diameter_mm / 2, depth: 0, role: 'top' });
    const deep = (diameter_mm / 2 - radius) / Math.tan(angle_rad / 2);
    corners.push({ radius, depth: deep, role: 'countersink' });
  } else corners.push({ radius, depth: 0, role: 'top' });
  if (depth_mm <= corners.at(-1)!.depth + 1e-6)
    throw withField(
      usage('hole.dimension', 'The hole is not deeper than its counterbore or countersink.', 'Make it deeper.').data,
      'extent.depth',
    );
  corners.push({ radius, depth: depth_mm, role: 'wall' });
  const tip = tip_rad === undefined ? 0 : radius / Math.tan(tip_rad / 2);
  corners.push({ radius: 0, depth: depth_mm + tip, role: tip > 1e-6 ? 'tip' : 'bottom' });
  return corners;
}

/** Against the frame's normal, from its origin. Faces are called `<feature>/<role>(<point>)`. */
export function drilled(
  scope: OperationScope,
  frame: Frame,
  shape: HoleShape,
  depth: DrillDepth,
  pointId: string,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const corners = cornersOf(shape, depth);
  const place = ({ radius, depth: deep }: Corner) =>
    make.point(add(frame.origin_mm, add(scale(frame.x, radius), scale(frame.z, -deep))));
  const wire = own(new oc.BRepBuilderAPI_MakeWire());
  const edges = new ShapeIndex(oc);
  const roles: string[] = [];
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length]!;
    wire.Add(own(own(new oc.BRepBuilderAPI_MakeEdge(place(corner), place(next))).Edge()));
    edges.add(own(wire.Edge()));
    roles.push(index + 1 < corners.length ? next.role : 'axis');
  });
  const face = own(own(new oc.BRepBuilderAPI_MakeFace(own(wire.Wire()), true)).Face());
  const maker = own(new oc.BRepPrimAPI_MakeRevol(face, make.axis(frame.origin_mm, frame.z), false));
  const result: TopoDS_Shape = outwards(scope, own(maker.Shape()));
  const nameOfEdge = (edge: TopoDS_Shape): string => roles[edges.indexOf(edge)] ?? 'wall';
  const square = facesSquareToAxis(scope, { face, nameOfEdge }, maker);
  const faceNames = follow({
    oc,
    id,
    history: sweptHistory(scope, maker),
    inputs: [{ shape: face, faceNames: [[]] }],
    result,
    generatedFrom: ['EDGE'],
    nameGenerated: (source) => roleName(id, nameOfEdge(source.shape), pointId),
    known: (made) => {
      const role = square(made);
      return role === undefined ? undefined : [roleName(id, role, pointId)];
    },
  });
  return { shape: result, faceNames };
}
