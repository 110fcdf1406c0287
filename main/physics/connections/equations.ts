/**
 * Linear equations among displacements, collected from everything that connects: bonds, remote points, couplings, cyclic
 * symmetry, bolts. The numeric core meets them exactly by eliminating one degree of freedom of each. What an equation needs
 * beyond the mesh's own nodes (the motion of a reference point, the amplitude of a side's bulge) is an extra node.
 */
import { at, type Vec3 } from '../vector.ts';

/** What the equations of one connection are called in errors and reports. */
export interface EquationGroup {
  /** `Bond "plate to rib"` */
  who: string;
  first: number;
  /** One past its last equation. */
  last: number;
  /** Its equations only say what some unknowns are, which nothing holds. */
  measuresOnly?: boolean;
}

/** What an extra node stands for. */
export type ExtraNode =
  /** Three translations of a reference point; `rotation` is its rotation node, if it turns. */
  | { kind: 'point'; point: Vec3; rotation: number | null }
  /** The rotation vector of a reference point times a length. */
  | { kind: 'rotation'; point: Vec3; length_mm: number }
  /** Displacement of `middle` beyond the mean of `a` and `b`. */
  | { kind: 'bulge'; middle: number; a: number; b: number }
  /** Motions that others add up to (a stretch, an average displacement); each is prescribed or resisted elastically. */
  | { kind: 'measured'; point: Vec3 };

/** The equations as the core takes them: see StaticModel in native/index.d.ts. */
export interface ConstraintArrays {
  constraintOffsets: Int32Array;
  constraintNodes: Int32Array;
  constraintCoefficients: Float64Array;
  constraintConstants: Float64Array;
}

export class EquationSystem {
  readonly meshNodeCount: number;
  readonly groups: EquationGroup[] = [];
  readonly extra: ExtraNode[] = [];
  readonly #meshNodes: Float64Array;
  readonly #offsets: number[] = [0];
  readonly #nodes: number[] = [];
  readonly #coefficients: number[] = [];
  readonly #constants: number[] = [];
  readonly #bulges = new Map<number, number>();

  constructor(meshNodes: Float64Array) {
    this.#meshNodes = meshNodes;
    this.meshNodeCount = meshNodes.length / 3;
  }

  get count(): number {
    return this.#constants.length;
  }

  /** Coordinates of all nodes, extra ones last. */
  nodes(): Float64Array {
    const all = new Float64Array(3 * (this.meshNodeCount + this.extra.length));
    all.set(this.#meshNodes);
    this.extra.forEach((node, index) => {
      all.set(node.kind === 'bulge' ? at(this.#meshNodes, node.middle) : node.point, 3 * (this.meshNodeCount + index));
    });
    return all;
  }

  addNode(node: ExtraNode): number {
    this.extra.push(node);
    return this.meshNodeCount + this.extra.length - 1;
  }

  /** Everything that `build` adds belongs to one connection. */
  group(who: string, build: () => void, options: Pick<EquationGroup, 'measuresOnly'> = {}): EquationGroup {
    const group: EquationGroup = { who, first: this.count, last: this.count, ...options };
    build();
    group.last = this.count;
    this.groups.push(group);
    return group;
  }

  /** The sum of coefficient . u(node) is `constant_mm`; the first node is the one best eliminated. */
  add(terms: readonly { node: number; coefficient: Readonly<Vec3> }[], constant_mm = 0): void {
    for (const { node, coefficient } of terms) this.#push(node, coefficient[0], coefficient[1], coefficient[2]);
    this.#close(constant_mm);
  }

  /** Three equations, one an axis: the sum of block * u(node) is zero. Blocks are 3x3 by rows. */
  addBlocks(terms: readonly { node: number; block: ArrayLike<number> }[]): void {
    for (let axis = 0; axis < 3; axis++) {
      for (const { node, block } of terms)
        this.#push(node, block[3 * axis]!, block[3 * axis + 1]!, block[3 * axis + 2]!);
      this.#close(0);
    }
  }

  /** An unknown of its own for how far a side's middle moves beyond the mean of its ends; the same each time it is asked for. */
  bulgeOf(middle: number, a: number, b: number): number {
    const known = this.#bulges.get(middle);
    if (known !== undefined) return known;
    const node = this.addNode({ kind: 'bulge', middle, a, b });
    this.#bulges.set(middle, node);
    for (let axis = 0; axis < 3; axis++) {
      const along = (factor: number): Vec3 => [0, 1, 2].map((k) => (k === axis ? factor : 0)) as Vec3;
      this.add([
        { node: middle, coefficient: along(1) },
        { node: a, coefficient: along(-0.5) },
        { node: b, coefficient: along(-0.5) },
        { node, coefficient: along(-1) },
      ]);
    }
    return node;
  }

  /** Calls `visit` for each term of an equation. */
  eachTerm(equation: number, visit: (node: number, x: number, y: number, z: number) => void): void {
    for (let term = this.#offsets[equation]!; term < this.#offsets[equation + 1]!; term++)
      visit(
        this.#nodes[term]!,
        this.#coefficients[3 * term]!,
        this.#coefficients[3 * term + 1]!,
        this.#coefficients[3 * term + 2]!,
      );
  }

  arrays(): ConstraintArrays {
    return {
      constraintOffsets: Int32Array.from(this.#offsets),
      constraintNodes: Int32Array.from(this.#nodes),
      constraintCoefficients: Float64Array.from(this.#coefficients),
      constraintConstants: Float64Array.from(this.#constants),
    };
  }

  groupOf(equation: number): EquationGroup | undefined {
    return this.groups.find((group) => equation >= group.first && equation < group.last);
  }

  #push(node: number, x: number, y: number, z: number): void {
    if (x === 0 && y === 0 && z === 0) return;
    this.#nodes.push(node);
    this.#coefficients.push(x, y, z);
  }

  #close(constant_mm: number): void {
    this.#offsets.push(this.#nodes.length);
    this.#constants.push(constant_mm);
  }
}
