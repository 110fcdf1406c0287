/** Whether a model may be asked about a design. */
import type { SurrogateCard, SurrogateParameter } from '../../../preload/contract/index.ts';
import { inputOf } from '../sampling/design-space.ts';

/** What a design is of; a model knows one part and one study. */
export interface Asked {
  studyType?: string;
  studyHash?: string;
  partHash?: string;
}

/** Beyond a range by rounding alone. */
const SLACK = 1e-9;

/** Why a model of this card knows nothing of such a part or study, whatever its dimensions. */
export function reasonsAgainst(card: SurrogateCard, asked: Asked): string[] {
  const reasons: string[] = [];
  if (asked.partHash !== undefined && asked.partHash !== card.partHash)
    reasons.push('The part is not the one that the model was trained on.');
  if (asked.studyType !== undefined && asked.studyType !== card.studyType)
    reasons.push(`The study is ${asked.studyType}; the model was trained on a ${card.studyType} one.`);
  else if (asked.studyHash !== undefined && asked.studyHash !== card.studyHash)
    reasons.push(
      'The study has other loads, restraints, materials or mesh than the one that the model was trained on.',
    );
  return reasons;
}

export interface Placed {
  /** Why the model is out of its depth; none where it may be asked. */
  reasons: string[];
  /** To the next training design, over the farthest that is answered. */
  distance: number;
}

/** @param values in the units and order of the card's parameters */
export function placeOf(card: SurrogateCard, values: readonly number[]): Placed {
  const { parameters, validity } = card;
  const reasons = parameters.flatMap((parameter, k) => outsideRange(parameter, values[k]!));
  if (reasons.length > 0) return { reasons, distance: Number.POSITIVE_INFINITY };
  const input = inputOf(parameters, values);
  const solved = nearest(validity.trained, input);
  const distance = validity.distanceLimit > 0 ? solved / validity.distanceLimit : solved === 0 ? 0 : Infinity;
  if (distance > 1)
    reasons.push(
      `No design like it was solved: the next one is ${distance.toFixed(2)} times as far as the model answers.`,
    );
  if (nearest(validity.failed, input) < solved) reasons.push('The design next to it could not be made or solved.');
  return { reasons, distance };
}

function outsideRange({ name, unit, minimum, maximum }: SurrogateParameter, value: number): string[] {
  const slack = SLACK * Math.max(Math.abs(minimum), Math.abs(maximum));
  const inUnit = (one: number): string => `${Number(one.toPrecision(6))}${unit === '1' ? '' : ` ${unit}`}`;
  if (!Number.isFinite(value)) return [`${name} is no number.`];
  if (value >= minimum - slack && value <= maximum + slack) return [];
  return [`${name} is ${inUnit(value)}: the model knows ${inUnit(minimum)} to ${inUnit(maximum)}.`];
}

function nearest(designs: readonly (readonly number[])[], input: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const design of designs) {
    let sum = 0;
    for (let k = 0; k < input.length; k++) sum += (design[k]! - input[k]!) ** 2;
    least = Math.min(least, sum);
  }
  return Math.sqrt(least);
}

/** Half of an interval, of the logarithm's where the card says so. */
export const halfWidthOf = (logarithmic: boolean, low: number, high: number): number =>
  logarithmic ? Math.log(high / low) / 2 : (high - low) / 2;

/** Quantities whose interval is wider than any that the model was calibrated with. */
export function tooWide(card: SurrogateCard, intervals: readonly { low: number; high: number }[]): string[] {
  return card.scalars.flatMap(({ name, logarithmic }, q) => {
    const { low, high } = intervals[q]!;
    const width = halfWidthOf(logarithmic, low, high);
    const limit = card.validity.halfWidthLimits[q]!;
    return width <= limit
      ? []
      : [`The interval of ${name} is ${(width / limit).toFixed(2)} times as wide as the model answers with.`];
  });
}
