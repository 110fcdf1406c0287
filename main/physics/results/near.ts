/** Which points lie near others: those that are close to a place where the exact stress is infinite. */
import type { Vec3 } from '../vector.ts';

const LEAST_RADIUS_mm = 1e-6;

/** Whether a point is within a distance of any of many others. */
export class Near {
  readonly #cells = new Map<string, Vec3[]>();
  readonly #radius: number;

  /** @param radius_mm 0 for the points themselves */
  constructor(points: readonly Vec3[], radius_mm: number) {
    // Cells are counted by whole numbers: smaller ones could not be told apart.
    this.#radius = Math.max(radius_mm, LEAST_RADIUS_mm);
    for (const point of points) {
      const key = this.#cell(point).join();
      const cell = this.#cells.get(key);
      if (cell) cell.push(point);
      else this.#cells.set(key, [point]);
    }
  }

  #cell(point: Vec3): number[] {
    return point.map((value) => Math.floor(value / this.#radius));
  }

  includes(point: Vec3): boolean {
    if (this.#cells.size === 0) return false;
    const [x, y, z] = this.#cell(point) as [number, number, number];
    for (let i = x - 1; i <= x + 1; i++)
      for (let j = y - 1; j <= y + 1; j++)
        for (let k = z - 1; k <= z + 1; k++)
          for (const other of this.#cells.get(`${i},${j},${k}`) ?? [])
            if (Math.hypot(other[0] - point[0], other[1] - point[1], other[2] - point[2]) <= this.#radius) return true;
    return false;
  }
}
