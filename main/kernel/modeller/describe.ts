/** Everything about one body but its triangles: faces, edges, vertices, mass, box, validity. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { BodyInfo, BoundingBox, EdgeInfo, FaceInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { type Own, scoped } from '../scope.ts';
import { anglesOfEdges } from './dihedral.ts';
import { describeEdge } from './edges.ts';
import { describeFace } from './faces.ts';
import { isValid } from './kept.ts';
import { massOf } from './mass.ts';
import type { Occt } from './occt.ts';
import { countShapes, explore, mapShapes, type ShapeIndex } from './topology.ts';
import { take, takeBox } from './vectors.ts';

/** The sub-shapes of a body, each numbered once. */
export interface Topology {
  faces: ShapeIndex;
  edges: ShapeIndex;
  vertices: ShapeIndex;
}

export const topologyOf = (oc: Occt, own: Own, shape: TopoDS_Shape): Topology => ({
  faces: mapShapes(oc, own, shape, 'FACE'),
  edges: mapShapes(oc, own, shape, 'EDGE'),
  vertices: mapShapes(oc, own, shape, 'VERTEX'),
});

/** Remembers the descriptions of faces and edges that two bodies share. By default nothing is remembered. */
export interface KnownParts {
  face(index: number, describe: () => FaceInfo): FaceInfo;
  edge(index: number, describe: () => EdgeInfo): EdgeInfo;
  /** Angles of all edges; `measure` makes those between the faces that it is given. */
  angles(
    measure: (faces: readonly TopoDS_Shape[]) => (number | undefined)[],
    facesOfEdge: readonly (readonly number[])[],
  ): (number | undefined)[];
  valid(check: () => boolean): boolean;
  box(measure: () => BoundingBox, faces: readonly FaceInfo[]): BoundingBox;
}

/** The name is the caller's to give. */
export function describeBody(
  oc: Occt,
  own: Own,
  shape: TopoDS_Shape,
  topology: Topology,
  known?: KnownParts,
): BodyInfo {
  const { faces, edges, vertices } = topology;
  const solids = countShapes(oc, own, shape, 'SOLID');
  const kind = solids > 0 ? 'solid' : faces.size > 0 ? 'shell' : 'wire';
  const points = vertices.shapes.map((vertex) =>
    scoped((mine) => take(oc.BRep_Tool.Pnt(mine(oc.TopoDS.Vertex(vertex))))),
  );
  const edgesOfFace = faces.shapes.map((face) => indicesWithin(oc, face, 'EDGE', edges));
  const facesOfEdge: number[][] = edges.shapes.map(() => []);
  edgesOfFace.forEach((list, face) => {
    for (const edge of list) facesOfEdge[edge]?.push(face);
  });
  const faceInfos = faces.shapes.map((face, index) => {
    const describe = () => scoped((mine) => describeFace(oc, mine(oc.TopoDS.Face(face)), edgesOfFace[index]!));
    return known ? { ...known.face(index, describe), edges: edgesOfFace[index]! } : describe();
  });
  const measureAngles = (among: readonly TopoDS_Shape[]) => anglesOfEdges(oc, among, edges);
  const angles = known ? known.angles(measureAngles, facesOfEdge) : measureAngles(faces.shapes);
  const check = () => isValid(oc, shape);
  const measureBox = () => boxOf(oc, shape, faces.size);
  return {
    name: '',
    kind,
    valid: known ? known.valid(check) : check(),
    box: known ? known.box(measureBox, faceInfos) : measureBox(),
    mass: massOf(oc, shape, kind, faceInfos),
    faces: faceInfos,
    edges: edges.shapes.map((edge, index) =>
      scoped((mine) => {
        const ends = indicesWithin(oc, edge, 'VERTEX', vertices);
        const places = ends.map((end): Vector3 => points[end]!);
        const describe = () => describeEdge(oc, mine(oc.TopoDS.Edge(edge)), places, ends, facesOfEdge[index]!);
        const info = known
          ? { ...known.edge(index, describe), vertices: ends, faces: facesOfEdge[index]! }
          : describe();
        const angle_rad = angles[index];
        return angle_rad === undefined ? info : { ...info, angle_rad };
      }),
    ),
    vertices_mm: points,
    solids,
    shells: countShapes(oc, own, shape, 'SHELL'),
  };
}

function indicesWithin(oc: Occt, shape: TopoDS_Shape, kind: 'EDGE' | 'VERTEX', index: ShapeIndex): number[] {
  const found = new Set<number>();
  scoped((own) =>
    explore(oc, own, shape, kind, (part) => {
      const at = index.indexOf(part);
      if (at >= 0) found.add(at);
      part.delete();
    }),
  );
  return [...found];
}

/** Tight up to this many faces; beyond, finding the extremes of every surface would take longer than reading the file. */
const TIGHT_BOX_FACES = 3000;

function boxOf(oc: Occt, shape: TopoDS_Shape, faces: number): BoundingBox {
  const box = new oc.Bnd_Box();
  if (faces <= TIGHT_BOX_FACES) oc.BRepBndLib.AddOptimal(shape, box, false, false);
  else oc.BRepBndLib.Add(shape, box, false);
  return takeBox(box);
}
