/** The linear cone filter on a grid of equal cells (Bruns and Tortorelli 2001), and its transpose for derivatives. */

export interface GridSize {
  cellsX: number;
  cellsY: number;
  /** mm. */
  cellX: number;
  cellY: number;
}

export class ConeFilter {
  readonly #size: GridSize;
  /** Offsets of cells within the radius, and their weights (radius less distance). */
  readonly #offsets: { dx: number; dy: number; weight: number }[] = [];
  /** Sum of weights of each cell's neighbours that take part. */
  readonly #sums: Float64Array;
  readonly #part: Uint8Array;

  /** @param part 1 where a cell takes part (c values); cells outside of the envelope or in bores neither give nor take. */
  constructor(size: GridSize, radius_mm: number, part: Uint8Array) {
    this.#size = size;
    this.#part = part;
    const [rx, ry] = [Math.ceil(radius_mm / size.cellX), Math.ceil(radius_mm / size.cellY)];
    for (let dx = -rx; dx <= rx; dx++)
      for (let dy = -ry; dy <= ry; dy++) {
        const weight = radius_mm - Math.hypot(dx * size.cellX, dy * size.cellY);
        if (weight > 0 || (dx === 0 && dy === 0)) this.#offsets.push({ dx, dy, weight: Math.max(weight, 1e-9) });
      }
    this.#sums = new Float64Array(part.length).fill(1);
    this.#sums = this.#spread(Float64Array.from(part, (each) => (each ? 1 : 0)));
    for (let i = 0; i < part.length; i++) if (!part[i]) this.#sums[i] = 1;
  }

  /** The weighted mean of each cell's neighbourhood; 0 in cells that take no part. */
  apply(values: Float64Array): Float64Array {
    const result = this.#spread(values);
    for (let i = 0; i < result.length; i++) result[i] = result[i]! / this.#sums[i]!;
    return result;
  }

  /** What derivatives by filtered values are by the values themselves. */
  transpose(gradient: Float64Array): Float64Array {
    const scaled = gradient.map((each, i) => each / this.#sums[i]!);
    return this.#spread(scaled);
  }

  /** Sums of weights times values among cells that take part; weights are symmetric. */
  #spread(values: Float64Array): Float64Array {
    const { cellsX, cellsY } = this.#size;
    const result = new Float64Array(values.length);
    for (const { dx, dy, weight } of this.#offsets) {
      const [x0, x1] = [Math.max(0, -dx), Math.min(cellsX, cellsX - dx)];
      const [y0, y1] = [Math.max(0, -dy), Math.min(cellsY, cellsY - dy)];
      for (let x = x0; x < x1; x++)
        for (let y = y0; y < y1; y++) {
          const own = x * cellsY + y;
          const other = (x + dx) * cellsY + y + dy;
          if (this.#part[own] && this.#part[other]) result[own]! += weight * values[other]!;
        }
    }
    return result;
  }
}
