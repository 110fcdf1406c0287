/** The material that a rib could be made of, wider than any part: what lies in the part's own material is cut off later. */
import type { TopoDS_Edge, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { add, cross, dot, length, scale, subtract, unit } from '../../modeller/vectors.ts';
import { booleanOf } from '../combine.ts';
import { facesOf } from '../direct/face-groups.ts';
import type { NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { ChainOfEdges, Frame, OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { outwards } from './compound.ts';
import { applyMotion } from './motion.ts';
import { GeneratedNames } from './name-faces.ts';
import { endsOf } from './sweep.ts';

/** The far end, which no rib may reach. */
export const FAR = 'far';

interface Piece {
  edge: TopoDS_Edge;
  name: string;
}

/** The chain with its open ends carried on straight, so that they reach into the walls beside the rib. */
function carriedOn(scope: OperationScope, chain: ChainOfEdges, reach_mm: number): Piece[] {
  const pieces = chain.edges.map((edge) => ({ edge, name: chain.nameOfEdge(edge) }));
  if (chain.closed) return pieces;
  const make = new Make(scope);
  const line = (from: Vector3, to: Vector3): TopoDS_Edge =>
    scope.own(scope.own(new scope.oc.BRepBuilderAPI_MakeEdge(make.point(from), make.point(to))).Edge());
  const first = endsOf(scope, chain.edges[0]!);
  const last = endsOf(scope, chain.edges.at(-1)!);
  const before = subtract(first.start, scale(first.startTangent, reach_mm));
  const after = add(last.end, scale(last.endTangent, reach_mm));
  return [
    { edge: line(before, first.start), name: pieces[0]!.name },
    ...pieces,
    { edge: line(last.end, after), name: pieces.at(-1)!.name },
  ];
}

/**
 * Everything on one side of the chain in its plane, as thick as the rib. Its top is called `side(...)` after the chain's
 * curves, its flanks `front` and `back`.
 */
export function besideChain(
  scope: OperationScope,
  chain: ChainOfEdges,
  frame: Frame,
  thickness_mm: number,
  left: boolean,
  reach_mm: number,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const pieces = carriedOn(scope, chain, reach_mm);
  const begin = endsOf(scope, pieces[0]!.edge).start;
  const end = endsOf(scope, pieces.at(-1)!.edge).end;
  const along = unit(subtract(end, begin));
  if (!along || chain.closed)
    throw refused(
      'rib.closed',
      'A rib in the plane of its sketch needs an open line.',
      'Open the line, or choose the other direction.',
    );
  const away = scale(cross(frame.z, along), (left ? 1 : -1) * reach_mm);
  const corner = [add(end, away), add(begin, away)] as const;
  const line = (from: Vector3, to: Vector3): TopoDS_Edge =>
    own(own(new oc.BRepBuilderAPI_MakeEdge(make.point(from), make.point(to))).Edge());
  const maker = own(new oc.BRepBuilderAPI_MakeWire());
  const edges: { edge: TopoDS_Shape; name: string }[] = [];
  const put = (edge: TopoDS_Edge, name: string): void => {
    maker.Add(edge);
    if (!maker.IsDone()) throw refused('rib.line', 'The line of the rib crosses itself.', 'Draw a simple line.');
    edges.push({ edge: own(maker.Edge()), name });
  };
  for (const { edge, name } of pieces) put(edge, roleName(id, 'side', name));
  put(line(end, corner[0]), FAR);
  put(line(corner[0], corner[1]), FAR);
  put(line(corner[1], begin), FAR);
  const sheet = own(new oc.BRepBuilderAPI_MakeFace(own(maker.Wire()), true));
  if (!sheet.IsDone()) throw refused('rib.line', 'The line of the rib is not flat.', 'Draw it in one plane.');
  const lowered = applyMotion(scope, own(sheet.Face()), scale(frame.z, -thickness_mm / 2));
  const prism = own(
    new oc.BRepPrimAPI_MakePrism(lowered.shape, make.vector(scale(frame.z, thickness_mm)), false, true),
  );
  const called = new GeneratedNames(scope);
  called.give([own(prism.FirstShape())], roleName(id, 'back'));
  called.give([own(prism.LastShape())], roleName(id, 'front'));
  for (const { edge, name } of edges) called.giveGenerated(prism, lowered.of(edge), name);
  return called.of(outwards(scope, own(prism.Shape())));
}

/**
 * A wall along the chain that begins at the sketch and goes along its normal, or against it. It is called `top`, and `left`
 * and `right` of each curve.
 */
export function wallOnChain(
  scope: OperationScope,
  chain: ChainOfEdges,
  frame: Frame,
  thickness_mm: number,
  upwards: boolean,
  reach_mm: number,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const vector = scale(frame.z, upwards ? reach_mm : -reach_mm);
  const pieces = carriedOn(scope, chain, reach_mm);
  const solids = pieces.flatMap(({ edge, name }) => {
    const wall = own(new oc.BRepPrimAPI_MakePrism(edge, make.vector(vector), false, true));
    const face = mapShapes(oc, own, own(wall.Shape()), 'FACE').shapes[0]!;
    const far = own(wall.LastShape());
    return [1, -1].map((side): NamedShape => {
      const shell = own(new oc.TopoDS_Shell());
      const builder = own(new oc.TopoDS_Builder());
      builder.MakeShell(shell);
      builder.Add(shell, face);
      const thick = own(new oc.BRepOffsetAPI_MakeThickSolid());
      thick.MakeThickSolidBySimple(shell, (side * thickness_mm) / 2);
      if (!thick.IsDone())
        throw refused('rib.thickness', 'The rib is thicker than its tightest bend allows.', 'Make it thinner.');
      const solid = outwards(scope, own(thick.Shape()));
      const called = new GeneratedNames(scope);
      called.giveGenerated(thick, face, roleName(id, side > 0 ? 'right' : 'left', name));
      const made = facesOf(oc, own, solid);
      for (const { face: next, edge: between } of made.around(made.shapes.indexOf(face))) {
        if (between.IsSame(edge)) called.give([made.shapes.shapes[next]!], roleName(id, 'top'));
        if (between.IsSame(far)) called.give([made.shapes.shapes[next]!], FAR);
      }
      return called.of(solid);
    });
  });
  const joints = pieces.slice(1).flatMap(({ edge }, i): NamedShape[] => {
    const before = endsOf(scope, pieces[i]!.edge);
    const after = endsOf(scope, edge);
    // Sharp corners are filled with a rod.
    if (dot(before.endTangent, after.startTangent) > 1 - 1e-9) return [];
    const axes = make.axes({ origin_mm: after.start, z: unit(vector)!, x: frame.x });
    const rod = own(new oc.BRepPrimAPI_MakeCylinder(axes, thickness_mm / 2, reach_mm));
    const called = new GeneratedNames(scope);
    const made = facesOf(oc, own, own(rod.Shape()));
    made.shapes.shapes.forEach((face, at) => {
      const { type, centroid_mm } = made.info(at);
      const height = length(subtract(centroid_mm, after.start));
      called.give(
        [face],
        type === 'plane'
          ? height > reach_mm / 2
            ? FAR
            : roleName(id, 'top')
          : roleName(id, 'corner', pieces[i + 1]!.name),
      );
    });
    return [called.of(own(rod.Shape()))];
  });
  const [first, ...rest] = [...solids, ...joints];
  return rest.length === 0 ? first! : booleanOf(scope, 'add', first!, rest)!;
}
