/**
 * From derivatives by nodes to what a person can act on: where on the surface moving outward raises a quantity, and by how
 * much a face's movement does. Derivatives by inner nodes are first brought to the surface by the transpose of the rule by
 * which the mesh follows its surface; there, each node moves along the normal of the face that is moved.
 */
import type { MeshMotion } from '../../../native/index.d.ts';
import { facetNormalAtNode } from '../elements/triangle6.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at, cross, dot, norm, scale, subtract, type Vec3 } from '../vector.ts';

/** Faces whose normals at a node differ by less than this move together there: pushing one alone would tear a blend. */
const SMOOTH = Math.cos((20 * Math.PI) / 180);

export interface SurfaceShares {
  /** Nodes of facets, each once, ascending. */
  nodes: Int32Array;
  /** Position of each mesh node among `nodes`, -1 inside. */
  numberOf: Int32Array;
  /** Three a surface node: outward unit normal, faces weighted by area. */
  normals: Float64Array;
  /** What each face has of the surface at a node. */
  faces: FaceShare[][];
  /** For midside nodes their two corners, as surface numbers; -1 for corners. */
  ends: Int32Array;
  /** Integral of the linear hat function of each corner node, mm^2; 0 at midside nodes. */
  hats: Float64Array;
}
interface FaceShare {
  face: number;
  /** Mean of the facets' own normals at the node. */
  normal: Vec3;
  area_mm2: number;
}

/** The four small triangles of a facet. */
const SMALL = [
  [0, 3, 5],
  [3, 1, 4],
  [5, 4, 2],
  [3, 4, 5],
] as const;

export function surfaceShares(mesh: VolumeMesh): SurfaceShares {
  const count = mesh.nodes.length / 3;
  const numberOf = new Int32Array(count).fill(-1);
  for (const node of mesh.facets) numberOf[node] = 0;
  const nodes: number[] = [];
  for (let node = 0; node < count; node++) if (numberOf[node] === 0) numberOf[node] = nodes.push(node) - 1;
  const ends = new Int32Array(2 * nodes.length).fill(-1);
  const hats = new Float64Array(nodes.length);
  const sums = nodes.map(() => new Map<number, { sum: Vec3; area: number }>());
  for (let facet = 0; facet < mesh.facetFace.length; facet++) {
    const list = [...mesh.facets.subarray(6 * facet, 6 * facet + 6)];
    const numbers = list.map((node) => numberOf[node]!);
    const areas = SMALL.map((triangle) => {
      const [a, b, c] = triangle.map((k) => list[k]!) as [number, number, number];
      return norm(triangleArea(mesh.nodes, a, b, c));
    });
    for (let side = 0; side < 3; side++) {
      ends[2 * numbers[3 + side]!] = numbers[side]!;
      ends[2 * numbers[3 + side]! + 1] = numbers[(side + 1) % 3]!;
      // A hat function's integral over its own small triangle is 4/6 of it, over the middle one 2/6, over the others 1/6.
      areas.forEach((area, triangle) => {
        hats[numbers[side]!]! += area * (triangle === side ? 4 / 6 : triangle === 3 ? 2 / 6 : 1 / 6);
      });
    }
    for (let k = 0; k < 6; k++) {
      const area = SMALL.reduce(
        (sum, own, triangle) => sum + (own.some((one) => one === k) ? areas[triangle]! / 3 : 0),
        0,
      );
      const normal = facetNormalAtNode(mesh.nodes, mesh.facets, facet, k);
      const map = sums[numbers[k]!]!;
      const known = map.get(mesh.facetFace[facet]!) ?? { sum: [0, 0, 0] as Vec3, area: 0 };
      known.area += area;
      for (let axis = 0; axis < 3; axis++) known.sum[axis]! += (area * normal[axis]!) / (norm(normal) || 1);
      map.set(mesh.facetFace[facet]!, known);
    }
  }
  const faces = sums.map((map) =>
    [...map].map(([face, { sum, area }]) => ({ face, normal: scale(sum, 1 / (norm(sum) || 1)), area_mm2: area })),
  );
  const normals = new Float64Array(3 * nodes.length);
  faces.forEach((own, i) => {
    const sum: Vec3 = [0, 0, 0];
    for (const { normal, area_mm2 } of own) for (let axis = 0; axis < 3; axis++) sum[axis]! += area_mm2 * normal[axis]!;
    normals.set(scale(sum, 1 / (norm(sum) || 1)), 3 * i);
  });
  return { nodes: Int32Array.from(nodes), numberOf, normals, faces, ends, hats };
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
  const { nodes, ends, faces, hats } = shares;
  const byFace = new Float64Array(faceCount);
  const density = new Float64Array(nodes.length);
  nodes.forEach((node, i) => {
    const value = at(gathered, node);
    let sum = 0;
    for (const { members, movement, area_mm2 } of movements(faces[i]!)) {
      const change = dot(value, movement);
      sum += change;
      for (const member of members) byFace[member.face]! += (change * member.area_mm2) / area_mm2;
    }
    // A movement that is linear between corners takes the midside nodes half along with each.
    if (ends[2 * i]! < 0) density[i]! += sum;
    else for (let end = 0; end < 2; end++) density[ends[2 * i + end]!]! += sum / 2;
  });
  for (let i = 0; i < nodes.length; i++) density[i]! /= hats[i]! || 1;
  for (let i = 0; i < nodes.length; i++)
    if (ends[2 * i]! >= 0) density[i] = (density[ends[2 * i]!]! + density[ends[2 * i + 1]!]!) / 2;
  return { byFace, density };
}

/** Most places that are pointed out, and how far apart they are, as a share of the part's diagonal. */
const PLACES = 8;
const APART = 0.12;
/** A place that does less than this part of the strongest is not worth an arrow. */
const NOTEWORTHY = 0.05;

/** Corner nodes inside of faces where moving the surface does most: strongest first, well apart from one another. */
export function strongestPlaces(
  mesh: VolumeMesh,
  shares: SurfaceShares,
  density: Float64Array,
): { at_mm: Vec3; normal: Vec3; face: number; density: number }[] {
  const low: Vec3 = [Infinity, Infinity, Infinity];
  const high: Vec3 = [-Infinity, -Infinity, -Infinity];
  const candidates: number[] = [];
  for (let i = 0; i < shares.nodes.length; i++) {
    const point = at(mesh.nodes, shares.nodes[i]!);
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis]!, point[axis]!);
      high[axis] = Math.max(high[axis]!, point[axis]!);
    }
    // On an edge the surface has two directions to go: what is there is told by the nodes beside it.
    if (shares.ends[2 * i]! < 0 && shares.faces[i]!.length === 1) candidates.push(i);
  }
  const apart = APART * norm(subtract(high, low));
  candidates.sort((a, b) => Math.abs(density[b]!) - Math.abs(density[a]!));
  const found: ReturnType<typeof strongestPlaces> = [];
  for (const i of candidates) {
    if (found.length === PLACES) break;
    if (found.length > 0 && Math.abs(density[i]!) < NOTEWORTHY * Math.abs(found[0]!.density)) break;
    const at_mm = at(mesh.nodes, shares.nodes[i]!);
    if (found.some((other) => norm(subtract(other.at_mm, at_mm)) < apart)) continue;
    const { face, normal } = shares.faces[i]![0]!;
    if (density[i] !== 0) found.push({ at_mm, normal, face, density: density[i]! });
  }
  return found;
}

/**
 * How a node moves when one of its faces moves outward by 1 mm and the others stay in their own surfaces: along n for a lone
 * face, along the other face at an edge, along the other two's edge at a corner. Faces that blend smoothly move as one.
 */
function movements(faces: readonly FaceShare[]): { members: FaceShare[]; movement: Vec3; area_mm2: number }[] {
  const groups: { members: FaceShare[]; normal: Vec3; area_mm2: number }[] = [];
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
    for (const known of basis) direction = subtract(direction, scale(known, dot(direction, known)));
    if (norm(direction) < 0.1) continue;
    basis.push(scale(direction, 1 / norm(direction)));
  }
  for (const known of basis) rest = subtract(rest, scale(known, dot(rest, known)));
  const along = dot(rest, normal);
  // Where the face has almost no way of its own to go, it goes along its normal.
  return along > 0.05 ? scale(rest, 1 / along) : normal;
}
