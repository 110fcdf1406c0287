/** The command line's door to this domain's benchmarks. */

export { benchmarkLateDimension, benchmarkRebuildMemory } from './features/benchmarks.ts';
export { type SurvivalReport, survive } from './features/survival/survive.ts';
export { measureRecognition, type RecognitionScore } from './recognition/benchmarks.ts';
