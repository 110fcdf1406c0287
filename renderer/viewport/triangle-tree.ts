/**
 * A bounding-volume tree over triangles for picking by ray on the processor: exact, immediate, and as fast without a
 * graphics card as with one. Built along a Morton curve in linear time, in slices; refitted when the field deforms.
 */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { SlicedWork } from './slices.ts';

export interface TriangleHit {
  /** Distance along the ray, in lengths of its direction. */
  t: number;
  triangle: number;
  /** Barycentric weights of the second and third corner. */
  u: number;
  v: number;
  /** True where the ray meets the side that the winding calls outside. */
  front: boolean;
}

const LEAF_SIZE = 4;
/** Work between two possible interruptions. */
const STEP = 20_000;

/** Spreads the low 10 bits of a number over every third bit. */
function spread(v: number): number {
  let x = v & 0x3ff;
  x = (x | (x << 16)) & 0x030000ff;
  x = (x | (x << 8)) & 0x0300f00f;
  x = (x | (x << 4)) & 0x030c30c3;
  return (x | (x << 2)) & 0x09249249;
}

export class TriangleTree {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
  /** Triangles in the order of the leaves. */
  readonly order: Uint32Array;
  /** Six per node: least x, y, z, largest x, y, z. */
  readonly boxes: Float32Array;
  /** For a leaf the first place in `order`; else the right child (the left one is the next node). */
  readonly links: Uint32Array;
  /** Triangles of a leaf; 0 for an inner node. */
  readonly counts: Uint8Array;
  readonly nodeCount: number;

  private constructor(
    positions: Float32Array,
    indices: Uint32Array,
    order: Uint32Array,
    links: Uint32Array,
    counts: Uint8Array,
    nodeCount: number,
  ) {
    this.positions = positions;
    this.indices = indices;
    this.order = order;
    this.links = links;
    this.counts = counts;
    this.nodeCount = nodeCount;
    this.boxes = new Float32Array(nodeCount * 6);
  }

  /** Positions are kept by reference: change them and call `refit`. */
  static *build(positions: Float32Array, indices: Uint32Array): SlicedWork<TriangleTree> {
    const count = Math.floor(indices.length / 3);
    const min = [Infinity, Infinity, Infinity];
    const max = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < positions.length; i++) {
      const c = i % 3;
      const value = positions[i]!;
      if (value < min[c]!) min[c] = value;
      if (value > max[c]!) max[c] = value;
      if (i % (STEP * 3) === 0) yield;
    }
    const factor = [0, 1, 2].map((c) => (max[c]! > min[c]! ? 1023 / (max[c]! - min[c]!) : 0));
    const codes = new Uint32Array(count);
    for (let t = 0; t < count; t++) {
      const a = indices[3 * t]! * 3;
      const b = indices[3 * t + 1]! * 3;
      const c = indices[3 * t + 2]! * 3;
      let code = 0;
      for (let axis = 0; axis < 3; axis++) {
        const centre = (positions[a + axis]! + positions[b + axis]! + positions[c + axis]!) / 3;
        code |= spread(Math.max(0, Math.min(1023, (centre - min[axis]!) * factor[axis]!))) << axis;
      }
      codes[t] = code;
      if (t % STEP === 0) yield;
    }
    // Radix sort of the triangles by code, ten bits at a time.
    let order = new Uint32Array(count);
    for (let t = 0; t < count; t++) order[t] = t;
    let other = new Uint32Array(count);
    for (let shift = 0; shift < 30; shift += 10) {
      const starts = new Uint32Array(1025);
      for (let t = 0; t < count; t++) starts[((codes[t]! >>> shift) & 1023) + 1]!++;
      for (let i = 0; i < 1024; i++) starts[i + 1]! += starts[i]!;
      yield;
      for (let i = 0; i < count; i++) {
        const t = order[i]!;
        other[starts[(codes[t]! >>> shift) & 1023]!++] = t;
        if (i % STEP === 0) yield;
      }
      [order, other] = [other, order];
    }
    const capacity = Math.max(1, 2 * count);
    const links = new Uint32Array(capacity);
    const counts = new Uint8Array(capacity);
    let nodes = 0;
    // Preorder with an explicit stack: [first, end, parent that needs its right link or -1].
    const stack: number[] = [0, count, -1];
    let steps = 0;
    while (stack.length > 0) {
      const parent = stack.pop()!;
      const end = stack.pop()!;
      const first = stack.pop()!;
      const node = nodes++;
      if (parent >= 0) links[parent] = node;
      if (end - first <= LEAF_SIZE) {
        links[node] = first;
        counts[node] = end - first;
        continue;
      }
      const low = codes[order[first]!]!;
      const high = codes[order[end - 1]!]!;
      let split = (first + end) >> 1;
      if (low !== high) {
        // The first place where the highest differing bit is set.
        const bit = 1 << (31 - Math.clz32(low ^ high));
        let lo = first;
        let hi = end - 1;
        while (lo < hi) {
          const middle = (lo + hi) >> 1;
          if (codes[order[middle]!]! & bit) hi = middle;
          else lo = middle + 1;
        }
        split = lo;
      }
      stack.push(split, end, node, first, split, -1);
      if (++steps % STEP === 0) yield;
    }
    const tree = new TriangleTree(positions, indices, order, links.slice(0, nodes), counts.slice(0, nodes), nodes);
    yield* tree.refitSliced();
    return tree;
  }

  /** Recomputes the boxes after the positions changed. */
  *refitSliced(): SlicedWork<void> {
    const { boxes, positions, indices, order, links, counts } = this;
    for (let node = this.nodeCount - 1; node >= 0; node--) {
      const o = node * 6;
      let x0 = Infinity;
      let y0 = Infinity;
      let z0 = Infinity;
      let x1 = -Infinity;
      let y1 = -Infinity;
      let z1 = -Infinity;
      if (counts[node]! > 0 || this.nodeCount === 1) {
        for (let i = links[node]!; i < links[node]! + counts[node]!; i++) {
          const t = order[i]! * 3;
          for (let k = 0; k < 3; k++) {
            const p = indices[t + k]! * 3;
            const x = positions[p]!;
            const y = positions[p + 1]!;
            const z = positions[p + 2]!;
            if (x < x0) x0 = x;
            if (x > x1) x1 = x;
            if (y < y0) y0 = y;
            if (y > y1) y1 = y;
            if (z < z0) z0 = z;
            if (z > z1) z1 = z;
          }
        }
      } else {
        const l = o + 6;
        const r = links[node]! * 6;
        x0 = Math.min(boxes[l]!, boxes[r]!);
        y0 = Math.min(boxes[l + 1]!, boxes[r + 1]!);
        z0 = Math.min(boxes[l + 2]!, boxes[r + 2]!);
        x1 = Math.max(boxes[l + 3]!, boxes[r + 3]!);
        y1 = Math.max(boxes[l + 4]!, boxes[r + 4]!);
        z1 = Math.max(boxes[l + 5]!, boxes[r + 5]!);
      }
      boxes[o] = x0;
      boxes[o + 1] = y0;
      boxes[o + 2] = z0;
      boxes[o + 3] = x1;
      boxes[o + 4] = y1;
      boxes[o + 5] = z1;
      if (node % STEP === 0) yield;
    }
  }

  /** The nearest triangle met, both sides counting. `accept` may refuse a hit, for what a section has cut away. */
  cast(origin: Vector3, direction: Vector3, limit = Infinity, accept?: (t: number) => boolean): TriangleHit | null {
    const { boxes, positions, indices, order, links, counts } = this;
    const [ox, oy, oz] = origin;
    const [dx, dy, dz] = direction;
    const ix = 1 / dx;
    const iy = 1 / dy;
    const iz = 1 / dz;
    let best = limit;
    let hit: TriangleHit | null = null;
    const stack: number[] = [0];
    while (stack.length > 0) {
      const node = stack.pop()!;
      const o = node * 6;
      let t0 = 0;
      let t1 = best;
      // Written out per axis: this is the inner loop of every hover.
      let a = (boxes[o]! - ox) * ix;
      let b = (boxes[o + 3]! - ox) * ix;
      if (a > b) [a, b] = [b, a];
      if (a > t0) t0 = a;
      if (b < t1) t1 = b;
      a = (boxes[o + 1]! - oy) * iy;
      b = (boxes[o + 4]! - oy) * iy;
      if (a > b) [a, b] = [b, a];
      if (a > t0) t0 = a;
      if (b < t1) t1 = b;
      a = (boxes[o + 2]! - oz) * iz;
      b = (boxes[o + 5]! - oz) * iz;
      if (a > b) [a, b] = [b, a];
      if (a > t0) t0 = a;
      if (b < t1) t1 = b;
      // A hair of slack: flat boxes must not be lost to rounding.
      if (t0 > t1 * (1 + 1e-6)) continue;
      if (counts[node] === 0 && this.nodeCount > 1) {
        // The nearer child first: what it holds makes the other one often unnecessary.
        const l = (node + 1) * 6;
        const r = links[node]! * 6;
        const ahead =
          (boxes[r]! + boxes[r + 3]! - boxes[l]! - boxes[l + 3]!) * dx +
          (boxes[r + 1]! + boxes[r + 4]! - boxes[l + 1]! - boxes[l + 4]!) * dy +
          (boxes[r + 2]! + boxes[r + 5]! - boxes[l + 2]! - boxes[l + 5]!) * dz;
        if (ahead > 0) stack.push(links[node]!, node + 1);
        else stack.push(node + 1, links[node]!);
        continue;
      }
      for (let i = links[node]!; i < links[node]! + counts[node]!; i++) {
        const triangle = order[i]!;
        const p = indices[triangle * 3]! * 3;
        const q = indices[triangle * 3 + 1]! * 3;
        const r = indices[triangle * 3 + 2]! * 3;
        const px = positions[p]!;
        const py = positions[p + 1]!;
        const pz = positions[p + 2]!;
        const e1x = positions[q]! - px;
        const e1y = positions[q + 1]! - py;
        const e1z = positions[q + 2]! - pz;
        const e2x = positions[r]! - px;
        const e2y = positions[r + 1]! - py;
        const e2z = positions[r + 2]! - pz;
        const hx = dy * e2z - dz * e2y;
        const hy = dz * e2x - dx * e2z;
        const hz = dx * e2y - dy * e2x;
        const det = e1x * hx + e1y * hy + e1z * hz;
        if (det === 0) continue;
        const f = 1 / det;
        const sx = ox - px;
        const sy = oy - py;
        const sz = oz - pz;
        const u = f * (sx * hx + sy * hy + sz * hz);
        if (u < -1e-9 || u > 1 + 1e-9) continue;
        const qx = sy * e1z - sz * e1y;
        const qy = sz * e1x - sx * e1z;
        const qz = sx * e1y - sy * e1x;
        const v = f * (dx * qx + dy * qy + dz * qz);
        if (v < -1e-9 || u + v > 1 + 1e-9) continue;
        const t = f * (e2x * qx + e2y * qy + e2z * qz);
        if (t <= 0 || t >= best || (accept && !accept(t))) continue;
        best = t;
        hit = { t, triangle, u, v, front: det > 0 };
      }
    }
    return hit;
  }

  /** Calls back with every triangle whose box (of its leaf) meets the plane n . p = offset. */
  crossing(normal: Vector3, offset: number, visit: (triangle: number) => void): void {
    const { boxes, order, links, counts } = this;
    const stack: number[] = [0];
    while (stack.length > 0) {
      const node = stack.pop()!;
      const o = node * 6;
      let low = -offset;
      let high = -offset;
      for (let c = 0; c < 3; c++) {
        const n = normal[c]!;
        low += n * (n > 0 ? boxes[o + c]! : boxes[o + 3 + c]!);
        high += n * (n > 0 ? boxes[o + 3 + c]! : boxes[o + c]!);
      }
      if (low > 0 || high < 0) continue;
      if (counts[node] === 0 && this.nodeCount > 1) {
        stack.push(links[node]!, node + 1);
        continue;
      }
      for (let i = links[node]!; i < links[node]! + counts[node]!; i++) visit(order[i]!);
    }
  }
}
