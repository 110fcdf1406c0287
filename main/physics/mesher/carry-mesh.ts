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

/** Curved elements below this scaled Jacobian have their midside nodes drawn towards the chords, just as far as it takes. */
const ACCEPTED = 0.1;
/** Elements that share sides change each other: a few passes settle them. */
const PASSES = 6;
/** How finely the way to the chord is searched: 2^-12 of it. */
const HALVINGS = 12;
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

/**
 * Draws midside nodes of elements that are bent too far towards their chords, in place.
 * @returns how many elements were straightened
 */
export const straightenSides = (core: NumericCore, nodes: Float64Array, elements: Int32Array): number =>
  straighten(core, nodes, elements, midsideEnds(elements, nodes.length / 3));

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

/**
 * Every step of the way is as long as the element needs and no longer, so that designs that differ by little have meshes that
 * differ by little: a fixed step would make stresses jump where one more element asks for it.
 * @returns how many elements were straightened
 */
function straighten(core: NumericCore, nodes: Float64Array, elements: Int32Array, ends: Int32Array): number {
  const touched = new Set<number>();
  for (let pass = 0; pass < PASSES; pass++) {
    const { scaledJacobian } = core.meshQuality(nodes, elements);
    const bad: number[] = [];
    scaledJacobian.forEach((quality, element) => {
      if (quality < ACCEPTED) bad.push(element);
    });
    if (bad.length === 0) break;
    const shares = pass + 1 < PASSES ? sharesNeeded(core, nodes, elements, bad) : bad.map(() => 1);
    const shareOfSide = new Map<number, number>();
    bad.forEach((element, i) => {
      touched.add(element);
      for (let k = 4; k < 10; k++) {
        const side = elements[10 * element + k]!;
        shareOfSide.set(side, Math.max(shareOfSide.get(side) ?? 0, shares[i]!));
      }
    });
    for (const [node, share] of shareOfSide) moveToChord(nodes, ends, node, share);
  }
  return touched.size;
}

/** How far towards their chords the sides of each element have to go until it is accepted by itself: 0 to 1. */
function sharesNeeded(
  core: NumericCore,
  nodes: Float64Array,
  elements: Int32Array,
  bad: readonly number[],
): Float64Array {
  // Each with nodes of its own, so that all are searched at once.
  const curved = new Float64Array(30 * bad.length);
  bad.forEach((element, i) => {
    for (let k = 0; k < 10; k++) {
      const node = 3 * elements[10 * element + k]!;
      curved.set(nodes.subarray(node, node + 3), 30 * i + 3 * k);
    }
  });
  const own = Int32Array.from({ length: 10 * bad.length }, (_, k) => k);
  const low = new Float64Array(bad.length);
  const high = new Float64Array(bad.length).fill(1);
  const ends = midsideEnds(own, own.length);
  for (let halving = 0; halving < HALVINGS; halving++) {
    const trial = curved.slice();
    bad.forEach((_, i) => {
      for (let k = 4; k < 10; k++) moveToChord(trial, ends, 10 * i + k, (low[i]! + high[i]!) / 2);
    });
    core.meshQuality(trial, own).scaledJacobian.forEach((quality, i) => {
      const middle = (low[i]! + high[i]!) / 2;
      if (quality >= ACCEPTED) high[i] = middle;
      else low[i] = middle;
    });
  }
  return high;
}
