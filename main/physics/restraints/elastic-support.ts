/**
 * Springs spread over faces: consistent stiffness K_ij = integral of N_i N_j (kn n n^T + kt (1 - n n^T)) dA between the nodes
 * of each facet (a Winkler foundation; Zienkiewicz, Taylor, Zhu, The Finite Element Method, section 2.6).
 */
import type { Patch } from '../model/patch.ts';

/** Symmetric stiffness between pairs of nodes. Each pair is kept once, with a <= b; the block of (b, a) is its transpose. */
export class StiffnessBlocks {
  readonly #blocks = new Map<number, Float64Array>();
  readonly #nodeCount: number;

  constructor(nodeCount: number) {
    this.#nodeCount = nodeCount;
  }

  add(a: number, b: number, block: Float64Array): void {
    if (a > b) throw new RangeError('pairs are kept with the smaller node first');
    const key = a * this.#nodeCount + b;
    const sum = this.#blocks.get(key);
    if (!sum) this.#blocks.set(key, block.slice());
    else for (let i = 0; i < 9; i++) sum[i]! += block[i]!;
  }

  get size(): number {
    return this.#blocks.size;
  }

  /** Node pairs (a <= b) and their 3x3 blocks, N/mm. */
  pack(): { nodesA: Int32Array; nodesB: Int32Array; blocks: Float64Array } {
    const nodesA = new Int32Array(this.size);
    const nodesB = new Int32Array(this.size);
    const blocks = new Float64Array(9 * this.size);
    let index = 0;
    for (const [key, block] of this.#blocks) {
      nodesA[index] = Math.floor(key / this.#nodeCount);
      nodesB[index] = key % this.#nodeCount;
      blocks.set(block, 9 * index);
      index++;
    }
    return { nodesA, nodesB, blocks };
  }
}

/** @param normalStiffness, tangentialStiffness N/mm^3 */
export function addElasticSupport(
  patch: Patch,
  normalStiffness: number,
  tangentialStiffness: number,
  into: StiffnessBlocks,
): void {
  const { nodesPerCell, samplesPerCell, cellNodes, shape, weight, normal } = patch;
  const block = new Float64Array(9);
  const perSample = new Float64Array(9 * samplesPerCell);
  for (let cell = 0; cell < cellNodes.length / nodesPerCell; cell++) {
    for (let q = 0; q < samplesPerCell; q++) {
      const sample = cell * samplesPerCell + q;
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) {
          const nn = normal![3 * sample + i]! * normal![3 * sample + j]!;
          const along = i === j ? tangentialStiffness : 0;
          perSample[9 * q + 3 * i + j] = weight[sample]! * (along + (normalStiffness - tangentialStiffness) * nn);
        }
    }
    for (let i = 0; i < nodesPerCell; i++) {
      for (let j = 0; j < nodesPerCell; j++) {
        const a = cellNodes[cell * nodesPerCell + i]!;
        const b = cellNodes[cell * nodesPerCell + j]!;
        if (a > b) continue;
        block.fill(0);
        for (let q = 0; q < samplesPerCell; q++) {
          const both = shape[q * nodesPerCell + i]! * shape[q * nodesPerCell + j]!;
          for (let entry = 0; entry < 9; entry++) block[entry]! += both * perSample[9 * q + entry]!;
        }
        into.add(a, b, block);
      }
    }
  }
}

/** Adds K u of packed blocks to `out` (3n, N). */
export function multiplyBlocks(
  packed: { nodesA: Int32Array; nodesB: Int32Array; blocks: Float64Array },
  displacement: Float64Array,
  out: Float64Array,
): void {
  for (let pair = 0; pair < packed.nodesA.length; pair++) {
    const a = 3 * packed.nodesA[pair]!;
    const b = 3 * packed.nodesB[pair]!;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const k = packed.blocks[9 * pair + 3 * i + j]!;
        out[a + i]! += k * displacement[b + j]!;
        if (a !== b) out[b + j]! += k * displacement[a + i]!;
      }
  }
}

/** Total of the support's stiffness seen by a rigid translation, 3x3 row-major, N/mm: for checks. */
export function totalStiffness(packed: { nodesA: Int32Array; nodesB: Int32Array; blocks: Float64Array }): number[] {
  const total = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let pair = 0; pair < packed.nodesA.length; pair++) {
    const twice = packed.nodesA[pair] === packed.nodesB[pair] ? 1 : 2;
    for (let entry = 0; entry < 9; entry++) total[entry]! += twice * packed.blocks[9 * pair + entry]!;
  }
  return total;
}
