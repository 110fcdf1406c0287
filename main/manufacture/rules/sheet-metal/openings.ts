/** Holes and cut-outs in the flats of a sheet, and how far they are from bends, edges and each other. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { add, distance, dot, scale, subtract } from '../../geometry/vectors.ts';

export interface Loop {
  edges: number[];
  /** Faces across its edges: the cut edge of the sheet. */
  across: number[];
  points: Vector3[];
  reach_mm: number;
}

/** Loops of edges of a face, the outer one first. */
export function loopsOf(shape: Shape, face: number): Loop[] {
  const { info } = shape;
  const waiting = new Set(info.faces[face]!.edges);
  const loops: Loop[] = [];
  for (const first of [...waiting]) {
    if (!waiting.delete(first)) continue;
    const edges = [first];
    for (const edge of edges)
      for (const next of waiting)
        if (info.edges[next]!.vertices.some((vertex) => info.edges[edge]!.vertices.includes(vertex))) {
          waiting.delete(next);
          edges.push(next);
        }
    const points = edges.flatMap((edge) => pointsAlong(shape, edge));
    const across = edges.flatMap((edge) => info.edges[edge]!.faces.filter((other) => other !== face));
    loops.push({ edges, across: [...new Set(across)], points, reach_mm: reachOf(points) });
  }
  return loops.sort((a, b) => b.reach_mm - a.reach_mm);
}

function reachOf(points: readonly Vector3[]): number {
  const spans = [0, 1, 2].map((k) => {
    const values = points.map((point) => point[k]!);
    return Math.max(...values) - Math.min(...values);
  });
  return Math.hypot(...spans);
}

function pointsAlong({ triangles, info }: Shape, edge: number): Vector3[] {
  const drawn = triangles.edges[edge];
  if (drawn && drawn.length > 1) return drawn;
  return info.edges[edge]!.vertices.map((vertex) => info.vertices_mm[vertex]!);
}

/** Between two edges, along the nearest way: of the points of each to the pieces of the other. */
export function betweenEdges(shape: Shape, a: number, b: number): { distance_mm: number; at_mm: Vector3 } {
  const [one, other] = [pointsAlong(shape, a), pointsAlong(shape, b)];
  let best = { distance_mm: Infinity, at_mm: one[0] ?? ([0, 0, 0] as Vector3) };
  for (const [points, line] of [
    [one, other],
    [other, one],
  ] as const)
    for (const point of points)
      for (let i = 0; i + 1 < line.length; i++) {
        const nearest = nearestOn(line[i]!, line[i + 1]!, point);
        const apart = distance(point, nearest);
        if (apart < best.distance_mm) best = { distance_mm: apart, at_mm: point };
      }
  return best;
}

function nearestOn(a: Vector3, b: Vector3, point: Vector3): Vector3 {
  const along = subtract(b, a);
  const square = dot(along, along);
  const share = square > 0 ? Math.min(1, Math.max(0, dot(subtract(point, a), along) / square)) : 0;
  return add(a, scale(along, share));
}

/** The nearest of some edges to some others. */
export function nearestEdges(
  shape: Shape,
  from: readonly number[],
  to: readonly number[],
): { distance_mm: number; at_mm: Vector3; edge: number } | null {
  let best: { distance_mm: number; at_mm: Vector3; edge: number } | null = null;
  for (const a of from)
    for (const b of to) {
      const found = betweenEdges(shape, a, b);
      if (!best || found.distance_mm < best.distance_mm) best = { ...found, edge: b };
    }
  return best;
}
