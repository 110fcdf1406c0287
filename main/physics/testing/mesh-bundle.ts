/** A mesh as the mesher would hand it over, for tests without a mesher. */
import { encodeBundle } from '../../../preload/contract/bundle.ts';
import type { VolumeMesh } from '../model/mesh.ts';

export const meshBundle = (mesh: VolumeMesh): Uint8Array =>
  encodeBundle({
    meta: { straightened: mesh.straightened },
    arrays: {
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementSolid: mesh.elementSolid,
      facets: mesh.facets,
      facetFace: mesh.facetFace,
      edgeOffsets: mesh.edgeOffsets,
      edgeNodes: mesh.edgeNodes,
      vertexNodes: mesh.vertexNodes,
    },
  });
