/** Triangles and polylines of one body as a bundle, through the extractor that copies whole arrays out of the heap. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { encodeBundle } from '../../../preload/contract/bundle.ts';
import type { TessellationMeta } from '../../../preload/contract/geometry.ts';
import { scoped } from '../scope.ts';
import type { Topology } from './describe.ts';
import type { Occt } from './occt.ts';
import type { ShapeIndex } from './topology.ts';
import { take } from './vectors.ts';

export interface Deflection {
  linearDeflection_mm: number;
  angularDeflection_rad: number;
}

export function tessellate(
  oc: Occt,
  shape: TopoDS_Shape,
  topology: Topology,
  deflection: Deflection,
  quality: TessellationMeta['quality'],
): Uint8Array<ArrayBuffer> {
  const meta: TessellationMeta = { ...deflection, quality };
  const triangles = trianglesOf(oc, shape, topology.faces, deflection);
  const lines = linesOf(oc, shape, topology.edges, deflection);
  const vertexPoints = new Float32Array(topology.vertices.size * 3);
  topology.vertices.shapes.forEach((vertex, index) => {
    scoped((own) => vertexPoints.set(take(oc.BRep_Tool.Pnt(own(oc.TopoDS.Vertex(vertex)))), index * 3));
  });
  return encodeBundle({ meta, arrays: { ...triangles, ...lines, vertexPoints } });
}

function trianglesOf(oc: Occt, shape: TopoDS_Shape, faces: ShapeIndex, deflection: Deflection) {
  if (faces.size === 0) {
    const none = new Float32Array(0);
    return { positions: none, normals: none, indices: new Uint32Array(0), faceOfTriangle: new Uint32Array(0) };
  }
  return scoped((own) => {
    const { linearDeflection_mm, angularDeflection_rad } = deflection;
    const data = own(oc.ReplicadMeshExtractor.extract(shape, linearDeflection_mm, angularDeflection_rad, false));
    // Only now: extracting may have grown the heap, and views of the old one would be detached.
    const heap = oc.wasmMemory.buffer;
    const positions = new Float32Array(heap, data.getVerticesPtr(), data.getVerticesSize()).slice();
    const normals = new Float32Array(heap, data.getNormalsPtr(), data.getNormalsSize()).slice();
    const indices = new Uint32Array(heap, data.getTrianglesPtr(), data.getTrianglesSize()).slice();
    const groups = new Int32Array(heap, data.getFaceGroupsPtr(), data.getFaceGroupsSize());
    const faceOfTriangle = new Uint32Array(indices.length / 3);
    const taken = new Set<number>();
    for (let g = 0; g + 2 < groups.length; g += 3) {
      const start = groups[g]! / 3;
      faceOfTriangle.fill(pick(faces, groups[g + 2]!, taken), start, start + groups[g + 1]! / 3);
    }
    return { positions, normals, indices, faceOfTriangle };
  });
}

function linesOf(oc: Occt, shape: TopoDS_Shape, edges: ShapeIndex, deflection: Deflection) {
  const lines: (Float32Array | undefined)[] = new Array(edges.size);
  scoped((own) => {
    const { linearDeflection_mm, angularDeflection_rad } = deflection;
    const data = own(oc.ReplicadEdgeMeshExtractor.extract(shape, linearDeflection_mm, angularDeflection_rad));
    const heap = oc.wasmMemory.buffer;
    const points = new Float32Array(heap, data.getLinesPtr(), data.getLinesSize());
    const groups = new Int32Array(heap, data.getEdgeGroupsPtr(), data.getEdgeGroupsSize());
    const taken = new Set<number>();
    for (let g = 0; g + 2 < groups.length; g += 3) {
      const start = groups[g]! * 3;
      lines[pick(edges, groups[g + 2]!, taken)] = points.slice(start, start + groups[g + 1]! * 3);
    }
  });
  return packedLines(lines);
}

/** One polyline per edge, one after the other; empty for an edge without one. */
export function packedLines(lines: readonly (Float32Array | undefined)[]) {
  const edgeOffsets = new Uint32Array(lines.length + 1);
  for (let e = 0; e < lines.length; e++) edgeOffsets[e + 1] = edgeOffsets[e]! + (lines[e]?.length ?? 0) / 3;
  const edgePoints = new Float32Array(edgeOffsets[lines.length]! * 3);
  lines.forEach((line, e) => {
    if (line) edgePoints.set(line, edgeOffsets[e]! * 3);
  });
  return { edgePoints, edgeOffsets };
}

/** The extractor names shapes by hash. Two shapes with one hash are told apart by order, which is the explorer's in both. */
function pick(index: ShapeIndex, hash: number, taken: Set<number>): number {
  const candidates = index.indicesOfHash(hash);
  const found = candidates.find((candidate) => !taken.has(candidate)) ?? candidates[0];
  if (found === undefined) throw new Error('the extractor names a shape that the body does not have');
  taken.add(found);
  return found;
}
