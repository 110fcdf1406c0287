/** What benchmarks need of generated shapes: parts to ask for, and the real kernel and solver to ask about them. */
export { shapePicture } from './topology/picture.ts';
export { buildShape, complianceOf } from './topology/testing/build.ts';
export { ARM, BRACKET, CANTILEVER } from './topology/testing/requests.ts';
