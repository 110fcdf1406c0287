/** The machine-readable part of the evidence that a design meets its requirements: `evidence.json`. */
import * as v from 'valibot';
import {
  DesignOutcomeSchema,
  DesignValueSchema,
  MaterialSchema,
  ReferenceSchema,
  RequirementResultSchema,
  StudyTypeSchema,
  studyEntries,
} from '../../../preload/contract/index.ts';

export const EVIDENCE_FORMAT = 1;

/** Files of the folder, by what they are. */
export const EVIDENCE_FILES = {
  evidence: 'evidence.json',
  brief: 'brief.yaml',
  script: 'design.ts',
  step: 'design.step',
  report: 'report.html',
  pdf: 'report.pdf',
  manifest: 'manifest.json',
  signature: 'signature.json',
} as const;

const Text = v.pipe(v.string(), v.maxLength(20_000));

export const EvidenceCaseSchema = v.object({
  name: v.string(),
  /** With every place as a pick on the body of `design.step`. */
  study: v.object({ study: StudyTypeSchema, ...studyEntries }),
  mesh: v.object({ nodes: v.number(), elements: v.number(), size_mm: v.number(), min_quality: v.number() }),
  solver: v.string(),
  discretisation_error: v.object({ energy_percent: v.number(), peak_stress_percent: v.number() }),
  equilibrium_error: v.nullable(v.number()),
  reactions_N: v.nullable(v.array(v.number())),
  /** Largest values by quantity, for whoever solves it again. */
  largest: v.record(v.string(), v.object({ value: v.number(), unit: v.string(), at_mm: v.array(v.number()) })),
  frequencies_Hz: v.array(v.number()),
  convergence: v.array(v.object({ dof: v.number(), values: v.record(v.string(), v.number()) })),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
  files: v.object({ deck: v.nullable(v.string()), picture: v.nullable(v.string()) }),
});
export type EvidenceCase = v.InferOutput<typeof EvidenceCaseSchema>;

/** The same requirement answered by another solver on another mesher's mesh. */
export const SecondOpinionSchema = v.object({
  /** Null where it was asked: else why not. */
  unavailable: v.nullable(v.string()),
  mesher: v.string(),
  solver: v.string(),
  requirements: v.array(
    v.object({
      text: v.string(),
      value: v.nullable(v.number()),
      unit: v.string(),
      margin: v.nullable(v.number()),
      holds: v.nullable(v.boolean()),
      difference_percent: v.nullable(v.number()),
    }),
  ),
  meshes: v.array(v.object({ case: v.string(), nodes: v.number(), elements: v.number() })),
});
export type SecondOpinion = v.InferOutput<typeof SecondOpinionSchema>;

export const EvidenceSchema = v.object({
  format: v.literal(EVIDENCE_FORMAT),
  application: v.object({ name: v.string(), version: v.string(), solver: v.string() }),
  createdAt: v.string(),
  brief: v.object({ name: v.string(), sha256: v.string() }),
  concept: v.object({ name: v.string(), about: Text, sha256: v.string() }),
  values: v.array(DesignValueSchema),
  material: MaterialSchema,
  process: v.nullable(v.string()),
  /** Stress this near to places where it is infinite in theory is left out. */
  leaveOut_mm: v.number(),
  mass_kg: v.number(),
  volume_mm3: v.number(),
  requirements: v.array(RequirementResultSchema),
  objectives: v.array(v.object({ text: v.string(), value: v.nullable(v.number()), unit: v.string() })),
  /** Faces that requirements speak of, by what they are called there, as picks on `design.step`. */
  faces: v.record(v.string(), v.array(ReferenceSchema)),
  cases: v.array(EvidenceCaseSchema),
  outcome: DesignOutcomeSchema,
  secondOpinion: SecondOpinionSchema,
});
export type Evidence = v.InferOutput<typeof EvidenceSchema>;
