/** Disjoint sets over 0..count-1, with path halving. */
export class UnionFind {
  readonly parent: Int32Array;
  constructor(count: number) {
    this.parent = new Int32Array(count);
    for (let i = 0; i < count; i++) this.parent[i] = i;
  }
  find(i: number): number {
    const parent = this.parent;
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }
  /** The lower root wins, so that the result does not depend on the order of the unions. */
  union(a: number, b: number): void {
    const ra = this.find(a);
    const rb = this.find(b);
    if (ra < rb) this.parent[rb] = ra;
    else if (rb < ra) this.parent[ra] = rb;
  }
  /** Numbers the sets 0.. in the order of their lowest member. */
  labels(): { of: Int32Array; count: number } {
    const of = new Int32Array(this.parent.length);
    let count = 0;
    for (let i = 0; i < of.length; i++) {
      const root = this.find(i);
      of[i] = root === i ? count++ : of[root]!;
    }
    return { of, count };
  }
}
