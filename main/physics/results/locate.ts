/** Finds the element around a point and the point's local coordinates in it, by Newton's method on x(r, s, t) = p. */
import { jacobian, tetrahedronDerivatives, tetrahedronShape } from '../elements/tetrahedron10.ts';
import { solve3, type Vec3 } from '../vector.ts';

export interface Location {
  element: number;
  /** The ten shape functions there. */
  shape: number[];
  /** Distance of the point from where it was found, mm: 0 inside, more where the point lies off the mesh. */
  distance_mm: number;
  inside: boolean;
}

/** Barycentric slack that still counts as inside. */
const SLACK = 1e-8;

export class Locator {
  readonly #nodes: ArrayLike<number>;
  readonly #elements: ArrayLike<number>;
  readonly #boxes: Float64Array;
  readonly #min: Vec3 = [Infinity, Infinity, Infinity];
  readonly #cell: Vec3 = [1, 1, 1];
  readonly #counts: Vec3 = [1, 1, 1];
  readonly #start: Int32Array;
  readonly #members: Int32Array;

  /** @param nodes 3n, mm; @param elements 10m, C3D10 order */
  constructor(nodes: ArrayLike<number>, elements: ArrayLike<number>) {
    this.#nodes = nodes;
    this.#elements = elements;
    const count = elements.length / 10;
    this.#boxes = new Float64Array(6 * count);
    const max: Vec3 = [-Infinity, -Infinity, -Infinity];
    for (let element = 0; element < count; element++) {
      for (let axis = 0; axis < 3; axis++) {
        let low = Infinity;
        let high = -Infinity;
        for (let k = 0; k < 10; k++) {
          const x = nodes[3 * elements[10 * element + k]! + axis]!;
          if (x < low) low = x;
          if (x > high) high = x;
        }
        // A curved side bulges past its midside node by at most an eighth of what the node is off the chord.
        const slack = 0.05 * (high - low);
        this.#boxes[6 * element + axis] = low - slack;
        this.#boxes[6 * element + 3 + axis] = high + slack;
        this.#min[axis] = Math.min(this.#min[axis]!, low - slack);
        max[axis] = Math.max(max[axis]!, high + slack);
      }
    }
    const spans = max.map((value, axis) => Math.max(value - this.#min[axis]!, 1e-9));
    const pitch = Math.cbrt((spans[0]! * spans[1]! * spans[2]!) / Math.max(1, count));
    for (let axis = 0; axis < 3; axis++) {
      this.#counts[axis] = Math.min(200, Math.max(1, Math.floor(spans[axis]! / pitch)));
      this.#cell[axis] = spans[axis]! / this.#counts[axis]!;
    }
    const cells = this.#counts[0] * this.#counts[1] * this.#counts[2];
    this.#start = new Int32Array(cells + 1);
    for (let element = 0; element < count; element++)
      this.#eachCell(element, (cell) => {
        this.#start[cell + 1]!++;
      });
    for (let cell = 0; cell < cells; cell++) this.#start[cell + 1]! += this.#start[cell]!;
    this.#members = new Int32Array(this.#start[cells]!);
    const next = this.#start.slice(0, cells);
    for (let element = 0; element < count; element++)
      this.#eachCell(element, (cell) => {
        this.#members[next[cell]!++] = element;
      });
  }

  /** The element that holds the point, or the nearest one. */
  locate(point: Readonly<Vec3>): Location {
    const index = point.map((value, axis) => Math.floor((value - this.#min[axis]!) / this.#cell[axis]!)) as Vec3;
    let best: Location | null = null;
    if (index.every((value, axis) => value >= 0 && value < this.#counts[axis]!)) {
      const cell = (index[2] * this.#counts[1] + index[1]) * this.#counts[0] + index[0];
      for (let member = this.#start[cell]!; member < this.#start[cell + 1]!; member++) {
        const element = this.#members[member]!;
        if (this.#boxDistance(element, point) > 0) continue;
        const found = this.#within(element, point);
        if (found.inside) return found;
        if (!best || found.distance_mm < best.distance_mm) best = found;
      }
    }
    for (let element = 0; element < this.#boxes.length / 6; element++) {
      if (best && this.#boxDistance(element, point) >= best.distance_mm) continue;
      const found = this.#within(element, point);
      if (!best || found.distance_mm < best.distance_mm) best = found;
    }
    return best!;
  }

  #eachCell(element: number, visit: (cell: number) => void): void {
    const low = [0, 0, 0];
    const high = [0, 0, 0];
    for (let axis = 0; axis < 3; axis++) {
      const last = this.#counts[axis]! - 1;
      low[axis] = Math.min(
        last,
        Math.max(0, Math.floor((this.#boxes[6 * element + axis]! - this.#min[axis]!) / this.#cell[axis]!)),
      );
      high[axis] = Math.min(
        last,
        Math.floor((this.#boxes[6 * element + 3 + axis]! - this.#min[axis]!) / this.#cell[axis]!),
      );
    }
    for (let z = low[2]!; z <= high[2]!; z++)
      for (let y = low[1]!; y <= high[1]!; y++)
        for (let x = low[0]!; x <= high[0]!; x++) visit((z * this.#counts[1] + y) * this.#counts[0] + x);
  }

  #boxDistance(element: number, point: Readonly<Vec3>): number {
    let square = 0;
    for (let axis = 0; axis < 3; axis++) {
      const under = this.#boxes[6 * element + axis]! - point[axis]!;
      const over = point[axis]! - this.#boxes[6 * element + 3 + axis]!;
      const miss = Math.max(under, over, 0);
      square += miss * miss;
    }
    return Math.sqrt(square);
  }

  #within(element: number, point: Readonly<Vec3>): Location {
    const local: Vec3 = [0.25, 0.25, 0.25];
    const work = new Float64Array(9);
    for (let iteration = 0; iteration < 20; iteration++) {
      const miss = this.#miss(element, local, point);
      jacobian(this.#nodes, this.#elements, element, tetrahedronDerivatives(...local), work);
      const step = solve3([...work], miss);
      if (!step) break;
      // Far outside, the quadratic map folds over: the step is bounded so that the iteration stays near the element.
      const length = Math.hypot(...step);
      const factor = length > 1 ? 1 / length : 1;
      for (let axis = 0; axis < 3; axis++) local[axis]! += factor * step[axis]!;
      if (length < 1e-12) break;
    }
    const barycentric = [1 - local[0] - local[1] - local[2], ...local];
    const within = Math.min(...barycentric) >= -SLACK;
    if (!within) this.#nearestWithin(element, local, point, work);
    const miss = this.#miss(element, local, point);
    const distance = Math.hypot(...miss);
    const span = this.#boxes[6 * element + 3]! - this.#boxes[6 * element]!;
    return {
      element,
      shape: tetrahedronShape(...local),
      distance_mm: distance,
      inside: within && distance < 1e-6 * Math.max(span, 1e-9) + 1e-9,
    };
  }

  /**
   * Moves local coordinates to the nearest point of the element: Gauss-Newton steps, each brought back into the unit
   * tetrahedron and shortened until it helps.
   */
  #nearestWithin(element: number, local: Vec3, point: Readonly<Vec3>, work: Float64Array): void {
    intoTetrahedron(local);
    let distance = Math.hypot(...this.#miss(element, local, point));
    for (let iteration = 0; iteration < 30; iteration++) {
      const miss = this.#miss(element, local, point);
      jacobian(this.#nodes, this.#elements, element, tetrahedronDerivatives(...local), work);
      // Steepest descent in local coordinates, scaled by the element's size: robust where Newton leaves the element.
      const slope: Vec3 = [0, 0, 0];
      let size = 0;
      for (let i = 0; i < 3; i++)
        for (let axis = 0; axis < 3; axis++) {
          slope[i]! += work[3 * axis + i]! * miss[axis]!;
          size += work[3 * axis + i]! ** 2;
        }
      let moved = false;
      for (let factor = 3 / size; factor > 1e-6 / size; factor /= 2) {
        const trial: Vec3 = [local[0] + factor * slope[0], local[1] + factor * slope[1], local[2] + factor * slope[2]];
        intoTetrahedron(trial);
        const there = Math.hypot(...this.#miss(element, trial, point));
        if (there >= distance * (1 - 1e-12)) continue;
        distance = there;
        for (let axis = 0; axis < 3; axis++) local[axis] = trial[axis]!;
        moved = true;
        break;
      }
      if (!moved) return;
    }
  }

  #miss(element: number, local: Readonly<Vec3>, point: Readonly<Vec3>): Vec3 {
    const shape = tetrahedronShape(...local);
    const miss: Vec3 = [...point];
    for (let k = 0; k < 10; k++) {
      const node = 3 * this.#elements[10 * element + k]!;
      for (let axis = 0; axis < 3; axis++) miss[axis]! -= shape[k]! * this.#nodes[node + axis]!;
    }
    return miss;
  }
}

/** The nearest point of the unit tetrahedron (in local coordinates): coordinates not negative, their sum at most one. */
function intoTetrahedron(local: Vec3): void {
  for (let axis = 0; axis < 3; axis++) local[axis] = Math.max(0, local[axis]!);
  if (local[0] + local[1] + local[2] <= 1) return;
  // Projection onto the face where the coordinates add up to one (Duchi and others, ICML 2008).
  const sorted = [...local].sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  for (let k = 0; k < 3; k++) {
    sum += sorted[k]!;
    const trial = (sum - 1) / (k + 1);
    if (sorted[k]! > trial) shift = trial;
  }
  for (let axis = 0; axis < 3; axis++) local[axis] = Math.max(0, local[axis]! - shift);
}
