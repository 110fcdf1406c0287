/**
 * Where a first, coarser solution says that its stresses are uncertain, the final mesh is made finer: not everywhere, and not
 * at singular places, where refinement never ends. Second-order elements' stress error goes with the square of their size.
 * Source: O. C. Zienkiewicz, J. Z. Zhu, A simple error estimator and adaptive procedure, Int. J. Numer. Meth. Engng 24 (1987) 337.
 */
import type { StaticModel, StaticSolution } from '../../../native/index.d.ts';
import type { ResultSummary } from '../../../preload/contract/studies.ts';
import { elementVolume } from '../elements/tetrahedron10.ts';

export interface SizeWish {
  point: [number, number, number];
  size_mm: number;
  /** The wish holds within this distance: the element that asked. */
  radius_mm: number;
}

/** Stress error that a mesh should keep below, as a part of the stress there. */
const GOAL = 0.002;
/** Stresses below this part of the model's reference do not matter: their own error may be larger. */
const NOTEWORTHY = 0.3;
/** Quantile of the elements' von Mises stress that serves as reference: above it lie singular peaks. */
const REFERENCE_QUANTILE = 0.98;
/** One pass never makes elements smaller than this part of the element that asked. */
const SMALLEST_STEP = 0.35;
/** Relative error in energy below which no refinement is asked for. */
const GOOD_ENOUGH = 1e-3;
const MOST_WISHES = 6000;
/** Edge cubed over volume of a regular tetrahedron. */
const REGULAR = 6 * Math.SQRT2;

/**
 * @param singularNodes nodes where the exact stress is infinite
 * @param smallest_mm no wish goes below this
 * @param mostElements the wishes together ask for no more than about this many elements
 */
export function sizeWishes(
  model: StaticModel,
  solution: Pick<StaticSolution, 'elementError' | 'vonMises' | 'relativeEnergyError'>,
  singularNodes: Iterable<number>,
  smallest_mm: number,
  mostElements: number,
): SizeWish[] {
  // A mesh that is good everywhere has nothing but rounding to offer as a guide.
  if (solution.relativeEnergyError < GOOD_ENOUGH) return [];
  const { nodes, elements } = model;
  const count = elements.length / 10;
  const excluded = neighbourhood(elements, nodes.length / 3, singularNodes);
  const stress = elementStress(model, solution);
  const reference = quantile(stress, excluded, REFERENCE_QUANTILE);
  if (!(reference > 0)) return [];

  const need = spread(errorNeeds(model, solution, excluded, stress, reference), elements, nodes.length / 3);
  const size = new Float64Array(count);
  const wanted = new Float64Array(count);
  let asked = 0;
  for (let element = 0; element < count; element++) {
    size[element] = Math.cbrt(REGULAR * elementVolume(nodes, elements, element));
    const silent = excluded[element] || need[element]! <= 1 || stress[element]! < NOTEWORTHY * reference;
    const part = silent ? 1 : Math.max(SMALLEST_STEP, need[element]! ** -0.5);
    wanted[element] = Math.max(smallest_mm, size[element]! * part);
    asked += Math.max(1, (size[element]! / wanted[element]!) ** 3);
  }
  // Where all wishes together are too many, each gives way alike.
  const larger = Math.max(1, Math.cbrt(asked / mostElements));
  const wishes: (SizeWish & { need: number })[] = [];
  for (let element = 0; element < count; element++) {
    const size_mm = larger * wanted[element]!;
    if (size_mm >= 0.95 * size[element]!) continue;
    const point: [number, number, number] = [0, 0, 0];
    for (let k = 0; k < 4; k++)
      for (let axis = 0; axis < 3; axis++) point[axis]! += nodes[3 * elements[10 * element + k]! + axis]! / 4;
    wishes.push({ point, size_mm, radius_mm: size[element]! / 2, need: need[element]! });
  }
  return wishes
    .sort((a, b) => b.need - a.need)
    .slice(0, MOST_WISHES)
    .map(({ point, size_mm, radius_mm }) => ({ point, size_mm, radius_mm }));
}

/**
 * Errors that the first solution of a study may have for its mesh to be the last: of stress, relative to the stress there or to
 * what is noteworthy, and in the energy norm, whose square is that of displacements. Estimates lie within a factor of 3 of the
 * truth (`bench error-estimate`), so that displacements stay within 1 %; so do stresses, since what is estimated is the error
 * of the elements' own stress and what is shown is the better one fitted around the nodes.
 */
const ACCURATE_STRESS = 0.005;
const ACCURATE_ENERGY = 0.03;
/** Error in energy of a solution that the elements hold exactly, but for rounding: nothing local can hide in a coarse mesh. */
const EXACT = 1e-4;

/** Whether a solution is as good as the default accuracy asks for, away from where the exact stress is infinite. */
export function isAccurate(
  model: StaticModel,
  solution: Pick<StaticSolution, 'elementError' | 'vonMises' | 'relativeEnergyError'>,
  singularNodes: Iterable<number>,
): boolean {
  if (solution.relativeEnergyError > ACCURATE_ENERGY) return false;
  if (solution.relativeEnergyError < EXACT) return true;
  const excluded = neighbourhood(model.elements, model.nodes.length / 3, singularNodes);
  const stress = elementStress(model, solution);
  const reference = quantile(stress, excluded, REFERENCE_QUANTILE);
  if (!(reference > 0)) return false;
  return errorNeeds(model, solution, excluded, stress, reference).every((need) => GOAL * need <= ACCURATE_STRESS);
}

/** The same of temperatures that stand still: of the heat flux where it is largest, and in the energy norm, percent. */
const ACCURATE_FLUX_percent = 0.3;
const ACCURATE_HEAT_percent = 0.5;

/** Whether steady temperatures are as good as the default accuracy asks for. A singular place never lets them. */
export const isAccurateHeat = ({ discretisation_error: error }: Pick<ResultSummary, 'discretisation_error'>): boolean =>
  error.energy_percent <= ACCURATE_HEAT_percent && (error.peak_flux_percent ?? 100) <= ACCURATE_FLUX_percent;

/** The largest von Mises stress at each element's corners, MPa. */
function elementStress({ elements }: StaticModel, { vonMises }: Pick<StaticSolution, 'vonMises'>): Float64Array {
  const stress = new Float64Array(elements.length / 10);
  for (let element = 0; element < stress.length; element++)
    for (let k = 0; k < 4; k++) stress[element] = Math.max(stress[element]!, vonMises[elements[10 * element + k]!]!);
  return stress;
}

/** How much more the error at a place of interest counts than elsewhere, and how far (in element sizes) around it. */
const INTEREST = 30;
const INTEREST_REACH = 2;
/** Elements of the next mesh over the element that asked: no smaller in one step. */
const SMALLEST_PART = 0.4;

/**
 * Sizes everywhere for a mesh of a given number of elements that makes the error in energy least: it is then spread evenly over
 * the elements. Errors near the places of interest weigh more, so that what is asked for there settles first.
 * Source: L. Demkowicz, J. T. Oden, W. Rachowicz, O. Hardy, Comput. Methods Appl. Mech. Engng 77 (1989) 79: with elements of
 * order p an element's error in energy goes with size^(p + d / 2) in d dimensions.
 * @param elementError one of each element, in the energy norm
 */
export function sizesForCount(
  { nodes, elements }: { nodes: Float64Array; elements: Int32Array },
  elementError: ArrayLike<number>,
  interesting: readonly (readonly [number, number, number])[],
  limits: { largest_mm: number; smallest_mm: number; elements: number },
): SizeWish[] {
  const count = elements.length / 10;
  const density = new Float64Array(count);
  const size = new Float64Array(count);
  for (let element = 0; element < count; element++) {
    const volume = elementVolume(nodes, elements, element);
    size[element] = Math.cbrt(REGULAR * volume);
    density[element] = elementError[element]! / Math.sqrt(volume);
  }
  // Error as it would be at the volume of one cubic millimetre: what the next size is judged by.
  const error = spread(density, elements, nodes.length / 3);
  const centres = new Float64Array(3 * count);
  for (let element = 0; element < count; element++) {
    for (let k = 0; k < 4; k++)
      for (let axis = 0; axis < 3; axis++)
        centres[3 * element + axis]! += nodes[3 * elements[10 * element + k]! + axis]! / 4;
    let weight = 1;
    for (const [x, y, z] of interesting) {
      const distance = Math.hypot(
        centres[3 * element]! - x,
        centres[3 * element + 1]! - y,
        centres[3 * element + 2]! - z,
      );
      weight += INTEREST / (1 + (distance / (INTEREST_REACH * size[element]!)) ** 4);
    }
    error[element]! *= weight * Math.sqrt(size[element]! ** 3 / REGULAR);
  }
  const { smallest_mm, largest_mm } = limits;
  const wanted = (element: number, each: number): number => {
    const part = error[element]! > 0 ? Math.max(SMALLEST_PART, (each / error[element]!) ** (1 / 3.5)) : 2;
    return Math.max(smallest_mm, Math.min(largest_mm, size[element]! * part));
  };
  // Elements that all have the error `each`: fewer, the larger it is.
  let low = 0;
  let high = error.reduce((most, one) => Math.max(most, one), 0);
  for (let step = 0; step < 40; step++) {
    const each = (low + high) / 2;
    let asked = 0;
    for (let element = 0; element < count; element++) asked += (size[element]! / wanted(element, each)) ** 3;
    if (asked > limits.elements) low = each;
    else high = each;
  }
  return thinned(count, centres, (element) => wanted(element, high), 0.9 * largest_mm);
}

/** One wish, the smallest, of all that fall into one cell about as large as the element wished for. */
function thinned(
  count: number,
  centres: Float64Array,
  wanted: (element: number) => number,
  below_mm: number,
): SizeWish[] {
  const cells = new Map<string, SizeWish>();
  for (let element = 0; element < count; element++) {
    const size_mm = wanted(element);
    if (size_mm >= below_mm) continue;
    const cell = 2 ** Math.floor(Math.log2(2 * size_mm));
    const point: [number, number, number] = [
      centres[3 * element]!,
      centres[3 * element + 1]!,
      centres[3 * element + 2]!,
    ];
    const key = [cell, ...point.map((value) => Math.floor(value / cell))].join();
    const known = cells.get(key);
    if (!known || known.size_mm > size_mm) cells.set(key, { point, size_mm, radius_mm: 0.75 * cell });
  }
  return [...cells.values()].sort((a, b) => a.size_mm - b.size_mm).slice(0, 5 * MOST_WISHES);
}

/** Error of each element as stress (its energy spread over the volume), over the error allowed there. */
function errorNeeds(
  { nodes, elements, materials, elementMaterial }: StaticModel,
  { elementError }: Pick<StaticSolution, 'elementError'>,
  excluded: Uint8Array,
  stress: Float64Array,
  reference: number,
): Float64Array {
  return stress.map((local, element) => {
    if (excluded[element]) return 0;
    const young = materials[4 * elementMaterial[element]!]!;
    const error = elementError[element]! * Math.sqrt(young / elementVolume(nodes, elements, element));
    return error / (GOAL * Math.max(local, NOTEWORTHY * reference));
  });
}

/**
 * The largest need among each element and its neighbours. An element alone in a corner has nobody to disagree with, so its own
 * indicator is nil where the stress is often the highest.
 */
function spread(need: Float64Array, elements: Int32Array, nodeCount: number): Float64Array {
  const atNode = new Float64Array(nodeCount);
  need.forEach((value, element) => {
    for (let k = 0; k < 4; k++) {
      const node = elements[10 * element + k]!;
      if (value > atNode[node]!) atNode[node] = value;
    }
  });
  return need.map((_, element) => {
    let largest = 0;
    for (let k = 0; k < 4; k++) largest = Math.max(largest, atNode[elements[10 * element + k]!]!);
    return largest;
  });
}

/** Elements that touch a singular node, and their neighbours. */
function neighbourhood(elements: Int32Array, nodeCount: number, seeds: Iterable<number>): Uint8Array {
  const marked = new Uint8Array(nodeCount);
  for (const node of seeds) marked[node] = 1;
  const touched = new Uint8Array(elements.length / 10);
  for (let ring = 0; ring < 2; ring++) {
    for (let element = 0; element < touched.length; element++)
      for (let k = 0; k < 10; k++) if (marked[elements[10 * element + k]!]) touched[element] = 1;
    for (let element = 0; element < touched.length; element++)
      if (touched[element]) for (let k = 0; k < 10; k++) marked[elements[10 * element + k]!] = 1;
  }
  return touched;
}

function quantile(values: Float64Array, excluded: Uint8Array, part: number): number {
  const kept = values.filter((_, index) => !excluded[index]).sort();
  return kept.length === 0 ? 0 : kept[Math.min(kept.length - 1, Math.floor(part * kept.length))]!;
}
