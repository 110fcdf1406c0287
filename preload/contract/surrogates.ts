/** Surrogates: what is sampled, the card that says what a trained model is and how well it predicts, and its predictions. */
import * as v from 'valibot';

const Finite = v.pipe(v.number(), v.finite());
const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** What is predicted at every point of a part. */
export const SURROGATE_FIELDS = ['displacement', 'von_mises', 'temperature'] as const;
export const SurrogateFieldSchema = v.picklist(SURROGATE_FIELDS);
export type SurrogateField = v.InferOutput<typeof SurrogateFieldSchema>;

/** A named dimension of the part and the range it is varied in. */
export const SurrogateParameterSchema = v.object({
  name: Name,
  /** `mm`, `deg` or `1`: what numbers of it are given in. */
  unit: v.picklist(['mm', 'deg', '1']),
  minimum: Finite,
  maximum: Finite,
  /** Equal factors rather than equal steps are alike: designs are compared by the logarithm. */
  logarithmic: v.boolean(),
});
export type SurrogateParameter = v.InferOutput<typeof SurrogateParameterSchema>;

/** One number of a study. */
export const SurrogateQuantitySchema = v.object({
  /** As the specification says it: `mass`, `max von_mises`, `probe tip`, `frequency 1`. */
  name: Name,
  unit: v.string(),
});
export type SurrogateQuantity = v.InferOutput<typeof SurrogateQuantitySchema>;

const ErrorsOfScalarSchema = v.object({
  /** Share of the variance over the designs that is explained, 1 at best. */
  r2: Finite,
  /** Root of the mean square, in the quantity's unit. */
  rms: Finite,
});
const ErrorsOfFieldSchema = v.object({
  /** Root of the mean square over designs and the largest of them: |predicted - solved| / |solved| over all points. */
  relativeL2: Finite,
  worstRelativeL2: Finite,
});

/**
 * What a model is: shown before it is used, and checked before it is loaded. Errors and intervals here are of
 * cross-validation: each design is predicted by models that never saw it.
 */
export const SurrogateCardSchema = v.object({
  format: v.literal('artificer-surrogate-1'),
  name: Name,
  part: Name,
  /** Static, thermal ...: a model knows one kind of question alone. */
  studyType: v.string(),
  /** Of the study's conditions: loads, restraints, materials, mesh. */
  studyHash: Hash,
  /** Of the part's script. */
  partHash: Hash,
  /** Of all designs that it was trained on. */
  dataHash: Hash,
  /** Of the ONNX file. */
  modelHash: Hash,
  createdAt: v.string(),
  seed: v.pipe(v.number(), v.integer()),
  versions: v.record(v.string(), v.string()),
  designs: v.pipe(v.number(), v.integer(), v.minValue(1)),
  failedDesigns: v.pipe(v.number(), v.integer(), v.minValue(0)),
  parameters: v.pipe(v.array(SurrogateParameterSchema), v.minLength(1), v.maxLength(32)),
  scalars: v.array(v.object({ ...SurrogateQuantitySchema.entries, crossValidated: ErrorsOfScalarSchema })),
  fields: v.array(
    v.object({
      name: SurrogateFieldSchema,
      unit: v.string(),
      /** Numbers a point: 3 of a displacement. */
      components: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(6)),
      modes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      crossValidated: ErrorsOfFieldSchema,
    }),
  ),
  /** Points of the reference mesh, which are carried along with the part. */
  points: v.pipe(v.number(), v.integer(), v.minValue(0)),
  interval: v.object({
    /** Marginal: over many new designs (and, of fields, points) this share lies within. Nothing is promised of a single one. */
    level: v.pipe(Finite, v.minValue(0.5), v.maxValue(0.999)),
    /** Designs that the interval was calibrated with. */
    n: v.pipe(v.number(), v.integer(), v.minValue(1)),
    method: v.string(),
  }),
  /** What the verdict on an input is made with. */
  validity: v.object({
    /** Training designs as the model sees them, d numbers each, -1 at the minimum and 1 at the maximum of the range. */
    trained: v.array(v.array(Finite)),
    /** Designs that could not be made or solved. */
    failed: v.array(v.array(Finite)),
    /** Farthest that a design of the training data lies from the next one. */
    farthest: Finite,
  }),
  licence: v.string(),
  notes: v.array(v.string()),
});
export type SurrogateCard = v.InferOutput<typeof SurrogateCardSchema>;

/** Whether a model may be asked, and if not, why. */
export const SurrogateVerdictSchema = v.variant('valid', [
  v.object({
    valid: v.literal(true),
    /** To the next design that was solved, over the farthest in the data. */ distance: Finite,
  }),
  v.object({ valid: v.literal(false), code: v.string(), reason: v.string(), hint: v.string() }),
]);
export type SurrogateVerdict = v.InferOutput<typeof SurrogateVerdictSchema>;

/** A predicted number: never a solved one. */
export const PredictedScalarSchema = v.object({
  name: Name,
  unit: v.string(),
  value: Finite,
  low: Finite,
  high: Finite,
});
export type PredictedScalar = v.InferOutput<typeof PredictedScalarSchema>;
