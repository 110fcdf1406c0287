/** What the engineer is asked, what it tried, and how far each design meets what was asked. Base units in every key. */
import * as v from 'valibot';
import { ErrorDataSchema } from './errors.ts';
import { Vector3Schema } from './geometry.ts';
import { PROCESSES } from './manufacture.ts';

/** Of the text of a brief. */
export const MOST_BRIEF_CHARACTERS = 200_000;

const Finite = v.pipe(v.number(), v.finite());
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** What a search may take; what is left out is as the brief has it. */
export const DesignBudgetSchema = v.strictObject({
  minutes: v.optional(v.pipe(Finite, v.gtValue(0), v.maxValue(10_000))),
  solves: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))),
});
export type DesignBudget = v.InferOutput<typeof DesignBudgetSchema>;

/** How far one requirement is met by one design. */
export const RequirementResultSchema = v.object({
  /** As the brief has it: `max(von_mises) <= yield / 1.5 in "hard landing"`. */
  text: v.string(),
  /** In the unit beside it; null where the design has no such number. */
  value: v.nullable(Finite),
  limit: Finite,
  unit: v.string(),
  /** What is left to the limit over the limit: 0.1 for a tenth to spare, negative where it is not met. */
  margin: v.nullable(Finite),
  /** Estimated error of the value, percent of it; null where it is exact or not estimated. */
  error_percent: v.nullable(Finite),
  holds: v.boolean(),
  /** The load case that it is asked in, or that governs. */
  case: v.optional(v.string()),
  at_mm: v.optional(Vector3Schema),
  /** What every design is held to besides the brief: it holds or not, and its number is for the search alone. */
  isRule: v.optional(v.boolean()),
  /** What a person must know of the value: that a singular place was left out, and where. */
  note: v.optional(v.string()),
});
export type RequirementResult = v.InferOutput<typeof RequirementResultSchema>;

export const DesignValueSchema = v.object({ name: v.string(), unit: v.picklist(['mm', 'deg', '1']), value: Finite });
export type DesignValue = v.InferOutput<typeof DesignValueSchema>;

/** One design that was tried. */
export const DesignCandidateSchema = v.object({
  /** Counted from 1 in the order in which they were tried. */
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  concept: Name,
  material: v.string(),
  values: v.array(DesignValueSchema),
  /** Why it was tried: to spread out, to improve, or to be sure of the best with a converged mesh. */
  purpose: v.picklist(['spread', 'improve', 'confirm']),
  state: v.picklist(['solved', 'failed']),
  /** Of one that could not be made or solved, with the stage. */
  failure: v.optional(v.object({ stage: v.string(), error: ErrorDataSchema })),
  requirements: v.array(RequirementResultSchema),
  /** All requirements hold. */
  feasible: v.boolean(),
  /** The least margin of all requirements. */
  margin: v.nullable(Finite),
  objectives: v.array(v.object({ text: v.string(), value: v.nullable(Finite), unit: v.string() })),
  mass_kg: v.nullable(Finite),
  solves: v.number(),
  seconds: v.number(),
});
export type DesignCandidate = v.InferOutput<typeof DesignCandidateSchema>;

/** A change that would help an unmet requirement, with what is expected of it. */
export const DesignMoveSchema = v.object({
  /** `thickness from 6 mm to 7.4 mm` */
  text: v.string(),
  variable: v.optional(v.string()),
  value: v.optional(Finite),
  unit: v.optional(v.string()),
  /** Of the requirement, after the move; predicted, not solved. */
  predictedMargin: v.optional(Finite),
});
export type DesignMove = v.InferOutput<typeof DesignMoveSchema>;

/** Why a requirement is not met, or what would break first. */
export const DesignReasonSchema = v.object({
  requirement: v.string(),
  case: v.optional(v.string()),
  at_mm: v.optional(Vector3Schema),
  /** Faces nearest the place, by their names. */
  faces: v.array(v.string()),
  /** Bending, tension, shear, a stress raiser, resonance, conduction: with the figures that say so. */
  mechanism: v.string(),
  moves: v.array(DesignMoveSchema),
});
export type DesignReason = v.InferOutput<typeof DesignReasonSchema>;

/** What would have to give way for a brief that cannot be met. */
export const RelaxationSchema = v.object({
  requirement: v.string(),
  /** The limit that the closest design meets. */
  to: Finite,
  unit: v.string(),
  by_percent: Finite,
});

export const VERDICTS = ['solved', 'infeasible', 'budget', 'cancelled'] as const;
export const DesignOutcomeSchema = v.object({
  verdict: v.picklist(VERDICTS),
  /** In a sentence. */
  summary: v.string(),
  /** Numbers of candidates: the one to take (or the closest), and the front of the objectives. */
  best: v.nullable(v.number()),
  front: v.array(v.number()),
  /** Of the best: what governs, and what would help. */
  reasons: v.array(DesignReasonSchema),
  /** Requirements that no design met together. */
  conflict: v.array(v.string()),
  relax: v.array(RelaxationSchema),
  candidates: v.number(),
  solves: v.number(),
  seconds: v.number(),
});
export type DesignOutcome = v.InferOutput<typeof DesignOutcomeSchema>;

/** What a brief asks for, where it can be worked on; or else all that is wrong with it. */
export const DesignBriefCheckSchema = v.object({
  problems: v.array(v.string()),
  brief: v.nullable(
    v.object({
      name: v.string(),
      about: v.string(),
      materials: v.array(v.string()),
      concepts: v.array(v.object({ name: v.string(), variables: v.array(v.string()) })),
      cases: v.array(v.object({ name: v.string(), type: v.string() })),
      requirements: v.array(v.string()),
      objectives: v.array(v.object({ text: v.string(), direction: v.picklist(['minimise', 'maximise']) })),
      budget: v.object({ minutes: v.number(), solves: v.number() }),
    }),
  ),
});
export type DesignBriefCheck = v.InferOutput<typeof DesignBriefCheckSchema>;

/** A parametric part that is fitted to the interfaces of a brief. */
export const DesignArchetypeSchema = v.object({
  /** As a brief names it. */
  key: v.string(),
  title: v.string(),
  about: v.string(),
  /** The interfaces that it takes, in words. */
  roles: v.string(),
});
export type DesignArchetype = v.InferOutput<typeof DesignArchetypeSchema>;

export const DesignSampleSchema = v.object({ key: v.string(), name: v.string(), about: v.string(), text: v.string() });
export type DesignSample = v.InferOutput<typeof DesignSampleSchema>;

/** How the search for a brief stands. */
export const DesignStateSchema = v.object({
  briefId: v.string(),
  /** Hash of what the search is made from: candidates of another key are of another brief. Empty where it cannot be read. */
  key: v.string(),
  candidates: v.array(DesignCandidateSchema),
  /** Of the last search that came to its end. */
  outcome: v.nullable(DesignOutcomeSchema),
  /** The search that runs or waits, and the key it is of: not the one above where the brief was changed meanwhile. */
  running: v.nullable(v.object({ jobId: v.string(), key: v.string() })),
});
export type DesignState = v.InferOutput<typeof DesignStateSchema>;

/** A branch on which a candidate stands as a part of the project: what it is, and how far it met the brief as it was judged. */
export const BranchDesignSchema = v.object({
  briefId: v.string(),
  /** Its name as it was then. */
  brief: v.string(),
  /** Hash of what the search was made from, as in DesignState. */
  key: v.string(),
  partId: v.string(),
  cases: v.array(v.object({ name: v.string(), type: v.string() })),
  /** How it shall be made, where the brief says, and how many. */
  process: v.nullable(v.picklist(PROCESSES)),
  quantity: v.number(),
  candidate: DesignCandidateSchema,
});
export type BranchDesign = v.InferOutput<typeof BranchDesignSchema>;

/** Evidence that was written of a design: a report to be opened, and a signed folder where one was named. */
export const DesignEvidenceSchema = v.object({
  /** Whether every requirement holds on meshes that have settled. */
  feasible: v.boolean(),
  folder: v.optional(v.string()),
  files: v.array(
    v.object({
      fileName: v.string(),
      bytes: v.number(),
      blobHash: v.optional(v.string()),
      path: v.optional(v.string()),
    }),
  ),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
});
export type DesignEvidence = v.InferOutput<typeof DesignEvidenceSchema>;
