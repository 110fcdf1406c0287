/** What requirements and objectives ask for, read from a body and from its solved cases: while searching, and when it is checked. */
import type { BodyInfo } from '../../../preload/contract/index.ts';
import type { StudyOutcome } from '../../physics/index.ts';
import { type DesignQuantity, type Requirement, studiesWith } from '../requirements/requirement.ts';
import type { PlacesOf } from './places.ts';
import { type ReadNumber, readDesignQuantity } from './read-quantity.ts';

type Asked = Pick<Requirement, 'quantity' | 'case'>;

/** Whether a question is about a case: the one that it names, or else all of a type that has the quantity. */
export const isAbout = ({ name, type }: { name: string; type: string }, { quantity, case: of }: Asked): boolean =>
  of === undefined ? studiesWith(quantity).includes(type) : of === name;

export interface AnsweredCase {
  name: string;
  type: string;
  outcome: StudyOutcome;
}
export type CaseReading = ReadNumber & { case: string };

/** The number in each case that the question is about; null where a case does not show it. */
export const readingsOf = (
  asked: Asked,
  cases: readonly AnsweredCase[],
  infos: readonly BodyInfo[],
  placesOf: PlacesOf,
  leaveOut_mm: number,
): (CaseReading | null)[] =>
  cases
    .filter((one) => isAbout(one, asked))
    .map(({ name, outcome }) => {
      const found = readDesignQuantity(asked.quantity, outcome, infos, placesOf, leaveOut_mm);
      return found && { ...found, case: name };
    });

/** The largest or the smallest, the first of equals; null of none. */
export const worstOf = <Number extends ReadNumber>(readings: readonly Number[], largest: boolean): Number | null =>
  readings.reduce<Number | null>(
    (worst, one) => (!worst || (largest ? one.value > worst.value : one.value < worst.value) ? one : worst),
    null,
  );

/** Of all bodies along an axis, mm. */
export const extentOf = (infos: readonly BodyInfo[], axis: number): number =>
  Math.max(...infos.map(({ box }) => box.max[axis]!)) - Math.min(...infos.map(({ box }) => box.min[axis]!));

/** Of the box of all bodies, mm. */
export const diagonalOf = (infos: readonly BodyInfo[]): number =>
  Math.hypot(...[0, 1, 2].map((axis) => extentOf(infos, axis)));

export const volumeOf = (infos: readonly BodyInfo[]): number =>
  infos.reduce((sum, { mass }) => sum + mass.volume_mm3, 0);

/** What the body alone says; null of what needs a case, or of a cost that is not known. */
export function bodyNumber(
  quantity: DesignQuantity,
  infos: readonly BodyInfo[],
  { mass_kg, cost }: { mass_kg: number; cost: number | null },
): ReadNumber | null {
  const exact = (value: number, unit: string): ReadNumber => ({ value, unit, error_percent: null });
  switch (quantity.kind) {
    case 'mass':
      return exact(mass_kg, 'kg');
    case 'volume':
      return exact(volumeOf(infos), 'mm^3');
    case 'cost':
      return cost === null ? null : exact(cost, '1');
    case 'size':
      return exact(extentOf(infos, ['x', 'y', 'z'].indexOf(quantity.axis)), 'mm');
    default:
      return null;
  }
}
