/** Welding: giving corners at the same place one shared vertex, so that it can be seen whether a mesh is closed. */

export interface Welded {
  positions_mm: Float64Array;
  indices: Uint32Array;
  /** Triangles that collapsed to a line or a point, and were left out. */
  collapsed: number;
  /** For each triangle kept, its index before welding; absent when none was left out. */
  kept?: Uint32Array;
}

/**
 * Welds vertices whose coordinates fall in the same cell of a grid of `cell_mm`, or that are exactly equal when it is 0.
 * Cells are not overlapped, so two points closer than a cell may stay apart: callers judge by the open edges that remain.
 */
export function weld(positions: Float64Array, indices: Uint32Array, cell_mm = 0): Welded {
  const count = positions.length / 3;
  let capacity = 16;
  while (capacity < count * 2) capacity *= 2;
  const slots = new Int32Array(capacity).fill(-1);
  const mask = capacity - 1;
  const remap = new Uint32Array(count);
  const out = new Float64Array(positions.length);
  const keys = cell_mm > 0 ? new Float64Array(positions.length) : out;
  const scratch = new Float64Array(3);
  const words = new Int32Array(scratch.buffer);
  const scale = cell_mm > 0 ? 1 / cell_mm : 0;
  let vertices = 0;
  for (let v = 0; v < count; v++) {
    // Adding 0 turns -0 into 0, which must weld with it.
    const x = positions[3 * v]! + 0;
    const y = positions[3 * v + 1]! + 0;
    const z = positions[3 * v + 2]! + 0;
    const kx = scale > 0 ? Math.round(x * scale) + 0 : x;
    const ky = scale > 0 ? Math.round(y * scale) + 0 : y;
    const kz = scale > 0 ? Math.round(z * scale) + 0 : z;
    scratch[0] = kx;
    scratch[1] = ky;
    scratch[2] = kz;
    let hash = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul(hash ^ words[2]! ^ Math.imul(words[3]!, 0xc2b2ae35), 0x27d4eb2f);
    hash = Math.imul(hash ^ words[4]! ^ Math.imul(words[5]!, 0x165667b1), 0x9e3779b1);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = slots[slot]!;
      if (found < 0) {
        slots[slot] = vertices;
        remap[v] = vertices;
        out[3 * vertices] = x;
        out[3 * vertices + 1] = y;
        out[3 * vertices + 2] = z;
        if (scale > 0) {
          keys[3 * vertices] = kx;
          keys[3 * vertices + 1] = ky;
          keys[3 * vertices + 2] = kz;
        }
        vertices++;
        break;
      }
      if (keys[3 * found] === kx && keys[3 * found + 1] === ky && keys[3 * found + 2] === kz) {
        remap[v] = found;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  const welded = new Uint32Array(indices.length);
  let kept: Uint32Array | undefined;
  let end = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const a = remap[indices[i]!]!;
    const b = remap[indices[i + 1]!]!;
    const c = remap[indices[i + 2]!]!;
    if (a === b || b === c || c === a) {
      if (!kept) {
        kept = new Uint32Array(indices.length / 3);
        for (let t = 0; t < end / 3; t++) kept[t] = t;
      }
      continue;
    }
    if (kept) kept[end / 3] = i / 3;
    welded[end] = a;
    welded[end + 1] = b;
    welded[end + 2] = c;
    end += 3;
  }
  const result: Welded = {
    positions_mm: out.slice(0, vertices * 3),
    indices: end === welded.length ? welded : welded.slice(0, end),
    collapsed: (indices.length - end) / 3,
  };
  if (kept) result.kept = kept.slice(0, end / 3);
  return result;
}
