/** Designs as numbers: in the units of their parameters, and as models see them, from -1 to 1. */
import type { SurrogateParameter } from '../../../preload/contract/index.ts';

/** Values of a point of the unit cube, evenly spread over the ranges. */
export const valuesAt = (parameters: readonly SurrogateParameter[], point: readonly number[]): number[] =>
  parameters.map(({ minimum, maximum }, k) => Number((minimum + (maximum - minimum) * point[k]!).toPrecision(12)));

/** -1 at the minimum, 1 at the maximum; beyond where a value lies beyond. NaN where a logarithm has no value. */
export function inputOf(parameters: readonly SurrogateParameter[], values: readonly number[]): Float64Array {
  return Float64Array.from(parameters, ({ minimum, maximum, logarithmic }, k) => {
    const [low, high, value] = logarithmic
      ? [Math.log(minimum), Math.log(maximum), Math.log(values[k]!)]
      : [minimum, maximum, values[k]!];
    return (2 * (value - low)) / (high - low) - 1;
  });
}

/** What {@link inputOf} makes an input of, within the ranges. */
export const valuesOfInput = (parameters: readonly SurrogateParameter[], input: readonly number[]): number[] =>
  parameters.map(({ minimum, maximum, logarithmic }, k) => {
    const share = (input[k]! + 1) / 2;
    const value = logarithmic ? minimum * (maximum / minimum) ** share : minimum + (maximum - minimum) * share;
    return Math.min(maximum, Math.max(minimum, value));
  });
