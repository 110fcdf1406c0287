/**
 * Cutting a triangle mesh into the faces a person would point at: flat regions, and smooth regions between creases.
 */
import type { Adjacency } from './adjacency.ts';
import { UnionFind } from './union-find.ts';

/** Two triangles that meet at less than this belong to one smooth face. */
const CREASE_RAD = (30 * Math.PI) / 180;
/** Two triangles that meet at less than this are coplanar. */
const COPLANAR_RAD = (0.2 * Math.PI) / 180;
/** A flat region this many times larger than every smooth neighbour is a face of its own (a plane that runs into fillets). */
const DOMINANCE = 4;
/** ... and at least this share of the whole area, so that no freeform facet stands out by chance. */
const LEAST_SHARE = 1e-3;
/** More faces than this cannot be picked or listed usefully: the crease angle is raised until there are fewer. */
const MAX_FACES = 20_000;

export interface TriangleGeometry {
  /** Unit normals, three a triangle; zero for triangles without area. */
  normals: Float64Array;
  /** mm^2 */
  areas: Float64Array;
  /** Triangles so thin that rounding decides their normal; these join the neighbour across their longest side. */
  thin: Uint8Array;
}

export function triangleGeometry(positions: Float64Array, indices: Uint32Array, diagonal_mm: number): TriangleGeometry {
  const count = indices.length / 3;
  const normals = new Float64Array(indices.length);
  const areas = new Float64Array(count);
  const thin = new Uint8Array(count);
  const leastHeight = diagonal_mm * 2e-6;
  for (let t = 0; t < count; t++) {
    const a = 3 * indices[3 * t]!;
    const b = 3 * indices[3 * t + 1]!;
    const c = 3 * indices[3 * t + 2]!;
    const ax = positions[a]!;
    const ay = positions[a + 1]!;
    const az = positions[a + 2]!;
    const ux = positions[b]! - ax;
    const uy = positions[b + 1]! - ay;
    const uz = positions[b + 2]! - az;
    const vx = positions[c]! - ax;
    const vy = positions[c + 1]! - ay;
    const vz = positions[c + 2]! - az;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz);
    const wx = vx - ux;
    const wy = vy - uy;
    const wz = vz - uz;
    const longest = Math.max(ux * ux + uy * uy + uz * uz, vx * vx + vy * vy + vz * vz, wx * wx + wy * wy + wz * wz);
    areas[t] = length / 2;
    if (length > 0) {
      normals[3 * t] = nx / length;
      normals[3 * t + 1] = ny / length;
      normals[3 * t + 2] = nz / length;
    }
    if (!(length > leastHeight * Math.sqrt(longest))) thin[t] = 1;
  }
  return { normals, areas, thin };
}

export interface Segmentation {
  faceOf: Int32Array;
  faces: number;
  /** Connected pieces of the surface. */
  shellOf: Int32Array;
  shells: number;
  /** Set where the usual crease angle gave too many faces. */
  coarse?: string;
}

/** `colourOf` keeps triangles of different colours apart. */
export function segment(
  positions: Float64Array,
  indices: Uint32Array,
  adjacency: Adjacency,
  geometry: TriangleGeometry,
  colourOf?: Int32Array,
): Segmentation {
  const shells = shellsOf(indices.length / 3, adjacency).labels();
  const base = { shellOf: shells.of, shells: shells.count };
  for (const angle of [CREASE_RAD, CREASE_RAD * 1.5, CREASE_RAD * 2]) {
    const faces = facesAt(angle, positions, indices, adjacency, geometry, colourOf);
    if (faces.count <= MAX_FACES) {
      const coarse =
        angle > CREASE_RAD
          ? { coarse: 'The mesh is rough: its faces were told apart by sharper creases than usual.' }
          : {};
      return { ...base, faceOf: faces.of, faces: faces.count, ...coarse };
    }
  }
  if (shells.count <= MAX_FACES) {
    return {
      ...base,
      faceOf: shells.of,
      faces: shells.count,
      coarse: 'The mesh is too rough to tell faces apart: each connected piece is one face.',
    };
  }
  const one = new Int32Array(indices.length / 3);
  return {
    ...base,
    faceOf: one,
    faces: 1,
    coarse: 'The mesh is in too many pieces to tell faces apart: the whole body is one face.',
  };
}

function shellsOf(count: number, { twin }: Adjacency): UnionFind {
  const sets = new UnionFind(count);
  for (let s = 0; s < twin.length; s++) {
    const other = twin[s]!;
    if (other > s) sets.union((s / 3) | 0, (other / 3) | 0);
  }
  return sets;
}

function facesAt(
  crease_rad: number,
  positions: Float64Array,
  indices: Uint32Array,
  { twin }: Adjacency,
  { normals, areas, thin }: TriangleGeometry,
  colourOf?: Int32Array,
): { of: Int32Array; count: number } {
  const count = indices.length / 3;
  const cosine = (s: number, u: number): number =>
    normals[3 * s]! * normals[3 * u]! +
    normals[3 * s + 1]! * normals[3 * u + 1]! +
    normals[3 * s + 2]! * normals[3 * u + 2]!;
  const flat = new UnionFind(count);
  const coplanar = Math.cos(COPLANAR_RAD);
  for (let s = 0; s < twin.length; s++) {
    const other = twin[s]!;
    if (other <= s) continue;
    const t = (s / 3) | 0;
    const u = (other / 3) | 0;
    if (thin[t] || thin[u] || (colourOf && colourOf[t] !== colourOf[u])) continue;
    if (cosine(t, u) >= coplanar) flat.union(t, u);
  }
  for (let t = 0; t < count; t++) {
    if (!thin[t]) continue;
    const other = twin[longestSide(positions, indices, t)]!;
    if (other >= 0 && (!colourOf || colourOf[t] === colourOf[(other / 3) | 0])) flat.union(t, (other / 3) | 0);
  }
  const areaOf = new Float64Array(count);
  let total = 0;
  for (let t = 0; t < count; t++) {
    areaOf[flat.find(t)]! += areas[t]!;
    total += areas[t]!;
  }
  const largestNeighbour = new Float64Array(count);
  const smooth = Math.cos(crease_rad);
  const isSmooth = (s: number, other: number): boolean => {
    const t = (s / 3) | 0;
    const u = (other / 3) | 0;
    if (colourOf && colourOf[t] !== colourOf[u]) return false;
    return !thin[t] && !thin[u] && cosine(t, u) >= smooth;
  };
  for (let s = 0; s < twin.length; s++) {
    const other = twin[s]!;
    if (other <= s || !isSmooth(s, other)) continue;
    const t = flat.find((s / 3) | 0);
    const u = flat.find((other / 3) | 0);
    if (t === u) continue;
    if (areaOf[u]! > largestNeighbour[t]!) largestNeighbour[t] = areaOf[u]!;
    if (areaOf[t]! > largestNeighbour[u]!) largestNeighbour[u] = areaOf[t]!;
  }
  const stands = (root: number): boolean =>
    areaOf[root]! > LEAST_SHARE * total && areaOf[root]! > DOMINANCE * largestNeighbour[root]!;
  // Decided before joining: a joined root's area would change while it is still asked for.
  const standing = new Uint8Array(count);
  for (let t = 0; t < count; t++) if (flat.parent[t] === t && stands(t)) standing[t] = 1;
  const flatRoot = Int32Array.from({ length: count }, (_, t) => flat.find(t));
  for (let s = 0; s < twin.length; s++) {
    const other = twin[s]!;
    if (other <= s || !isSmooth(s, other)) continue;
    const t = flatRoot[(s / 3) | 0]!;
    const u = flatRoot[(other / 3) | 0]!;
    if (t !== u && !standing[t] && !standing[u]) flat.union(t, u);
  }
  return flat.labels();
}

function longestSide(positions: Float64Array, indices: Uint32Array, t: number): number {
  let best = 3 * t;
  let longest = -1;
  for (let k = 0; k < 3; k++) {
    const a = 3 * indices[3 * t + k]!;
    const b = 3 * indices[3 * t + ((k + 1) % 3)]!;
    const length =
      (positions[a]! - positions[b]!) ** 2 +
      (positions[a + 1]! - positions[b + 1]!) ** 2 +
      (positions[a + 2]! - positions[b + 2]!) ** 2;
    if (length > longest) {
      longest = length;
      best = 3 * t + k;
    }
  }
  return best;
}
