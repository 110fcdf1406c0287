/**
 * From derivatives by nodes to what a person can act on: where on the surface moving outward raises a quantity, and by how
 * much a face's movement does. Derivatives by inner nodes are first brought to the surface by the transpose of the rule by
 * which the mesh follows its surface, then those of midside nodes to their corners (a surface that moves linearly in between).
 */
import type { MeshMotion } from '../../../native/index.d.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { cross, dot, norm, scale, type Vec3 } from '../vector.ts';

/** Faces whose normals at a node differ by less than this move together there: pushing one alone would tear a blend. */
const SMOOTH = Math.cos((20 * Math.PI) / 180);

export interface SurfaceShares {
  /** Nodes of facets, each once, ascending. */
  nodes: Int32Array;
  /** Position of each mesh node among `nodes`, -1 inside. */
  numberOf: Int32Array;
  /** Three a surface node: area-weighted outward unit normal. */
  normals: Float64Array;
  /** Corner nodes' faces: what each has of the surface there. Empty for midside nodes. */
  faces: { face: number; normal: Vec3; area_mm2: number }[][];
  /** For midside nodes their two corners, as surface numbers; -1 for corners. */
  ends: Int32Array;
}

export function surfaceShares(mesh: VolumeMesh): SurfaceShares {
  const count = mesh.nodes.length / 3;
  const numberOf = new Int32Array(count).fill(-1);
  for (const node of mesh.facets) numberOf[node] = 0;
  const nodes: number[] = [];
  for (let node = 0; node < count; node++) if (numberOf[node] === 0) numberOf[node] = nodes.push(node) - 1;
  const ends = new Int32Array(2 * nodes.length).fill(-1);
  const sums: Map<number, Vec3>[] = nodes.map(() => new Map());
  for (let facet = 0; facet < mesh.facetFace.length; facet++) {
    const list = mesh.facets.subarray(6 * facet, 6 * facet + 6);
    for (let side = 0; side < 3; side++) {
      const middle = numberOf[list[3 + side]!]!;
      ends[2 * middle] = numberOf[list[side]!]!;
      ends[2 * middle + 1] = numberOf[list[(side + 1) % 3]!]!;
    }
    // Four small triangles; a third of each belongs to the hat function of the corner that is nearest in the linear facet.
    const small = [
      [0, 3, 5],
      [3, 1, 4],
      [5, 4, 2],
      [3, 4, 5],
    ] as const;
    for (const [corner, triangle] of small.entries()) {
      const area = triangleArea(mesh.nodes, list[triangle[0]]!, list[triangle[1]]!, list[triangle[2]]!);
      // Integrals of the linear hat functions over the small triangles: 4/6, 1/6, 1/6 in a corner's, a third each in the middle.
      for (let k = 0; k < 3; k++) {
        const share = corner === 3 ? 1 / 3 : k === corner ? 2 / 3 : 1 / 6;
        const map = sums[numberOf[list[k]!]!]!;
        const sum = map.get(mesh.facetFace[facet]!) ?? [0, 0, 0];
        for (let axis = 0; axis < 3; axis++) sum[axis]! += share * area[axis]!;
        map.set(mesh.facetFace[facet]!, sum);
      }
    }
  }
  const normals = new Float64Array(3 * nodes.length);
  const faces = sums.map((map) =>
    [...map].map(([face, sum]) => ({ face, normal: scale(sum, 1 / (norm(sum) || 1)), area_mm2: norm(sum) })),
  );
  for (let i = 0; i < nodes.length; i++) {
    const sum: Vec3 = [0, 0, 0];
    const add = (own: SurfaceShares['faces'][number]): void => {
      for (const { normal, area_mm2 } of own)
        for (let axis = 0; axis < 3; axis++) sum[axis]! += area_mm2 * normal[axis]!;
    };
    if (ends[2 * i]! < 0) add(faces[i]!);
    else {
      add(faces[ends[2 * i]!]!);
      add(faces[ends[2 * i + 1]!]!);
    }
    normals.set(scale(sum, 1 / (norm(sum) || 1)), 3 * i);
  }
  return { nodes: Int32Array.from(nodes), numberOf, normals, faces, ends };
}

/** Area vector of a flat triangle, mm^2. */
function triangleArea(nodes: Float64Array, a: number, b: number, c: number): Vec3 {
  const edge = (to: number): Vec3 => [0, 1, 2].map((axis) => nodes[3 * to + axis]! - nodes[3 * a + axis]!) as Vec3;
  return scale(cross(edge(b), edge(c)), 1 / 2);
}

export interface SurfaceGradient {
  /** By face (over all bodies): change per mm of outward movement of the whole face. */
  byFace: Float64Array;
  /** By surface node: change per mm of outward movement and mm^2 of surface. */
  density: Float64Array;
}

/** @param gradient derivatives by all nodes, 3n */
export function surfaceGradient(
  gradient: Float64Array,
  motion: MeshMotion,
  shares: SurfaceShares,
  faceCount: number,
): SurfaceGradient {
  const gathered = motion.gather(gradient);
  const { nodes, ends, faces } = shares;
  const own = new Float64Array(3 * nodes.length);
  nodes.forEach((node, i) => {
    for (let axis = 0; axis < 3; axis++) {
      const value = gathered[3 * node + axis]!;
      if (ends[2 * i]! < 0) own[3 * i + axis]! += value;
      else for (let end = 0; end < 2; end++) own[3 * ends[2 * i + end]! + axis]! += value / 2;
    }
  });
  const byFace = new Float64Array(faceCount);
  const density = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    if (ends[2 * i]! >= 0) continue;
    const value: Vec3 = [own[3 * i]!, own[3 * i + 1]!, own[3 * i + 2]!];
    let sum = 0;
    let area = 0;
    for (const { members, movement, area_mm2 } of movements(faces[i]!)) {
      const change = dot(value, movement);
      sum += change;
      area += area_mm2;
      for (const member of members) byFace[member.face]! += (change * member.area_mm2) / area_mm2;
    }
    density[i] = area > 0 ? sum / area : 0;
  }
  for (let i = 0; i < nodes.length; i++)
    if (ends[2 * i]! >= 0) density[i] = (density[ends[2 * i]!]! + density[ends[2 * i + 1]!]!) / 2;
  return { byFace, density };
}

type Share = SurfaceShares['faces'][number][number];

/**
 * How a node moves when one of its faces moves outward by 1 mm and the others stay in their own surfaces: along n for a lone
 * face, along the other face at an edge, along the other two's edge at a corner. Faces that blend smoothly move as one.
 */
function movements(faces: readonly Share[]): { members: Share[]; movement: Vec3; area_mm2: number }[] {
  const groups: { members: Share[]; normal: Vec3; area_mm2: number }[] = [];
  for (const face of [...faces].sort((a, b) => b.area_mm2 - a.area_mm2)) {
    const group = groups.find(({ normal }) => dot(normal, face.normal) > SMOOTH);
    if (!group) {
      groups.push({ members: [face], normal: face.normal, area_mm2: face.area_mm2 });
      continue;
    }
    const sum = [0, 1, 2].map(
      (axis) => group.area_mm2 * group.normal[axis]! + face.area_mm2 * face.normal[axis]!,
    ) as Vec3;
    group.members.push(face);
    group.area_mm2 += face.area_mm2;
    group.normal = scale(sum, 1 / (norm(sum) || 1));
  }
  return groups.map(({ members, normal, area_mm2 }, index) => {
    const others = groups.filter((_, other) => other !== index).map((group) => group.normal);
    return { members, movement: slide(normal, others), area_mm2 };
  });
}

/** The shortest movement v with v . n = 1 and v . o = 0 for up to two others; more cannot be kept where they are. */
function slide(normal: Vec3, others: readonly Vec3[]): Vec3 {
  let rest = normal;
  const basis: Vec3[] = [];
  for (const other of others.slice(0, 2)) {
    let direction = other;
    for (const known of basis) direction = minus(direction, scale(known, dot(direction, known)));
    if (norm(direction) < 0.1) continue;
    basis.push(scale(direction, 1 / norm(direction)));
  }
  for (const known of basis) rest = minus(rest, scale(known, dot(rest, known)));
  const along = dot(rest, normal);
  // Where the face has almost no way of its own to go, it goes along its normal.
  return along > 0.05 ? scale(rest, 1 / along) : normal;
}

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
