/** What a correction learns from: previews with their references. */
import type { BodyInfo } from '../../../preload/contract/index.ts';
import { Locator } from '../../physics/index.ts';
import { type FeaturedSolution, featuresOf, NODE_FEATURES } from './features.ts';
import type { JudgedSolution } from './judge.ts';
import { elementVolumes } from './points.ts';

export interface PartExamples {
  /** Rows of NODE_FEATURES; logarithm of the reference's stress over the preview's; how much each counts (1 together). */
  inputs: Float64Array;
  targets: Float64Array;
  weights: Float64Array;
  /** PART_FEATURES, and the logarithm of the factor that brings the preview's displacement nearest to the reference's. */
  part: Float64Array;
  factor: number;
}

/** Stresses below this part of the largest are of little interest: every so-many-th is taken. */
const NOTEWORTHY = 0.3;
const EVERY = 6;
/** A ratio beyond this is of another kind than a coarse mesh's error. */
const LARGEST_TARGET = 0.7;

export function examplesOf(preview: FeaturedSolution, reference: JudgedSolution, info: BodyInfo): PartExamples {
  const { nodes, elements, displacement, vonMises } = preview;
  const features = featuresOf(preview, info);
  const locator = new Locator(reference.nodes, reference.elements);
  let peak = 0;
  features.regular.forEach((regular, node) => {
    if (regular) peak = Math.max(peak, vonMises[node]!);
  });
  const volumes = new Float64Array(vonMises.length);
  elementVolumes(preview).forEach((volume, element) => {
    for (let k = 0; k < 10; k++) volumes[elements[10 * element + k]!]! += volume;
  });

  const width = NODE_FEATURES.length;
  const inputs: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  let [product, square] = [0, 0];
  for (let node = 0; node < vonMises.length; node++) {
    const high = features.regular[node] === 1 && vonMises[node]! >= NOTEWORTHY * peak;
    if (!high && node % EVERY !== 0) continue;
    const { element, shape } = locator.locate([nodes[3 * node]!, nodes[3 * node + 1]!, nodes[3 * node + 2]!]);
    const at = (field: ArrayLike<number>, components: number, axis: number): number =>
      shape.reduce(
        (sum, value, k) => sum + value * field[components * reference.elements[10 * element + k]! + axis]!,
        0,
      );
    // Every one that stands for the others counts for them too.
    const volume = volumes[node]! * (high ? 1 : EVERY);
    for (let axis = 0; axis < 3; axis++) {
      const moved = displacement[3 * node + axis]!;
      product += volume * moved * at(reference.displacement, 3, axis);
      square += volume * moved * moved;
    }
    const stress = at(reference.vonMises, 1, 0);
    if (features.regular[node] !== 1 || !(stress > 0) || !(vonMises[node]! > 0)) continue;
    for (let i = 0; i < width; i++) inputs.push(features.nodes[width * node + i]!);
    targets.push(Math.max(-LARGEST_TARGET, Math.min(LARGEST_TARGET, Math.log(stress / vonMises[node]!))));
    weights.push((vonMises[node]! / peak) ** 2);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    inputs: Float64Array.from(inputs),
    targets: Float64Array.from(targets),
    weights: Float64Array.from(weights, (weight) => weight / total),
    part: features.part,
    factor: Math.log(product / square),
  };
}

/** One set of examples of all parts, each part counting alike. */
export function joined(parts: readonly PartExamples[]): {
  nodes: { inputs: Float64Array; targets: Float64Array; weights: Float64Array };
  parts: { inputs: Float64Array; targets: Float64Array };
} {
  const all = (pick: (part: PartExamples) => Float64Array): Float64Array => {
    const out = new Float64Array(parts.reduce((sum, part) => sum + pick(part).length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(pick(part), at);
      at += pick(part).length;
    }
    return out;
  };
  const mean = parts.reduce((sum, { targets }) => sum + targets.length, 0) / parts.length;
  return {
    nodes: {
      inputs: all(({ inputs }) => inputs),
      targets: all(({ targets }) => targets),
      weights: all(({ weights }) => weights.map((weight) => weight * mean)),
    },
    parts: {
      inputs: all(({ part }) => part),
      targets: Float64Array.from(parts, ({ factor }) => factor),
    },
  };
}
