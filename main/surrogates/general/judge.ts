/** How far a preview is from a reference: at points of the reference's mesh, so that every method is judged at the same ones. */
import type { BodyInfo } from '../../../preload/contract/index.ts';
import { Locator, type PreviewSolution } from '../../physics/index.ts';
import { distancesTo, elementVolumes, regularPeak, singularReach } from './points.ts';

export type JudgedSolution = Pick<
  PreviewSolution,
  'nodes' | 'elements' | 'displacement' | 'vonMises' | 'singularNodes'
>;

export interface Judgement {
  /** |preview - reference| / |reference| over the volume. */
  displacement: number;
  /** The same of the von Mises stress, where stress is looked at. */
  vonMises: number;
  /** The largest von Mises stress where stress is looked at, MPa. */
  peak_MPa: number;
  referencePeak_MPa: number;
  /** Largest displacement over the reference's. */
  largestDisplacement: number;
  /** Root of the mean square of the reference's von Mises stress, MPa: what its peak is a concentration of. */
  referenceMean_MPa: number;
}

/** Middles of elements that are looked at, at most. */
const MOST_POINTS = 3000;
/** Shape functions in an element's middle: corners, midsides. */
const MIDDLE = [-0.125, -0.125, -0.125, -0.125, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25];

export interface ReferencePoints {
  /** 3p, mm. */
  at: Float64Array;
  /** mm^3: each stands for so much of the volume. */
  weights: Float64Array;
  /** 3p, mm. */
  displacement: Float64Array;
  /** p, MPa. */
  vonMises: Float64Array;
  /** p: stress is looked at. */
  regular: Uint8Array;
  peak_MPa: number;
  mean_MPa: number;
  largest_mm: number;
}

export function referencePoints(reference: JudgedSolution, info: BodyInfo): ReferencePoints {
  const { nodes, elements } = reference;
  const volumes = elementVolumes(reference);
  const step = Math.max(1, Math.ceil(volumes.length / MOST_POINTS));
  const count = Math.ceil(volumes.length / step);
  const reach = singularReach(info);
  const toSingular = distancesTo(nodes, reference.singularNodes);
  const points: ReferencePoints = {
    at: new Float64Array(3 * count),
    weights: new Float64Array(count),
    displacement: new Float64Array(3 * count),
    vonMises: new Float64Array(count),
    regular: new Uint8Array(count),
    peak_MPa: regularPeak(reference.vonMises, toSingular, reach).value,
    mean_MPa: 0,
    largest_mm: largestLength(reference.displacement),
  };
  let [volume, squares] = [0, 0];
  for (let p = 0; p < count; p++) {
    const element = p * step;
    let distance = 0;
    for (let k = 0; k < 10; k++) {
      const node = elements[10 * element + k]!;
      for (let axis = 0; axis < 3; axis++) {
        points.at[3 * p + axis]! += MIDDLE[k]! * nodes[3 * node + axis]!;
        points.displacement[3 * p + axis]! += MIDDLE[k]! * reference.displacement[3 * node + axis]!;
      }
      points.vonMises[p]! += MIDDLE[k]! * reference.vonMises[node]!;
      if (k < 4) distance += toSingular[node]! / 4;
    }
    points.regular[p] = distance >= reach ? 1 : 0;
    points.weights[p] = volumes[element]!;
    volume += volumes[element]!;
    squares += volumes[element]! * points.vonMises[p]! ** 2;
  }
  points.mean_MPa = Math.sqrt(squares / volume);
  return points;
}

export function judge(preview: JudgedSolution, points: ReferencePoints, info: BodyInfo): Judgement {
  const { nodes, elements } = preview;
  const locator = new Locator(nodes, elements);
  const difference = [0, 0];
  const size = [0, 0];
  for (let p = 0; p < points.weights.length; p++) {
    const { element, shape } = locator.locate([points.at[3 * p]!, points.at[3 * p + 1]!, points.at[3 * p + 2]!]);
    const moved = [0, 0, 0];
    let stress = 0;
    shape.forEach((value, k) => {
      const node = elements[10 * element + k]!;
      for (let axis = 0; axis < 3; axis++) moved[axis]! += value * preview.displacement[3 * node + axis]!;
      stress += value * preview.vonMises[node]!;
    });
    const weight = points.weights[p]!;
    for (let axis = 0; axis < 3; axis++) {
      difference[0]! += weight * (moved[axis]! - points.displacement[3 * p + axis]!) ** 2;
      size[0]! += weight * points.displacement[3 * p + axis]! ** 2;
    }
    if (!points.regular[p]) continue;
    difference[1]! += weight * (stress - points.vonMises[p]!) ** 2;
    size[1]! += weight * points.vonMises[p]! ** 2;
  }
  const toSingular = distancesTo(nodes, preview.singularNodes);
  return {
    displacement: Math.sqrt(difference[0]! / size[0]!),
    vonMises: Math.sqrt(difference[1]! / size[1]!),
    peak_MPa: regularPeak(preview.vonMises, toSingular, singularReach(info)).value,
    referencePeak_MPa: points.peak_MPa,
    largestDisplacement: largestLength(preview.displacement) / points.largest_mm,
    referenceMean_MPa: points.mean_MPa,
  };
}

export function largestLength(vectors: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < vectors.length; i += 3)
    largest = Math.max(largest, Math.hypot(vectors[i]!, vectors[i + 1]!, vectors[i + 2]!));
  return largest;
}

/** Spearman's: Pearson's correlation of the ranks, those that are equal sharing the mean of theirs. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((rank, i) => {
    xy += (rank - mean) * (y[i]! - mean);
    xx += (rank - mean) ** 2;
    yy += (y[i]! - mean) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => {
    const first = sorted.indexOf(value);
    return (first + sorted.lastIndexOf(value)) / 2;
  });
}

/** The value that this share of them do not exceed, by straight lines between the sorted ones. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below]! + (place - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!);
}
