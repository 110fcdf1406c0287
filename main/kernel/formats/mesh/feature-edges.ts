/** The lines between faces of a segmented mesh, chained into polylines: what is drawn and picked as an edge. */
import type { EdgeInfo, Vector3 } from '../../../../preload/contract/geometry.ts';
import type { Adjacency } from './adjacency.ts';
import { fitCircularEdge } from './fit.ts';

/** A chain is cut where it turns by more than this, so that the corners of a square outline are vertices. */
const CORNER_COSINE = Math.cos((40 * Math.PI) / 180);
/** More edges than this are not worth listing or drawing. */
const MAX_EDGES = 50_000;

export interface FeatureEdges {
  edges: EdgeInfo[];
  vertices_mm: Vector3[];
  /** Points of the polylines, mm. */
  edgePoints: Float32Array;
  edgeOffsets: Uint32Array;
  /** Set where there were too many to keep. */
  dropped?: number;
}

interface Segments {
  from: Uint32Array;
  to: Uint32Array;
  /** Face on either side; -1 beyond a border, and faceB < faceA otherwise. */
  faceA: Int32Array;
  faceB: Int32Array;
  count: number;
}

export function featureEdges(
  positions: Float64Array,
  indices: Uint32Array,
  adjacency: Adjacency,
  faceOf: Int32Array,
): FeatureEdges {
  const segments = collectSegments(indices, adjacency, faceOf);
  const vertexCount = positions.length / 3;
  const degree = new Uint32Array(vertexCount + 1);
  for (let i = 0; i < segments.count; i++) {
    degree[segments.from[i]! + 1]!++;
    degree[segments.to[i]! + 1]!++;
  }
  for (let v = 0; v < vertexCount; v++) degree[v + 1]! += degree[v]!;
  const start = degree;
  const cursor = start.slice(0, vertexCount);
  const incident = new Uint32Array(segments.count * 2);
  for (let i = 0; i < segments.count; i++) {
    incident[cursor[segments.from[i]!]!++] = i;
    incident[cursor[segments.to[i]!]!++] = i;
  }
  const point = (v: number): Vector3 => [positions[3 * v]!, positions[3 * v + 1]!, positions[3 * v + 2]!];
  const otherEnd = (i: number, v: number): number => (segments.from[i] === v ? segments.to[i]! : segments.from[i]!);
  /** The segment that continues the chain through this vertex, or -1 where the chain ends. */
  const next = (i: number, v: number): number => {
    if (start[v + 1]! - start[v]! !== 2) return -1;
    const j = incident[start[v]!] === i ? incident[start[v]! + 1]! : incident[start[v]!]!;
    if (j === i || segments.faceA[i] !== segments.faceA[j] || segments.faceB[i] !== segments.faceB[j]) return -1;
    const p = point(otherEnd(i, v));
    const q = point(v);
    const r = point(otherEnd(j, v));
    const u: Vector3 = [q[0] - p[0], q[1] - p[1], q[2] - p[2]];
    const w: Vector3 = [r[0] - q[0], r[1] - q[1], r[2] - q[2]];
    const cosine = (u[0] * w[0] + u[1] * w[1] + u[2] * w[2]) / (Math.hypot(...u) * Math.hypot(...w));
    return cosine >= CORNER_COSINE ? j : -1;
  };
  const used = new Uint8Array(segments.count);
  const chains: number[][] = [];
  const chainSegment: number[] = [];
  for (let i = 0; i < segments.count; i++) {
    if (used[i]) continue;
    used[i] = 1;
    const chain = [segments.from[i]!, segments.to[i]!];
    const extend = (): void => {
      let segment = i;
      let v = chain[chain.length - 1]!;
      for (;;) {
        const j = next(segment, v);
        if (j < 0 || used[j]) return;
        used[j] = 1;
        v = otherEnd(j, v);
        chain.push(v);
        segment = j;
      }
    };
    extend();
    if (chain[0] !== chain[chain.length - 1]) {
      chain.reverse();
      extend();
      chain.reverse();
    }
    chains.push(chain);
    chainSegment.push(i);
    if (chains.length > MAX_EDGES) {
      return {
        edges: [],
        vertices_mm: [],
        edgePoints: new Float32Array(0),
        edgeOffsets: new Uint32Array(1),
        dropped: chains.length,
      };
    }
  }
  return listEdges(chains, chainSegment, segments, point);
}

function collectSegments(indices: Uint32Array, { twin }: Adjacency, faceOf: Int32Array): Segments {
  let count = 0;
  const isFeature = (s: number): boolean => {
    const other = twin[s]!;
    if (other >= 0) return other > s && faceOf[(s / 3) | 0] !== faceOf[(other / 3) | 0];
    return true;
  };
  for (let s = 0; s < twin.length; s++) if (isFeature(s)) count++;
  const result: Segments = {
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    faceA: new Int32Array(count),
    faceB: new Int32Array(count),
    count: 0,
  };
  // A non-manifold edge has three or more sides; only the first is drawn.
  const seen = new Set<number>();
  const vertexBase = 2 ** 26;
  for (let s = 0; s < twin.length; s++) {
    if (!isFeature(s)) continue;
    const a = indices[s]!;
    const b = indices[s % 3 === 2 ? s - 2 : s + 1]!;
    const other = twin[s]!;
    if (other === -2) {
      const key = Math.min(a, b) * vertexBase + Math.max(a, b);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    const f = faceOf[(s / 3) | 0]!;
    const g = other >= 0 ? faceOf[(other / 3) | 0]! : -1;
    const i = result.count++;
    result.from[i] = a;
    result.to[i] = b;
    result.faceA[i] = Math.max(f, g);
    result.faceB[i] = Math.min(f, g);
  }
  return result;
}

function listEdges(
  chains: number[][],
  chainSegment: number[],
  segments: Segments,
  point: (v: number) => Vector3,
): FeatureEdges {
  const edgeOffsets = new Uint32Array(chains.length + 1);
  chains.forEach((chain, i) => {
    edgeOffsets[i + 1] = edgeOffsets[i]! + chain.length;
  });
  const edgePoints = new Float32Array(edgeOffsets[chains.length]! * 3);
  const vertexIndex = new Map<number, number>();
  const vertices_mm: Vector3[] = [];
  const vertexOf = (v: number): number => {
    let index = vertexIndex.get(v);
    if (index === undefined) {
      index = vertices_mm.length;
      vertices_mm.push(point(v));
      vertexIndex.set(v, index);
    }
    return index;
  };
  const edges = chains.map((chain, i): EdgeInfo => {
    const points = chain.map(point);
    points.forEach((p, k) => {
      edgePoints.set(p, (edgeOffsets[i]! + k) * 3);
    });
    const segment = chainSegment[i]!;
    const faces = [segments.faceA[segment]!, segments.faceB[segment]!].filter((f) => f >= 0);
    const first = chain[0]!;
    const last = chain[chain.length - 1]!;
    const vertices = first === last ? [vertexOf(first)] : [vertexOf(first), vertexOf(last)];
    return { ...shapeOf(points), vertices, faces };
  });
  return { edges, vertices_mm, edgePoints, edgeOffsets };
}

function shapeOf(points: Vector3[]): Omit<EdgeInfo, 'vertices' | 'faces'> {
  let length_mm = 0;
  const centre: Vector3 = [0, 0, 0];
  for (let i = 1; i < points.length; i++) {
    const p = points[i - 1]!;
    const q = points[i]!;
    const step = Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);
    length_mm += step;
    for (let k = 0; k < 3; k++) centre[k]! += (step * (p[k]! + q[k]!)) / 2;
  }
  const first = points[0]!;
  const last = points[points.length - 1]!;
  const chord = Math.hypot(last[0] - first[0], last[1] - first[1], last[2] - first[2]);
  const centre_mm: Vector3 =
    length_mm > 0 ? [centre[0] / length_mm, centre[1] / length_mm, centre[2] / length_mm] : first;
  if (chord > 0 && length_mm - chord <= 1e-6 * length_mm) {
    const direction: Vector3 = [
      (last[0] - first[0]) / chord,
      (last[1] - first[1]) / chord,
      (last[2] - first[2]) / chord,
    ];
    return { type: 'line', length_mm, centre_mm, direction };
  }
  const circle = fitCircularEdge(points);
  return circle ? { type: 'circle', length_mm, centre_mm, ...circle } : { type: 'other', length_mm, centre_mm };
}
