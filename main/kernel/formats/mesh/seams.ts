/** Closing seams: border vertices that rounding has pulled apart are brought together again. */
import { adjacencyOf, BORDER } from './adjacency.ts';
import type { Welded } from './weld.ts';

/** Vertices of a border closer than this share of the body's diagonal are the same. */
const RELATIVE_TOLERANCE = 1e-6;
/** Single precision has 24 bits; a coordinate may be off by a few units in its last place. */
const SINGLE_PRECISION = 4 * 2 ** -23;

/** The mesh with its seams closed, or the same mesh where that does not leave fewer open edges. */
export function closeSeams(mesh: Welded): Welded {
  const { positions_mm: positions, indices } = mesh;
  const before = adjacencyOf(indices, positions.length / 3);
  if (before.borderEdges === 0) return mesh;
  const remap = pairs(positions, indices, before.twin);
  if (!remap) return mesh;
  const joined = new Uint32Array(indices.length);
  const kept = new Uint32Array(indices.length / 3);
  let end = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const a = remap.get(indices[t]!) ?? indices[t]!;
    const b = remap.get(indices[t + 1]!) ?? indices[t + 1]!;
    const c = remap.get(indices[t + 2]!) ?? indices[t + 2]!;
    if (a === b || b === c || c === a) continue;
    kept[end / 3] = mesh.kept ? mesh.kept[t / 3]! : t / 3;
    joined[end++] = a;
    joined[end++] = b;
    joined[end++] = c;
  }
  const result = joined.slice(0, end);
  const after = adjacencyOf(result, positions.length / 3);
  // Joining must mend: an edge that three triangles share afterwards is worse than an open one.
  if (after.borderEdges >= before.borderEdges || after.nonManifoldEdges > before.nonManifoldEdges) return mesh;
  return { positions_mm: positions, indices: result, collapsed: mesh.collapsed, kept: kept.slice(0, end / 3) };
}

/** For each border vertex that lies within the tolerance of an earlier one, that one; undefined where there is none. */
function pairs(positions: Float64Array, indices: Uint32Array, twin: Int32Array): Map<number, number> | undefined {
  let largest = 0;
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const value = positions[i]!;
    largest = Math.max(largest, Math.abs(value));
    const k = i % 3;
    if (value < min[k]!) min[k] = value;
    if (value > max[k]!) max[k] = value;
  }
  const diagonal = Math.hypot(max[0]! - min[0]!, max[1]! - min[1]!, max[2]! - min[2]!);
  const tolerance = Math.max(RELATIVE_TOLERANCE * diagonal, SINGLE_PRECISION * largest);
  if (!(tolerance > 0) || !Number.isFinite(tolerance)) return undefined;
  const border = new Set<number>();
  for (let s = 0; s < twin.length; s++) {
    if (twin[s] !== BORDER) continue;
    border.add(indices[s]!);
    border.add(indices[s % 3 === 2 ? s - 2 : s + 1]!);
  }
  const cells = new Map<string, number[]>();
  const remap = new Map<number, number>();
  const cell = 2 * tolerance;
  for (const v of border) {
    const p = [positions[3 * v]!, positions[3 * v + 1]!, positions[3 * v + 2]!];
    const at = p.map((x) => Math.floor(x / cell));
    let found = -1;
    for (let n = 0; n < 27 && found < 0; n++) {
      const key = `${at[0]! + (n % 3) - 1},${at[1]! + (((n / 3) | 0) % 3) - 1},${at[2]! + ((n / 9) | 0) - 1}`;
      for (const w of cells.get(key) ?? []) {
        if (
          Math.hypot(p[0]! - positions[3 * w]!, p[1]! - positions[3 * w + 1]!, p[2]! - positions[3 * w + 2]!) <=
          tolerance
        ) {
          found = w;
          break;
        }
      }
    }
    if (found >= 0) {
      remap.set(v, found);
      continue;
    }
    const key = at.join();
    const list = cells.get(key);
    if (list) list.push(v);
    else cells.set(key, [v]);
  }
  return remap.size > 0 ? remap : undefined;
}
