/** Finds the facets of a surface near a box, by a hash of cells about as large as the facets. */
export class FacetGrid {
  readonly #cell: number;
  readonly #cells = new Map<string, number[]>();

  /** @param boxes six values a facet: low x, y, z, high x, y, z; `facets` are their numbers, in the same order */
  constructor(boxes: Float64Array, facets: readonly number[]) {
    let extent = 0;
    for (let i = 0; i < facets.length; i++)
      for (let axis = 0; axis < 3; axis++) extent += boxes[6 * i + 3 + axis]! - boxes[6 * i + axis]!;
    this.#cell = Math.max(extent / Math.max(1, 2 * facets.length), 1e-9);
    facets.forEach((facet, i) => {
      this.#visit(boxes.subarray(6 * i, 6 * i + 6), (key) => {
        const list = this.#cells.get(key);
        if (list) list.push(facet);
        else this.#cells.set(key, [facet]);
      });
    });
  }

  /** Facets that share a cell with the box, each once, ascending. */
  near(box: ArrayLike<number>): number[] {
    const found = new Set<number>();
    this.#visit(box, (key) => {
      for (const facet of this.#cells.get(key) ?? []) found.add(facet);
    });
    return [...found].sort((a, b) => a - b);
  }

  #visit(box: ArrayLike<number>, visit: (key: string) => void): void {
    const first = [0, 1, 2].map((axis) => Math.floor(box[axis]! / this.#cell));
    const last = [0, 1, 2].map((axis) => Math.floor(box[3 + axis]! / this.#cell));
    for (let i = first[0]!; i <= last[0]!; i++)
      for (let j = first[1]!; j <= last[1]!; j++) for (let k = first[2]!; k <= last[2]!; k++) visit(`${i},${j},${k}`);
  }
}
