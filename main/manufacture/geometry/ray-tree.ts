/**
 * A bounding volume hierarchy over the triangles of a body: the first thing a ray meets, and whether it meets anything.
 * Boxes are split where the surface area heuristic says so, over 12 bins of the longest side (I. Wald, "On fast construction
 * of SAH-based bounding volume hierarchies", 2007); rays against triangles after T. Möller and B. Trumbore (1997).
 */
import type { Vector3 } from '../../../preload/contract/index.ts';
import type { Triangles } from './triangles.ts';

export interface Hit {
  distance_mm: number;
  triangle: number;
}

const BINS = 12;
const LEAF = 4;
const DEEPEST = 64;

export class RayTree {
  readonly #triangles: Triangles;
  /** Six numbers a node: low and high corner. */
  readonly #boxes: Float64Array;
  /** Of an inner node: its second child (the first follows it). Of a leaf: where its triangles begin. */
  readonly #link: Int32Array;
  /** Triangles in a leaf; 0 for an inner node. */
  readonly #size: Int32Array;
  /** Of an inner node: along which axis its children lie, the lower one first. */
  readonly #axis: Uint8Array;
  readonly #order: Uint32Array;
  readonly #stack = new Int32Array(2 * DEEPEST + 8);

  constructor(triangles: Triangles) {
    this.#triangles = triangles;
    const { count } = triangles;
    this.#boxes = new Float64Array(6 * 2 * count);
    this.#link = new Int32Array(2 * count);
    this.#size = new Int32Array(2 * count);
    this.#axis = new Uint8Array(2 * count);
    this.#order = Uint32Array.from({ length: count }, (_, t) => t);
    this.#build();
  }

  /** The nearest triangle from `start` along the unit `direction`, both sides of triangles count. */
  first(start: Vector3, direction: Vector3, furthest_mm = Infinity): Hit | null {
    return this.#shoot(start, direction, furthest_mm, false);
  }
  /** Whether anything is in the way. */
  blocked(start: Vector3, direction: Vector3, furthest_mm = Infinity): boolean {
    return this.#shoot(start, direction, furthest_mm, true) !== null;
  }

  #build(): void {
    const { count, corners } = this.#triangles;
    const centres = new Float64Array(3 * count);
    for (let t = 0; t < count; t++)
      for (let k = 0; k < 3; k++)
        centres[3 * t + k] = (corners[9 * t + k]! + corners[9 * t + 3 + k]! + corners[9 * t + 6 + k]!) / 3;
    let nodes = 0;
    const make = (from: number, to: number, depth: number): number => {
      const node = nodes++;
      this.#bound(node, from, to);
      const split = to - from > LEAF && depth < DEEPEST ? this.#split(node, centres, from, to) : from;
      if (split <= from || split >= to) {
        this.#link[node] = from;
        this.#size[node] = to - from;
        return node;
      }
      make(from, split, depth + 1);
      this.#link[node] = make(split, to, depth + 1);
      return node;
    };
    make(0, count, 0);
  }

  #bound(node: number, from: number, to: number): void {
    const { corners } = this.#triangles;
    const box = this.#boxes;
    for (let k = 0; k < 3; k++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = from; i < to; i++)
        for (let c = k; c < 9; c += 3) {
          const value = corners[9 * this.#order[i]! + c]!;
          if (value < low) low = value;
          if (value > high) high = value;
        }
      box[6 * node + k] = low;
      box[6 * node + 3 + k] = high;
    }
  }

  /** Sorts the triangles of a node into two halves; answers with where the second one begins. */
  #split(node: number, centres: Float64Array, from: number, to: number): number {
    const order = this.#order;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let i = from; i < to; i++)
      for (let k = 0; k < 3; k++) {
        const value = centres[3 * order[i]! + k]!;
        if (value < low[k]!) low[k] = value;
        if (value > high[k]!) high[k] = value;
      }
    const spans = [0, 1, 2].map((k) => high[k]! - low[k]!);
    const axis = spans.indexOf(Math.max(...spans));
    this.#axis[node] = axis;
    const span = spans[axis]!;
    if (!(span > 0)) return from;
    const bin = (t: number): number =>
      Math.min(BINS - 1, Math.floor((BINS * (centres[3 * t + axis]! - low[axis]!)) / span));
    const at = this.#bestBin(from, to, bin);
    let left = from;
    for (let i = from; i < to; i++)
      if (bin(order[i]!) <= at) {
        const t = order[i]!;
        order[i] = order[left]!;
        order[left++] = t;
      }
    return left;
  }

  #bestBin(from: number, to: number, bin: (t: number) => number): number {
    const { corners } = this.#triangles;
    const counts = new Int32Array(BINS);
    const boxes = new Float64Array(6 * BINS).map((_, i) => (i % 6 < 3 ? Infinity : -Infinity));
    for (let i = from; i < to; i++) {
      const t = this.#order[i]!;
      const b = bin(t);
      counts[b]!++;
      for (let c = 0; c < 9; c++) {
        const value = corners[9 * t + c]!;
        const k = 6 * b + (c % 3);
        if (value < boxes[k]!) boxes[k] = value;
        if (value > boxes[k + 3]!) boxes[k + 3] = value;
      }
    }
    const cost = new Float64Array(BINS - 1);
    const sweep = (bins: number[], place: (b: number) => number): void => {
      const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
      let count = 0;
      for (const b of bins) {
        count += counts[b]!;
        for (let k = 0; k < 3; k++) {
          box[k] = Math.min(box[k]!, boxes[6 * b + k]!);
          box[k + 3] = Math.max(box[k + 3]!, boxes[6 * b + 3 + k]!);
        }
        const [x, y, z] = [box[3]! - box[0]!, box[4]! - box[1]!, box[5]! - box[2]!];
        const to = place(b);
        if (to >= 0 && to < BINS - 1) cost[to]! += count > 0 ? count * (x * y + y * z + z * x) : 0;
      }
    };
    const upwards = Array.from({ length: BINS }, (_, b) => b);
    sweep(upwards, (b) => b);
    sweep(upwards.toReversed(), (b) => b - 1);
    let best = 0;
    let left = 0;
    let cheapest = Infinity;
    for (let b = 0; b < BINS - 1; b++) {
      left += counts[b]!;
      if (left > 0 && left < to - from && cost[b]! < cheapest) {
        cheapest = cost[b]!;
        best = b;
      }
    }
    return best;
  }

  /** Plain numbers throughout: this is where the time goes. */
  #shoot(start: Vector3, direction: Vector3, furthest_mm: number, any: boolean): Hit | null {
    const boxes = this.#boxes;
    const stack = this.#stack;
    const ox = start[0];
    const oy = start[1];
    const oz = start[2];
    const dx = direction[0];
    const dy = direction[1];
    const dz = direction[2];
    const ix = 1 / dx;
    const iy = 1 / dy;
    const iz = 1 / dz;
    let nearest = furthest_mm;
    let found = -1;
    let top = 0;
    stack[top++] = 0;
    while (top > 0) {
      const node = stack[--top]!;
      const at = 6 * node;
      const x1 = (boxes[at]! - ox) * ix;
      const x2 = (boxes[at + 3]! - ox) * ix;
      const y1 = (boxes[at + 1]! - oy) * iy;
      const y2 = (boxes[at + 4]! - oy) * iy;
      const z1 = (boxes[at + 2]! - oz) * iz;
      const z2 = (boxes[at + 5]! - oz) * iz;
      // A ray within the plane of a box's side gives 0 times infinity there: such a side bounds nothing.
      let near = less(x1, x2);
      let far = more(x1, x2);
      const nearY = less(y1, y2);
      const farY = more(y1, y2);
      const nearZ = less(z1, z2);
      const farZ = more(z1, z2);
      if (nearY > near) near = nearY;
      if (nearZ > near) near = nearZ;
      if (near < 0) near = 0;
      if (farY < far) far = farY;
      if (farZ < far) far = farZ;
      if (!(near <= far) || near >= nearest) continue;
      const size = this.#size[node]!;
      if (size === 0) {
        // The nearer half is looked at first.
        const axis = this.#axis[node]!;
        const forwards = (axis === 0 ? dx : axis === 1 ? dy : dz) >= 0;
        stack[top++] = forwards ? this.#link[node]! : node + 1;
        stack[top++] = forwards ? node + 1 : this.#link[node]!;
        continue;
      }
      const from = this.#link[node]!;
      for (let i = from; i < from + size; i++) {
        const t = this.#order[i]!;
        const distance = this.#meets(t, ox, oy, oz, dx, dy, dz);
        if (distance < nearest) {
          nearest = distance;
          found = t;
          if (any) return { distance_mm: distance, triangle: t };
        }
      }
    }
    return found < 0 ? null : { distance_mm: nearest, triangle: found };
  }

  #meets(t: number, ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): number {
    const c = this.#triangles.corners;
    const at = 9 * t;
    const ax = c[at]!;
    const ay = c[at + 1]!;
    const az = c[at + 2]!;
    const ux = c[at + 3]! - ax;
    const uy = c[at + 4]! - ay;
    const uz = c[at + 5]! - az;
    const vx = c[at + 6]! - ax;
    const vy = c[at + 7]! - ay;
    const vz = c[at + 8]! - az;
    const px = dy * vz - dz * vy;
    const py = dz * vx - dx * vz;
    const pz = dx * vy - dy * vx;
    const determinant = ux * px + uy * py + uz * pz;
    if (determinant === 0) return Infinity;
    const inverse = 1 / determinant;
    const sx = ox - ax;
    const sy = oy - ay;
    const sz = oz - az;
    const a = (sx * px + sy * py + sz * pz) * inverse;
    // A little wider than the triangle: rays must not slip through between two neighbours.
    if (!(a >= -1e-9 && a <= 1 + 1e-9)) return Infinity;
    const qx = sy * uz - sz * uy;
    const qy = sz * ux - sx * uz;
    const qz = sx * uy - sy * ux;
    const b = (dx * qx + dy * qy + dz * qz) * inverse;
    if (!(b >= -1e-9 && a + b <= 1 + 1e-9)) return Infinity;
    const distance = (vx * qx + vy * qy + vz * qz) * inverse;
    return distance > 0 ? distance : Infinity;
  }
}

const less = (a: number, b: number): number => (a < b ? a : b < a ? b : a === b ? a : -Infinity);
const more = (a: number, b: number): number => (a > b ? a : b > a ? b : a === b ? a : Infinity);
