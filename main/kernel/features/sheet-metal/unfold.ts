/**
 * The flat pattern: the sheet rolled out from a face that stays. Every bend becomes a strip as long as its neutral axis;
 * flat faces keep their names, and the edges of the strips are the bend lines.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { FaceInfo, Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { add, cross, dot, length, scale, subtract, unit } from '../../modeller/vectors.ts';
import { bodyOf } from '../combine.ts';
import { coaxial, type Faces, facesOf } from '../direct/face-groups.ts';
import { isSmooth } from '../direct/smooth.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import type { BodyState, Operation, OperationScope } from '../operation.ts';
import { listOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { plainSolid, volumeOf } from '../shapes/solids.ts';
import { outwards } from '../surfaces/compound.ts';
import { GeneratedNames } from '../surfaces/name-faces.ts';
import { endsOf } from '../surfaces/sweep.ts';
import { bendAllowance, DEFAULT_K_FACTOR, settingsOf } from './sheet.ts';

export const unfold: Operation<'unfold'> = (feature, scope) => {
  const [fixed] = scope.faces([feature.fixed], 'fixed');
  const body = fixed!.body;
  const flat = unfolded(scope, body, fixed!.index);
  return scope.bodies.map((each) => (each === body ? bodyOf(body.name, flat) : each));
};

/** Right-handed: x along the bend line, y away from what is placed already, z out of the face. */
interface Corner {
  origin_mm: Vector3;
  x: Vector3;
  y: Vector3;
  z: Vector3;
}
type Placement = (point: Vector3) => Vector3;

const same: Placement = (point) => point;
/** Moves one corner onto another. */
const onto =
  (from: Corner, to: Corner): Placement =>
  (point) => {
    const d = subtract(point, from.origin_mm);
    return add(
      to.origin_mm,
      add(add(scale(to.x, dot(d, from.x)), scale(to.y, dot(d, from.y))), scale(to.z, dot(d, from.z))),
    );
  };

function unfolded(scope: OperationScope, body: BodyState, fixed: number): NamedShape {
  const faces = facesOf(scope.oc, scope.own, body.shape);
  const { normal, type } = faces.info(fixed);
  if (type !== 'plane' || !normal)
    throw refused('unfold.fixed', 'The face that stays must be flat.', 'Choose a large flat face of the sheet.');
  const thickness = thicknessAt(faces, fixed);
  const kFactor = settingsOf(scope, body)?.kFactor ?? DEFAULT_K_FACTOR;
  const pieces: NamedShape[] = [];
  const placed = new Map<number, Placement>([[fixed, same]]);
  const queue = [fixed];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const place = placed.get(at)!;
    pieces.push(flatPiece(scope, body, faces, at, thickness, place));
    for (const { face: bend, edge } of faces.around(at)) {
      if (faces.info(bend).type !== 'cylinder' || !isSmooth(scope, faces, at, bend, edge) || placed.has(bend)) continue;
      const rolled = rollOut(scope, faces, at, bend, edge, thickness, kFactor);
      placed.set(bend, place);
      pieces.push(strip(scope, body, faces, at, bend, rolled, thickness, place));
      if (placed.has(rolled.next))
        throw refused(
          'unfold.ring',
          'The sheet is closed round its bends: it cannot be unfolded without a slit.',
          'Cut a slit along an edge first.',
        );
      placed.set(rolled.next, (point) => place(rolled.placement(point)));
      queue.push(rolled.next);
    }
  }
  return joined(scope, pieces);
}

/** @throws ArtificerError `unfold.no-sheet` */
function thicknessAt(faces: Faces, at: number): number {
  const { normal, centroid_mm } = faces.info(at);
  const distances = faces.shapes.shapes.flatMap((_, other) => {
    const info = faces.info(other);
    if (info.type !== 'plane' || !info.normal || dot(info.normal, normal!) > -1 + 1e-9) return [];
    const distance = dot(subtract(centroid_mm, info.centroid_mm), normal!);
    return distance > 1e-6 ? [distance] : [];
  });
  if (distances.length === 0)
    throw refused(
      'unfold.no-sheet',
      'There is no other side of the sheet behind this face.',
      'Choose a face of a sheet.',
    );
  return Math.min(...distances);
}

interface RolledOut {
  next: number;
  placement: Placement;
  /** Corners of the strip before it is placed. */
  corners: [Vector3, Vector3, Vector3, Vector3];
  /** The bend line on this side and on the other. */
  edges: [TopoDS_Shape, TopoDS_Shape];
}

function rollOut(
  scope: OperationScope,
  faces: Faces,
  at: number,
  bend: number,
  edge: TopoDS_Shape,
  thickness_mm: number,
  kFactor: number,
): RolledOut {
  const { oc, own } = scope;
  const { axis, radius_mm, concave, centroid_mm } = faces.info(bend);
  const { direction, origin_mm } = axis!;
  const lines = faces.around(bend).filter(({ face, edge: other }) => {
    return faces.info(face).type === 'plane' && !other.IsSame(edge) && isSmooth(scope, faces, bend, face, other);
  });
  const [far, ...more] = lines;
  if (!far || more.length > 0 || faces.around(bend).length !== 4)
    throw refused(
      'unfold.bend',
      'A bend is cut by something, or does not end in one flat face.',
      'Unfold before cutting across bends.',
    );
  const { UMin, UMax } = oc.BRepTools.UVBounds(faces.face(bend));
  const angle = UMax - UMin;
  const inner = concave ? radius_mm! : radius_mm! - thickness_mm;
  const allowance = bendAllowance(angle, inner, thickness_mm, kFactor);
  const frame = (line: TopoDS_Shape, onFace: number, towardsBend: boolean): Corner => {
    const { start } = endsOf(scope, own(oc.TopoDS.Edge(line)));
    const out = subtract(start, add(origin_mm, scale(direction, dot(subtract(start, origin_mm), direction))));
    const along = unit(cross(direction, out))!;
    const sign = dot(along, subtract(centroid_mm, start)) > 0 === towardsBend ? 1 : -1;
    const y = scale(along, sign);
    const z = faces.info(onFace).normal!;
    return { origin_mm: start, x: cross(y, z), y, z };
  };
  const here = frame(edge, at, true);
  const there = frame(far.edge, far.face, false);
  const shift = dot(subtract(there.origin_mm, here.origin_mm), here.x);
  const target: Corner = {
    ...here,
    origin_mm: add(here.origin_mm, add(scale(here.y, allowance), scale(here.x, shift))),
  };
  const { start, end } = endsOf(scope, own(oc.TopoDS.Edge(edge)));
  const over = scale(here.y, allowance);
  if (
    Math.abs(length(subtract(end, start)) * angle * radius_mm! - faces.info(bend).area_mm2) >
    1e-6 * faces.info(bend).area_mm2
  )
    throw refused('unfold.bend', 'A bend is cut by something.', 'Unfold before cutting across bends.');
  return {
    next: far.face,
    placement: onto(there, target),
    corners: [start, end, add(end, over), add(start, over)],
    edges: [edge, far.edge],
  };
}

/** A flat face with what is behind it, where it comes to lie. */
function flatPiece(
  scope: OperationScope,
  body: BodyState,
  faces: Faces,
  at: number,
  thickness_mm: number,
  place: Placement,
): NamedShape {
  const { oc, own } = scope;
  const make = new Make(scope);
  const info = faces.info(at);
  const [o, x, y, z] = [
    place([0, 0, 0]),
    ...[[1, 0, 0] as Vector3, [0, 1, 0] as Vector3, [0, 0, 1] as Vector3].map((axis) =>
      subtract(place(axis), place([0, 0, 0])),
    ),
  ] as [Vector3, Vector3, Vector3, Vector3];
  const motion = make.transform([x[0], y[0], z[0], o[0], x[1], y[1], z[1], o[1], x[2], y[2], z[2], o[2]]);
  const moved = own(new oc.BRepBuilderAPI_Transform(faces.face(at), motion, true, false));
  const inwards = subtract(place(add(info.centroid_mm, info.normal!)), place(info.centroid_mm));
  const prism = own(
    new oc.BRepPrimAPI_MakePrism(own(moved.Shape()), make.vector(scale(inwards, -thickness_mm)), false, true),
  );
  const names = new GeneratedNames(scope);
  const namesOf = (face: number): readonly string[] => body.faceNames[face] ?? [];
  names.give([own(prism.FirstShape())], namesOf(at));
  names.give([own(prism.LastShape())], otherSide(faces, at, thickness_mm).flatMap(namesOf));
  for (const { face, edge } of faces.around(at))
    names.giveGenerated(prism, own(moved.ModifiedShape(edge)), namesOf(face));
  return names.of(outwards(scope, own(prism.Shape())));
}

/** A bend as the strip that it is rolled out to. */
function strip(
  scope: OperationScope,
  body: BodyState,
  faces: Faces,
  at: number,
  bend: number,
  { corners }: RolledOut,
  thickness_mm: number,
  place: Placement,
): NamedShape {
  const { oc, own } = scope;
  const make = new Make(scope);
  const [a, b, c, d] = corners.map(place) as [Vector3, Vector3, Vector3, Vector3];
  const wire = own(new oc.BRepBuilderAPI_MakeWire());
  const points = [a, b, c, d];
  points.forEach((point, i) => {
    wire.Add(own(own(new oc.BRepBuilderAPI_MakeEdge(make.point(point), make.point(points[(i + 1) % 4]!))).Edge()));
  });
  const face = own(own(new oc.BRepBuilderAPI_MakeFace(own(wire.Wire()), true)).Face());
  const { normal, centroid_mm } = faces.info(at);
  const upwards = subtract(place(add(centroid_mm, normal!)), place(centroid_mm));
  const prism = own(new oc.BRepPrimAPI_MakePrism(face, make.vector(scale(upwards, -thickness_mm)), false, true));
  const names = new GeneratedNames(scope);
  const info = faces.info(bend);
  const partner = faces.shapes.shapes.flatMap((_, other) => {
    const each = faces.info(other);
    const apart = each.type === 'cylinder' ? Math.abs(each.radius_mm! - info.radius_mm!) : 0;
    return coaxialBends(info, each) && Math.abs(apart - thickness_mm) < 1e-6 ? [other] : [];
  });
  names.give([own(prism.FirstShape())], body.faceNames[bend] ?? []);
  names.give(
    [own(prism.LastShape())],
    partner.flatMap((at) => body.faceNames[at] ?? []),
  );
  const ends = faces.around(bend).filter(({ face: near, edge }) => !isSmooth(scope, faces, bend, near, edge));
  for (const corner of [1, 3]) {
    const from = points[corner]!;
    const to = points[(corner + 1) % 4]!;
    const side = mapShapes(oc, own, face, 'EDGE').shapes.find((edge) => {
      const line = endsOf(scope, own(oc.TopoDS.Edge(edge)));
      const hits = (p: Vector3): boolean =>
        length(subtract(p, line.start)) < 1e-6 || length(subtract(p, line.end)) < 1e-6;
      return hits(from) && hits(to);
    });
    const nearest = ends
      .map(({ face: near, edge }) => {
        const { start } = endsOf(scope, own(oc.TopoDS.Edge(edge)));
        return { near, distance: Math.abs(dot(subtract(start, corners[corner]!), info.axis!.direction)) };
      })
      .sort((p, q) => p.distance - q.distance)[0];
    if (side && nearest) names.giveGenerated(prism, side, body.faceNames[nearest.near] ?? []);
  }
  return names.of(outwards(scope, own(prism.Shape())));
}

const coaxialBends = (a: FaceInfo, b: FaceInfo): boolean => b.type === 'cylinder' && coaxial(a, b);

/** The face behind a flat face. */
function otherSide(faces: Faces, at: number, thickness_mm: number): number[] {
  const { normal, centroid_mm } = faces.info(at);
  const behind = subtract(centroid_mm, scale(normal!, thickness_mm));
  const found = faces.shapes.shapes
    .flatMap((_, other) => {
      const info = faces.info(other);
      if (info.type !== 'plane' || !info.normal || dot(info.normal, normal!) > -1 + 1e-9) return [];
      const off = subtract(info.centroid_mm, behind);
      return Math.abs(dot(off, normal!)) < 1e-6 ? [{ other, distance: length(off) }] : [];
    })
    .sort((a, b) => a.distance - b.distance);
  return found.slice(0, 1).map(({ other }) => other);
}

/** All pieces as one solid; bend lines stay. */
function joined(scope: OperationScope, pieces: readonly NamedShape[]): NamedShape {
  const { oc, own, id } = scope;
  const [first, ...rest] = pieces;
  if (rest.length === 0) return first!;
  const algorithm = own(new oc.BRepAlgoAPI_Fuse());
  algorithm.SetArguments(listOf(oc, own, [first!.shape]));
  algorithm.SetTools(
    listOf(
      oc,
      own,
      rest.map(({ shape }) => shape),
    ),
  );
  algorithm.SetToFillHistory(true);
  algorithm.Build(new Make(scope).progress());
  const plain = algorithm.HasErrors() ? undefined : plainSolid(oc, own, own(algorithm.Shape()));
  const whole = pieces.reduce((sum, { shape }) => sum + volumeOf(oc, shape), 0);
  if (plain?.solids !== 1 || Math.abs(volumeOf(oc, plain.shape) - whole) > 1e-6 * whole)
    throw refused(
      'unfold.overlaps',
      'The flat pattern would overlap itself.',
      'Change the flanges so that they do not lie on each other when they are rolled out.',
    );
  const faceNames = follow({ oc, id, history: algorithm, inputs: pieces, result: plain.shape });
  return { shape: plain.shape, faceNames };
}
