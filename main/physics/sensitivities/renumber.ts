/** Changed bodies with their faces, edges and vertices in the order of the bodies before: as a mesh of those knows them. */
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import { bodyOffsets } from '../model/topology.ts';
import type { Correspondence } from './correspondence.ts';

/** @param correspondence of each face, edge and vertex before, its number afterwards, over all bodies */
export function renumbered(after: readonly BodyInfo[], correspondence: Correspondence): BodyInfo[] {
  const offsets = bodyOffsets(after);
  return after.map((info, body) => {
    const order = (kind: 'faces' | 'edges' | 'vertices', count: number): { was: number[]; of: number[] } => {
      const first = offsets[kind][body]!;
      const was = correspondence[kind].slice(first, first + count).map((number) => number - first);
      const of = new Array<number>(count).fill(-1);
      was.forEach((number, index) => {
        of[number] = index;
      });
      return { was, of };
    };
    const faces = order('faces', info.faces.length);
    const edges = order('edges', info.edges.length);
    const vertices = order('vertices', info.vertices_mm.length);
    return {
      ...info,
      faces: faces.was.map((number) => {
        const face = info.faces[number]!;
        return { ...face, edges: face.edges.map((edge) => edges.of[edge]!) };
      }),
      edges: edges.was.map((number) => {
        const edge = info.edges[number]!;
        return {
          ...edge,
          faces: edge.faces.map((face) => faces.of[face]!),
          vertices: edge.vertices.map((vertex) => vertices.of[vertex]!),
        };
      }),
      vertices_mm: vertices.was.map((number) => info.vertices_mm[number]!),
    };
  });
}
