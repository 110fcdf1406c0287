/** What a Gaussian process varies about: polynomials of the inputs, fitted by generalised least squares. */
export const TRENDS = ['constant', 'linear', 'quadratic'] as const;
export type Trend = (typeof TRENDS)[number];

/** How many terms a trend has in d inputs. */
export function termCount(trend: Trend, d: number): number {
  if (trend === 'constant') return 1;
  return trend === 'linear' ? 1 + d : 1 + d + (d * (d + 1)) / 2;
}

/** Exponents: the one or two inputs whose product each term is; none for the constant. */
export function termsOf(trend: Trend, d: number): (readonly number[])[] {
  const terms: number[][] = [[]];
  if (trend !== 'constant') for (let i = 0; i < d; i++) terms.push([i]);
  if (trend === 'quadratic') for (let i = 0; i < d; i++) for (let j = i; j < d; j++) terms.push([i, j]);
  return terms;
}

/** The terms' values at one point. */
export function termValues(trend: Trend, input: ArrayLike<number>): number[] {
  return termsOf(trend, input.length).map((term) => term.reduce((value, i) => value * input[i]!, 1));
}
