/** Points that fill a unit cube more evenly than chance does, and go on doing so with every further point. */
import { ArtificerError } from '../../../preload/contract/index.ts';
import { randomStream } from '../numerics/random.ts';
import { DIRECTIONS } from './sobol-directions.ts';

const BITS = 32;

/** The most dimensions whose direction numbers are known here. */
export const MOST_DIMENSIONS = DIRECTIONS.length + 1;

/** Direction integers of one dimension, by the recurrence of P. Bratley and B. L. Fox (Algorithm 659, ACM TOMS 14, 1988). */
function directionsOf(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let i = 0; i < BITS; i++) v[i] = 2 ** (BITS - 1 - i);
    return v;
  }
  const [degree, coefficients, initial] = DIRECTIONS[dimension - 1]!;
  for (let i = 0; i < BITS; i++) {
    if (i < degree) {
      v[i] = initial[i]! * 2 ** (BITS - 1 - i);
      continue;
    }
    let value = v[i - degree]! ^ (v[i - degree]! >>> degree);
    for (let k = 1; k < degree; k++) if ((coefficients >>> (degree - 1 - k)) & 1) value ^= v[i - k]!;
    v[i] = value >>> 0;
  }
  return v;
}

/**
 * Points of Sobol's sequence in the order of the Gray code, as I. A. Antonov and V. M. Saleev proposed.
 * @param seed null for the sequence as published, from its second point (the first is the origin). With a seed every
 *   dimension is shifted by a random number, digit by digit (exclusive or), which keeps the evenness and has no special points.
 * @returns points in [0, 1)^dimensions
 * @throws ArtificerError `surrogate.too-many-parameters`
 */
export function sobolPoints(dimensions: number, count: number, seed: number | null = null): number[][] {
  if (dimensions > MOST_DIMENSIONS)
    throw new ArtificerError({
      code: 'surrogate.too-many-parameters',
      category: 'refused',
      message: `${dimensions} parameters are too many to sample evenly.`,
      hint: `Vary at most ${MOST_DIMENSIONS}: those that matter.`,
    });
  const random = seed === null ? () => 0 : randomStream(seed);
  const directions = Array.from({ length: dimensions }, (_, dimension) => directionsOf(dimension));
  const shifts = Uint32Array.from({ length: dimensions }, () => Math.floor(random() * 2 ** 32));
  const state = new Uint32Array(dimensions);
  const points: number[][] = [];
  for (let index = 0; points.length < count; index++) {
    if (index > 0) {
      // The place of the lowest zero bit of the index before.
      const place = 31 - Math.clz32(~(index - 1) & index);
      for (let d = 0; d < dimensions; d++) state[d]! ^= directions[d]![place]!;
    }
    if (seed === null && index === 0) continue;
    points.push(Array.from(state, (value, d) => ((value ^ shifts[d]!) >>> 0) / 2 ** BITS));
  }
  return points;
}

/** Points chosen by chance alone: for designs that a surrogate is judged by. */
export function randomPoints(dimensions: number, count: number, seed: number): number[][] {
  const random = randomStream(seed);
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, random));
}
