/**
 * The element size of an accuracy setting, from what is known of the bodies: their size, how thick their walls are and how
 * tight their curves. Walls set the size of thin parts and the overall size that of stocky ones; the mesher sees to it that two
 * elements stand through every wall, whatever their size along it.
 */
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import type { MeshControl } from '../../../preload/contract/studies.ts';

interface Preset {
  /** Elements along the diagonal of the largest body's box. */
  alongDiagonal: number;
  /** Largest element size over mean wall thickness. */
  overThickness: number;
  /** Elements along one radius of curvature. */
  perRadius: number;
  /** Most elements that the setting aims for; a stocky or long thin-walled part gets larger ones instead. */
  mostElements: number;
}

export const PRESETS: Record<MeshControl['accuracy'], Preset> = {
  draft: { alongDiagonal: 16, overThickness: 3, perRadius: 3, mostElements: 12_000 },
  default: { alongDiagonal: 64, overThickness: 1.5, perRadius: 4, mostElements: 110_000 },
  fine: { alongDiagonal: 70, overThickness: 0.8, perRadius: 6, mostElements: 300_000 },
};

/** Volume of a well-shaped tetrahedron of edge h is h^3 / (6 sqrt 2); meshes use about this much a unit of h^3. */
const VOLUME_PER_CUBE = 0.13;

export const diagonalOf = ({ box }: BodyInfo): number =>
  Math.hypot(box.max[0] - box.min[0], box.max[1] - box.min[1], box.max[2] - box.min[2]);

/** Mean wall thickness 2 V / A, mm; a sphere's is two thirds of its radius. */
export const thicknessOf = ({ mass }: BodyInfo): number =>
  mass.area_mm2 > 0 ? (2 * mass.volume_mm3) / mass.area_mm2 : 0;

/** Walls thinner than this part of the elements get one layer from the mesher, which is then divided in two. */
const ONE_LAYER = 0.85;
/** Elements of a wall after its one layer was divided, over those before: three halves make four elements of one, four make six. */
const DIVIDED = 4.2;
/** Where elements along a wall would have to be longer than this many thicknesses, it keeps one layer. */
const LONGEST = 8;

/**
 * Elements that a uniform mesh of this size would have.
 * @param divided whether walls of one layer are divided
 */
export function estimateElements(infos: readonly BodyInfo[], size_mm: number, divided = false): number {
  let count = 0;
  for (const info of infos) {
    const thickness = Math.max(thicknessOf(info), 1e-9);
    // Walls thinner than the elements still take one layer: flat elements, as many as the wall's area asks for.
    const depth = Math.min(size_mm, thickness);
    const layers = divided && thickness < ONE_LAYER * size_mm ? DIVIDED : 1;
    count += (layers * info.mass.volume_mm3) / (VOLUME_PER_CUBE * size_mm * size_mm * depth);
  }
  return Math.ceil(count);
}

/** Most elements that a mesh may have after its walls were divided: more, and they keep one layer. */
export const mostDivided = (control: MeshControl): number => 2.5 * PRESETS[control.accuracy].mostElements;

/** The largest element edge for a study, mm. */
export function elementSize(infos: readonly BodyInfo[], control: MeshControl): number {
  if (control.size_mm !== undefined) return control.size_mm;
  const preset = PRESETS[control.accuracy];
  let size = Number.POSITIVE_INFINITY;
  for (const info of infos) {
    const overall = diagonalOf(info) / preset.alongDiagonal;
    const wall = preset.overThickness * thicknessOf(info);
    size = Math.min(size, Math.min(overall, wall > 0 ? wall : overall));
  }
  const thinnest = Math.min(...infos.map(thicknessOf).filter((thickness) => thickness > 0));
  let layered = size;
  while (estimateElements(infos, layered, true) > preset.mostElements && layered < LONGEST * thinnest) layered *= 1.1;
  if (estimateElements(infos, layered, true) <= preset.mostElements) return Number(layered.toPrecision(4));
  for (let step = 0; step < 40 && estimateElements(infos, size) > preset.mostElements; step++) size *= 1.1;
  return Number(size.toPrecision(4));
}

/** A size that keeps the element count under a bound, mm. */
export function sizeForElements(infos: readonly BodyInfo[], size_mm: number, mostElements: number): number {
  let size = size_mm;
  while (estimateElements(infos, size) > mostElements) size *= 1.05;
  return Number(size.toPrecision(2));
}
