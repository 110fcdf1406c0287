/** The element size with which a mesh has about as many elements as a preview may have. */
import type { BodyInfo, FaceInfo } from '../../../preload/contract/geometry.ts';
import { diagonalOf, estimateElements } from '../mesher/size.ts';
import type { PreviewSettings } from './types.ts';

/**
 * Of meshes of 26 parts: this part of the elements that volume and walls ask for, and so many for every triangle more that a
 * curved face asks for (small elements beside it have neighbours that are small too).
 */
const PART_OF_VOLUME = 0.75;
const ELEMENTS_PER_TRIANGLE = 6;
/** Area of a regular triangle over its edge squared. */
const TRIANGLE = 0.433;
/** The largest element over the diagonal of the largest body: fewer along a body cannot follow its bending. */
const LARGEST_PART = 0.2;

/** The tightest radius of a curved face, mm; infinity for planes and where it is not known. */
function radiusOf({ type, radius_mm, minorRadius_mm }: FaceInfo): number {
  if (type === 'plane') return Number.POSITIVE_INFINITY;
  return minorRadius_mm ?? radius_mm ?? Number.POSITIVE_INFINITY;
}

/** Elements that sizes up to `size_mm` would give, those around curved faces included. */
export function estimatePreviewElements(
  infos: readonly BodyInfo[],
  size_mm: number,
  { perRadius, smallestPart }: Pick<PreviewSettings, 'perRadius' | 'smallestPart'>,
): number {
  let count = PART_OF_VOLUME * estimateElements(infos, size_mm);
  for (const face of infos.flatMap(({ faces }) => faces)) {
    const size = Math.max(smallestPart * size_mm, radiusOf(face) / perRadius);
    if (size < size_mm)
      count += (ELEMENTS_PER_TRIANGLE * face.area_mm2 * (1 / size ** 2 - 1 / size_mm ** 2)) / TRIANGLE;
  }
  return Math.ceil(count);
}

/** mm. */
export function previewSize(infos: readonly BodyInfo[], settings: PreviewSettings): number {
  const diagonal = Math.max(...infos.map(diagonalOf));
  let low = 1e-3 * diagonal;
  let high = LARGEST_PART * diagonal;
  if (estimatePreviewElements(infos, high, settings) > settings.elements) return high;
  for (let step = 0; step < 40; step++) {
    const middle = Math.sqrt(low * high);
    if (estimatePreviewElements(infos, middle, settings) > settings.elements) low = middle;
    else high = middle;
  }
  return Number(high.toPrecision(4));
}
