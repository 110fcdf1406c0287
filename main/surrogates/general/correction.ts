/** A learned correction of a preview: a factor for the stress at every node, and one for all displacements. */
import type { FeaturedSolution, Features } from './features.ts';
import { evaluate, type Network } from './network.ts';

export interface Correction {
  /** Of NODE_FEATURES: logarithm of the true stress over the preview's. */
  stress: Network;
  /** Of PART_FEATURES: logarithm of the true displacement over the preview's. */
  displacement: Network;
}

/** No correction goes beyond what was learnt from: logarithms of factors. */
export const LARGEST_STRESS_CORRECTION = 0.7;
export const LARGEST_DISPLACEMENT_CORRECTION = 0.4;

const bounded = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

export function correct(
  { stress, displacement }: Correction,
  solution: FeaturedSolution,
  features: Features,
): { displacement: Float64Array; vonMises: Float64Array; factor: number } {
  const factor = Math.exp(bounded(evaluate(displacement, features.part)[0]!, LARGEST_DISPLACEMENT_CORRECTION));
  const factors = evaluate(stress, features.nodes);
  return {
    displacement: solution.displacement.map((value) => factor * value),
    vonMises: solution.vonMises.map(
      (value, node) => value * Math.exp(bounded(factors[node]!, LARGEST_STRESS_CORRECTION)),
    ),
    factor,
  };
}
