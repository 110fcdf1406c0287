/**
 * A mesh carried from the part it was made on to the same part with other dimensions: the mesher moves its surface by the
 * correspondence of faces, edges and vertices, the inside follows. Nodes and elements stay the same ones, so that fields of
 * many designs can be compared node by node.
 */
import { decodeBundle, encodeBundle } from '../../../preload/contract/bundle.ts';
import { TETRAHEDRON_EDGES } from '../elements/tetrahedron10.ts';
import type { NumericCore } from '../native-core.ts';

/** A mesh for a solution, with what else the solver wants to know of it. */
export interface ReadyMesh {
  /** The mesher's bundle. */
  bytes: Uint8Array;
  /** The largest element edge that was asked for where the mesh was made. */
  size_mm: number;
}

/** Curved elements below this scaled Jacobian have their midside nodes drawn towards the chords, a quarter at a time. */
const ACCEPTED = 0.1;
const STEP = 0.25;
/** Below this a carried mesh is not solved on: its stresses would say more of the element than of the part. */
export const LEAST_QUALITY = 0.03;

export interface CarryTask {
  kind: 'carry';
  mesh: Uint8Array;
  /** Surface nodes on the other geometry (3n, mm); others are not looked at. */
  moved: Float64Array;
}
export interface CarriedMesh {
  mesh: Uint8Array;
  minimumScaledJacobian: number;
  /** Elements whose curved sides had to be straightened. */
  straightened: number;
}

export function carryMesh(core: NumericCore, { mesh, moved }: CarryTask): CarriedMesh {
  const { meta, arrays } = decodeBundle<{ straightened?: number }>(mesh);
  const nodes = arrays['nodes'] as Float64Array;
  const elements = arrays['elements'] as Int32Array;
  const surface = new Int32Array(nodes.length / 3);
  for (const node of arrays['facets'] as Int32Array) surface[node] = 1;
  const movement = new Float64Array(nodes.length);
  for (let node = 0; node < surface.length; node++)
    if (surface[node]) for (let i = 3 * node; i < 3 * node + 3; i++) movement[i] = moved[i]! - nodes[i]!;
  const extended = new core.MeshMotion(nodes, elements, surface).extend(movement);
  const carried = nodes.map((x, i) => x + extended[i]!);
  const ends = midsideEnds(elements, surface.length);
  // Inside, sides stay as straight as they were.
  for (let node = 0; node < surface.length; node++)
    if (!surface[node] && ends[2 * node]! >= 0) moveToChord(carried, ends, node, 1);
  const straightened = straighten(core, carried, elements, ends);
  const quality = core.meshQuality(carried, elements);
  return {
    mesh: encodeBundle({
      meta: { ...meta, straightened: (meta.straightened ?? 0) + straightened },
      arrays: { ...arrays, nodes: carried },
    }),
    minimumScaledJacobian: quality.invertedElements.length > 0 ? 0 : quality.minimumScaledJacobian,
    straightened,
  };
}

/** The two corners between which each node lies; -1 for corners. */
function midsideEnds(elements: Int32Array, count: number): Int32Array {
  const ends = new Int32Array(2 * count).fill(-1);
  for (let element = 0; element < elements.length; element += 10)
    TETRAHEDRON_EDGES.forEach(([a, b], side) => {
      const node = elements[element + 4 + side]!;
      ends[2 * node] = elements[element + a]!;
      ends[2 * node + 1] = elements[element + b]!;
    });
  return ends;
}

function moveToChord(nodes: Float64Array, ends: Int32Array, node: number, share: number): void {
  const [a, b] = [ends[2 * node]!, ends[2 * node + 1]!];
  for (let axis = 0; axis < 3; axis++) {
    const middle = (nodes[3 * a + axis]! + nodes[3 * b + axis]!) / 2;
    nodes[3 * node + axis]! += share * (middle - nodes[3 * node + axis]!);
  }
}

/** @returns how many elements were straightened */
function straighten(core: NumericCore, nodes: Float64Array, elements: Int32Array, ends: Int32Array): number {
  const touched = new Set<number>();
  // A quarter, then a third, a half and all of what is left: together 1/4, 1/2, 3/4 and the whole way.
  for (let pass = 0; pass < 1 / STEP; pass++) {
    const { scaledJacobian } = core.meshQuality(nodes, elements);
    const sides = new Set<number>();
    scaledJacobian.forEach((quality, element) => {
      if (quality >= ACCEPTED) return;
      touched.add(element);
      for (let k = 4; k < 10; k++) sides.add(elements[10 * element + k]!);
    });
    if (sides.size === 0) break;
    for (const node of [...sides].sort((a, b) => a - b)) moveToChord(nodes, ends, node, 1 / (1 / STEP - pass));
  }
  return touched.size;
}
