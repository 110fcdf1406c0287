/** Where the items of a study are on what is studied, in the study's coordinates. */
import type { AxisInSpace, Reference, Vector3 } from '../../../../preload/contract/index.ts';
import { anchorOf, normalOf } from '../../../geometry/references.ts';
import { infoOf, locateInStudy, subjectBodies } from '../../../geometry/subject.ts';

export interface Place {
  at: Vector3;
  normal: Vector3 | null;
}

/** @param studied a part or a group */
export function placesOf(references: readonly Reference[], studied: string): Place[] {
  return references.flatMap((reference) =>
    (locateInStudy(reference, studied)?.items ?? []).flatMap((item) => {
      const { kind, index } = item;
      const info = infoOf(item, studied);
      const at = info && anchorOf(info, kind, index);
      return info && at ? [{ at, normal: normalOf(info, kind, index) }] : [];
    }),
  );
}

export function middleOf(places: readonly Place[]): Vector3 | null {
  if (places.length === 0) return null;
  const sum: Vector3 = [0, 0, 0];
  for (const { at } of places) for (let i = 0; i < 3; i++) sum[i]! += at[i]! / places.length;
  return sum;
}

/** The box of what is studied: what an axis must stick out of to be seen. */
export function extentOf(studied: string): { min: Vector3; max: Vector3 } | null {
  const boxes = subjectBodies(studied).map(({ info }) => info.box);
  if (boxes.length === 0) return null;
  const over = (pick: (...values: number[]) => number, corner: 'min' | 'max') =>
    [0, 1, 2].map((i) => pick(...boxes.map((box) => box[corner][i]!))) as Vector3;
  return { min: over(Math.min, 'min'), max: over(Math.max, 'max') };
}

/** Where the axis enters and leaves the neighbourhood of the part; null for an axis without a direction. */
export function axisEnds(axis: AxisInSpace, box: { min: Vector3; max: Vector3 }): [Vector3, Vector3] | null {
  const length = Math.hypot(...axis.direction);
  if (!(length > 0)) return null;
  const along = axis.direction.map((each) => each / length);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let corner = 0; corner < 8; corner++) {
    let distance = 0;
    for (let i = 0; i < 3; i++)
      distance += along[i]! * ((corner & (1 << i) ? box.max : box.min)[i]! - axis.origin_mm[i]!);
    low = Math.min(low, distance);
    high = Math.max(high, distance);
  }
  // A little beyond the part on both sides.
  const beyond = 0.15 * (high - low || 1);
  const point = (distance: number) => axis.origin_mm.map((each, i) => each + along[i]! * distance) as Vector3;
  return [point(low - beyond), point(high + beyond)];
}
