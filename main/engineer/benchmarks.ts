/** What benchmarks of the command line measure: requests to the agent, the search, and generated shapes on the real kernel and solver. */
export { judgeRequests, readRequests } from './agent/requests/judge.ts';
export { massOf } from './candidates/judge-design.ts';
export { makeDesign } from './candidates/make-design.ts';
export type { ConceptSearch } from './search/concept-search.ts';
export { Search } from './search/search.ts';
export { type DesignPoint, type DesignSpace, keyOf } from './search/space.ts';
export { ANALYTIC_PROBLEMS, type AnalyticProblem } from './search/testing/analytic-problems.ts';
export { designsUntil, evolveAnalytic, searchAnalytic } from './search/testing/analytic-search.ts';
export { type EvolutionJudge, evolve, type Judged } from './search/testing/evolution.ts';
export { shapePicture } from './topology/picture.ts';
export { buildShape, complianceOf } from './topology/testing/build.ts';
export { ARM, BRACKET, CANTILEVER } from './topology/testing/requests.ts';
