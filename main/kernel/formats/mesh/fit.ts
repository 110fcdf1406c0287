/** Recognising cylinders among the faces of a mesh, and circles among its edges, so that a bore is a bore to the tools. */
import type { EdgeInfo, FaceInfo, Vector3 } from '../../../../preload/contract/geometry.ts';

/** Largest distance from the fitted circle or cylinder, as a share of its radius. */
const TOLERANCE = 0.005;
/** Largest slope of a normal along the axis of a cylinder. */
const NORMAL_TOLERANCE = 0.02;
/** Least turn of the normals round the axis, rad: less than this and any large radius fits. */
const LEAST_TURN = (15 * Math.PI) / 180;

const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vector3): Vector3 => {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** Two unit vectors square to a third. */
function frameOf(axis: Vector3): [Vector3, Vector3] {
  const helper: Vector3 = Math.abs(axis[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(axis, helper));
  return [u, cross(axis, u)];
}

/** Eigenvector of the smallest eigenvalue of a symmetric 3 x 3 matrix (xx, xy, xz, yy, yz, zz), by Jacobi rotations. */
export function leastEigenvector(m: readonly number[]): { vector: Vector3; values: Vector3 } {
  const a = [
    [m[0]!, m[1]!, m[2]!],
    [m[1]!, m[3]!, m[4]!],
    [m[2]!, m[4]!, m[5]!],
  ];
  const e = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < 30; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const off = a[p]![q]!;
      if (Math.abs(off) < 1e-300) continue;
      const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      const s = t * c;
      for (let k = 0; k < 3; k++) {
        const x = a[k]![p]!;
        const y = a[k]![q]!;
        a[k]![p] = c * x - s * y;
        a[k]![q] = s * x + c * y;
      }
      for (let k = 0; k < 3; k++) {
        const x = a[p]![k]!;
        const y = a[q]![k]!;
        a[p]![k] = c * x - s * y;
        a[q]![k] = s * x + c * y;
        const ex = e[k]![p]!;
        const ey = e[k]![q]!;
        e[k]![p] = c * ex - s * ey;
        e[k]![q] = s * ex + c * ey;
      }
    }
  }
  const order = [0, 1, 2].sort((i, j) => a[i]![i]! - a[j]![j]!);
  const least = order[0]!;
  return {
    vector: unit([e[0]![least]!, e[1]![least]!, e[2]![least]!]),
    values: [a[order[0]!]![order[0]!]!, a[order[1]!]![order[1]!]!, a[order[2]!]![order[2]!]!],
  };
}

/** Circle through points of a plane by least squares (Kasa); undefined where they lie on a line. */
export function fitCircle(
  points: readonly (readonly [number, number])[],
): { x: number; y: number; radius: number } | undefined {
  const n = points.length;
  let mx = 0;
  let my = 0;
  for (const [x, y] of points) {
    mx += x / n;
    my += y / n;
  }
  let [xx, xy, yy, xr, yr, r] = [0, 0, 0, 0, 0, 0];
  for (const [px, py] of points) {
    const x = px - mx;
    const y = py - my;
    const q = x * x + y * y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xr += x * q;
    yr += y * q;
    r += q;
  }
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-9 * (xx + yy) ** 2)) return undefined;
  const cx = (xr * yy - yr * xy) / (2 * determinant);
  const cy = (yr * xx - xr * xy) / (2 * determinant);
  return { x: mx + cx, y: my + cy, radius: Math.sqrt(cx * cx + cy * cy + r / n) };
}

/** A triangle of the face: a point on it, its unit normal, its area. */
export interface FaceSample {
  at: Vector3;
  normal: Vector3;
  area: number;
}

/** The cylinder that all points lie on and all normals point from or to; undefined where there is none. */
export function fitCylinder(
  points: Vector3[],
  samples: FaceSample[],
): Pick<FaceInfo, 'axis' | 'radius_mm' | 'concave'> | undefined {
  if (points.length < 4 || samples.length < 2) return undefined;
  const m = [0, 0, 0, 0, 0, 0];
  let total = 0;
  for (const { normal: n, area } of samples) {
    [n[0] * n[0], n[0] * n[1], n[0] * n[2], n[1] * n[1], n[1] * n[2], n[2] * n[2]].forEach((x, i) => {
      m[i]! += area * x;
    });
    total += area;
  }
  if (!(total > 0)) return undefined;
  const { vector: axis, values } = leastEigenvector(m.map((x) => x / total));
  // All normals lie across the axis, and they turn round it: otherwise the axis means nothing.
  if (values[0] > NORMAL_TOLERANCE ** 2 || values[1] < Math.sin(LEAST_TURN / 4) ** 2) return undefined;
  const [u, v] = frameOf(axis);
  const flat = points.map((p) => [dot(p, u), dot(p, v)] as const);
  const circle = fitCircle(flat);
  if (!circle) return undefined;
  const off = flat.some(
    ([x, y]) => Math.abs(Math.hypot(x - circle.x, y - circle.y) - circle.radius) > TOLERANCE * circle.radius,
  );
  if (off) return undefined;
  let outward = 0;
  for (const { at, normal, area } of samples) {
    const x = dot(at, u) - circle.x;
    const y = dot(at, v) - circle.y;
    outward += (area * (x * dot(normal, u) + y * dot(normal, v))) / (Math.hypot(x, y) || 1);
  }
  // Facets of a coarse cylinder lean a little, but all one way.
  if (Math.abs(outward) < 0.95 * total) return undefined;
  let low = Infinity;
  let high = -Infinity;
  for (const point of points) {
    const height = dot(point, axis);
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  const origin_mm = [0, 1, 2].map(
    (k) => circle.x * u[k]! + circle.y * v[k]! + ((low + high) / 2) * axis[k]!,
  ) as Vector3;
  return { axis: { origin_mm, direction: axis }, radius_mm: circle.radius, concave: outward < 0 };
}

/** The circle that an edge's points lie on; undefined where they do not, or are too few to say. */
export function fitCircularEdge(
  points: Vector3[],
): Pick<EdgeInfo, 'radius_mm' | 'curveCentre_mm' | 'direction'> | undefined {
  if (points.length < 6 || points.length > 5000) return undefined;
  const centre: Vector3 = [0, 0, 0];
  for (const p of points) for (let k = 0; k < 3; k++) centre[k]! += p[k]! / points.length;
  const m = [0, 0, 0, 0, 0, 0];
  for (const p of points) {
    const d = [p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]];
    [d[0]! * d[0]!, d[0]! * d[1]!, d[0]! * d[2]!, d[1]! * d[1]!, d[1]! * d[2]!, d[2]! * d[2]!].forEach((x, i) => {
      m[i]! += x;
    });
  }
  const { vector: axis } = leastEigenvector(m);
  const [u, v] = frameOf(axis);
  const circle = fitCircle(points.map((p) => [dot(p, u), dot(p, v)] as const));
  if (!circle) return undefined;
  const height = dot(centre, axis);
  let length = 0;
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1]!, points[i]!];
    length += Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);
  }
  if (length < LEAST_TURN * circle.radius) return undefined;
  for (const p of points) {
    const off = Math.hypot(
      Math.hypot(dot(p, u) - circle.x, dot(p, v) - circle.y) - circle.radius,
      dot(p, axis) - height,
    );
    if (off > TOLERANCE * circle.radius) return undefined;
  }
  const curveCentre_mm = [0, 1, 2].map((k) => circle.x * u[k]! + circle.y * v[k]! + height * axis[k]!) as Vector3;
  return { radius_mm: circle.radius, curveCentre_mm, direction: axis };
}
