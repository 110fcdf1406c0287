/** The command line's door to this domain's benchmarks. */
export { measureRecognition, type RecognitionScore } from './recognition/benchmarks.ts';
