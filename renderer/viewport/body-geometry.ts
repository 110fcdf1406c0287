/** One body's bulk data made ready to draw and to pick: decoded and built in slices, kept on the graphics card under its hash. */
import { Buffer, VertexBuffer } from '@babylonjs/core/Buffers/buffer.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import '@babylonjs/core/Meshes/thinInstanceMesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import {
  type BodyView,
  type BoundingBox,
  decodeBundle,
  type TessellationMeta,
  type Vector3,
} from '../../preload/contract/index.ts';
import { type LineQuads, quadsOfPolylines } from './line-quads.ts';
import { sharpEdges } from './sharp-edges.ts';
import type { SlicedWork } from './slices.ts';
import { TriangleTree } from './triangle-tree.ts';
import { type Box, emptyBox, growBox } from './vector.ts';

export interface BodyArrays {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint32Array;
  faceOfTriangle: Uint32Array;
  edgePoints: Float32Array;
  edgeOffsets: Uint32Array;
  vertexPoints: Float32Array;
  /** First triangle of each face and the end of the last; triangles of a face are contiguous. */
  faceStarts: Uint32Array;
  faceEnds: Uint32Array;
  tree: TriangleTree;
  box: Box;
  /** Outermost points along 26 directions: what a view has to hold, much tighter than the box. */
  extremes: Vector3[];
}

const floats = (array: unknown): Float32Array => (array instanceof Float32Array ? array : new Float32Array(0));
const whole = (array: unknown): Uint32Array => (array instanceof Uint32Array ? array : new Uint32Array(0));

/** Gives each face its own copy of the vertices it shares with a face of another colour. */
function* splitByFace(
  positions: Float32Array,
  normals: Float32Array,
  indices: Uint32Array,
  faceOfTriangle: Uint32Array,
): SlicedWork<{ positions: Float32Array; normals: Float32Array; indices: Uint32Array; faceOfVertex: Int32Array }> {
  const count = positions.length / 3;
  const owner = new Int32Array(count).fill(-1);
  const out = indices.slice();
  const extra: number[] = [];
  const extraFace: number[] = [];
  const copies = new Map<string, number>();
  for (let t = 0; t < faceOfTriangle.length; t++) {
    const face = faceOfTriangle[t]!;
    for (let k = 3 * t; k < 3 * t + 3; k++) {
      const vertex = indices[k]!;
      if (owner[vertex]! < 0) owner[vertex] = face;
      if (owner[vertex] === face) continue;
      const key = `${vertex}/${face}`;
      let copy = copies.get(key);
      if (copy === undefined) {
        copy = count + extra.length;
        copies.set(key, copy);
        extra.push(vertex);
        extraFace.push(face);
      }
      out[k] = copy;
    }
    if (t % 20_000 === 0) yield;
  }
  if (extra.length === 0) return { positions, normals, indices, faceOfVertex: owner };
  const grow = (source: Float32Array): Float32Array => {
    const grown = new Float32Array(source.length + extra.length * 3);
    grown.set(source);
    for (let i = 0; i < extra.length; i++)
      grown.set(source.subarray(extra[i]! * 3, extra[i]! * 3 + 3), source.length + i * 3);
    return grown;
  };
  const faceOfVertex = new Int32Array(count + extra.length);
  faceOfVertex.set(owner);
  faceOfVertex.set(extraFace, count);
  return { positions: grow(positions), normals: grow(normals), indices: out, faceOfVertex };
}

const DIRECTIONS: Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, -1, 0],
  [1, 0, 1],
  [1, 0, -1],
  [0, 1, 1],
  [0, 1, -1],
  [1, 1, 1],
  [1, 1, -1],
  [1, -1, 1],
  [1, -1, -1],
];

function* outermostPoints(points: Float32Array): SlicedWork<Vector3[]> {
  const least = new Float64Array(DIRECTIONS.length).fill(Infinity);
  const most = new Float64Array(DIRECTIONS.length).fill(-Infinity);
  const at = new Uint32Array(DIRECTIONS.length * 2);
  for (let i = 0; i + 2 < points.length; i += 3) {
    for (let k = 0; k < DIRECTIONS.length; k++) {
      const d = DIRECTIONS[k]!;
      const along = d[0] * points[i]! + d[1] * points[i + 1]! + d[2] * points[i + 2]!;
      if (along < least[k]!) {
        least[k] = along;
        at[2 * k] = i;
      }
      if (along > most[k]!) {
        most[k] = along;
        at[2 * k + 1] = i;
      }
    }
    if (i % 30_000 === 0) yield;
  }
  if (points.length === 0) return [];
  return [...new Set(at)].map((i): Vector3 => [points[i]!, points[i + 1]!, points[i + 2]!]);
}

/** Everything the processor has to do for a body before the graphics card takes over. */
export interface PreparedBody {
  arrays: BodyArrays;
  faceColours: Uint8Array;
  lines: LineQuads;
}

export function* prepareBody(bytes: Uint8Array, view: BodyView): SlicedWork<PreparedBody> {
  const bundle = decodeBundle<TessellationMeta>(bytes);
  let positions = floats(bundle.arrays['positions']);
  let normals = floats(bundle.arrays['normals']);
  let indices = whole(bundle.arrays['indices']);
  const faceOfTriangle = whole(bundle.arrays['faceOfTriangle']);
  let edgePoints = floats(bundle.arrays['edgePoints']);
  let edgeOffsets = whole(bundle.arrays['edgeOffsets']);
  yield;
  const faces = view.info.faces;
  const coloured = faces.some((face) => face.colour);
  let faceOfVertex: Int32Array | null = null;
  if (coloured) {
    const split = yield* splitByFace(positions, normals, indices, faceOfTriangle);
    ({ positions, normals, indices, faceOfVertex } = split);
  }
  const vertexCount = positions.length / 3;
  const faceColours = new Uint8Array(vertexCount * 4);
  if (faceOfVertex)
    for (let i = 0; i < vertexCount; i++) {
      const colour = faces[faceOfVertex[i]!]?.colour;
      if (!colour) continue;
      for (let k = 0; k < 3; k++) faceColours[i * 4 + k] = Math.round(colour[k]! * 255);
      faceColours[i * 4 + 3] = 255;
    }
  let faceCount = faces.length;
  for (let t = 0; t < faceOfTriangle.length; t++)
    if (faceOfTriangle[t]! >= faceCount) faceCount = faceOfTriangle[t]! + 1;
  const faceStarts = new Uint32Array(faceCount);
  const faceEnds = new Uint32Array(faceCount);
  for (let t = faceOfTriangle.length - 1; t >= 0; t--) faceStarts[faceOfTriangle[t]!] = t;
  for (let t = 0; t < faceOfTriangle.length; t++) faceEnds[faceOfTriangle[t]!] = t + 1;
  yield;
  const box = emptyBox();
  for (const points of [positions, edgePoints])
    for (let i = 0; i + 2 < points.length; i += 3) {
      growBox(box, [points[i]!, points[i + 1]!, points[i + 2]!]);
      if (i % 60_000 === 0) yield;
    }
  const extremes = yield* outermostPoints(positions.length > 0 ? positions : edgePoints);
  // A mesh body has no edges of its own: the sharp ones are drawn, but can't be picked.
  let lines: LineQuads;
  if (edgePoints.length > 0) lines = yield* quadsOfPolylines(edgePoints, edgeOffsets);
  else {
    const sharp = yield* sharpEdges(positions, indices);
    lines = yield* quadsOfPolylines(sharp.points, sharp.offsets);
    edgePoints = new Float32Array(0);
    edgeOffsets = new Uint32Array(1);
  }
  const tree = yield* TriangleTree.build(positions, indices);
  return {
    arrays: {
      positions,
      normals,
      indices,
      faceOfTriangle,
      edgePoints,
      edgeOffsets,
      vertexPoints: floats(bundle.arrays['vertexPoints']),
      faceStarts,
      faceEnds,
      tree,
      box,
      extremes,
    },
    faceColours,
    lines,
  };
}

/** Buffers on the graphics card, shared by every mesh that draws the body. */
export class BodyGeometry {
  readonly key: string;
  readonly arrays: BodyArrays;
  readonly triangles: number;
  readonly segments: number;
  readonly #scene: Scene;
  readonly #buffers: Buffer[] = [];
  readonly #faceAttributes: VertexBuffer[] = [];
  readonly #lineAttributes: VertexBuffer[] = [];
  readonly #lineIndices: Uint32Array;
  /** Draws that use it; at none it may be dropped. */
  users = 0;

  constructor(key: string, prepared: PreparedBody, scene: Scene) {
    this.key = key;
    this.arrays = prepared.arrays;
    this.triangles = prepared.arrays.indices.length / 3;
    this.segments = prepared.lines.segments;
    this.#scene = scene;
    this.#lineIndices = prepared.lines.indices;
    const attribute = (data: Float32Array | Uint8Array, kind: string, size: number, bytes = false): VertexBuffer => {
      const engine = scene.getEngine();
      const buffer = new Buffer(engine, data, false, size, false, false, bytes);
      this.#buffers.push(buffer);
      return new VertexBuffer(
        engine,
        buffer,
        kind,
        false,
        undefined,
        size,
        false,
        0,
        size,
        bytes ? VertexBuffer.UNSIGNED_BYTE : VertexBuffer.FLOAT,
        bytes,
        bytes,
      );
    };
    if (this.triangles > 0)
      this.#faceAttributes.push(
        attribute(prepared.arrays.positions, 'position', 3),
        attribute(prepared.arrays.normals, 'normal', 3),
        attribute(prepared.faceColours, 'faceColour', 4, true),
      );
    if (this.segments > 0)
      this.#lineAttributes.push(
        attribute(prepared.lines.positions, 'position', 3),
        attribute(prepared.lines.towards, 'towards', 3),
        attribute(prepared.lines.sides, 'side', 1),
      );
  }

  #mesh(name: string, attributes: VertexBuffer[], indices: Uint32Array): Mesh | null {
    if (attributes.length === 0) return null;
    const mesh = new Mesh(name, this.#scene);
    prepareMesh(mesh);
    for (const attribute of attributes)
      mesh.setVerticesBuffer(attribute, false, attribute.getKind() === 'position' ? indexLimit(attribute) : null);
    mesh.setIndices(indices, indexLimit(attributes[0]!));
    return mesh;
  }
  createFaces(): Mesh | null {
    return this.#mesh('faces', this.#faceAttributes, this.arrays.indices);
  }
  createLines(): Mesh | null {
    return this.#mesh('edges', this.#lineAttributes, this.#lineIndices);
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.dispose();
  }
}

function indexLimit(attribute: VertexBuffer): number {
  const data = attribute.getData();
  return data instanceof Float32Array ? data.length / attribute.getSize() : 0;
}

/** Settings of every mesh here: the viewport itself decides what is drawn and where, so Babylon's bookkeeping is off. */
export function prepareMesh(mesh: Mesh): void {
  mesh.alwaysSelectAsActiveMesh = true;
  mesh.doNotSyncBoundingInfo = true;
  mesh.isPickable = false;
  mesh.freezeWorldMatrix();
}

export const boxOf = (box: BoundingBox): Box => ({ min: box.min, max: box.max });
