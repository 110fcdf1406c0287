/** The plane across the milling direction: two axes of the part that, with the direction, are right-handed. */
import type { AxisName, Envelope, Point2, Point3 } from './types.ts';

const AXES = { x: [1, 2, 0], y: [2, 0, 1], z: [0, 1, 2] } as const;
/** As sketches call it. */
export const PLANE = { x: 'yz', y: 'zx', z: 'xy' } as const;

export class Frame {
  readonly direction: AxisName;
  /** Indices of the plane's two axes and of the direction. */
  readonly #axes: readonly [number, number, number];
  /** Corners of the envelope in plane coordinates, and where it begins and ends along the direction. */
  readonly low: Point2;
  readonly high: Point2;
  readonly bottom: number;
  readonly top: number;

  constructor(direction: AxisName, { minimum, maximum }: Envelope) {
    this.direction = direction;
    this.#axes = AXES[direction];
    [this.low, this.bottom] = this.split(minimum);
    [this.high, this.top] = this.split(maximum);
  }

  get depth(): number {
    return this.top - this.bottom;
  }
  /** A point or vector: its part in the plane and along the direction. */
  split(vector: Point3): [Point2, number] {
    const [u, v, w] = this.#axes;
    return [[vector[u]!, vector[v]!], vector[w]!];
  }
  plane(vector: Point3): Point2 {
    return this.split(vector)[0];
  }
  /** Plane axes and direction, in this order. */
  turned(vector: Point3): [number, number, number] {
    const [[u, v], w] = this.split(vector);
    return [u, v, w];
  }
}
