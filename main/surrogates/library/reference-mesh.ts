/**
 * The mesh file of a model: the reference design's points and what joins them, so that fields can be drawn at points that the
 * model itself predicts. Arrays as in a result's fields bundle: nodes f32[3n] mm; elements i32[10e]; surfaceTriangles u32[3t],
 * surfaceFace u32[t], surfaceBody u32[t], meshEdges u32[2k]; faceOfNode i32[n], the face that a point lies on counted over all
 * bodies, -1 inside.
 */
import * as v from 'valibot';
import { type BundleArray, decodeBundle, encodeBundle } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';

export interface ReferenceMesh {
  nodes: Float32Array;
  elements: Int32Array;
  surfaceTriangles: Uint32Array;
  surfaceFace: Uint32Array;
  surfaceBody: Uint32Array;
  meshEdges: Uint32Array;
  faceOfNode: Int32Array;
  /** What the faces are called, counted over all bodies. */
  faceNames: string[];
}

const MetaSchema = v.object({
  faceNames: v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.maxLength(100_000)),
});

export function packReferenceMesh({ faceNames, ...arrays }: ReferenceMesh): Uint8Array {
  return encodeBundle({ meta: { faceNames }, arrays });
}

/**
 * @param points that the card says
 * @throws ArtificerError `surrogate.bad-mesh` where the file is cut off, or names points that it does not have
 */
export function readReferenceMesh(bytes: Uint8Array, points: number): ReferenceMesh {
  const bad = (cause: string) =>
    refuseSurrogate('bad-mesh', "The model's mesh file cannot be used.", 'Copy the folder again, or train it anew.', {
      cause,
    });
  let arrays: Record<string, BundleArray>;
  let meta: unknown;
  try {
    ({ arrays, meta } = decodeBundle(bytes));
  } catch (thrown) {
    throw bad(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const parsed = v.safeParse(MetaSchema, meta);
  if (!parsed.success) throw bad('it does not say what its faces are called');
  const take = <T extends BundleArray>(name: string, type: new (length: number) => T, multiple: number): T => {
    const array = arrays[name];
    if (!(array instanceof type)) throw bad(`it has no ${name}`);
    if (array.length % multiple !== 0) throw bad(`${name} is not whole`);
    return array;
  };
  const mesh: ReferenceMesh = {
    nodes: take('nodes', Float32Array, 3),
    elements: take('elements', Int32Array, 10),
    surfaceTriangles: take('surfaceTriangles', Uint32Array, 3),
    surfaceFace: take('surfaceFace', Uint32Array, 1),
    surfaceBody: take('surfaceBody', Uint32Array, 1),
    meshEdges: take('meshEdges', Uint32Array, 2),
    faceOfNode: take('faceOfNode', Int32Array, 1),
    faceNames: parsed.output.faceNames,
  };
  if (mesh.nodes.length !== 3 * points) throw bad(`it has ${mesh.nodes.length / 3} points, the card says ${points}`);
  if (!mesh.nodes.every(Number.isFinite)) throw bad('a point is nowhere');
  for (const name of ['elements', 'surfaceTriangles', 'meshEdges'] as const)
    if (!(mesh[name] as Uint32Array).every((node) => node >= 0 && node < points))
      throw bad(`${name} name a point that is not there`);
  const triangles = mesh.surfaceTriangles.length / 3;
  if (mesh.surfaceFace.length !== triangles || mesh.surfaceBody.length !== triangles)
    throw bad('not every triangle has a face and a body');
  if (mesh.faceOfNode.length !== points) throw bad('not every point says which face it lies on');
  if (!mesh.faceOfNode.every((face) => face >= -1 && face < mesh.faceNames.length))
    throw bad('a point lies on a face that is not there');
  return mesh;
}
