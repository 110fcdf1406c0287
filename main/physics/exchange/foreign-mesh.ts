/** Tetrahedra of a foreign file as our mesh: numbered anew, made second-order where they are not, with their outer surface. */
import { TETRAHEDRON_EDGES } from '../elements/tetrahedron10.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { MOST_NODES, refuseFile } from './account.ts';

export interface ForeignElements {
  /** The file's numbers of the nodes and their coordinates, mm. */
  nodeNumbers: number[];
  coordinates: number[];
  /** Element numbers, and 4 or 10 of the file's node numbers each, corners first, then midsides 01, 12, 02, 03, 13, 23. */
  elementNumbers: number[];
  elements: number[][];
}

export interface ForeignMesh {
  mesh: VolumeMesh;
  /** Our index of each of the file's nodes. */
  nodeIndex: Map<number, number>;
  elementIndex: Map<number, number>;
  /** True where first-order elements were given midside nodes. */
  raised: boolean;
}

/** Sides as 6-node triangles, outward for a positive element: corners, then midsides. */
const SIDES = [
  [0, 2, 1, 6, 5, 4],
  [0, 1, 3, 4, 8, 7],
  [1, 2, 3, 5, 9, 8],
  [0, 3, 2, 7, 9, 6],
] as const;

/** @throws ArtificerError `exchange.*` */
export function foreignMesh(foreign: ForeignElements): ForeignMesh {
  if (foreign.elements.length === 0)
    throw refuseFile('no-elements', 'The file has no tetrahedra.', 'Only 4- and 10-node tetrahedra can be read.');
  if (foreign.nodeNumbers.length > MOST_NODES) throw refuseFile('too-large', 'The file has too many nodes.');
  const nodeIndex = new Map(foreign.nodeNumbers.map((number, index) => [number, index]));
  const coordinates = [...foreign.coordinates];
  const midsides = new Map<string, number>();
  let raised = false;
  const between = (a: number, b: number): number => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    let node = midsides.get(key);
    if (node === undefined) {
      node = coordinates.length / 3;
      midsides.set(key, node);
      for (let axis = 0; axis < 3; axis++)
        coordinates.push((coordinates[3 * a + axis]! + coordinates[3 * b + axis]!) / 2);
    }
    return node;
  };
  const elements = new Int32Array(10 * foreign.elements.length);
  foreign.elements.forEach((numbers, element) => {
    const nodes = numbers.map((number) => {
      const index = nodeIndex.get(number);
      if (index !== undefined) return index;
      throw refuseFile(
        'no-such-node',
        `Element ${foreign.elementNumbers[element]} has node ${number}, which is not there.`,
      );
    });
    if (nodes.length === 4) {
      raised = true;
      for (const [a, b] of TETRAHEDRON_EDGES) nodes.push(between(nodes[a]!, nodes[b]!));
    }
    elements.set(nodes, 10 * element);
  });
  const nodes = Float64Array.from(coordinates);
  return {
    mesh: {
      nodes,
      elements,
      elementSolid: new Int32Array(foreign.elements.length),
      ...outerSurface(elements),
      edgeOffsets: new Int32Array(1),
      edgeNodes: new Int32Array(0),
      vertexNodes: new Int32Array(0),
      straightened: 0,
      size_mm: meanEdge(nodes, elements),
    },
    nodeIndex,
    elementIndex: new Map(foreign.elementNumbers.map((number, index) => [number, index])),
    raised,
  };
}

/** Nodal values of the file's own nodes, carried on to midside nodes that were added: the mean of their two corners. */
export function withMidsides(
  { mesh }: Pick<ForeignMesh, 'mesh'>,
  values: ArrayLike<number>,
  width: number,
): Float64Array {
  const out = new Float64Array((width * mesh.nodes.length) / 3).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) out[i] = values[i]!;
  const first = values.length / width;
  for (let element = 0; element < mesh.elements.length; element += 10)
    TETRAHEDRON_EDGES.forEach(([a, b], side) => {
      const node = mesh.elements[element + 4 + side]!;
      if (node < first) return;
      for (let k = 0; k < width; k++)
        out[width * node + k] =
          (out[width * mesh.elements[element + a]! + k]! + out[width * mesh.elements[element + b]! + k]!) / 2;
    });
  return out;
}

/** The sides that belong to one element only. */
export function outerSurface(elements: Int32Array): Pick<VolumeMesh, 'facets' | 'facetFace'> {
  const once = new Map<string, number>();
  for (let element = 0; element < elements.length / 10; element++)
    SIDES.forEach((side, index) => {
      const corners = side.slice(0, 3).map((k) => elements[10 * element + k]!);
      const key = corners.sort((a, b) => a - b).join(' ');
      if (!once.delete(key)) once.set(key, 4 * element + index);
    });
  const places = [...once.values()];
  const facets = new Int32Array(6 * places.length);
  places.forEach((place, facet) => {
    SIDES[place % 4]!.forEach((k, i) => {
      facets[6 * facet + i] = elements[10 * Math.floor(place / 4) + k]!;
    });
  });
  return { facets, facetFace: new Int32Array(places.length) };
}

/** The six nodes of an element's side, by the usual numbering of sides: 1 is 1-2-3, 2 is 1-4-2, 3 is 2-4-3, 4 is 3-4-1. */
export const sideNodes = (elements: Int32Array, element: number, side: number): number[] =>
  SIDES[side]!.map((k) => elements[10 * element + k]!);

function meanEdge(nodes: Float64Array, elements: Int32Array): number {
  let sum = 0;
  let count = 0;
  for (let first = 0; first < elements.length; first += 10)
    for (const [a, b] of TETRAHEDRON_EDGES) {
      const [i, j] = [3 * elements[first + a]!, 3 * elements[first + b]!];
      sum += Math.hypot(nodes[i]! - nodes[j]!, nodes[i + 1]! - nodes[j + 1]!, nodes[i + 2]! - nodes[j + 2]!);
      count++;
    }
  return sum / count;
}
