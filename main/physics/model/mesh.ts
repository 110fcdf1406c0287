/**
 * The finite-element mesh of a study: second-order tetrahedra of all bodies, and which facets, nodes lie on which face, edge
 * and vertex of the geometry. Faces, edges and vertices are counted over all bodies in order ("global" indices).
 */
import { TETRAHEDRON_EDGES } from '../elements/tetrahedron10.ts';
import type { SingleLayerWalls } from '../mesher/walls.ts';

export interface VolumeMesh {
  /** 3n, mm. */
  nodes: Float64Array;
  /** 10m node indices, C3D10 order. */
  elements: Int32Array;
  /** m: index of the solid each element fills, counted over all bodies. */
  elementSolid: Int32Array;
  /** 6t node indices of the boundary facets: corners, then midsides 01, 12, 20. */
  facets: Int32Array;
  /** t: global face index of each facet. */
  facetFace: Int32Array;
  /** Nodes on each global edge: those of edge i are edgeNodes[edgeOffsets[i] .. edgeOffsets[i + 1]]. */
  edgeOffsets: Int32Array;
  edgeNodes: Int32Array;
  /** Node on each global vertex, or -1 where the mesh has none. */
  vertexNodes: Int32Array;
  /** Elements whose curved sides were straightened because they would have been inverted. */
  straightened: number;
  /** Where one element alone stands through a wall, as the mesher found; meshes from elsewhere do not say. */
  walls?: SingleLayerWalls;
  /** Largest element edge that was asked for, mm. */
  size_mm: number;
}

export const nodeCount = (mesh: VolumeMesh): number => mesh.nodes.length / 3;
export const elementCount = (mesh: VolumeMesh): number => mesh.elements.length / 10;
export const facetCount = (mesh: Pick<VolumeMesh, 'facets'>): number => mesh.facets.length / 6;

/** Puts every midside node in the middle of its corners: the faceted geometry of a first-order mesh. */
export function straightenSides({ nodes, elements }: VolumeMesh): void {
  for (let first = 0; first < elements.length; first += 10)
    TETRAHEDRON_EDGES.forEach(([a, b], side) => {
      for (let axis = 0; axis < 3; axis++)
        nodes[3 * elements[first + 4 + side]! + axis] =
          (nodes[3 * elements[first + a]! + axis]! + nodes[3 * elements[first + b]! + axis]!) / 2;
    });
}
