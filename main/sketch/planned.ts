/** Signatures of what this package offers; each moves to its own file. */

import type { SketchConstraint, SketchEntity } from '../../preload/contract/sketches.ts';
import type {
  Chain,
  Constraint,
  Entity,
  Position,
  Regions,
  SketchDraft,
  SketchEdit,
  SketchSolver,
  SolvableSketch,
} from './types.ts';

// Tools
export declare function makeRectangle(sketch: SketchDraft, corner: Position, opposite: Position): SketchEdit;
export declare function makeCentreRectangle(sketch: SketchDraft, centre: Position, corner: Position): SketchEdit;
export declare function makePolygon(sketch: SketchDraft, centre: Position, corner: Position, sides: number): SketchEdit;
export declare function makeSlot(sketch: SketchDraft, from: Position, to: Position, radius_mm: number): SketchEdit;
export declare function makeArcSlot(
  sketch: SketchDraft,
  centre: Position,
  from: Position,
  to: Position,
  radius_mm: number,
): SketchEdit;
export declare function makeCircleThrough(sketch: SketchDraft, a: Position, b: Position, c: Position): SketchEdit;
/** An arc that leaves the end point `from` of a curve in its direction and ends at `to`. */
export declare function makeTangentArc(sketch: SketchDraft, from: string, to: Position): SketchEdit;
export declare function trim(sketch: SketchDraft, curve: string, at: Position): SketchEdit;
export declare function extend(sketch: SketchDraft, curve: string, at: Position): SketchEdit;
export declare function split(sketch: SketchDraft, curve: string, at: Position): SketchEdit;
/** `corner` is the point that two lines or arcs share. */
export declare function filletCorner(sketch: SketchDraft, corner: string, radius_mm: number): SketchEdit;
export declare function chamferCorner(sketch: SketchDraft, corner: string, distance_mm: number): SketchEdit;
/** Positive distances lie to the left of the chain's direction. */
export declare function offsetChain(
  sketch: SketchDraft,
  curves: readonly string[],
  distance_mm: number,
  options?: { constrain?: boolean },
): SketchEdit;
export declare function mirrorEntities(sketch: SketchDraft, ids: readonly string[], about: string): SketchEdit;
export declare function copyLinear(
  sketch: SketchDraft,
  ids: readonly string[],
  step_mm: Position,
  count: number,
): SketchEdit;
export declare function copyCircular(
  sketch: SketchDraft,
  ids: readonly string[],
  centre: Position,
  step_rad: number,
  count: number,
): SketchEdit;
export declare function setConstruction(sketch: SketchDraft, ids: readonly string[], construction: boolean): SketchEdit;
/** Removes entities with the curves that need them, the constraints on them, and points that nothing uses any more. */
export declare function removeWithDependants(sketch: SketchDraft, ids: readonly string[]): SketchEdit;

/** What is being drawn: a point, or the far end of a line, arc ... that began somewhere. */
export interface Candidate {
  kind: 'point' | 'line' | 'arc' | 'circle';
  /** Where it began: the id of a point there, if it has one. */
  start?: Position;
  startId?: string;
  centre?: Position;
  /** The curve that ends where this one starts, for tangency. */
  previous?: string;
}
export interface Inference {
  /** Where the cursor snaps to. */
  position: Position;
  /** What could be constrained, best first. `target` is an existing entity or a frame id. */
  hints: InferredConstraint[];
}
export interface InferredConstraint {
  kind:
    | 'coincident'
    | 'point-on'
    | 'midpoint'
    | 'horizontal'
    | 'vertical'
    | 'parallel'
    | 'perpendicular'
    | 'tangent'
    | 'equal';
  target?: string;
  words: string;
}
export declare function inferConstraints(
  sketch: { entities: readonly SketchEntity[] },
  candidate: Candidate,
  cursor: Position,
  tolerance_mm: number,
): Inference;
