/** What a solution says of its own error, beyond the energy norm. */
import type { StaticSolution } from '../../../native/index.d.ts';
import type { VolumeMesh } from '../model/mesh.ts';

/**
 * Estimated error of the peak von Mises stress, percent: half the largest spread among the elements that meet at any node of
 * the elements around the peak (each side of the average).
 * A peak in the middle of one element's side has no spread of its own, so its neighbours speak for it.
 */
export function peakStressError(
  mesh: VolumeMesh,
  solution: Pick<StaticSolution, 'vonMises' | 'stressSpread'>,
): number {
  let peak = 0;
  for (let node = 0; node < solution.vonMises.length; node++)
    if (solution.vonMises[node]! > solution.vonMises[peak]!) peak = node;
  const stress = solution.vonMises[peak]!;
  if (!(stress > 0) || mesh.nodes.length === 0) return 0;
  let spread = 0;
  for (let element = 0; element < mesh.elements.length; element += 10) {
    const nodes = mesh.elements.subarray(element, element + 10);
    if (!nodes.includes(peak)) continue;
    for (const node of nodes) spread = Math.max(spread, solution.stressSpread[node]!);
  }
  return (50 * spread) / stress;
}
