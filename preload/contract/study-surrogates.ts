/** The surrogate of a study: what its record says of it, how it stands, and what it answers. */
import * as v from 'valibot';
import { ErrorDataSchema } from './errors.ts';
import {
  InferenceProviderSchema,
  PredictedScalarSchema,
  SurrogateCardSchema,
  SurrogateFieldSchema,
  SurrogateParameterSchema,
  SurrogateVerdictSchema,
} from './surrogates.ts';

const Finite = v.pipe(v.number(), v.finite());
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const MOST_SURROGATE_PARAMETERS = 12;
export const FEWEST_DESIGNS = 10;
export const MOST_DESIGNS = 1000;

/** A variable of the part and its range, in its unit; `reference` is its value in the design that others are compared with. */
export const StudySurrogateParameterSchema = v.pipe(
  v.object({
    name: Name,
    unit: SurrogateParameterSchema.entries.unit,
    minimum: Finite,
    maximum: Finite,
    reference: Finite,
  }),
  v.check(({ minimum, maximum }) => maximum > minimum, 'the maximum has to be larger than the minimum'),
  v.check(
    ({ minimum, maximum, reference }) => reference >= minimum && reference <= maximum,
    'the reference has to lie in the range',
  ),
);
export type StudySurrogateParameter = v.InferOutput<typeof StudySurrogateParameterSchema>;

/** What a study record holds of its surrogate: what is sampled. Data and model are derived from it. */
export const StudySurrogateSchema = v.object({
  parameters: v.pipe(
    v.array(StudySurrogateParameterSchema),
    v.minLength(1),
    v.maxLength(MOST_SURROGATE_PARAMETERS),
    v.check((all) => new Set(all.map(({ name }) => name)).size === all.length, 'a variable is there twice'),
  ),
  /** As surrogates call them: `mass`, `max von_mises`, `max von_mises on faces %TORUS`, `probe tip`, `frequency 1`. */
  quantities: v.pipe(v.array(Name), v.maxLength(20)),
  fields: v.pipe(v.array(SurrogateFieldSchema), v.maxLength(3)),
  designs: v.pipe(Whole, v.minValue(FEWEST_DESIGNS), v.maxValue(MOST_DESIGNS)),
  seed: v.pipe(Whole, v.maxValue(2 ** 31)),
  /** SHA-256 of the model that was brought in, where it did not learn here: another model is another surrogate. */
  model: v.optional(Hash),
  /** Solving ends after so many minutes, and the model is made of what is there. */
  minutes: v.optional(v.pipe(Finite, v.gtValue(0), v.maxValue(10_000))),
});
export type StudySurrogate = v.InferOutput<typeof StudySurrogateSchema>;

/** What a surrogate of a study could be made of. */
export const SurrogateSuggestionSchema = v.object({
  /** Why there can be none; nothing else is filled in then. */
  refusal: v.optional(ErrorDataSchema),
  parameters: v.array(
    v.object({
      ...SurrogateParameterSchema.entries,
      /** As it is now. */
      value: Finite,
      /** What the part itself allows, where it says so. */
      least: v.optional(Finite),
      most: v.optional(Finite),
      /** What is chosen unless a person says otherwise. */
      chosen: v.boolean(),
      note: v.optional(v.string()),
    }),
  ),
  quantities: v.array(v.object({ name: Name, unit: v.string(), chosen: v.boolean() })),
  fields: v.array(SurrogateFieldSchema),
});
export type SurrogateSuggestion = v.InferOutput<typeof SurrogateSuggestionSchema>;

/** A predicted number beside the solved one. */
export const ComparedScalarSchema = v.object({
  ...PredictedScalarSchema.entries,
  /** Null where the solution has no such number to compare with. */
  solved: v.nullable(Finite),
});
export const SurrogateComparisonSchema = v.object({
  at: v.number(),
  /** In the order of the parameters. */
  values: v.array(Finite),
  /** Solved on the mesh that the model knows, or by the study on a mesh of its own. */
  on: v.picklist(['carried mesh', 'own mesh']),
  scalars: v.array(ComparedScalarSchema),
  /** |predicted - solved| / |solved| over all points, by field. */
  fields: v.optional(v.record(v.string(), Finite)),
});
export type SurrogateComparison = v.InferOutput<typeof SurrogateComparisonSchema>;

/** How the surrogate of a study stands. */
export const StudySurrogateStateSchema = v.object({
  studyId: v.string(),
  /** Why it cannot be made or asked, as part and study are now. */
  refusal: v.optional(ErrorDataSchema),
  /** Designs of exactly these inputs. `joined` of them come from later solutions; `waiting` are joined but not solved yet. */
  designs: v.object({ wanted: Whole, solved: Whole, failed: Whole, joined: Whole, waiting: Whole }),
  failures: v.array(
    v.object({ values: v.array(Finite), stage: v.string(), message: v.string(), cause: v.optional(v.string()) }),
  ),
  /** Of the model, where there is one. */
  card: v.nullable(SurrogateCardSchema),
  /** Where the model was brought in as a file, rather than learnt here. */
  brought: v.optional(v.object({ fileName: v.string(), at: v.number() })),
  /** Quantities that are no property of the part: read, in some design, where a finer mesh would say more and more. */
  singular: v.array(v.string()),
  /** Designs were added since the model learnt: learning again takes them in. */
  outdated: v.boolean(),
  /** Surface of the reference design, to paint predictions on: a fields bundle without a solution. */
  surfaceHash: v.nullable(Hash),
  /** Newest first. */
  comparisons: v.array(SurrogateComparisonSchema),
});
export type StudySurrogateState = v.InferOutput<typeof StudySurrogateStateSchema>;

/** An answer of a model. One that declines has no numbers. */
export const SurrogatePredictionSchema = v.object({
  verdict: SurrogateVerdictSchema,
  scalars: v.array(PredictedScalarSchema),
  /**
   * A bundle of the predicted points, in the reference design's order: nodes f32[3n] mm, displacement f32[3n] mm, vonMises
   * f32[n] MPa, temperature f32[n] degC and half of the interval at each point as `vonMises/half` and so on; what is not
   * predicted is left out.
   */
  fieldsHash: v.optional(Hash),
  milliseconds: v.number(),
  /** What evaluated the model; absent where none was asked. */
  provider: v.optional(InferenceProviderSchema),
});
export type SurrogatePrediction = v.InferOutput<typeof SurrogatePredictionSchema>;
