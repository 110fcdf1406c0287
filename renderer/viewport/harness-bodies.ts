/** Generated bodies for the harness page and the tests: what a kernel would have tessellated, by arithmetic. */
import { type BodyView, encodeBundle, type FaceInfo, type Vector3 } from '../../preload/contract/index.ts';

export interface GeneratedBody {
  view: BodyView;
  bytes: Uint8Array;
}

class Builder {
  positions: number[] = [];
  normals: number[] = [];
  indices: number[] = [];
  faceOfTriangle: number[] = [];
  edges: number[][] = [];
  vertices: Vector3[] = [];
  faces: FaceInfo[] = [];
  edgeVertices: number[][] = [];

  face(type: FaceInfo['type'], edges: number[], extra: Partial<FaceInfo> = {}): number {
    this.faces.push({
      type,
      area_mm2: 1,
      centroid_mm: [0, 0, 0],
      box: { min: [0, 0, 0], max: [0, 0, 0] },
      edges,
      ...extra,
    });
    return this.faces.length - 1;
  }
  quad(face: number, corners: [Vector3, Vector3, Vector3, Vector3], normals: Vector3 | Vector3[]): void {
    const base = this.positions.length / 3;
    corners.forEach((p, i) => {
      this.positions.push(...p);
      this.normals.push(...(typeof normals[0] === 'number' ? (normals as Vector3) : (normals as Vector3[])[i]!));
    });
    this.indices.push(base, base + 1, base + 2, base, base + 2, base + 3);
    this.faceOfTriangle.push(face, face);
  }
  edge(points: Vector3[], vertices: number[] = []): number {
    this.edges.push(points.flat());
    this.edgeVertices.push(vertices);
    return this.edges.length - 1;
  }

  build(name: string, hash: string, extra: Partial<BodyView['info']> = {}): GeneratedBody {
    // Triangles of one face lie together, as the contract promises.
    const order = this.faceOfTriangle
      .map((_, i) => i)
      .sort((a, b) => this.faceOfTriangle[a]! - this.faceOfTriangle[b]!);
    const indices = new Uint32Array(order.flatMap((t) => this.indices.slice(3 * t, 3 * t + 3)));
    const offsets = new Uint32Array(this.edges.length + 1);
    this.edges.forEach((edge, i) => {
      offsets[i + 1] = offsets[i]! + edge.length / 3;
    });
    const min: Vector3 = [Infinity, Infinity, Infinity];
    const max: Vector3 = [-Infinity, -Infinity, -Infinity];
    this.positions.forEach((value, i) => {
      min[i % 3] = Math.min(min[i % 3]!, value);
      max[i % 3] = Math.max(max[i % 3]!, value);
    });
    const bytes = encodeBundle({
      meta: { linearDeflection_mm: 0.1, angularDeflection_rad: 0.2, quality: 'fine' },
      arrays: {
        positions: new Float32Array(this.positions),
        normals: new Float32Array(this.normals),
        indices,
        faceOfTriangle: new Uint32Array(order.map((t) => this.faceOfTriangle[t]!)),
        edgePoints: new Float32Array(this.edges.flat()),
        edgeOffsets: offsets,
        vertexPoints: new Float32Array(this.vertices.flat()),
      },
    });
    return {
      bytes,
      view: {
        index: 0,
        tessellation: { hash, quality: 'fine' },
        info: {
          name,
          kind: 'solid',
          valid: true,
          box: { min, max },
          mass: { volume_mm3: 1, area_mm2: 1, centroid_mm: [0, 0, 0] },
          faces: this.faces,
          edges: this.edges.map((points, i) => ({
            type: points.length === 6 ? 'line' : 'circle',
            length_mm: 1,
            centre_mm: [points[0]!, points[1]!, points[2]!],
            vertices: this.edgeVertices[i]!,
            faces: [],
          })),
          vertices_mm: this.vertices,
          solids: 1,
          shells: 1,
          ...extra,
        },
      },
    };
  }
}

/** A box from the origin with a round hole along Z through its middle (radius 0: none). Faces 0..5: -X, +X, -Y, +Y, -Z, +Z; 6 the hole. */
export function boxWithHole(
  name: string,
  hash: string,
  size: Vector3,
  radius: number,
  segments = 48,
  extra: Partial<BodyView['info']> = {},
): GeneratedBody {
  const b = new Builder();
  const [w, d, h] = size;
  const corner = (i: number): Vector3 => [i & 1 ? w : 0, i & 2 ? d : 0, i & 4 ? h : 0];
  for (let i = 0; i < 8; i++) b.vertices.push(corner(i));
  const edgeIndex = new Map<string, number>();
  for (let i = 0; i < 8; i++)
    for (const bit of [1, 2, 4])
      if (!(i & bit)) edgeIndex.set(`${i}-${i | bit}`, b.edge([corner(i), corner(i | bit)], [i, i | bit]));
  const circle = (z: number): Vector3[] =>
    Array.from({ length: segments + 1 }, (_, i): Vector3 => {
      const a = (2 * Math.PI * (i % segments)) / segments;
      return [w / 2 + radius * Math.cos(a), d / 2 + radius * Math.sin(a), z];
    });
  const rims = radius > 0 ? [b.edge(circle(0)), b.edge(circle(h))] : [];
  const sides: [number[], Vector3][] = [
    [
      [0, 4, 6, 2],
      [-1, 0, 0],
    ],
    [
      [1, 3, 7, 5],
      [1, 0, 0],
    ],
    [
      [0, 1, 5, 4],
      [0, -1, 0],
    ],
    [
      [2, 6, 7, 3],
      [0, 1, 0],
    ],
    [
      [0, 2, 3, 1],
      [0, 0, -1],
    ],
    [
      [4, 5, 7, 6],
      [0, 0, 1],
    ],
  ];
  sides.forEach(([corners, normal], index) => {
    const edges: number[] = [];
    corners.forEach((c, i) => {
      const next = corners[(i + 1) % 4]!;
      edges.push(edgeIndex.get(c < next ? `${c}-${next}` : `${next}-${c}`)!);
    });
    if (radius > 0 && index >= 4) edges.push(rims[index - 4]!);
    const face = b.face('plane', edges, { normal });
    if (radius === 0 || index < 4) {
      b.quad(face, corners.map(corner) as [Vector3, Vector3, Vector3, Vector3], normal);
      return;
    }
    // A ring from the hole to the outline of the rectangle.
    const z = index === 4 ? 0 : h;
    const outline = (a: number): Vector3 => {
      const c = Math.cos(a);
      const s = Math.sin(a);
      const k = Math.min(
        Math.abs(c) > 1e-12 ? w / 2 / Math.abs(c) : Infinity,
        Math.abs(s) > 1e-12 ? d / 2 / Math.abs(s) : Infinity,
      );
      return [w / 2 + c * k, d / 2 + s * k, z];
    };
    const angles = new Set<number>();
    for (let i = 0; i < segments; i++) angles.add((2 * Math.PI * i) / segments);
    for (const [sx, sy] of [
      [1, 1],
      [-1, 1],
      [-1, -1],
      [1, -1],
    ] as const)
      angles.add((Math.atan2((sy * d) / 2, (sx * w) / 2) + 2 * Math.PI) % (2 * Math.PI));
    const sorted = [...angles].sort((p, q) => p - q);
    const round = (a: number): Vector3 => {
      // On the chords of the hole's own polygon, so that the body is closed.
      const step = (2 * Math.PI) / segments;
      const i = Math.floor(a / step + 1e-9);
      const p = circle(z)[i % segments]!;
      const q = circle(z)[(i + 1) % segments]!;
      const t = a / step - i;
      return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, z];
    };
    sorted.forEach((a, i) => {
      const next = sorted[(i + 1) % sorted.length]!;
      const quad: [Vector3, Vector3, Vector3, Vector3] =
        index === 5
          ? [round(a), outline(a), outline(next), round(next)]
          : [round(next), outline(next), outline(a), round(a)];
      b.quad(face, quad, normal);
    });
  });
  if (radius > 0) {
    const hole = b.face('cylinder', rims, { radius_mm: radius, concave: true });
    const bottom = circle(0);
    const top = circle(h);
    for (let i = 0; i < segments; i++) {
      const n = (p: Vector3): Vector3 => [-(p[0] - w / 2) / radius, -(p[1] - d / 2) / radius, 0];
      b.quad(
        hole,
        [bottom[i + 1]!, bottom[i]!, top[i]!, top[i + 1]!],
        [n(bottom[i + 1]!), n(bottom[i]!), n(top[i]!), n(top[i + 1]!)],
      );
    }
  }
  return b.build(name, hash, extra);
}

/** A cylinder about Z, standing on the origin. Faces: 0 wall, 1 bottom, 2 top. */
export function cylinder(
  name: string,
  hash: string,
  radius: number,
  height: number,
  segments = 48,
  extra: Partial<BodyView['info']> = {},
): GeneratedBody {
  const b = new Builder();
  const at = (i: number, z: number): Vector3 => {
    const a = (2 * Math.PI * (i % segments)) / segments;
    return [radius * Math.cos(a), radius * Math.sin(a), z];
  };
  const ring = (z: number): Vector3[] => Array.from({ length: segments + 1 }, (_, i) => at(i, z));
  b.vertices.push(at(0, 0), at(0, height));
  const edges = [b.edge(ring(0), [0]), b.edge(ring(height), [1]), b.edge([at(0, 0), at(0, height)], [0, 1])];
  const wall = b.face('cylinder', edges, { radius_mm: radius });
  const bottom = b.face('plane', [edges[0]!], { normal: [0, 0, -1] });
  const top = b.face('plane', [edges[1]!], { normal: [0, 0, 1] });
  for (let i = 0; i < segments; i++) {
    const n = (p: Vector3): Vector3 => [p[0] / radius, p[1] / radius, 0];
    const quad: [Vector3, Vector3, Vector3, Vector3] = [at(i, 0), at(i + 1, 0), at(i + 1, height), at(i, height)];
    b.quad(wall, quad, quad.map(n));
    b.quad(bottom, [at(i + 1, 0), at(i, 0), [0, 0, 0], [0, 0, 0]], [0, 0, -1]);
    b.quad(top, [at(i, height), at(i + 1, height), [0, 0, height], [0, 0, height]], [0, 0, 1]);
  }
  return b.build(name, hash, extra);
}
