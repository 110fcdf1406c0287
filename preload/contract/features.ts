/**
 * The steps of a part's history. Everything a person may change about a step is here; numbers are expressions (see
 * `sketches.ts`), topology is named by references. What a step does is `main/kernel/features`; what each field means to a
 * person is `renderer/help`.
 */
import * as v from 'valibot';
import { PartReferenceSchema } from './geometry.ts';
import {
  AngleSchema,
  AxisLineSchema,
  LengthSchema,
  NumberSchema,
  PlaneSchema,
  SketchIdSchema,
  SketchSchema,
} from './sketches.ts';

const FeatureId = v.pipe(v.string(), v.regex(/^feature_[A-Za-z0-9]{6,40}$/));
const References = v.pipe(v.array(PartReferenceSchema), v.minLength(1), v.maxLength(5000));
/** What happens to the bodies that are there. */
const Operation = v.picklist(['new', 'add', 'cut', 'intersect']);
/** A body by the name that its feature gave it: the feature's id, with `#2`, `#3` ... for further ones. */
export const BodyNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Bodies that a step works on; all that it touches when absent. */
const Bodies = v.optional(v.pipe(v.array(BodyNameSchema), v.maxLength(1000)));

/** Closed regions of a sketch (all of them when `regions` is absent), or a planar face. */
export const ProfileSchema = v.variant('by', [
  v.strictObject({
    by: v.literal('sketch'),
    sketch: FeatureId,
    /** Each region by the curves of its outer boundary, in any order. */
    regions: v.optional(v.pipe(v.array(v.pipe(v.array(SketchIdSchema), v.minLength(1))), v.minLength(1))),
  }),
  v.strictObject({ by: v.literal('face'), face: PartReferenceSchema }),
]);
export type Profile = v.InferOutput<typeof ProfileSchema>;

/** A chain of curves of a sketch, or of edges. */
export const PathSchema = v.variant('by', [
  v.strictObject({ by: v.literal('sketch'), sketch: FeatureId, curves: v.optional(v.array(SketchIdSchema)) }),
  v.strictObject({ by: v.literal('edges'), edges: References }),
]);
export type Path = v.InferOutput<typeof PathSchema>;

export const ExtentSchema = v.variant('to', [
  v.strictObject({ to: v.literal('distance'), distance: LengthSchema }),
  v.strictObject({ to: v.literal('through-all') }),
  v.strictObject({ to: v.literal('face'), face: PartReferenceSchema, offset: v.optional(LengthSchema) }),
]);
export type Extent = v.InferOutput<typeof ExtentSchema>;

const feature = <Kind extends string, Entries extends v.ObjectEntries>(kind: Kind, entries: Entries) =>
  v.strictObject({ kind: v.literal(kind), ...entries });

export const FeatureSchema = v.variant('kind', [
  SketchSchema,

  // Reference geometry
  feature('datum-plane', {
    plane: PlaneSchema,
    /** Turned about this axis, which lies in it. */
    tilt: v.optional(v.strictObject({ axis: AxisLineSchema, angle: AngleSchema })),
  }),

  // Bodies from profiles
  feature('extrude', {
    profile: ProfileSchema,
    operation: Operation,
    extent: ExtentSchema,
    /** Along the plane's normal, against it, or half to each side. */
    direction: v.optional(v.picklist(['normal', 'reverse', 'symmetric'])),
    /** To the other side. */
    second: v.optional(ExtentSchema),
    /** Sides lean inwards by this, towards the end. */
    draft: v.optional(AngleSchema),
    bodies: Bodies,
  }),
  feature('revolve', {
    profile: ProfileSchema,
    operation: Operation,
    axis: AxisLineSchema,
    angle: AngleSchema,
    symmetric: v.optional(v.boolean()),
    bodies: Bodies,
  }),
  feature('sweep', {
    profile: ProfileSchema,
    path: PathSchema,
    operation: Operation,
    /** Over the whole length. */
    twist: v.optional(AngleSchema),
    bodies: Bodies,
  }),
  feature('loft', {
    sections: v.pipe(v.array(ProfileSchema), v.minLength(2), v.maxLength(100)),
    operation: Operation,
    ruled: v.optional(v.boolean()),
    bodies: Bodies,
  }),
  feature('rib', {
    /** An open or closed chain of a sketch whose plane contains the rib's middle. */
    path: PathSchema,
    thickness: LengthSchema,
    /** In the sketch's plane towards the material, or along the plane's normal. */
    direction: v.picklist(['in-plane', 'normal']),
    reverse: v.optional(v.boolean()),
    bodies: Bodies,
  }),
  feature('hole', {
    /** Points of a sketch (its free points and centres of circles when absent), drilled against its plane's normal. */
    sketch: FeatureId,
    points: v.optional(v.pipe(v.array(SketchIdSchema), v.minLength(1))),
    standard: v.picklist(['iso', 'asme', 'custom']),
    type: v.picklist(['simple', 'clearance', 'tapped', 'counterbore', 'countersink']),
    /** `M6`, `1/4-20`: see `resources/holes`; not for custom and simple ones. */
    size: v.optional(v.pipe(v.string(), v.maxLength(40))),
    fit: v.optional(v.picklist(['close', 'normal', 'loose'])),
    /** Overrides or, for custom and simple ones, gives the diameter of the bore. */
    diameter: v.optional(LengthSchema),
    extent: v.variant('to', [
      v.strictObject({ to: v.literal('through-all') }),
      v.strictObject({
        to: v.literal('depth'),
        depth: LengthSchema,
        /** Of the drill's point; flat when absent. */
        tip: v.optional(AngleSchema),
      }),
    ]),
    counterbore: v.optional(v.strictObject({ diameter: LengthSchema, depth: LengthSchema })),
    countersink: v.optional(v.strictObject({ diameter: LengthSchema, angle: AngleSchema })),
    reverse: v.optional(v.boolean()),
    bodies: Bodies,
  }),

  // Dressing up
  feature('fillet', {
    edges: References,
    radius: LengthSchema,
    /** Variable: radius at the end of each edge; `radius` at its beginning. */
    endRadius: v.optional(LengthSchema),
  }),
  feature('chamfer', {
    edges: References,
    distance: LengthSchema,
    /** On the second face; equal when absent. */
    distance2: v.optional(LengthSchema),
    /** Instead of `distance2`. */
    angle: v.optional(AngleSchema),
    /** The face that `distance` is measured on. */
    face: v.optional(PartReferenceSchema),
  }),
  feature('shell', {
    /** Faces left open. */
    open: v.optional(References),
    thickness: LengthSchema,
    outward: v.optional(v.boolean()),
    bodies: Bodies,
  }),
  feature('draft', {
    faces: References,
    neutral: PlaneSchema,
    angle: AngleSchema,
    reverse: v.optional(v.boolean()),
  }),

  // Repeating
  feature('linear-pattern', {
    /** The steps to repeat; whole bodies when absent. */
    features: v.optional(v.pipe(v.array(FeatureId), v.minLength(1))),
    bodies: Bodies,
    direction: AxisLineSchema,
    spacing: LengthSchema,
    count: NumberSchema,
    second: v.optional(v.strictObject({ direction: AxisLineSchema, spacing: LengthSchema, count: NumberSchema })),
    /** Occurrences left out, numbered from 0 (the original) row by row. */
    skip: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  }),
  feature('circular-pattern', {
    features: v.optional(v.pipe(v.array(FeatureId), v.minLength(1))),
    bodies: Bodies,
    axis: AxisLineSchema,
    /** Between neighbours; spread over the full turn when absent. */
    step: v.optional(AngleSchema),
    count: NumberSchema,
    skip: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  }),
  feature('mirror', {
    features: v.optional(v.pipe(v.array(FeatureId), v.minLength(1))),
    bodies: Bodies,
    plane: PlaneSchema,
    /** Joined with the original (bodies only). */
    join: v.optional(v.boolean()),
  }),

  // Bodies against bodies
  feature('boolean', {
    operation: v.picklist(['union', 'subtract', 'intersect']),
    target: BodyNameSchema,
    tools: v.pipe(v.array(BodyNameSchema), v.minLength(1)),
    keepTools: v.optional(v.boolean()),
  }),
  feature('split', { bodies: Bodies, plane: PlaneSchema, keep: v.picklist(['both', 'front', 'back']) }),
  feature('thicken', {
    faces: References,
    thickness: LengthSchema,
    reverse: v.optional(v.boolean()),
    operation: Operation,
  }),
  feature('move-body', {
    bodies: v.pipe(v.array(BodyNameSchema), v.minLength(1)),
    translation: v.strictTuple([LengthSchema, LengthSchema, LengthSchema]),
    rotation: v.optional(v.strictObject({ axis: AxisLineSchema, angle: AngleSchema })),
    copy: v.optional(v.boolean()),
  }),

  // Direct editing
  feature('offset-face', { faces: References, distance: LengthSchema }),
  feature('move-face', {
    faces: References,
    translation: v.strictTuple([LengthSchema, LengthSchema, LengthSchema]),
    rotation: v.optional(v.strictObject({ axis: AxisLineSchema, angle: AngleSchema })),
  }),
  /** Removes faces and heals the gap from its neighbours: fillets, holes, bosses, pockets. */
  feature('delete-face', { faces: References }),
  feature('replace-face', { faces: References, plane: PlaneSchema }),
  /** A recognised hole with another size: one dimension per coaxial cylinder, from the opening inwards. */
  feature('resize-hole', {
    faces: References,
    diameters: v.pipe(v.array(LengthSchema), v.minLength(1), v.maxLength(20)),
  }),
  /** Recognised fillets with another radius. */
  feature('resize-fillet', { faces: References, radius: LengthSchema }),

  // From a file
  feature('import', {
    sourceId: v.pipe(v.string(), v.regex(/^source_[A-Za-z0-9]{6,40}$/)),
    sourceKey: v.pipe(v.string(), v.maxLength(6000)),
    /** Names of the faces of each body, by index: absent means `0`, `1`, `2` ...; kept when a new revision is read. */
    faceNames: v.optional(v.array(v.array(v.pipe(v.string(), v.maxLength(60))))),
  }),

  // Sheet metal
  feature('sheet-base', {
    profile: ProfileSchema,
    thickness: LengthSchema,
    /** Inside. */
    bendRadius: LengthSchema,
    /** Neutral axis as a fraction of the thickness from the inside. */
    kFactor: v.optional(NumberSchema),
    reverse: v.optional(v.boolean()),
  }),
  feature('edge-flange', {
    edges: References,
    height: LengthSchema,
    /** From flat: 90 degrees stands upright. */
    angle: AngleSchema,
    bendRadius: v.optional(LengthSchema),
  }),
  feature('unfold', {
    /** The face that stays. */
    fixed: PartReferenceSchema,
  }),
]);
export type Feature = v.InferOutput<typeof FeatureSchema>;
export type FeatureKind = Feature['kind'];
export type FeatureOf<Kind extends FeatureKind> = Extract<Feature, { kind: Kind }>;
export const FEATURE_KINDS = FeatureSchema.options.map((option) => option.entries.kind.literal) as FeatureKind[];

/** One solved sketch as the window draws it. */
export const SketchSolutionSchema = v.object({
  /** Sketch to part: 3 x 4, row-major, mm. */
  frame: v.pipe(v.array(v.number()), v.length(12)),
  /** The same entities with the positions that were found. */
  entities: v.array(v.unknown()),
  status: v.picklist(['solved', 'under-constrained', 'over-constrained', 'inconsistent', 'failed']),
  degreesOfFreedom: v.number(),
});
