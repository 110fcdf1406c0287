/**
 * A flange bent up at an edge of a sheet, towards the side of the large face that the edge belongs to. The bend begins at the
 * edge, so the plate keeps its size. The height is measured along the flange from where the outer sides of plate and flange
 * would meet in a sharp corner, and for angles over 90 degrees from the outermost line of the bend.
 *
 * Names are made of the name of the thickness face at the edge: `bend-inner(...)`, `bend-outer(...)`, `inner(...)`,
 * `outer(...)`, `tip(...)`, and `bend-end(...)`, `end(...)` for the ends.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { add, cross, dot, length, scale, subtract, unit } from '../../modeller/vectors.ts';
import { bodyOf, booleanOf } from '../combine.ts';
import { type Faces, facesOf } from '../direct/face-groups.ts';
import { angleWithin, positiveLength } from '../dressing/dimensions.ts';
import type { NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { BodyState, Operation, OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { volumeOf } from '../shapes/solids.ts';
import { outwards } from '../surfaces/compound.ts';
import { GeneratedNames } from '../surfaces/name-faces.ts';
import { endsOf } from '../surfaces/sweep.ts';
import { settingsOf } from './sheet.ts';

export const edgeFlange: Operation<'edge-flange'> = (feature, scope) => {
  const height = positiveLength(feature.height, 'height');
  const angle = angleWithin(feature.angle, 0, Math.PI, 'angle');
  const found = scope.edges(feature.edges, 'edges');
  return scope.bodies.map((body) => {
    const edges = found.filter((item) => item.body === body).map(({ shape }) => shape);
    if (edges.length === 0) return body;
    const radius = feature.bendRadius ?? settingsOf(scope, body)?.bendRadius_mm;
    if (radius === undefined)
      throw refused(
        'sheet.no-radius',
        'The body is no sheet of this part, so it has no bend radius of its own.',
        'Give the bend radius.',
      );
    return flanged(scope, body, edges, height, angle, positiveLength(radius, 'bend radius'));
  });
};

function flanged(
  scope: OperationScope,
  body: BodyState,
  edges: readonly TopoDS_Shape[],
  height_mm: number,
  angle_rad: number,
  radius_mm: number,
): BodyState {
  const faces = facesOf(scope.oc, scope.own, body.shape);
  const flanges = edges.map((edge) => flangeAt(scope, body, faces, edge, height_mm, angle_rad, radius_mm));
  flanges.forEach((flange, i) => {
    for (const other of [body, ...flanges.slice(0, i)]) refuseCollision(scope, flange, other);
  });
  const result = booleanOf(scope, 'add', body, flanges);
  if (!result) throw refused('sheet.flange', 'The flange cannot be joined with the sheet.', 'Choose another edge.');
  return bodyOf(body.name, result);
}

/** mm^3 in common that are no collision. */
const TOUCHING_MM3 = 1e-6;

function refuseCollision({ oc, own }: OperationScope, a: NamedShape, b: NamedShape): void {
  const common = own(new oc.BRepAlgoAPI_Common(a.shape, b.shape, own(new oc.Message_ProgressRange())));
  if (common.HasErrors() || volumeOf(oc, own(common.Shape())) > TOUCHING_MM3)
    throw refused(
      'sheet.collides',
      'The flange would run into the sheet or into another flange.',
      'Make it lower, bend it the other way, or leave a gap at the corner of the plate.',
    );
}

interface Place {
  /** Along the edge. */
  from: Vector3;
  to: Vector3;
  /** Out of the plate, and to the side that the flange turns to. */
  out: Vector3;
  up: Vector3;
  thickness_mm: number;
  /** Name of the thickness face. */
  key: string;
}

function flangeAt(
  scope: OperationScope,
  body: BodyState,
  faces: Faces,
  edge: TopoDS_Shape,
  height_mm: number,
  angle_rad: number,
  radius_mm: number,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const { from, to, out, up, thickness_mm, key } = placeOf(scope, body, faces, edge);
  const outer = radius_mm + thickness_mm;
  const set_back = outer * (angle_rad <= Math.PI / 2 + 1e-12 ? Math.tan(angle_rad / 2) : 1);
  const flat = height_mm - set_back;
  if (flat <= 1e-6)
    throw refused(
      'sheet.flange-too-low',
      `A flange of ${Number(height_mm.toPrecision(6))} mm ends before its bend does.`,
      `Make it higher than ${Number(set_back.toPrecision(4))} mm, or the bend radius smaller.`,
    );
  const down = scale(up, -thickness_mm);
  const corners = [from, to, add(to, down), add(from, down)];
  const wire = own(new oc.BRepBuilderAPI_MakeWire());
  const sides = corners.map((corner, i) => {
    wire.Add(own(own(new oc.BRepBuilderAPI_MakeEdge(make.point(corner), make.point(corners[(i + 1) % 4]!))).Edge()));
    return own(wire.Edge());
  });
  const section = own(own(new oc.BRepBuilderAPI_MakeFace(own(wire.Wire()), true)).Face());
  const axis = add(from, scale(up, radius_mm));
  // Turning about the axis takes "out" to "up".
  const turn = make.axis(axis, cross(out, up));
  const bend = own(new oc.BRepPrimAPI_MakeRevol(section, turn, angle_rad, false));
  const end = own(bend.LastShape());
  const towards = add(scale(out, Math.cos(angle_rad)), scale(up, Math.sin(angle_rad)));
  const plate = own(new oc.BRepPrimAPI_MakePrism(end, make.vector(scale(towards, flat)), false, true));
  const roles: [string, string][] = [
    ['bend-inner', 'inner'],
    ['bend-end', 'end'],
    ['bend-outer', 'outer'],
    ['bend-end', 'end'],
  ];
  const bendNames = new GeneratedNames(scope);
  const plateNames = new GeneratedNames(scope);
  sides.forEach((side, i) => {
    const [bendRole, plateRole] = roles[i]!;
    bendNames.giveGenerated(bend, side, roleName(id, bendRole, key));
    const turned = own(own(bend.Generated(side)).First());
    const last = lastEdgeOf(scope, turned, end);
    if (last) plateNames.giveGenerated(plate, last, roleName(id, plateRole, key));
  });
  plateNames.give([own(plate.LastShape())], roleName(id, 'tip', key));
  const made = booleanOf(scope, 'add', bendNames.of(outwards(scope, own(bend.Shape()))), [
    plateNames.of(outwards(scope, own(plate.Shape()))),
  ]);
  if (!made) throw refused('sheet.flange', 'The flange cannot be made.', 'Change its dimensions.');
  return made;
}

/** The edge that a turned face shares with the end of the bend. */
function lastEdgeOf({ oc, own }: OperationScope, turned: TopoDS_Shape, end: TopoDS_Shape): TopoDS_Shape | undefined {
  const edges = mapShapes(oc, own, end, 'EDGE');
  return mapShapes(oc, own, turned, 'EDGE').shapes.find((edge) => edges.indexOf(edge) >= 0);
}

/** @throws ArtificerError `sheet.edge` for an edge that is not between a large face and the thickness of a sheet */
function placeOf(scope: OperationScope, body: BodyState, faces: Faces, edge: TopoDS_Shape): Place {
  const { oc, own } = scope;
  const beside = faces.shapes.shapes.flatMap((_, at) =>
    faces.around(at).some((each) => each.edge.IsSame(edge)) ? [at] : [],
  );
  const infos = beside.map((at) => faces.info(at));
  const curve = own(new oc.BRepAdaptor_Curve(own(oc.TopoDS.Edge(edge))));
  if (beside.length !== 2 || curve.GetType() !== 'GeomAbs_Line' || infos.some(({ type }) => type !== 'plane'))
    throw notAnEdge();
  const [large, small] = infos[0]!.area_mm2 >= infos[1]!.area_mm2 ? [0, 1] : [1, 0];
  const up = infos[large]!.normal!;
  const out = infos[small]!.normal!;
  if (Math.abs(dot(up, out)) > 1e-9) throw notAnEdge();
  const { start, end } = endsOf(scope, own(oc.TopoDS.Edge(edge)));
  // The thickness: how far the small face goes down from the edge; it must be a rectangle along it.
  const opposite = faces
    .around(beside[small]!)
    .map(({ face }) => faces.info(face))
    .find(({ type, normal }) => type === 'plane' && normal !== undefined && dot(normal, up) < -1 + 1e-9);
  if (!opposite) throw notAnEdge();
  const thickness_mm = dot(subtract(start, opposite.centroid_mm), up);
  const known_mm = settingsOf(scope, body)?.thickness_mm ?? thickness_mm;
  if (Math.abs(known_mm - thickness_mm) > 1e-6) throw notAnEdge();
  const span = length(subtract(end, start));
  if (!(thickness_mm > 0) || Math.abs(infos[small]!.area_mm2 - thickness_mm * span) > 1e-6 * span * thickness_mm)
    throw notAnEdge();
  const key = body.faceNames[beside[small]!]?.[0] ?? `${beside[small]}`;
  // From and to so that the turn is right-handed.
  const along = unit(cross(up, out))!;
  const [from, to] = dot(subtract(end, start), along) > 0 ? [start, end] : [end, start];
  return { from, to, out, up, thickness_mm, key };
}

const notAnEdge = () =>
  refused(
    'sheet.edge',
    'The edge is not a straight edge between a face of the sheet and its thickness.',
    'Choose a long straight edge of the plate, on the side to which the flange is to be bent.',
  );
