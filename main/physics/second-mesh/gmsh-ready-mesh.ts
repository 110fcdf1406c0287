/** A mesh of Gmsh that knows the faces of the geometry, so that a whole study can be asked on it: for opinions from elsewhere. */
import { encodeBundle } from '../../../preload/contract/bundle.ts';
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import { physicsFault } from '../errors.ts';
import { foreignMesh } from '../exchange/foreign-mesh.ts';
import { type ReadyMesh, straightenSides } from '../mesher/carry-mesh.ts';
import { requireCore } from '../native-core.ts';
import { type GmshSize, mshOf } from './gmsh.ts';
import { readMsh, readMshSurface } from './msh-reader.ts';

/**
 * @param brep one compound of the bodies, in the order of `infos`
 * @throws ArtificerError where Gmsh cannot mesh it, or a side of an element lies on no face that is known
 */
export async function gmshReadyMesh(
  brep: Uint8Array,
  infos: readonly BodyInfo[],
  size: GmshSize,
  context: JobContext,
): Promise<ReadyMesh> {
  const text = await mshOf(brep, size, false, context);
  const { mesh, nodeIndex, elementIndex } = foreignMesh(readMsh(text));
  const straightened = straightenSides(requireCore(), mesh.nodes, mesh.elements);
  const { triangles, volumes } = readMshSurface(text);
  const faces = new Map<string, number>();
  for (const { corners, surface } of triangles) {
    const own = corners.map((number) => nodeIndex.get(number));
    if (own.every((node) => node !== undefined)) faces.set(keyOf(own as number[]), surface - 1);
  }
  const count = infos.reduce((sum, info) => sum + info.faces.length, 0);
  const facetFace = Int32Array.from({ length: mesh.facets.length / 6 }, (_, facet) => {
    const face = faces.get(keyOf([...mesh.facets.subarray(6 * facet, 6 * facet + 3)]));
    if (face === undefined || face >= count)
      throw physicsFault('gmsh-faces', 'A side of an element of Gmsh lies on no face of the part.');
    return face;
  });
  checkPlaces(mesh, facetFace, infos);
  const elementSolid = new Int32Array(mesh.elements.length / 10);
  for (const [number, solid] of volumes) {
    const element = elementIndex.get(number);
    if (element !== undefined) elementSolid[element] = solid - 1;
  }
  const bytes = encodeBundle({
    meta: { straightened },
    arrays: {
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementSolid,
      facets: mesh.facets,
      facetFace,
      edgeOffsets: mesh.edgeOffsets,
      edgeNodes: mesh.edgeNodes,
      vertexNodes: mesh.vertexNodes,
    },
  });
  return { bytes, size_mm: size.size_mm };
}

const keyOf = (corners: number[]): string => corners.sort((a, b) => a - b).join();

/** Gmsh numbers the faces in the order of the file; whether that is ours is seen by where they lie and how large they are. */
function checkPlaces(
  { nodes, facets }: { nodes: Float64Array; facets: Int32Array },
  facetFace: Int32Array,
  infos: readonly BodyInfo[],
): void {
  const known = infos.flatMap((info) => info.faces);
  const areas = new Float64Array(known.length);
  for (let facet = 0; facet < facetFace.length; facet++) {
    const face = known[facetFace[facet]!]!;
    const [a, b, c] = [0, 1, 2].map((k) => facets[6 * facet + k]!) as [number, number, number];
    const slack = 1e-3 * Math.max(1, ...face.box.max.map((high, axis) => high - face.box.min[axis]!));
    for (const node of [a, b, c])
      for (let axis = 0; axis < 3; axis++) {
        const x = nodes[3 * node + axis]!;
        if (x < face.box.min[axis]! - slack || x > face.box.max[axis]! + slack)
          throw physicsFault(
            'gmsh-faces',
            'Gmsh numbers the faces of this part in another order than the part itself.',
          );
      }
    const [u, v] = [b, c].map((node) => [0, 1, 2].map((axis) => nodes[3 * node + axis]! - nodes[3 * a + axis]!)) as [
      number[],
      number[],
    ];
    areas[facetFace[facet]!]! +=
      Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!) / 2;
  }
  // Flat triangles on curved faces lack a little of their area; two faces in each other's place would not.
  known.forEach((face, index) => {
    if (Math.abs(areas[index]! - face.area_mm2) > 0.15 * face.area_mm2)
      throw physicsFault(
        'gmsh-faces',
        'Faces of the mesh of Gmsh are not as large as those of the part.',
        undefined,
        `face ${index + 1}`,
      );
  });
}
