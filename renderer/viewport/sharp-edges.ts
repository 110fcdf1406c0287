/** Edges of a triangle mesh that look like edges: where the surface folds sharply, or ends. */
import { PairTable } from './pair-table.ts';
import type { SlicedWork } from './slices.ts';

/** Cosine of the smallest fold that counts, 30 degrees. */
const COSINE = Math.cos(Math.PI / 6);

/** As two-point polylines. Vertices at the same place count as one, because mesh files repeat them per triangle. */
export function* sharpEdges(
  positions: Float32Array,
  indices: Uint32Array,
): SlicedWork<{ points: Float32Array; offsets: Uint32Array }> {
  const count = positions.length / 3;
  // Open addressing on the bits of the coordinates.
  const bits = new Uint32Array(positions.buffer, positions.byteOffset, positions.length);
  const size = 1 << Math.max(4, Math.ceil(Math.log2(count * 2 + 1)));
  const slots = new Int32Array(size).fill(-1);
  const same = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let h =
      (Math.imul(bits[3 * i]!, 73856093) ^
        Math.imul(bits[3 * i + 1]!, 19349663) ^
        Math.imul(bits[3 * i + 2]!, 83492791)) >>>
      0;
    h = (h ^ (h >>> 15)) & (size - 1);
    for (;;) {
      const j = slots[h]!;
      if (j < 0) {
        slots[h] = i;
        same[i] = i;
        break;
      }
      if (
        positions[3 * j] === positions[3 * i] &&
        positions[3 * j + 1] === positions[3 * i + 1] &&
        positions[3 * j + 2] === positions[3 * i + 2]
      ) {
        same[i] = j;
        break;
      }
      h = (h + 1) & (size - 1);
    }
    if (i % 20_000 === 0) yield;
  }
  const triangles = indices.length / 3;
  const normals = new Float32Array(indices.length);
  for (let t = 0; t < triangles; t++) {
    const a = indices[3 * t]! * 3;
    const b = indices[3 * t + 1]! * 3;
    const c = indices[3 * t + 2]! * 3;
    const ux = positions[b]! - positions[a]!;
    const uy = positions[b + 1]! - positions[a + 1]!;
    const uz = positions[b + 2]! - positions[a + 2]!;
    const vx = positions[c]! - positions[a]!;
    const vy = positions[c + 1]! - positions[a + 1]!;
    const vz = positions[c + 2]! - positions[a + 2]!;
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
    const l = Math.hypot(...n) || 1;
    normals.set([n[0] / l, n[1] / l, n[2] / l], 3 * t);
    if (t % 20_000 === 0) yield;
  }
  /** Edge to the triangle that had it first; -1 once its pair was found. */
  const first = new PairTable(triangles * 3);
  yield;
  const segments: number[] = [];
  const put = (a: number, b: number): void => {
    for (const p of [a, b]) segments.push(positions[3 * p]!, positions[3 * p + 1]!, positions[3 * p + 2]!);
  };
  for (let t = 0; t < triangles; t++) {
    for (let k = 0; k < 3; k++) {
      const a = same[indices[3 * t + k]!]!;
      const b = same[indices[3 * t + ((k + 1) % 3)]!]!;
      const other = first.exchange(a, b, t);
      if (other === undefined) continue;
      first.exchange(a, b, -1);
      if (other < 0) continue;
      const d =
        normals[3 * t]! * normals[3 * other]! +
        normals[3 * t + 1]! * normals[3 * other + 1]! +
        normals[3 * t + 2]! * normals[3 * other + 2]!;
      if (d < COSINE) put(a, b);
    }
    if (t % 5000 === 0) yield;
  }
  yield;
  let seen = 0;
  for (const [a, b, t] of first.entries()) {
    if (t >= 0) put(a, b);
    if (++seen % 100_000 === 0) yield;
  }
  const offsets = new Uint32Array(segments.length / 6 + 1);
  for (let i = 0; i < offsets.length; i++) offsets[i] = 2 * i;
  return { points: new Float32Array(segments), offsets };
}
