/** What a mesh file holds, whatever its format: plain data, millimetres, Z up, vertices shared between triangles. */
import type { Colour } from '../../../../preload/contract/geometry.ts';
import type { ImportedInstance, Warning } from '../../port.ts';

export const MESH_FORMATS = ['stl', 'obj', 'ply', '3mf', 'gltf', 'glb'] as const;
export type MeshFormat = (typeof MESH_FORMATS)[number];

export interface MeshBody {
  name: string;
  colour?: Colour;
  /** x y z of each vertex, mm. */
  positions_mm: Float64Array;
  /** Three vertex indices a triangle, counter-clockwise seen from outside. */
  indices: Uint32Array;
  /** Triangles of the file that had collapsed to a line or a point and are not among `indices`. */
  collapsedTriangles?: number;
  /** Unit normals of the vertices, where a writer should keep them; readers give none. */
  normals?: Float32Array;
  /** Colours of single triangles, where they differ within the body: an index into `palette`, or -1 for the body's own. */
  triangleColours?: { palette: Colour[]; ofTriangle: Int32Array };
}

export interface MeshPart {
  /** Unique within the file, and the same whenever the same bytes are read. */
  key: string;
  name: string;
  colour?: Colour;
  bodies: MeshBody[];
}

export interface MeshModel {
  parts: MeshPart[];
  /** Transforms are rigid: scales and mirrors have been applied to the parts. */
  instances: ImportedInstance[];
  /** The file's own unit; `mm` where the format has none. */
  lengthUnit: string;
  originatingSystem: string;
  warnings: Warning[];
}

/** What the writers take: a model without what only reading finds out. */
export interface MeshExport {
  parts: MeshPart[];
  instances: ImportedInstance[];
}

export const triangleCount = (body: MeshBody): number => body.indices.length / 3;
