/**
 * The cut of a closed triangle surface by a plane: the lines where it crosses, and the filled area between them. The filling
 * sweeps the lines as they come and needs no closed loops, so a gap in an imported surface costs a sliver and not the cap. Pure.
 */

/** Segments in the plane: x0, y0, x1, y1 each. */
export type Segments = number[];

/** Where the triangles cross the plane n . p = offset: pairs of points (6 numbers a segment), in the triangles' space. */
export function crossingSegments(
  positions: Float32Array,
  indices: Uint32Array,
  triangles: Iterable<number>,
  plane: readonly [number, number, number, number],
): number[] {
  const out: number[] = [];
  const height = (v: number): number =>
    plane[0] * positions[3 * v]! + plane[1] * positions[3 * v + 1]! + plane[2] * positions[3 * v + 2]! - plane[3];
  for (const t of triangles) {
    const corners = [indices[3 * t]!, indices[3 * t + 1]!, indices[3 * t + 2]!] as const;
    const h = [height(corners[0]), height(corners[1]), height(corners[2])] as const;
    // A corner on the plane counts as above: every closed surface then crosses in closed lines.
    const above = [h[0] >= 0, h[1] >= 0, h[2] >= 0] as const;
    if (above[0] === above[1] && above[1] === above[2]) continue;
    for (let k = 0; k < 3; k++) {
      const l = (k + 1) % 3;
      if (above[k] === above[l]) continue;
      // Always from the side below, so that both triangles of an edge give the same point to the last bit.
      const [from, to] = above[k] ? [l, k] : [k, l];
      const a = corners[from]!;
      const b = corners[to]!;
      const s = h[from]! / (h[from]! - h[to]!);
      for (let c = 0; c < 3; c++) {
        const p = positions[3 * a + c]!;
        out.push(p + (positions[3 * b + c]! - p) * s);
      }
    }
  }
  return out;
}

interface Edge {
  x0: number;
  y0: number;
  y1: number;
  slope: number;
}

/**
 * Fills what lies inside the lines (crossed an odd number of times), as triangles: x, y per corner. A sweep upwards; as long
 * as the same two lines bound a strip it grows as one trapezium.
 */
export function fillEvenOdd(segments: Segments): number[] {
  const out: number[] = [];
  const edges: Edge[] = [];
  const levels = new Set<number>();
  for (let i = 0; i + 3 < segments.length; i += 4) {
    let [x0, y0, x1, y1] = [segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!];
    if (![x0, y0, x1, y1].every(Number.isFinite)) continue;
    levels.add(y0);
    levels.add(y1);
    if (y0 === y1) continue;
    if (y0 > y1) [x0, y0, x1, y1] = [x1, y1, x0, y0];
    edges.push({ x0, y0, y1, slope: (x1 - x0) / (y1 - y0) });
  }
  edges.sort((a, b) => a.y0 - b.y0);
  const heights = [...levels].sort((a, b) => a - b);
  const xAt = (edge: Edge, y: number): number => edge.x0 + edge.slope * (y - edge.y0);
  const emit = (left: Edge, right: Edge, from: number, to: number): void => {
    const a = xAt(left, from);
    const b = xAt(right, from);
    const c = xAt(right, to);
    const d = xAt(left, to);
    if (b > a) out.push(a, from, b, from, c, to);
    if (c > d) out.push(a, from, c, to, d, to);
  };
  let active: Edge[] = [];
  let next = 0;
  /** Strips that are still growing: right edge and where they began, by left edge. */
  let open = new Map<Edge, { right: Edge; from: number }>();
  for (let i = 0; i + 1 < heights.length; i++) {
    const y = heights[i]!;
    const middle = (y + heights[i + 1]!) / 2;
    active = active.filter((edge) => edge.y1 > y);
    while (next < edges.length && edges[next]!.y0 <= y) {
      if (edges[next]!.y1 > y) active.push(edges[next]!);
      next++;
    }
    active.sort((a, b) => xAt(a, middle) - xAt(b, middle));
    const now = new Map<Edge, { right: Edge; from: number }>();
    for (let k = 0; k + 1 < active.length; k += 2) {
      const left = active[k]!;
      const right = active[k + 1]!;
      const before = open.get(left);
      now.set(left, before?.right === right ? before : { right, from: y });
    }
    for (const [left, strip] of open) if (now.get(left) !== strip) emit(left, strip.right, strip.from, y);
    open = now;
  }
  const top = heights.at(-1) ?? 0;
  for (const [left, strip] of open) emit(left, strip.right, strip.from, top);
  return out;
}

/** Area of triangles as `fillEvenOdd` gives them. */
export function filledArea(triangles: number[]): number {
  let area = 0;
  for (let i = 0; i + 5 < triangles.length; i += 6)
    area +=
      Math.abs(
        (triangles[i + 2]! - triangles[i]!) * (triangles[i + 5]! - triangles[i + 1]!) -
          (triangles[i + 4]! - triangles[i]!) * (triangles[i + 3]! - triangles[i + 1]!),
      ) / 2;
  return area;
}
