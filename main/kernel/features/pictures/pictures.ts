/**
 * Tessellations of bodies between features, face by face: a face that was there before keeps its triangles. Neighbours meet
 * in the same points, because these depend on the edge between them and on the deflection alone.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { encodeBundle } from '../../../../preload/contract/bundle.ts';
import type { TessellationMeta } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';
import { type Deflection, packedLines } from '../../modeller/tessellate.ts';
import { mapShapes, type ShapeIndex } from '../../modeller/topology.ts';
import { take } from '../../modeller/vectors.ts';
import { scoped } from '../../scope.ts';
import type { BodyTopology } from '../scope/topology.ts';
import { boxAround } from '../shapes/solids.ts';
import type { FaceMesh, ShapeMemory } from './memory.ts';

/** Linear deflection as a fraction of the body's diagonal, and angular deflection. */
const QUALITIES = { coarse: { fraction: 0.01, angle_rad: 0.8 }, fine: { fraction: 0.001, angle_rad: 0.35 } };

export class Pictures {
  readonly #oc: Occt;
  readonly #memory: ShapeMemory;

  constructor(oc: Occt, memory: ShapeMemory) {
    this.#oc = oc;
    this.#memory = memory;
  }

  tessellationOf({ body, topology }: BodyTopology, quality: TessellationMeta['quality']): Uint8Array<ArrayBuffer> {
    const deflection = this.#deflection(body.shape, quality);
    const meshes = topology.faces.shapes.map((face) => this.#meshOf(face, deflection));
    const meta: TessellationMeta = { ...deflection, quality };
    const vertexPoints = new Float32Array(topology.vertices.size * 3);
    topology.vertices.shapes.forEach((vertex, index) => {
      scoped((own) => vertexPoints.set(take(this.#oc.BRep_Tool.Pnt(own(this.#oc.TopoDS.Vertex(vertex)))), index * 3));
    });
    const lines = this.#linesOf(topology.faces.shapes, topology.edges, meshes);
    return encodeBundle({ meta, arrays: { ...trianglesOf(meshes), ...lines, vertexPoints } });
  }

  /**
   * Relative to the body's size, in steps: otherwise a body that grows a little would need new triangles everywhere. Never
   * coarser than by the size itself.
   */
  #deflection(shape: TopoDS_Shape, quality: TessellationMeta['quality']): Deflection {
    const { min, max } = boxAround(this.#oc, shape);
    const diagonal_mm = Math.max(Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]), 1e-6);
    const stepped_mm = 2 ** (Math.floor(2 * Math.log2(diagonal_mm)) / 2);
    const { fraction, angle_rad } = QUALITIES[quality];
    return { linearDeflection_mm: Math.max(stepped_mm * fraction, 1e-7), angularDeflection_rad: angle_rad };
  }

  #meshOf(face: TopoDS_Shape, { linearDeflection_mm, angularDeflection_rad }: Deflection): FaceMesh {
    const known = this.#memory.face(face);
    known.meshes ??= new Map();
    const key = `${linearDeflection_mm}/${angularDeflection_rad}`;
    let mesh = known.meshes.get(key);
    if (!mesh) {
      mesh = this.#mesh(face, linearDeflection_mm, angularDeflection_rad);
      // Another deflection is another picture: the one before is not wanted any more, but for the coarse one.
      if (known.meshes.size > 1) known.meshes.clear();
      known.meshes.set(key, mesh);
    }
    return mesh;
  }

  #mesh(face: TopoDS_Shape, linear_mm: number, angular_rad: number): FaceMesh {
    const oc = this.#oc;
    return scoped((own) => {
      const data = own(oc.ReplicadMeshExtractor.extract(face, linear_mm, angular_rad, false));
      const edges = mapShapes(oc, own, face, 'EDGE');
      const edgeData = own(oc.ReplicadEdgeMeshExtractor.extract(face, linear_mm, angular_rad));
      // Only now: extracting may have grown the heap, and views of the old one would be detached.
      const heap = oc.wasmMemory.buffer;
      const lines: (Float32Array | undefined)[] = new Array(edges.size);
      const points = new Float32Array(heap, edgeData.getLinesPtr(), edgeData.getLinesSize());
      const groups = new Int32Array(heap, edgeData.getEdgeGroupsPtr(), edgeData.getEdgeGroupsSize());
      for (let g = 0; g + 2 < groups.length; g += 3) {
        const candidates = edges.indicesOfHash(groups[g + 2]!);
        const edge = candidates.find((index) => lines[index] === undefined) ?? candidates[0];
        const start = groups[g]! * 3;
        if (edge !== undefined) lines[edge] = points.slice(start, start + groups[g + 1]! * 3);
      }
      const mesh: FaceMesh = {
        positions: new Float32Array(heap, data.getVerticesPtr(), data.getVerticesSize()).slice(),
        normals: new Float32Array(heap, data.getNormalsPtr(), data.getNormalsSize()).slice(),
        indices: new Uint32Array(heap, data.getTrianglesPtr(), data.getTrianglesSize()).slice(),
        lines,
      };
      // The triangles are ours now; those on the shape would only take memory, and go into files.
      oc.BRepTools.Clean(face, true);
      return mesh;
    });
  }

  /** Every edge as the first of its faces has it. */
  #linesOf(faces: readonly TopoDS_Shape[], edges: ShapeIndex, meshes: readonly FaceMesh[]) {
    const lines: (Float32Array | undefined)[] = new Array(edges.size);
    faces.forEach((face, at) => {
      scoped((own) =>
        mapShapes(this.#oc, own, face, 'EDGE').shapes.forEach((edge, index) => {
          const number = edges.indexOf(edge);
          if (number >= 0) lines[number] ??= meshes[at]!.lines[index];
        }),
      );
    });
    return packedLines(lines);
  }
}

function trianglesOf(meshes: readonly FaceMesh[]) {
  const points = meshes.reduce((sum, { positions }) => sum + positions.length, 0);
  const corners = meshes.reduce((sum, { indices }) => sum + indices.length, 0);
  const positions = new Float32Array(points);
  const normals = new Float32Array(points);
  const indices = new Uint32Array(corners);
  const faceOfTriangle = new Uint32Array(corners / 3);
  let point = 0;
  let corner = 0;
  meshes.forEach((mesh, face) => {
    positions.set(mesh.positions, point);
    normals.set(mesh.normals, point);
    const first = point / 3;
    for (let i = 0; i < mesh.indices.length; i++) indices[corner + i] = mesh.indices[i]! + first;
    faceOfTriangle.fill(face, corner / 3, (corner + mesh.indices.length) / 3);
    point += mesh.positions.length;
    corner += mesh.indices.length;
  });
  return { positions, normals, indices, faceOfTriangle };
}
