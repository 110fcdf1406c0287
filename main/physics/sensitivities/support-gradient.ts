/** How elastic supports follow the geometry: d/dX of (a . K_s b), K_s = integral of N_i N_j (kt 1 + (kn - kt) n n^T) dA. */
import type { TargetFinder } from '../model/target.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { addPatchGradient, emptySampleGradient } from './patch-gradient.ts';

/** Adds the derivative of all elastic supports' work between the fields a and b (3n) to `out` (3n). */
export function addSupportGradient(
  finder: TargetFinder,
  restraints: readonly ResolvedRestraint[],
  a: Float64Array,
  b: Float64Array,
  factor: number,
  out: Float64Array,
): void {
  for (const { restraint, target } of restraints) {
    if (restraint.suppressed || restraint.kind !== 'elastic-support') continue;
    const patch = finder.patch(target, `Restraint "${restraint.name}"`);
    const { nodesPerCell, samplesPerCell, cellNodes, shape, weight } = patch;
    const tangential = restraint.tangential_N_mm3;
    const extra = restraint.normal_N_mm3 - tangential;
    const gradient = emptySampleGradient(patch);
    for (let sample = 0; sample < weight.length; sample++) {
      const cell = Math.floor(sample / samplesPerCell);
      const row = (sample % samplesPerCell) * nodesPerCell;
      const va = [0, 0, 0];
      const vb = [0, 0, 0];
      for (let k = 0; k < nodesPerCell; k++) {
        const node = 3 * cellNodes[cell * nodesPerCell + k]!;
        for (let axis = 0; axis < 3; axis++) {
          va[axis]! += shape[row + k]! * a[node + axis]!;
          vb[axis]! += shape[row + k]! * b[node + axis]!;
        }
      }
      const n = [0, 1, 2].map((axis) => patch.normal![3 * sample + axis]!);
      const dot = (x: number[], y: number[]): number => x[0]! * y[0]! + x[1]! * y[1]! + x[2]! * y[2]!;
      const na = dot(n, va);
      const nb = dot(n, vb);
      gradient.byWeight[sample] = factor * (tangential * dot(va, vb) + extra * na * nb);
      for (let axis = 0; axis < 3; axis++)
        gradient.byNormal[3 * sample + axis] = factor * weight[sample]! * extra * (va[axis]! * nb + vb[axis]! * na);
    }
    addPatchGradient(patch, gradient, finder.mesh.nodes, out);
  }
}
