/** What became of a part's history when it was evaluated, and what was recognised on an imported body. */
import * as v from 'valibot';
import { ErrorDataSchema } from './errors.ts';
import { FeatureSchema, SketchSolutionSchema } from './features.ts';
import { Vector3Schema } from './geometry.ts';
import { VARIABLE_DIMENSIONS } from './sketches.ts';

export const FEATURE_STATES = ['ok', 'failed', 'blocked', 'suppressed', 'rolled-back'] as const;

/** How one step of the history went. A failed one leaves the bodies as they were before it. */
export const FeatureOutcomeSchema = v.object({
  id: v.string(),
  name: v.string(),
  state: v.picklist(FEATURE_STATES),
  /** Why it failed, or which failed step it depends on; `details` may name topology and candidates. */
  error: v.optional(ErrorDataSchema),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
  seconds: v.number(),
  /** Answered from what an earlier evaluation left behind. */
  reused: v.boolean(),
  /** Made by the part's script: shown, but not edited by hand. */
  scripted: v.optional(v.boolean()),
  /** Scripted features have no record: what they are. */
  feature: v.optional(FeatureSchema),
  sketch: v.optional(SketchSolutionSchema),
  /** Persistent names of the faces that this step made and that are still there. */
  made: v.optional(v.array(v.string())),
});
export type FeatureOutcome = v.InferOutput<typeof FeatureOutcomeSchema>;

export const VariableValueSchema = v.object({
  /** Absent for a variable that the script declares and nobody has overridden. */
  id: v.optional(v.string()),
  name: v.string(),
  dimension: v.picklist(VARIABLE_DIMENSIONS),
  expression: v.string(),
  /** mm, rad or plain; absent where it cannot be evaluated. */
  value: v.optional(v.number()),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  note: v.optional(v.string()),
  scope: v.picklist(['project', 'part', 'script', 'configuration']),
  error: v.optional(ErrorDataSchema),
});
export type VariableValue = v.InferOutput<typeof VariableValueSchema>;

/** A part's history as it is now. `status` is that of its geometry. */
export const PartHistorySchema = v.object({
  partId: v.string(),
  status: v.picklist(['ready', 'pending', 'failed']),
  outcomes: v.array(FeatureOutcomeSchema),
  variables: v.array(VariableValueSchema),
  /** Hash of everything the bodies were made from. */
  inputHash: v.string(),
  seconds: v.number(),
  /** A script that cannot be run, or another reason why nothing was evaluated. */
  error: v.optional(ErrorDataSchema),
});
export type PartHistory = v.InferOutput<typeof PartHistorySchema>;

const faces = v.array(v.pipe(v.number(), v.integer(), v.minValue(0)));
const common = {
  /** Of the body, by index. */
  faces,
  /** In plain words with sizes: `Counterbored hole, 8.4 and 15 mm, through`. */
  words: v.string(),
};
/** A feature that was found on a body without a history. Lengths in mm, angles in rad. */
export const RecognisedFeatureSchema = v.variant('kind', [
  v.object({
    kind: v.literal('hole'),
    ...common,
    type: v.picklist(['simple', 'stepped', 'countersunk', 'counterbored', 'tapered']),
    through: v.boolean(),
    /** From the opening inwards. */
    diameters_mm: v.array(v.number()),
    /** On the axis, from its mouth to the other one, to the flat bottom, or to where a drilled tip begins. */
    depth_mm: v.number(),
    /** From the mouth inwards. */
    axis: v.object({ origin_mm: Vector3Schema, direction: Vector3Schema }),
    /** Holes of the same pattern share a number. */
    pattern: v.optional(v.number()),
  }),
  v.object({
    kind: v.literal('fillet'),
    ...common,
    radius_mm: v.number(),
    /** On an inner (concave) edge of the body. */
    concave: v.boolean(),
  }),
  v.object({ kind: v.literal('chamfer'), ...common, distance_mm: v.number(), angle_rad: v.number() }),
  v.object({ kind: v.literal('pocket'), ...common, depth_mm: v.number(), through: v.boolean() }),
  v.object({ kind: v.literal('boss'), ...common, height_mm: v.number(), diameter_mm: v.optional(v.number()) }),
  v.object({ kind: v.literal('wall'), ...common, thickness_mm: v.number() }),
]);
export type RecognisedFeature = v.InferOutput<typeof RecognisedFeatureSchema>;
export type RecognisedKind = RecognisedFeature['kind'];

export const RecognitionSchema = v.object({
  body: v.number(),
  features: v.array(RecognisedFeatureSchema),
  /** Patterns of holes: the same hole repeated along a line or a circle. */
  patterns: v.array(
    v.object({
      number: v.number(),
      kind: v.picklist(['linear', 'circular', 'grid', 'group']),
      count: v.number(),
      words: v.string(),
    }),
  ),
  seconds: v.number(),
});
export type BodyRecognition = v.InferOutput<typeof RecognitionSchema>;

export const SamplePartSchema = v.object({
  /** File name without its ending. */
  key: v.string(),
  title: v.string(),
  about: v.string(),
  parameters: v.number(),
});
export type SamplePart = v.InferOutput<typeof SamplePartSchema>;
