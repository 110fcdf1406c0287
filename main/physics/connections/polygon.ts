/** Convex polygons in a plane: cutting one triangle with another. */
export type Point2 = [number, number];

/** Signed: positive for a polygon that runs counter-clockwise. */
export function polygonArea(polygon: readonly Point2[]): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [x, y] = polygon[i]!;
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!;
    twice += x * nextY - y * nextX;
  }
  return twice / 2;
}

/**
 * The common part of two triangles, counter-clockwise; empty where they have none (Sutherland and Hodgman 1974).
 * @param window counter-clockwise; the subject may run either way
 */
export function clipTriangles(
  window: readonly [Point2, Point2, Point2],
  subject: readonly [Point2, Point2, Point2],
): Point2[] {
  let polygon: Point2[] = polygonArea(subject) < 0 ? [subject[0], subject[2], subject[1]] : [...subject];
  for (let side = 0; side < 3 && polygon.length > 0; side++) {
    const [ax, ay] = window[side]!;
    const [bx, by] = window[(side + 1) % 3]!;
    const inside = ([x, y]: Point2): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const kept: Point2[] = [];
    polygon.forEach((point, index) => {
      const next = polygon[(index + 1) % polygon.length]!;
      const here = inside(point);
      const there = inside(next);
      if (here >= 0) kept.push(point);
      if (here >= 0 === there >= 0) return;
      const share = here / (here - there);
      kept.push([point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])]);
    });
    polygon = kept;
  }
  return polygon;
}
