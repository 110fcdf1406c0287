/**
 * A sketch: points, curves between them, and constraints, in the coordinates of its plane (mm). Curves hold the ids of their
 * points, so two curves that share a point are joined without a constraint. Positions are what the solver last found: a
 * solve begins there.
 */
import * as v from 'valibot';
import { PartReferenceSchema, Vector3Schema } from './geometry.ts';

/**
 * What a person typed where a number is wanted: a number, an expression, names of variables, units. The key says what kind
 * of quantity it is; a bare number means mm, degrees or nothing.
 */
const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));
export const LengthSchema = v.strictObject({ length: Text });
export const AngleSchema = v.strictObject({ angle: Text });
export const NumberSchema = v.strictObject({ number: Text });
export type LengthExpression = v.InferOutput<typeof LengthSchema>;
export type AngleExpression = v.InferOutput<typeof AngleSchema>;
export type NumberExpression = v.InferOutput<typeof NumberSchema>;
export const VARIABLE_DIMENSIONS = ['length', 'angle', 'number'] as const;
export type VariableDimension = (typeof VARIABLE_DIMENSIONS)[number];

/** The same data with every expression replaced by its value: lengths in mm, angles in rad. */
export type Evaluated<T> = T extends LengthExpression | AngleExpression | NumberExpression
  ? number
  : T extends readonly [unknown, ...unknown[]]
    ? { [K in keyof T]: Evaluated<T[K]> }
    : T extends readonly (infer Item)[]
      ? Evaluated<Item>[]
      : T extends object
        ? { [K in keyof T]: Evaluated<T[K]> }
        : T;

/** Within one sketch. */
export const SketchIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'an id such as line3'));
const Id = SketchIdSchema;
const Coordinate = v.pipe(v.number(), v.finite(), v.minValue(-1e7), v.maxValue(1e7));
const curve = {
  id: Id,
  construction: v.optional(v.boolean()),
  /** Projected from the body: does not move in the sketch, follows the body. */
  from: v.optional(PartReferenceSchema),
};

export const SketchEntitySchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('point'), ...curve, x_mm: Coordinate, y_mm: Coordinate }),
  v.strictObject({ kind: v.literal('line'), ...curve, start: Id, end: Id }),
  v.strictObject({ kind: v.literal('circle'), ...curve, centre: Id, radius_mm: v.pipe(Coordinate, v.gtValue(0)) }),
  /** Counter-clockwise from start to end. */
  v.strictObject({ kind: v.literal('arc'), ...curve, centre: Id, start: Id, end: Id }),
  /** `major` is a point at the end of the major axis. */
  v.strictObject({
    kind: v.literal('ellipse'),
    ...curve,
    centre: Id,
    major: Id,
    minorRadius_mm: v.pipe(Coordinate, v.gtValue(0)),
  }),
  /** Through its points, with continuous curvature. */
  v.strictObject({
    kind: v.literal('spline'),
    ...curve,
    points: v.pipe(v.array(Id), v.minLength(2), v.maxLength(500)),
    closed: v.optional(v.boolean()),
  }),
]);
export type SketchEntity = v.InferOutput<typeof SketchEntitySchema>;

/** `origin`, `x-axis` and `y-axis` stand for the frame of the sketch wherever the id of a point or a line is wanted. */
export const SKETCH_FRAME_IDS = ['origin', 'x-axis', 'y-axis'] as const;

const dimension = {
  /** Only shows its value: does not drive. */
  reference: v.optional(v.boolean()),
  /** Where its text stands, in the sketch. */
  label_mm: v.optional(v.strictTuple([Coordinate, Coordinate])),
};
export const SketchConstraintSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('coincident'), id: Id, a: Id, b: Id }),
  v.strictObject({ kind: v.literal('point-on'), id: Id, point: Id, curve: Id }),
  v.strictObject({ kind: v.literal('midpoint'), id: Id, point: Id, line: Id }),
  /** A line, or two points. */
  v.strictObject({ kind: v.literal('horizontal'), id: Id, a: Id, b: v.optional(Id) }),
  v.strictObject({ kind: v.literal('vertical'), id: Id, a: Id, b: v.optional(Id) }),
  v.strictObject({ kind: v.literal('parallel'), id: Id, a: Id, b: Id }),
  v.strictObject({ kind: v.literal('perpendicular'), id: Id, a: Id, b: Id }),
  v.strictObject({ kind: v.literal('collinear'), id: Id, a: Id, b: Id }),
  v.strictObject({ kind: v.literal('tangent'), id: Id, a: Id, b: Id }),
  v.strictObject({ kind: v.literal('concentric'), id: Id, a: Id, b: Id }),
  /** Lengths of lines, or radii of circles and arcs. */
  v.strictObject({ kind: v.literal('equal'), id: Id, a: Id, b: Id }),
  /** Two points about a line or a point. */
  v.strictObject({ kind: v.literal('symmetric'), id: Id, a: Id, b: Id, about: Id }),
  /** A point that stays where it is. */
  v.strictObject({ kind: v.literal('fixed'), id: Id, point: Id }),
  /** Between two points, a point and a line, two parallel lines, or the length of one line. */
  v.strictObject({ kind: v.literal('distance'), id: Id, a: Id, b: v.optional(Id), value: LengthSchema, ...dimension }),
  /** Along the sketch's own axes, from a to b: may be negative. */
  v.strictObject({ kind: v.literal('horizontal-distance'), id: Id, a: Id, b: Id, value: LengthSchema, ...dimension }),
  v.strictObject({ kind: v.literal('vertical-distance'), id: Id, a: Id, b: Id, value: LengthSchema, ...dimension }),
  v.strictObject({ kind: v.literal('radius'), id: Id, curve: Id, value: LengthSchema, ...dimension }),
  v.strictObject({ kind: v.literal('diameter'), id: Id, curve: Id, value: LengthSchema, ...dimension }),
  /** Counter-clockwise from line a to line b. */
  v.strictObject({ kind: v.literal('angle'), id: Id, a: Id, b: Id, value: AngleSchema, ...dimension }),
]);
export type SketchConstraint = v.InferOutput<typeof SketchConstraintSchema>;
export type SketchConstraintKind = SketchConstraint['kind'];

const Plane = v.picklist(['xy', 'yz', 'zx']);
/** A plane in space. A frame's x direction is chosen so that it does not spin when the part changes. */
export const PlaneSchema = v.variant('by', [
  v.strictObject({ by: v.literal('principal'), plane: Plane, offset: v.optional(LengthSchema) }),
  v.strictObject({ by: v.literal('face'), face: PartReferenceSchema, offset: v.optional(LengthSchema) }),
  /** The plane of a datum-plane feature. */
  v.strictObject({ by: v.literal('datum'), feature: v.string() }),
  v.strictObject({
    by: v.literal('frame'),
    origin_mm: Vector3Schema,
    normal: Vector3Schema,
    x: Vector3Schema,
  }),
]);
export type Plane = v.InferOutput<typeof PlaneSchema>;

/** A line in space with a direction. */
export const AxisLineSchema = v.variant('by', [
  v.strictObject({ by: v.literal('principal'), axis: v.picklist(['x', 'y', 'z']), reverse: v.optional(v.boolean()) }),
  /** A straight edge, or the axis of a circular one. */
  v.strictObject({ by: v.literal('edge'), edge: PartReferenceSchema, reverse: v.optional(v.boolean()) }),
  /** The axis of a cylinder or cone, or the normal of a plane at its middle. */
  v.strictObject({ by: v.literal('face'), face: PartReferenceSchema, reverse: v.optional(v.boolean()) }),
  v.strictObject({
    by: v.literal('sketch-line'),
    sketch: v.string(),
    line: Id,
    reverse: v.optional(v.boolean()),
  }),
  v.strictObject({ by: v.literal('line'), origin_mm: Vector3Schema, direction: Vector3Schema }),
]);
export type AxisLine = v.InferOutput<typeof AxisLineSchema>;

export const SketchSchema = v.strictObject({
  kind: v.literal('sketch'),
  plane: PlaneSchema,
  entities: v.pipe(v.array(SketchEntitySchema), v.maxLength(20_000)),
  constraints: v.pipe(v.array(SketchConstraintSchema), v.maxLength(20_000)),
});
export type Sketch = v.InferOutput<typeof SketchSchema>;
