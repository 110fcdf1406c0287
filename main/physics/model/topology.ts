/**
 * Where each body's faces, edges, vertices and solids begin in the counts over all bodies. The mesher numbers the compound of
 * all bodies by `TopExp::MapShapes`, which visits the bodies in order.
 */
import type { BodyInfo } from '../../../preload/contract/geometry.ts';

export interface BodyOffsets {
  faces: number[];
  edges: number[];
  vertices: number[];
  solids: number[];
  counts: { faces: number; edges: number; vertices: number; solids: number };
}

export function bodyOffsets(infos: readonly BodyInfo[]): BodyOffsets {
  const offsets: BodyOffsets = {
    faces: [],
    edges: [],
    vertices: [],
    solids: [],
    counts: { faces: 0, edges: 0, vertices: 0, solids: 0 },
  };
  for (const info of infos) {
    offsets.faces.push(offsets.counts.faces);
    offsets.edges.push(offsets.counts.edges);
    offsets.vertices.push(offsets.counts.vertices);
    offsets.solids.push(offsets.counts.solids);
    offsets.counts.faces += info.faces.length;
    offsets.counts.edges += info.edges.length;
    offsets.counts.vertices += info.vertices_mm.length;
    offsets.counts.solids += Math.max(1, info.solids);
  }
  return offsets;
}

/** The last index whose offset does not exceed `value`. */
export function ownerOf(offsets: readonly number[], value: number): number {
  let owner = 0;
  for (let index = 0; index < offsets.length; index++) if (offsets[index]! <= value) owner = index;
  return owner;
}
