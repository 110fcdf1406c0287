/** What the sketch package takes and answers. Lengths in mm, angles in rad, positions in the coordinates of the sketch. */
import type { Evaluated, Sketch, SketchConstraint, SketchEntity } from '../../preload/contract/sketches.ts';

/** Entities are the same in a document and evaluated: they hold no expressions. */
export type Entity = SketchEntity;
export type EntityOf<Kind extends Entity['kind']> = Extract<Entity, { kind: Kind }>;
export type CurveEntity = Exclude<Entity, { kind: 'point' }>;
/** A constraint with its expression replaced by a value. */
export type Constraint = Evaluated<SketchConstraint>;
export type ConstraintOf<Kind extends Constraint['kind']> = Extract<Constraint, { kind: Kind }>;
/** A sketch that can be solved. */
export type SolvableSketch = Pick<Evaluated<Sketch>, 'entities' | 'constraints'>;
/** A sketch as the document keeps it, for the tools: expressions stay as they were typed. */
export type SketchDraft = Pick<Sketch, 'entities' | 'constraints'>;
export type Position = readonly [x_mm: number, y_mm: number];

export type SolveStatus = 'solved' | 'under-constrained' | 'over-constrained' | 'inconsistent' | 'failed';

/** Constraints to drop so that the rest can hold. */
export interface Suggestion {
  drop: string[];
  words: string;
}

export interface Solution {
  status: SolveStatus;
  /** How many independent ways the sketch can still move. */
  degreesOfFreedom: number;
  /**
   * The same entities in the same order, with the positions found. Where the status is `inconsistent` or `failed` they stand
   * where they stood: a wrong position is never handed out.
   */
  entities: Entity[];
  /** Constraints that cannot hold together. */
  conflicting: string[];
  /** Constraints that say what others say already. */
  redundant: string[];
  /** Entities that can still move or change their size. */
  free: string[];
  /** What every dimension measures on the answer, reference ones included: mm, or rad within 0..2 pi. */
  values: Record<string, number>;
  suggestions: Suggestion[];
  /** The largest deviation of any constraint, measured independently of the solver on the positions it found. */
  residual_mm: number;
  /** Plain sentences for a person: why it failed, what conflicts. Empty when all is well. */
  messages: string[];
}

export interface SolveOptions {
  /** Skip degrees of freedom, redundancy and free entities (they are then 0 and empty): for previews. */
  diagnose?: boolean;
}

/** What a drag moved. */
export interface DragStep {
  /** Whether every constraint holds at the new positions. When false nothing moved: the positions are the last good ones. */
  solved: boolean;
  /** Only of points that moved since the drag began. */
  points: Map<string, Position>;
  /** Circles and ellipses whose (minor) radius changed since the drag began. */
  radii_mm: Map<string, number>;
}

export interface DragSession {
  /** Moves a point, or the rim of a circle (by its id), towards a position as far as the constraints let it. */
  drag(id: string, to: Position): DragStep;
  /** The entities at the last good positions. The session is over. */
  end(): Entity[];
  /** The entities as they were when the drag began. The session is over. */
  cancel(): Entity[];
}

export interface SketchSolver {
  /** @throws ArtificerError `sketch.invalid` for ids that are missing, doubled or of the wrong kind, `sketch.value` */
  solve(sketch: SolvableSketch, options?: SolveOptions): Solution;
  /** @throws ArtificerError as `solve` */
  begin(sketch: SolvableSketch): DragSession;
  /** Frees the solver's memory. */
  dispose(): void;
}

/** A change of a sketch by a tool. Entities and constraints that exist already under an id are replaced. */
export interface SketchEdit {
  put: SketchEntity[];
  remove: string[];
  putConstraints: SketchConstraint[];
  removeConstraints: string[];
}

/** A part of a curve, run through in a direction. Of a whole closed curve `from` and `to` are the same place. */
export interface LoopPiece {
  /** The sketch curve. */
  id: string;
  from: Position;
  to: Position;
  /** Curve parameters: 0..1 of a line, angle (rad) of a circle, arc or ellipse, knot parameter (0..1) of a spline. */
  fromParameter: number;
  toParameter: number;
  /** Run against the curve's own direction (arcs, circles and ellipses run counter-clockwise): parameters then decrease. */
  reversed: boolean;
  /** The whole curve, from its own start to its own end (or all of a closed one). */
  whole: boolean;
}

/** Pieces that follow one another and end where they began. Outer loops run counter-clockwise, holes clockwise. */
export interface Loop {
  pieces: LoopPiece[];
  /** Enclosed, always positive. */
  area_mm2: number;
}

export interface Region {
  outer: Loop;
  holes: Loop[];
  /** Without the holes. */
  area_mm2: number;
  /** Ids of the curves of the outer boundary, each once, sorted: names the region in a profile. */
  curves: string[];
  /** Loops around this one. Even: solid by default. */
  depth: number;
  /** A point well inside. */
  inside: Position;
}

export interface RegionProblem {
  kind: 'open-end' | 'crossing' | 'duplicate' | 'degenerate';
  curves: string[];
  at: Position;
  words: string;
}

export interface Regions {
  /** Bounded faces of the arrangement of all curves: they never overlap. */
  regions: Region[];
  /** What an extrusion of the whole sketch takes: outer boundaries less their holes, islands in holes on their own. */
  defaultRegions: Region[];
  problems: RegionProblem[];
}

/** Curves that follow one another. */
export interface Chain {
  pieces: LoopPiece[];
  closed: boolean;
}
