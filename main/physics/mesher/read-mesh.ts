/** Reads the mesher's bundle into a {@link VolumeMesh}. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { physicsFault } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { SingleLayerWalls } from './walls.ts';

interface MesherMeta {
  straightened?: number;
  walls?: SingleLayerWalls;
}

/** @param size_mm the largest element edge that was asked for */
export function readMesh(bytes: Uint8Array, size_mm: number): VolumeMesh {
  const { meta, arrays } = decodeBundle<MesherMeta>(bytes);
  const need = <T>(name: string): T => {
    const array = arrays[name];
    if (!array) throw physicsFault('mesh-format', 'The mesher answered with an incomplete mesh.', undefined, name);
    return array as T;
  };
  return {
    nodes: need<Float64Array>('nodes'),
    elements: need<Int32Array>('elements'),
    elementSolid: need<Int32Array>('elementSolid'),
    // The surface check turns facets in place, so the mesh must not share them with a cache.
    facets: need<Int32Array>('facets').slice(),
    facetFace: need<Int32Array>('facetFace'),
    edgeOffsets: need<Int32Array>('edgeOffsets'),
    edgeNodes: need<Int32Array>('edgeNodes'),
    vertexNodes: need<Int32Array>('vertexNodes'),
    straightened: meta.straightened ?? 0,
    ...(meta.walls ? { walls: meta.walls } : {}),
    size_mm,
  };
}
