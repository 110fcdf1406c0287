/** Packs a solution into the fields bundle that the window paints, in single precision. Layout: FieldsMeta in the contract. */
import type { StaticSolution } from '../../../native/index.d.ts';
import { type BundleArray, encodeBundle } from '../../../preload/contract/bundle.ts';
import type { FieldsMeta } from '../../../preload/contract/studies.ts';
import { facetCount, type VolumeMesh } from '../model/mesh.ts';
import { ownerOf } from '../model/topology.ts';
import type { Strength } from './quantities.ts';

/** FieldsMeta and how each body's material is judged, which probes need. */
export interface StaticFieldsMeta extends FieldsMeta {
  strengths?: (Strength | null)[];
}

/** The four triangles of a 6-node facet, outward like the facet. */
const QUARTERS = [
  [0, 3, 5],
  [3, 1, 4],
  [5, 4, 2],
  [3, 4, 5],
] as const;

/** Surface of the mesh as drawn: triangles with face and body, and the element edges. Face indices are those of the body. */
export function surfaceArrays(
  mesh: Pick<VolumeMesh, 'nodes' | 'facets' | 'facetFace'>,
  firstFace: readonly number[],
): Record<'surfaceTriangles' | 'surfaceFace' | 'surfaceBody' | 'meshEdges', Uint32Array> {
  const count = facetCount(mesh);
  const surfaceTriangles = new Uint32Array(12 * count);
  const surfaceFace = new Uint32Array(4 * count);
  const surfaceBody = new Uint32Array(4 * count);
  const edges: number[] = [];
  const seen = new Uint8Array(mesh.nodes.length / 3);
  for (let facet = 0; facet < count; facet++) {
    const face = mesh.facetFace[facet]!;
    const body = ownerOf(firstFace, face);
    QUARTERS.forEach((corners, quarter) => {
      const triangle = 4 * facet + quarter;
      corners.forEach((corner, k) => {
        surfaceTriangles[3 * triangle + k] = mesh.facets[6 * facet + corner]!;
      });
      surfaceFace[triangle] = face - firstFace[body]!;
      surfaceBody[triangle] = body;
    });
    for (let side = 0; side < 3; side++) {
      const middle = mesh.facets[6 * facet + 3 + side]!;
      if (seen[middle]) continue;
      seen[middle] = 1;
      edges.push(mesh.facets[6 * facet + side]!, middle, middle, mesh.facets[6 * facet + ((side + 1) % 3)]!);
    }
  }
  return { surfaceTriangles, surfaceFace, surfaceBody, meshEdges: Uint32Array.from(edges) };
}

/** The bundle of a mesh without a solution: what `studies.mesh` shows. */
export function packMesh(
  mesh: VolumeMesh,
  elementBody: Int32Array,
  quality: ArrayLike<number>,
  firstFace: readonly number[],
  inputHash: string,
): Uint8Array<ArrayBuffer> {
  const meta: StaticFieldsMeta = {
    inputHash,
    nodes: mesh.nodes.length / 3,
    elements: mesh.elements.length / 10,
  };
  return encodeBundle({
    meta,
    arrays: {
      nodes: Float32Array.from(mesh.nodes),
      elements: mesh.elements,
      elementBody,
      elementQuality: Float32Array.from(quality),
      ...surfaceArrays(mesh, firstFace),
    },
  });
}

/** The fields of one frame, in single precision; what a kind of study does not have is left out. */
export type FrameFields = Partial<
  Record<
    | 'displacement'
    | 'stress'
    | 'strain'
    | 'vonMises'
    | 'principal'
    | 'stressSpread'
    | 'safetyFactor'
    | 'temperature'
    | 'heatFlux'
    | 'governingFrame',
    Float32Array
  >
>;

/** The arrays of one frame of a bundle, by their plain names. */
export function frameArrays(arrays: Record<string, BundleArray>, frame: number): Record<string, BundleArray> {
  if (frame === 0) return arrays;
  const prefix = `${frame}/`;
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), array]] : [],
    ),
  );
}

export interface PackedMesh {
  mesh: VolumeMesh;
  elementBody: Int32Array;
  quality: ArrayLike<number>;
  /** First global face index of each body. */
  firstFace: readonly number[];
  elementError?: ArrayLike<number>;
  strengths?: (Strength | null)[];
  /** Nodes on places where the exact stress is infinite. */
  singularNodes?: readonly number[];
}

/** Packs mesh and frames; frame i >= 1 has its arrays under `i/name`. */
export function packFrames(
  packed: PackedMesh,
  frames: readonly FrameFields[],
  inputHash: string,
): Uint8Array<ArrayBuffer> {
  const { mesh, elementBody, quality, firstFace, elementError, strengths, singularNodes } = packed;
  const meta: StaticFieldsMeta = {
    inputHash,
    nodes: mesh.nodes.length / 3,
    elements: mesh.elements.length / 10,
    ...(strengths ? { strengths } : {}),
  };
  const arrays: Record<string, BundleArray> = { nodes: Float32Array.from(mesh.nodes) };
  frames.forEach((fields, frame) => {
    for (const [name, array] of Object.entries(fields)) arrays[frame === 0 ? name : `${frame}/${name}`] = array;
  });
  return encodeBundle({
    meta,
    arrays: {
      ...arrays,
      elements: mesh.elements,
      elementBody,
      elementQuality: Float32Array.from(quality),
      ...(elementError ? { elementError: Float32Array.from(elementError) } : {}),
      ...(singularNodes && singularNodes.length > 0 ? { singularNodes: Uint32Array.from(singularNodes) } : {}),
      ...surfaceArrays(mesh, firstFace),
    },
  });
}

/** The fields of a static solution. */
export const staticFrame = (solution: StaticSolution, safetyFactor: Float32Array | null): FrameFields => ({
  displacement: Float32Array.from(solution.displacement),
  stress: Float32Array.from(solution.stress),
  strain: Float32Array.from(solution.strain),
  vonMises: Float32Array.from(solution.vonMises),
  principal: Float32Array.from(solution.principal),
  stressSpread: Float32Array.from(solution.stressSpread),
  ...(safetyFactor ? { safetyFactor } : {}),
});
