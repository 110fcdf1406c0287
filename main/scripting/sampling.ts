/** Points in the range of a part's variables: its corners first, then at random, the same for the same seed. */
import type { VariableValue } from '../../preload/contract/index.ts';
import { seededRandom } from '../document/index.ts';

type Ranged = Pick<VariableValue, 'name' | 'dimension' | 'value' | 'minimum' | 'maximum'>;
/** Numbers in mm, degrees or plain, as scripts take them. */
export type SampledValues = Record<string, number>;

const isWhole = (value: number | undefined): boolean => value === undefined || Number.isInteger(value);

/** A plain number whose value and range are whole is a count: only whole numbers make sense. */
export const isCount = ({ dimension, value, minimum, maximum }: Ranged): boolean =>
  dimension === 'number' &&
  isWhole(value) &&
  isWhole(minimum) &&
  isWhole(maximum) &&
  (maximum ?? 0) - (minimum ?? 0) > 1;

/**
 * The first four are corners (all small, all large, and both ways of taking turns), which is where a range breaks first. In
 * every third of the others, each variable sits at one of its ends.
 */
export function sampleValues(variables: readonly Ranged[], count: number, seed: number): SampledValues[] {
  const random = seededRandom(seed);
  const ranged = variables.filter(({ minimum, maximum }) => minimum !== undefined && maximum !== undefined);
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(
      ranged.map((variable, index) => {
        const share = at < 4 ? [0, 1, index % 2, 1 - (index % 2)][at]! : at % 3 === 0 ? Math.round(random()) : random();
        return [variable.name, valueAt(variable, share)];
      }),
    ),
  );
}

function valueAt(variable: Ranged, share: number): number {
  const [minimum, maximum] = [variable.minimum!, variable.maximum!];
  if (isCount(variable)) return Math.min(maximum, minimum + Math.floor(share * (maximum - minimum + 1)));
  const value = minimum + share * (maximum - minimum);
  // Fewer digits than a float has, so that a failing point can be typed in; never out of the range.
  const shown = variable.dimension === 'angle' ? (value * 180) / Math.PI : value;
  return share === 0 || share === 1 ? Number(shown.toPrecision(12)) : Number(shown.toPrecision(5));
}
