/** The door for benchmarks: sampling the range of a part, and random parts of known volume. */

export { type RandomPart, randomPart } from './random-parts/index.ts';
export { type SampledValues, sampleValues } from './sampling.ts';
