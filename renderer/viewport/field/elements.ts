/** Finite elements one by one: which lies behind a triangle of the surface, its size and shape, its edges. Pure. */
import type { Vector3 } from '../../../preload/contract/index.ts';
import { PairTable } from '../pair-table.ts';
import type { SlicedWork } from '../slices.ts';

/** Local nodes of the midsides of the four facets of a ten-node tetrahedron (midsides 01, 12, 02, 03, 13, 23). */
const FACET_MIDSIDES = [
  [4, 5, 6],
  [4, 8, 7],
  [5, 9, 8],
  [6, 9, 7],
] as const;
/** Corner, midside, corner of each edge. */
const EDGES = [
  [0, 4, 1],
  [1, 5, 2],
  [0, 6, 2],
  [0, 7, 3],
  [1, 8, 3],
  [2, 9, 3],
] as const;

/**
 * The element behind each surface triangle, or 0xffffffff where none is found. Every drawn triangle (a quarter of a six-node
 * facet) has two midsides of its facet at least, and two midsides of one boundary facet belong to one element only.
 */
export function* elementsBehind(
  elements: Int32Array,
  surfaceTriangles: Uint32Array,
  nodeCount: number,
): SlicedWork<Uint32Array> {
  const onSurface = new Uint8Array(nodeCount);
  for (let i = 0; i < surfaceTriangles.length; i++) onSurface[surfaceTriangles[i]!] = 1;
  yield;
  const owner = new PairTable(surfaceTriangles.length / 2);
  for (let e = 0; 10 * e < elements.length; e++) {
    for (const [a, b, c] of FACET_MIDSIDES) {
      const [p, q, r] = [elements[10 * e + a]!, elements[10 * e + b]!, elements[10 * e + c]!];
      if (!onSurface[p] || !onSurface[q] || !onSurface[r]) continue;
      owner.exchange(p, q, e);
      owner.exchange(q, r, e);
      owner.exchange(r, p, e);
    }
    if (e % 5000 === 4999) yield;
  }
  const out = new Uint32Array(surfaceTriangles.length / 3).fill(0xffffffff);
  for (let t = 0; t < out.length; t++) {
    const [a, b, c] = [surfaceTriangles[3 * t]!, surfaceTriangles[3 * t + 1]!, surfaceTriangles[3 * t + 2]!];
    const found = owner.get(a, b) ?? owner.get(b, c) ?? owner.get(c, a);
    if (found !== undefined) out[t] = found;
    if (t % 20_000 === 19_999) yield;
  }
  return out;
}

/** Volume of the straight tetrahedron on the element's corners, mm^3; negative where it is inside out. */
export function cornerVolume(nodes: Float32Array, elements: Int32Array, element: number): number {
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => 3 * elements[10 * element + k]!) as [number, number, number, number];
  const edge = (p: number): Vector3 => [0, 1, 2].map((k) => nodes[p + k]! - nodes[a + k]!) as Vector3;
  const [u, v, w] = [edge(b), edge(c), edge(d)];
  return (
    (u[0] * (v[1] * w[2] - v[2] * w[1]) - u[1] * (v[0] * w[2] - v[2] * w[0]) + u[2] * (v[0] * w[1] - v[1] * w[0])) / 6
  );
}

/** Node pairs of the element's edges, each halved at its midside node: 24 nodes. */
export function elementEdges(elements: Int32Array, element: number): Uint32Array {
  return Uint32Array.from(EDGES.flatMap(([a, m, b]) => [a, m, m, b].map((local) => elements[10 * element + local]!)));
}

export interface ElementFacts {
  /** Counted from 1, as solvers do. */
  number: number;
  body: number;
  /** Numbers of its ten nodes, counted from 1: corners first. */
  nodes: number[];
  /** Where its middle is, body space, mm. */
  centre_mm: Vector3;
  volume_mm3: number;
  shortestEdge_mm: number;
  longestEdge_mm: number;
  /** Scaled Jacobian: 1 is regular, 0 flat, below that inside out. */
  quality?: number;
  /** Estimated error of the stress in it, MPa, where the result has one. */
  error?: number;
}

export interface ElementArrays {
  nodes: Float32Array;
  elements: Int32Array;
  elementBody?: Int32Array;
  elementQuality?: Float32Array;
  elementError?: Float32Array;
}

/** What there is to know of one element; null where there is no such. */
export function elementFacts(arrays: ElementArrays, element: number): ElementFacts | null {
  const { nodes, elements } = arrays;
  if (!(element >= 0) || 10 * element + 9 >= elements.length) return null;
  const own = [...elements.subarray(10 * element, 10 * element + 10)];
  const at = (node: number): Vector3 => [nodes[3 * node]!, nodes[3 * node + 1]!, nodes[3 * node + 2]!];
  const lengths = EDGES.map(([a, , b]) => {
    const [p, q] = [at(own[a]!), at(own[b]!)];
    return Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);
  });
  const corners = own.slice(0, 4).map(at);
  const quality = arrays.elementQuality?.[element];
  const error = arrays.elementError?.[element];
  return {
    number: element + 1,
    body: arrays.elementBody?.[element] ?? 0,
    nodes: own.map((node) => node + 1),
    centre_mm: [0, 1, 2].map((k) => corners.reduce((sum, p) => sum + p[k]!, 0) / 4) as Vector3,
    volume_mm3: cornerVolume(nodes, elements, element),
    shortestEdge_mm: Math.min(...lengths),
    longestEdge_mm: Math.max(...lengths),
    ...(quality === undefined ? {} : { quality }),
    ...(error === undefined ? {} : { error }),
  };
}

/** The elements with the smallest (or largest) values, worst first. */
export function* extremeElements(
  values: Float32Array,
  which: 'smallest' | 'largest',
  count: number,
): SlicedWork<number[]> {
  const sign = which === 'smallest' ? 1 : -1;
  const worst: number[] = [];
  for (let e = 0; e < values.length; e++) {
    const value = sign * values[e]!;
    if (worst.length < count || value < sign * values[worst.at(-1)!]!) {
      let place = worst.length;
      while (place > 0 && sign * values[worst[place - 1]!]! > value) place--;
      worst.splice(place, 0, e);
      if (worst.length > count) worst.pop();
    }
    if (e % 50_000 === 49_999) yield;
  }
  return worst;
}
