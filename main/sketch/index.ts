/**
 * Sketches: solving, dragging, tools, constraints that suggest themselves, closed regions and chains. Pure: nothing here
 * reads or writes anything but the WebAssembly module of the solver. Runs in Node, in workers and in the window.
 */
export { bsplineOf, nearestOnCurve, pointOnCurve, sampleCurve, tangentOfCurve } from './curves/index.ts';
export type { BSplineForm } from './curves/spline.ts';
export { type Candidate, type Inference, type InferredConstraint, inferConstraints } from './inference/infer.ts';
export { applySketchEdit, newSketchId } from './model/ids.ts';
export { pointsOfEntity } from './model/view.ts';
export { constraintWords, entityWords } from './model/words.ts';
export { chainOf, chainsOf } from './regions/chains.ts';
export { findRegions } from './regions/regions.ts';
export { type LoadOptions, loadSketchSolver } from './solver/load.ts';
export * from './tools/index.ts';
export * from './types.ts';
