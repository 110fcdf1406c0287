/** The door for benchmarks: sampling the range of a part. */
export { type SampledValues, sampleValues } from './sampling.ts';
