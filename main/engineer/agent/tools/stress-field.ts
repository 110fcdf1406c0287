/** A result's stress on the surface of the bodies: where it is largest, and how it runs through the wall there. */
import { decodeBundle, type ResultSummary, type Vector3 } from '../../../../preload/contract/index.ts';
import { cross, dot, subtract, unit } from '../../../document/index.ts';
import { symmetricEigen } from '../../../physics/index.ts';

type Tensor = [xx: number, yy: number, zz: number, xy: number, yz: number, zx: number];

export interface SurfaceStress {
  nodes: Float32Array;
  vonMises: Float32Array;
  stress: Float32Array;
  triangles: Uint32Array;
  face: Uint32Array;
  body: Uint32Array;
  /** Surface nodes, each once. */
  surface: Uint32Array;
}

/** Of the frame with this index. Null where the result has no stress. */
export function surfaceStress(bytes: Uint8Array, frame: number): SurfaceStress | null {
  const { arrays } = decodeBundle(bytes);
  const of = (name: string) => arrays[frame === 0 ? name : `${frame}/${name}`];
  const [nodes, vonMises, stress] = [arrays['nodes'], of('vonMises'), of('stress')];
  const [triangles, face, body] = [arrays['surfaceTriangles'], arrays['surfaceFace'], arrays['surfaceBody']];
  if (!nodes || !vonMises || !stress || !triangles || !face) return null;
  return {
    nodes: nodes as Float32Array,
    vonMises: vonMises as Float32Array,
    stress: stress as Float32Array,
    triangles: triangles as Uint32Array,
    face: face as Uint32Array,
    body: (body ?? new Uint32Array(face.length)) as Uint32Array,
    surface: new Uint32Array(new Set(triangles as Uint32Array)),
  };
}

/** The frame whose largest stress is the largest; the first where there is only one. */
export function governingFrame(summary: ResultSummary): { index: number; name?: string } {
  const frames = summary.frames ?? [];
  let best = { index: 0, value: Number.NEGATIVE_INFINITY };
  frames.forEach((frame, index) => {
    const value =
      frame.kind === 'envelope'
        ? Number.NEGATIVE_INFINITY
        : (frame.extremes['von_mises']?.max.value ?? Number.NEGATIVE_INFINITY);
    if (value > best.value) best = { index, value };
  });
  const name = frames[best.index]?.name;
  return { index: best.index, ...(name === undefined ? {} : { name }) };
}

export const nodeAt = ({ nodes }: SurfaceStress, node: number): Vector3 => [
  nodes[3 * node]!,
  nodes[3 * node + 1]!,
  nodes[3 * node + 2]!,
];
export const stressAt = ({ stress }: SurfaceStress, node: number): Tensor =>
  [0, 1, 2, 3, 4, 5].map((k) => stress[6 * node + k]!) as Tensor;

/** Normal stress along a direction. */
export function along([xx, yy, zz, xy, yz, zx]: Tensor, [x, y, z]: Vector3): number {
  return xx * x * x + yy * y * y + zz * z * z + 2 * (xy * x * y + yz * y * z + zx * z * x);
}

/** Principal stresses, largest first, with the direction of the one that is largest in size. */
export function principal([xx, yy, zz, xy, yz, zx]: Tensor): { values: [number, number, number]; governing: Vector3 } {
  const { values, vectors } = symmetricEigen([xx, xy, zx, xy, yy, yz, zx, yz, zz], 3);
  const largest = Math.abs(values[2]!) >= Math.abs(values[0]!) ? 2 : 0;
  return { values: [values[2]!, values[1]!, values[0]!], governing: vectors[largest] as Vector3 };
}

/** The node with the largest von Mises stress on these triangles' faces, and the triangle it was seen on. */
export function peakOn(
  field: SurfaceStress,
  counts: (triangle: number) => boolean,
  leaveOut: (at: Vector3) => boolean,
): { node: number; triangle: number; value: number } | null {
  let best: { node: number; triangle: number; value: number } | null = null;
  for (let triangle = 0; triangle < field.face.length; triangle++) {
    if (!counts(triangle)) continue;
    for (let corner = 0; corner < 3; corner++) {
      const node = field.triangles[3 * triangle + corner]!;
      const value = field.vonMises[node]!;
      if (best && value <= best.value) continue;
      if (leaveOut(nodeAt(field, node))) continue;
      best = { node, triangle, value };
    }
  }
  return best;
}

export function normalOf(field: SurfaceStress, triangle: number): Vector3 {
  const [a, b, c] = [0, 1, 2].map((k) => nodeAt(field, field.triangles[3 * triangle + k]!)) as [
    Vector3,
    Vector3,
    Vector3,
  ];
  return unit(cross(subtract(b, a), subtract(c, a)));
}

/** Outward normals of the faces that meet at a node: one on a smooth face, two at an edge, three at a corner. */
export function normalsAt(field: SurfaceStress, node: number): Vector3[] {
  const normals: Vector3[] = [];
  for (let triangle = 0; triangle < field.face.length; triangle++) {
    if (![0, 1, 2].some((corner) => field.triangles[3 * triangle + corner] === node)) continue;
    const normal = normalOf(field, triangle);
    if (normals.every((known) => dot(known, normal) < 0.9)) normals.push(normal);
  }
  return normals;
}

/** The wall under a place: how thick it is, and the surface node on its other side. Null where the ray leaves nothing. */
export function acrossWall(
  field: SurfaceStress,
  from: Vector3,
  outward: Vector3,
): { thickness_mm: number; node: number } | null {
  const direction: Vector3 = [-outward[0], -outward[1], -outward[2]];
  let best: { thickness_mm: number; node: number } | null = null;
  for (let triangle = 0; triangle < field.face.length; triangle++) {
    const nodes = [0, 1, 2].map((k) => field.triangles[3 * triangle + k]!);
    const [a, b, c] = nodes.map((node) => nodeAt(field, node)) as [Vector3, Vector3, Vector3];
    const [e1, e2] = [subtract(b, a), subtract(c, a)];
    // Moeller and Trumbore (1997), doi:10.1080/10867651.1997.10487468.
    const h = cross(direction, e2);
    const det = dot(e1, h);
    if (Math.abs(det) < 1e-12) continue;
    const s = subtract(from, a);
    const u = dot(s, h) / det;
    if (u < -1e-6 || u > 1 + 1e-6) continue;
    const q = cross(s, e1);
    const v = dot(direction, q) / det;
    if (v < -1e-6 || u + v > 1 + 1e-6) continue;
    const t = dot(e2, q) / det;
    if (t < 1e-3 || (best && t >= best.thickness_mm)) continue;
    const weights = [1 - u - v, u, v];
    best = { thickness_mm: t, node: nodes[weights.indexOf(Math.max(...weights))]! };
  }
  return best;
}

/** Mean von Mises stress of surface nodes between two distances of a place. */
export function surroundings(field: SurfaceStress, at: Vector3, inner_mm: number, outer_mm: number): number | null {
  let sum = 0;
  let count = 0;
  for (const node of field.surface) {
    const away = Math.hypot(...subtract(nodeAt(field, node), at));
    if (away < inner_mm || away > outer_mm) continue;
    sum += field.vonMises[node]!;
    count++;
  }
  return count < 3 ? null : sum / count;
}
