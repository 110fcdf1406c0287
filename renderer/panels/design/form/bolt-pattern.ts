/** Places of bolts as the pattern that a person thinks of: on a circle, in a grid, or wherever they are. Pure. */

export type Point = readonly [number, number, number];
export type AxisName = 'x' | 'y' | 'z' | '-x' | '-y' | '-z';

/** In the plane across the axis: angles from its first direction, in degrees; lengths in mm. */
export type BoltPattern =
  | { kind: 'circle'; count: number; diameter: number; angle: number; centre: Point }
  | { kind: 'grid'; counts: readonly [number, number]; spacing: readonly [number, number]; centre: Point }
  | { kind: 'points'; at: readonly Point[] };

export const PATTERN_KINDS: readonly BoltPattern['kind'][] = ['circle', 'grid', 'points'];
/** As many as a brief may have. */
export const MOST_BOLTS = 64;

/** How far a place may be off its pattern and still be of it, mm: places are written with six digits behind the point. */
const OFF_mm = 1e-4;
const FULL_TURN = 360;

/** The two directions across an axis, in the order x, y, z. */
export const acrossOf = (axis: string): readonly [number, number] =>
  axis.endsWith('x') ? [1, 2] : axis.endsWith('y') ? [0, 2] : [0, 1];

const at = (centre: Point, [u, v]: readonly [number, number], alongU: number, alongV: number): Point =>
  centre.map((x, k) => x + (k === u ? alongU : k === v ? alongV : 0)) as unknown as Point;

export function pointsOf(pattern: BoltPattern, axis: string): Point[] {
  const across = acrossOf(axis);
  if (pattern.kind === 'points') return [...pattern.at];
  if (pattern.kind === 'circle') {
    const { count, diameter, angle, centre } = pattern;
    return Array.from({ length: count }, (_, k) => {
      const turn = ((angle + (FULL_TURN * k) / count) * Math.PI) / 180;
      return at(centre, across, (diameter / 2) * Math.cos(turn), (diameter / 2) * Math.sin(turn));
    });
  }
  const { counts, spacing, centre } = pattern;
  return Array.from({ length: counts[0] * counts[1] }, (_, k) => {
    const [i, j] = [k % counts[0], Math.floor(k / counts[0])];
    return at(centre, across, (i - (counts[0] - 1) / 2) * spacing[0], (j - (counts[1] - 1) / 2) * spacing[1]);
  });
}

/** @param preferred what a person chose, where the places could be either: four bolts in a square are on a circle, too */
export function patternOf(points: readonly Point[], axis: string, preferred?: BoltPattern['kind']): BoltPattern {
  const found = { circle: () => circleOf(points, axis), grid: () => gridOf(points, axis) };
  const order: readonly ('circle' | 'grid')[] = preferred === 'circle' ? ['circle', 'grid'] : ['grid', 'circle'];
  if (preferred !== 'points')
    for (const kind of order) {
      const pattern = found[kind]();
      if (pattern) return pattern;
    }
  return { kind: 'points', at: points };
}

/** As near as another kind of pattern comes to the places: where a person begins to change it. */
export function asKind(points: readonly Point[], axis: string, kind: BoltPattern['kind']): BoltPattern {
  const pattern = patternOf(points, axis, kind);
  if (pattern.kind === kind || kind === 'points')
    return pattern.kind === kind ? pattern : { kind: 'points', at: points };
  const centre = middleOf(points);
  const [u, v] = acrossOf(axis);
  const [width, height] = [u, v].map((k) => extentOf(points, k)) as [number, number];
  if (kind === 'circle') {
    const diameter = Math.hypot(width, height) || 40;
    return { kind, count: Math.max(points.length, 2), diameter: round(diameter), angle: 0, centre };
  }
  return { kind, counts: [2, 2], spacing: [round(width || 40), round(height || 40)], centre };
}

function circleOf(points: readonly Point[], axis: string): BoltPattern | null {
  const count = points.length;
  if (count < 2) return null;
  const centre = count === 2 ? middleOf(points) : centroidOf(points);
  const [u, v] = acrossOf(axis);
  const offsets = points.map((point) => [point[u]! - centre[u]!, point[v]! - centre[v]!] as const);
  const radius = Math.hypot(...offsets[0]!);
  if (radius < OFF_mm) return null;
  const angle = (Math.atan2(offsets[0]![1], offsets[0]![0]) * 180) / Math.PI;
  const pattern: BoltPattern = { kind: 'circle', count, diameter: round(2 * radius), angle: round(angle), centre };
  return sameSet(pointsOf({ ...pattern, diameter: 2 * radius, angle }, axis), points) ? pattern : null;
}

function gridOf(points: readonly Point[], axis: string): BoltPattern | null {
  const [u, v] = acrossOf(axis);
  const counts = [u, v].map((k) => distinct(points, k)) as [number, number];
  if (points.length < 2 || counts[0] * counts[1] !== points.length) return null;
  const spacing = [u, v].map((k, axisOf) => round(extentOf(points, k) / Math.max(1, counts[axisOf]! - 1))) as [
    number,
    number,
  ];
  const pattern: BoltPattern = { kind: 'grid', counts, spacing, centre: middleOf(points) };
  return sameSet(pointsOf(pattern, axis), points) ? pattern : null;
}

const round = (value: number): number => Number(value.toFixed(6));
const values = (points: readonly Point[], k: number): number[] => points.map((point) => point[k]!);
const extentOf = (points: readonly Point[], k: number): number => {
  const all = values(points, k);
  return all.length === 0 ? 0 : Math.max(...all) - Math.min(...all);
};
const distinct = (points: readonly Point[], k: number): number =>
  values(points, k)
    .sort((a, b) => a - b)
    .filter((value, index, all) => index === 0 || value - all[index - 1]! > OFF_mm).length;
const axes = [0, 1, 2];
const middleOf = (points: readonly Point[]): Point =>
  axes.map((k) => {
    const all = values(points, k);
    return all.length === 0 ? 0 : round((Math.min(...all) + Math.max(...all)) / 2);
  }) as unknown as Point;
const centroidOf = (points: readonly Point[]): Point =>
  axes.map((k) => round(values(points, k).reduce((sum, x) => sum + x, 0) / points.length)) as unknown as Point;

function sameSet(a: readonly Point[], b: readonly Point[]): boolean {
  const near = (p: Point, q: Point) => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) < OFF_mm;
  return a.length === b.length && a.every((point) => b.some((other) => near(point, other)));
}
