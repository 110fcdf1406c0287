/** Learns a correction from examples: seeded, so that the same examples give the same numbers. */
import { choleskyFactor, inverseFactor, inverseFrom, product } from '../numerics/dense.ts';
import type { Correction } from './correction.ts';
import { joined, type PartExamples } from './examples.ts';
import { NODE_FEATURES, PART_FEATURES } from './features.ts';
import { type Network, type TrainingOptions, trainNetwork } from './network.ts';

/** Chosen by five-fold cross-validation over the training parts: larger networks and longer training followed single parts. */
export const NETWORK_OPTIONS: TrainingOptions = {
  hidden: [8],
  seed: 1,
  epochs: 6,
  batch: 64,
  rate: 3e-3,
  decay: 0.02,
  huber: 0.15,
};
/** Of the squared coefficients, over the mean square of the first input. */
const RIDGE = 0.01;

export function fitCorrection(parts: readonly PartExamples[], options: TrainingOptions = NETWORK_OPTIONS): Correction {
  const examples = joined(parts);
  return {
    stress: trainNetwork(examples.nodes, NODE_FEATURES.length, options),
    displacement: fitProportional(examples.parts.inputs, examples.parts.targets, PART_FEATURES.length),
  };
}

/** Ridge regression without a constant: no error, no correction. */
export function fitProportional(inputs: Float64Array, targets: Float64Array, width: number): Network {
  const count = targets.length;
  const normal = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < width; i++) {
      const own = inputs[row * width + i]!;
      right[i]! += own * targets[row]!;
      for (let j = 0; j < width; j++) normal[i * width + j]! += own * inputs[row * width + j]!;
    }
  const ridge = RIDGE * normal[0]!;
  for (let i = 0; i < width; i++) normal[i * width + i]! += ridge;
  const factor = choleskyFactor(normal, width);
  if (!factor) throw new RangeError('the examples do not tell the inputs apart');
  const weights = product(inverseFrom(inverseFactor(factor, width), width), right, width, width, 1);
  return {
    shift: new Float64Array(width),
    scale: new Float64Array(width).fill(1),
    layers: [{ inputs: width, outputs: 1, weights, biases: new Float64Array(1) }],
  };
}
