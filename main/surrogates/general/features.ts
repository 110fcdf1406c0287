/**
 * What a correction looks at: how coarse a preview is at each node, and as a whole. All numbers are free of dimensions, of the
 * size of the load and of the directions of the axes, so that a part in inches that is turned over gets the same correction.
 */
import type { BodyInfo } from '../../../preload/contract/index.ts';
import type { PreviewSolution } from '../../physics/index.ts';
import { distancesTo, elementVolumes, singularReach, thicknessOf } from './points.ts';

export type FeaturedSolution = Pick<
  PreviewSolution,
  | 'nodes'
  | 'elements'
  | 'facets'
  | 'facetFace'
  | 'displacement'
  | 'stress'
  | 'vonMises'
  | 'stressSpread'
  | 'stressError'
  | 'elementError'
  | 'relativeEnergyError'
  | 'singularNodes'
  | 'heldNodes'
  | 'loadedNodes'
>;

/** Of a node. */
export const NODE_FEATURES = [
  'stress over its mean, logarithm',
  'spread between elements over stress',
  'estimated stress error over stress',
  'energy error of the elements around over the mean error, logarithm',
  'energy error of the elements around over their energy, logarithm',
  'energy error of the whole, logarithm',
  'element size over wall thickness, logarithm',
  'distance to a singular place in element sizes, logarithm',
  'distance to a singular place in wall thicknesses, logarithm',
  'distance to a restraint in element sizes, logarithm',
  'distance to a load in element sizes, logarithm',
  'mean stress over von Mises stress',
  'on the surface',
  'on an edge of the geometry',
  'element size times curvature of the face, hollow positive',
  'largest stress of the neighbours over its own, logarithm',
  'smallest stress of the neighbours over its own, logarithm',
] as const;

/**
 * Of the whole. Where loads are forces, the energy of the exact solution is that of the approximate one over 1 - e, e the square
 * of its relative error in energy; so that displacements are too small by about the logarithm of that, more or less by how
 * coarse the mesh is and where the error sits.
 */
export const PART_FEATURES = [
  'E = -ln(1 - e), e the estimated relative error in energy, squared',
  'E times the logarithm of element size over wall thickness',
  'E times the share of the energy error near singular places',
] as const;

export interface Features {
  /** n rows of NODE_FEATURES. */
  nodes: Float64Array;
  /** PART_FEATURES. */
  part: Float64Array;
  /** n, mm. */
  toSingular: Float64Array;
  /** n: no stress is looked at where it is closer than {@link singularReach}. */
  regular: Uint8Array;
}

const NODES = NODE_FEATURES.length;
/** Edge cubed over volume of a regular tetrahedron. */
const REGULAR_TETRAHEDRON = 6 * Math.SQRT2;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
/** Logarithm of a ratio, bounded, so that nothing at all is no infinity. */
const logarithm = (value: number): number => Math.log(clamp(value, 1e-4, 1e4));

export function featuresOf(solution: FeaturedSolution, info: BodyInfo): Features {
  const { nodes, elements, vonMises, stress, elementError } = solution;
  const count = vonMises.length;
  const volumes = elementVolumes(solution);
  const thickness = thicknessOf(info);
  const around = nodeSums(solution, volumes);
  const meanStress = Math.sqrt(weighted(around.volume, (node) => vonMises[node]! ** 2));
  let [error2, volume] = [0, 0];
  volumes.forEach((one, element) => {
    error2 += elementError[element]! ** 2;
    volume += one;
  });
  const toSingular = distancesTo(nodes, solution.singularNodes);
  const toHeld = distancesTo(nodes, solution.heldNodes);
  const toLoaded = distancesTo(nodes, solution.loadedNodes);
  const { faces, curvature } = surfaceOf(solution, info, count);
  const { largest, smallest } = neighbours(elements, vonMises);
  const whole = logarithm(solution.relativeEnergyError);
  const reach = singularReach(info);

  const out = new Float64Array(NODES * count);
  for (let node = 0; node < count; node++) {
    const own = Math.max(vonMises[node]!, 1e-6 * meanStress);
    const size = Math.cbrt((REGULAR_TETRAHEDRON * around.volume[node]!) / around.elements[node]!);
    const mean = (stress[6 * node]! + stress[6 * node + 1]! + stress[6 * node + 2]!) / 3;
    const density = around.error2[node]! / around.volume[node]!;
    const energy = around.energy[node]! / around.volume[node]!;
    out.set(
      [
        logarithm(own / meanStress),
        Math.min(2, solution.stressSpread[node]! / own),
        Math.min(2, solution.stressError[node]! / own),
        logarithm(density / (error2 / volume)) / 2,
        logarithm(density / (error2 / volume) / Math.max(energy / meanStress ** 2, 1e-8)) / 2,
        whole,
        logarithm(size / thickness),
        logarithm(toSingular[node]! / size),
        logarithm(toSingular[node]! / thickness),
        logarithm(toHeld[node]! / size),
        logarithm(toLoaded[node]! / size),
        clamp(mean / own, -2, 2),
        faces[node]! > 0 ? 1 : 0,
        faces[node]! > 1 ? 1 : 0,
        clamp(curvature[node]! * size, -3, 3),
        logarithm(largest[node]! / own),
        logarithm(smallest[node]! / own),
      ],
      NODES * node,
    );
  }
  let near = 0;
  volumes.forEach((_, element) => {
    if (toSingular[elements[10 * element]!]! < 2 * reach) near += elementError[element]! ** 2;
  });
  const size = Math.cbrt((REGULAR_TETRAHEDRON * volume) / volumes.length);
  const e = -Math.log(1 - Math.min(0.9, solution.relativeEnergyError ** 2));
  return {
    nodes: out,
    part: Float64Array.from([e, e * logarithm(size / thickness), e * (error2 > 0 ? near / error2 : 0)]),
    toSingular,
    regular: Uint8Array.from(toSingular, (distance) => (distance >= reach ? 1 : 0)),
  };
}

/** What the elements around each node have together. Energy is von Mises stress squared over the volume. */
function nodeSums(
  { elements, elementError, vonMises }: FeaturedSolution,
  volumes: Float64Array,
): Record<'volume' | 'elements' | 'error2' | 'energy', Float64Array> {
  const empty = (): Float64Array => new Float64Array(vonMises.length);
  const sums = { volume: empty(), elements: empty(), error2: empty(), energy: empty() };
  volumes.forEach((volume, element) => {
    let squares = 0;
    for (let k = 0; k < 10; k++) squares += vonMises[elements[10 * element + k]!]! ** 2 / 10;
    for (let k = 0; k < 10; k++) {
      const node = elements[10 * element + k]!;
      sums.volume[node]! += volume;
      sums.elements[node]! += 1;
      sums.error2[node]! += elementError[element]! ** 2;
      sums.energy[node]! += volume * squares;
    }
  });
  return sums;
}

function weighted(weights: Float64Array, value: (index: number) => number): number {
  let [sum, total] = [0, 0];
  weights.forEach((weight, index) => {
    sum += weight * value(index);
    total += weight;
  });
  return sum / total;
}

/** How many faces of the geometry each node lies on, and the curvature there, 1/mm, positive where the face is hollow. */
function surfaceOf(
  { facets, facetFace }: FeaturedSolution,
  { faces }: BodyInfo,
  count: number,
): { faces: Uint8Array; curvature: Float64Array } {
  const onFaces = new Uint8Array(count);
  const last = new Int32Array(count).fill(-1);
  const curvature = new Float64Array(count);
  facetFace.forEach((face, facet) => {
    const info = faces[face];
    const radius = info?.minorRadius_mm ?? info?.radius_mm ?? 0;
    const own = radius > 0 ? (info?.concave ? 1 : -1) / radius : 0;
    for (let k = 0; k < 6; k++) {
      const node = facets[6 * facet + k]!;
      if (last[node] !== face) {
        if (onFaces[node]! < 255) onFaces[node]!++;
        last[node] = face;
      }
      if (Math.abs(own) > Math.abs(curvature[node]!)) curvature[node] = own;
    }
  });
  return { faces: onFaces, curvature };
}

/** The largest and the smallest value in the elements that a node belongs to. */
function neighbours(
  elements: ArrayLike<number>,
  values: ArrayLike<number>,
): { largest: Float64Array; smallest: Float64Array } {
  const largest = Float64Array.from(values);
  const smallest = Float64Array.from(values);
  for (let first = 0; first < elements.length; first += 10) {
    let [high, low] = [0, Number.POSITIVE_INFINITY];
    for (let k = 0; k < 10; k++) {
      const value = values[elements[first + k]!]!;
      if (value > high) high = value;
      if (value < low) low = value;
    }
    for (let k = 0; k < 10; k++) {
      const node = elements[first + k]!;
      if (high > largest[node]!) largest[node] = high;
      if (low < smallest[node]!) smallest[node] = low;
    }
  }
  return { largest, smallest };
}
