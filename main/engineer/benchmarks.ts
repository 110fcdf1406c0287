/** What benchmarks of the command line measure: requests to the agent, and generated shapes on the real kernel and solver. */
export { judgeRequests, readRequests } from './agent/requests/judge.ts';
export { shapePicture } from './topology/picture.ts';
export { buildShape, complianceOf } from './topology/testing/build.ts';
export { ARM, BRACKET, CANTILEVER } from './topology/testing/requests.ts';
