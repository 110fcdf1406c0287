/**
 * Points that a nodal field is carried to: each lies at a node, or on the straight line between two. The skin, cuts, level
 * surfaces and lines of a result are all drawn through these, so that another frame only needs other numbers. Pure.
 */

/** Point i lies `weight[i]` of the way from node `from[i]` to node `to[i]`; without weights it is the node `from[i]`. */
export interface Carriers {
  from: Uint32Array;
  to: Uint32Array | null;
  weight: Float32Array | null;
}

export const atNodes = (nodes: Uint32Array): Carriers => ({ from: nodes, to: null, weight: null });

/** A nodal array in one frame, or between two: `blend` of the way from `a` to `b`. */
export interface BlendedArray {
  a: Float32Array;
  b: Float32Array | null;
  blend: number;
}

/** The array itself where nothing is blended, else a new one with every number between. */
export function resolveBlend({ a, b, blend }: BlendedArray): Float32Array {
  if (!b || blend === 0) return a;
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + (b[i]! - a[i]!) * blend;
  return out;
}

/** Carries `size` numbers a node to the points; zeros without a source. */
export function carry(source: BlendedArray | null, size: number, carriers: Carriers): Float32Array {
  const { from, to, weight } = carriers;
  const out = new Float32Array(from.length * size);
  if (!source) return out;
  const { a } = source;
  const b = source.blend === 0 ? null : source.b;
  const blend = b ? source.blend : 0;
  for (let i = 0; i < from.length; i++) {
    const p = from[i]! * size;
    const q = to ? to[i]! * size : p;
    const t = weight ? weight[i]! : 0;
    for (let k = 0; k < size; k++) {
      let value = a[p + k]!;
      if (t !== 0) value += (a[q + k]! - value) * t;
      if (b) {
        let later = b[p + k]!;
        if (t !== 0) later += (b[q + k]! - later) * t;
        value += (later - value) * blend;
      }
      out[i * size + k] = value;
    }
  }
  return out;
}
