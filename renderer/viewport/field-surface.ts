/**
 * The drawn skin of a result: surface triangles of the fields bundle with nodes split where the CAD faces meet (so that shading
 * is smooth within a face and sharp between them), and the finite-element edges on it. Pure.
 */
import { PairTable } from './pair-table.ts';
import type { SlicedWork } from './slices.ts';

export interface FieldArraysForSurface {
  nodes: Float32Array;
  surfaceTriangles: Uint32Array;
  surfaceFace: Uint32Array;
  surfaceBody: Uint32Array;
  meshEdges: Uint32Array;
}

export interface FieldSurface {
  /** Undeformed, body space, mm. */
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint32Array;
  /** Node of each vertex. */
  node: Uint32Array;
  /** Vertices of the mesh edges, as their own list of nodes: two per segment. */
  edgeNode: Uint32Array;
  /** Node pairs where CAD faces meet: the outline of the shape. */
  outline: Uint32Array;
}

/** Sides of triangles whose two faces differ, or that have one face only. */
function* facesMeet(triangles: Uint32Array, keyOf: (triangle: number) => number): SlicedWork<Uint32Array> {
  // The first triangle at a side; -1 once the other was there.
  const first = new PairTable(triangles.length);
  const out: number[] = [];
  for (let t = 0; 3 * t + 2 < triangles.length; t++) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[3 * t + k]!;
      const b = triangles[3 * t + ((k + 1) % 3)]!;
      const other = first.exchange(a, b, t);
      if (other === undefined) continue;
      first.exchange(a, b, -1);
      if (other >= 0 && keyOf(other) !== keyOf(t)) out.push(a, b);
    }
    if (t % 5000 === 0) yield;
  }
  for (const [a, b, t] of first.entries()) if (t >= 0) out.push(a, b);
  return Uint32Array.from(out);
}

export function* buildFieldSurface(fields: FieldArraysForSurface): SlicedWork<FieldSurface> {
  const { nodes, surfaceTriangles, surfaceFace, surfaceBody, meshEdges } = fields;
  const triangles = Math.floor(surfaceTriangles.length / 3);
  const faceKey = (t: number): number => (surfaceBody[t] ?? 0) * 1_048_576 + (surfaceFace[t] ?? 0);
  const indices = new Uint32Array(triangles * 3);
  // Vertices of one node chained: almost every node has one, those between faces two or three.
  const first = new Int32Array(nodes.length / 3).fill(-1);
  const next: number[] = [];
  const group: number[] = [];
  const node: number[] = [];
  for (let t = 0; t < triangles; t++) {
    const key = faceKey(t);
    for (let k = 0; k < 3; k++) {
      const n = surfaceTriangles[3 * t + k]!;
      let vertex = first[n]!;
      while (vertex >= 0 && group[vertex] !== key) vertex = next[vertex]!;
      if (vertex < 0) {
        vertex = node.length;
        node.push(n);
        group.push(key);
        next.push(first[n]!);
        first[n] = vertex;
      }
      indices[3 * t + k] = vertex;
    }
    if (t % 10_000 === 0) yield;
  }
  const positions = new Float32Array(node.length * 3);
  const normals = new Float32Array(node.length * 3);
  for (let v = 0; v < node.length; v++) for (let k = 0; k < 3; k++) positions[3 * v + k] = nodes[3 * node[v]! + k]!;
  yield;
  for (let t = 0; t < triangles; t++) {
    const a = indices[3 * t]! * 3;
    const b = indices[3 * t + 1]! * 3;
    const c = indices[3 * t + 2]! * 3;
    const ux = positions[b]! - positions[a]!;
    const uy = positions[b + 1]! - positions[a + 1]!;
    const uz = positions[b + 2]! - positions[a + 2]!;
    const vx = positions[c]! - positions[a]!;
    const vy = positions[c + 1]! - positions[a + 1]!;
    const vz = positions[c + 2]! - positions[a + 2]!;
    // Not made unit: larger triangles count for more.
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
    for (const p of [a, b, c]) for (let k = 0; k < 3; k++) normals[p + k]! += n[k]!;
    if (t % 10_000 === 0) yield;
  }
  for (let v = 0; v < node.length; v++) {
    const l = Math.hypot(normals[3 * v]!, normals[3 * v + 1]!, normals[3 * v + 2]!) || 1;
    for (let k = 0; k < 3; k++) normals[3 * v + k]! /= l;
    if (v % 20_000 === 0) yield;
  }
  const outline = yield* facesMeet(surfaceTriangles, faceKey);
  return { positions, normals, indices, node: Uint32Array.from(node), edgeNode: meshEdges, outline };
}
