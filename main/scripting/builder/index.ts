/** What `import { part } from 'artificer'` gives a part script. */
export type { ConstraintOptions, DimensionOptions, ItemLike } from './constraints.ts';
export type { CircularPatternOptions, LinearPatternOptions, RepeatOptions, Row } from './dressing.ts';
export type { StepOptions, VariableOptions } from './history.ts';
export type { Outline } from './outline.ts';
export { type PartBuilder, type PartOptions, type PartScript, part } from './part.ts';
export type {
  AxisLike,
  BodyLike,
  ExtentLike,
  Movement,
  PathLike,
  PlaneLike,
  PrincipalPlane,
  ProfileLike,
} from './places.ts';
export {
  edgeBetween,
  edges,
  faces,
  type NamedReference,
  named,
  type ReferenceLike,
  type ReferencesLike,
  vertexBetween,
  vertices,
} from './references.ts';
export type {
  BodyOperation,
  BodyOptions,
  ExtrudeOptions,
  HoleOptions,
  RevolveOptions,
  SketchOptions,
} from './shaping.ts';
export type { DrawOptions, SketchBuilder } from './sketch.ts';
export type { Curve, Point, PointLike } from './sketch-items.ts';
export type { CurveLike, FaceLike, SketchStep, Step } from './steps.ts';
export {
  type AngleValue,
  angle,
  type Expression,
  type LengthValue,
  length,
  type NumberValue,
  number,
} from './values.ts';
