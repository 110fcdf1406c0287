/** What a solution says of its own error, beyond the energy norm. */
import type { StaticSolution } from '../../../native/index.d.ts';
import type { VolumeMesh } from '../model/mesh.ts';

/**
 * Estimated error of the von Mises stress around its largest value, percent: root of the mean square, over the nodes of the
 * elements at the peak, of what the stress fields fitted around neighbouring nodes disagree by. One node alone may happen to
 * have neighbours that agree. `bench error-estimate` measures it by exact solutions.
 */
export function peakStressError(
  { elements }: Pick<VolumeMesh, 'elements'>,
  { vonMises, stressError }: Pick<StaticSolution, 'vonMises' | 'stressError'>,
): number {
  let peak = 0;
  for (let node = 0; node < vonMises.length; node++) if (vonMises[node]! > vonMises[peak]!) peak = node;
  const around = new Set<number>();
  for (let element = 0; element < elements.length; element += 10) {
    const nodes = elements.subarray(element, element + 10);
    if (nodes.includes(peak)) for (const node of nodes) around.add(node);
  }
  if (!(vonMises[peak]! > 0) || around.size === 0) return 0;
  let squares = 0;
  for (const node of around) squares += stressError[node]! ** 2;
  return (100 * Math.sqrt(squares / around.size)) / vonMises[peak]!;
}
