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

/** Of all answers of the designs: the share whose interval holds the solved value. */
const CoverageSchema = v.pipe(Finite, v.minValue(0), v.maxValue(1));

/** Widths of intervals of other levels over the one that is given: for the curve of coverage. */
const IntervalCurveSchema = v.pipe(
  v.array(v.object({ level: CoverageSchema, width: v.pipe(Finite, v.minValue(0)) })),
  v.maxLength(50),
);

/** A file of the model folder: a plain name, never a path. */
const ModelFileSchema = v.object({
  name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
  sha256: Hash,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** Designs that a card may tell of: each prediction looks through all of them. */
const MOST_CARD_DESIGNS = 10_000;

/**
 * What a model is: shown before it is used, and checked before it is loaded. `crossValidated` errors and the intervals are of
 * cross-validation, where each design is predicted by models that never saw it; `measured` ones are of designs that were kept
 * apart altogether.
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
  /** Of what was asked for: part, study, parameters, quantities, fields and seed. */
  specificationHash: Hash,
  /** Of all designs that it was trained on and judged by. */
  dataHash: Hash,
  files: v.object({
    /** The ONNX file. */
    model: ModelFileSchema,
    /** The reference design's mesh, which fields are given at the points of; a model of scalars alone has none. */
    mesh: v.nullable(ModelFileSchema),
  }),
  createdAt: v.string(),
  /** Who made it, where somebody wrote that down. */
  author: v.optional(v.pipe(v.string(), v.maxLength(200))),
  seed: v.pipe(v.number(), v.integer()),
  versions: v.record(v.string(), v.string()),
  designs: v.pipe(v.number(), v.integer(), v.minValue(1)),
  unseenDesigns: v.pipe(v.number(), v.integer(), v.minValue(0)),
  failedDesigns: v.pipe(v.number(), v.integer(), v.minValue(0)),
  parameters: v.pipe(v.array(SurrogateParameterSchema), v.minLength(1), v.maxLength(32)),
  /** The design that others were compared with, in the order of the parameters; where loads were put on their faces. */
  reference: v.optional(v.array(Finite)),
  scalars: v.pipe(
    v.array(
      v.object({
        ...SurrogateQuantitySchema.entries,
        /** Its interval is one of ratios: as far below by a factor as above. */
        logarithmic: v.boolean(),
        crossValidated: ErrorsOfScalarSchema,
        curve: IntervalCurveSchema,
        measured: v.nullable(v.object({ ...ErrorsOfScalarSchema.entries, coverage: CoverageSchema })),
      }),
    ),
    v.maxLength(1000),
  ),
  fields: v.pipe(
    v.array(
      v.object({
        name: SurrogateFieldSchema,
        unit: v.string(),
        /** Numbers a point: 3 of a displacement. */
        components: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(6)),
        modes: v.pipe(v.number(), v.integer(), v.minValue(0)),
        crossValidated: ErrorsOfFieldSchema,
        curve: IntervalCurveSchema,
        measured: v.nullable(v.object({ ...ErrorsOfFieldSchema.entries, coverage: CoverageSchema })),
      }),
    ),
    v.maxLength(SURROGATE_FIELDS.length),
  ),
  /** Points of the reference mesh, which are carried along with the part. */
  points: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5_000_000)),
  interval: v.object({
    /** Marginal: over many new designs (and, of fields, points) this share lies within. Nothing is promised of a single one. */
    level: v.pipe(Finite, v.minValue(0.5), v.maxValue(0.999)),
    /** Designs that the interval was calibrated with. */
    n: v.pipe(v.number(), v.integer(), v.minValue(1)),
    method: v.string(),
  }),
  /** What the verdict on an input is made with. Inputs are as the model sees them: -1 at the minimum of a range, 1 at its maximum. */
  validity: v.object({
    /** Training designs, d numbers each. */
    trained: v.pipe(v.array(v.array(Finite)), v.maxLength(MOST_CARD_DESIGNS)),
    /** Designs that could not be made or solved. */
    failed: v.pipe(v.array(v.array(Finite)), v.maxLength(MOST_CARD_DESIGNS)),
    /** Farther from the next training design than this a design is out of the model's depth; root of the sum of squares. */
    distanceLimit: v.pipe(Finite, v.minValue(0)),
    /** Half of the interval of each scalar (of its logarithm where `logarithmic`) beyond which the model says it does not know. */
    halfWidthLimits: v.array(v.pipe(Finite, v.minValue(0))),
  }),
  /** Quantities that are read at a singular place in some design: no property of the part. */
  singular: v.optional(v.pipe(v.array(Name), v.maxLength(1000))),
  licence: v.pipe(v.string(), v.maxLength(10_000)),
  notes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(2000))), v.maxLength(100)),
});
export type SurrogateCard = v.InferOutput<typeof SurrogateCardSchema>;

/** Whether a model may be asked, and if not, why. */
export const SurrogateVerdictSchema = v.variant('kind', [
  v.object({
    kind: v.literal('valid'),
    /** To the next design that was solved, over the farthest that is answered. */
    distance: Finite,
  }),
  v.object({ kind: v.literal('declined'), reasons: v.pipe(v.array(v.string()), v.minLength(1)) }),
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

/** Where a model is run. */
export const INFERENCE_PROVIDERS = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export const InferenceProviderSchema = v.picklist(INFERENCE_PROVIDERS);
export type InferenceProvider = v.InferOutput<typeof InferenceProviderSchema>;
