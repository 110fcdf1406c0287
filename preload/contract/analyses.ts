/**
 * Which physics a study asks for, and the settings of each kind. Contact with friction, plasticity, fatigue and flow have their
 * place here as further types and settings; they do not exist yet.
 */
import * as v from 'valibot';
import { MaterialAxesSchema } from './materials.ts';

const Finite = v.pipe(v.number(), v.finite());
const Positive = v.pipe(Finite, v.gtValue(0));
const NotNegative = v.pipe(Finite, v.minValue(0));
const Temperature = v.pipe(Finite, v.minValue(-273.15));
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const RecordId = v.pipe(v.string(), v.maxLength(60));
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

export const STUDY_TYPES = [
  'static',
  'modal',
  'harmonic',
  'buckling',
  'thermal',
  'transient-thermal',
  'thermal-stress',
] as const;
export const StudyTypeSchema = v.picklist(STUDY_TYPES);
export type StudyType = v.InferOutput<typeof StudyTypeSchema>;

/** Some of the study's loads together, each with a factor, by the load's id. */
export const LoadCaseSchema = v.object({
  id: Id,
  name: Name,
  loads: v.pipe(v.array(v.object({ load: Id, factor: Finite })), v.maxLength(1000)),
  suppressed: v.optional(v.boolean()),
});
export type LoadCase = v.InferOutput<typeof LoadCaseSchema>;

/** A sum of solved cases, each with a factor, by the case's id. */
export const CombinationSchema = v.object({
  id: Id,
  name: Name,
  terms: v.pipe(v.array(v.object({ case: Id, factor: Finite })), v.minLength(1), v.maxLength(1000)),
  suppressed: v.optional(v.boolean()),
});
export type Combination = v.InferOutput<typeof CombinationSchema>;

/** Large rotation: the load is put on in steps, and equilibrium is found in the deformed shape. */
export const LargeDisplacementSchema = v.object({
  /** Steps to begin with; they are cut and stretched as it goes. */
  steps: v.optional(count(1000)),
  /** Pressures turn with their faces. */
  followerPressure: v.optional(v.boolean()),
});

export const ModalSettingsSchema = v.object({
  modes: count(500),
  /** Frequencies above this are left out. */
  to_Hz: v.optional(Positive),
  /** The study's loads stress the part before it vibrates. */
  prestressed: v.optional(v.boolean()),
});
export const HarmonicSettingsSchema = v.object({
  from_Hz: NotNegative,
  to_Hz: Positive,
  /** Evenly spaced; more are put round each resonance. */
  points: count(10_000),
  /** Fraction of critical damping of every mode. */
  dampingRatio: v.pipe(Finite, v.gtValue(0), v.ltValue(1)),
  /** Modes that are superposed; by default all up to twice the range's end. */
  modes: v.optional(count(500)),
});
export const BucklingSettingsSchema = v.object({ modes: count(100) });

export const TransientSettingsSchema = v.object({
  end_s: Positive,
  /** A fixed step; without it steps are chosen for the accuracy. */
  step_s: v.optional(Positive),
  initial_degC: Temperature,
  /** Times whose fields are kept, evenly spread over the whole: 50 by default. */
  frames: v.optional(count(1000)),
});

/** Where the temperatures come from that expand the part. */
export const TemperatureSourceSchema = v.variant('from', [
  /** A thermal study of the same part, in the same project. */
  v.object({ from: v.literal('study'), studyId: RecordId, time_s: v.optional(NotNegative) }),
  v.object({ from: v.literal('uniform'), temperature_degC: Temperature }),
]);

export const BodyMaterialSchema = v.object({
  /** Where parts are studied together: of which of them. */
  instanceId: v.optional(RecordId),
  /** Index of the body in its part. */
  body: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Absent: the part's material, in these axes. */
  materialId: v.optional(RecordId),
  axes: v.optional(MaterialAxesSchema),
});
export type BodyMaterial = v.InferOutput<typeof BodyMaterialSchema>;

/** A figure whose change with the shape of the part is asked for. */
export const SENSITIVITY_FUNCTIONALS = [
  'mass',
  'compliance',
  'probe',
  'stress',
  'frequency',
  'buckling',
  'temperature',
] as const;
export const SensitivityRequestSchema = v.object({
  functional: v.picklist(SENSITIVITY_FUNCTIONALS),
  /** The probe's id, for `probe` and (if wanted) `temperature`. */
  probe: v.optional(Id),
  /** Which mode, from 1, for `frequency` and `buckling`. */
  mode: v.optional(count(500)),
});
export type SensitivityRequest = v.InferOutput<typeof SensitivityRequestSchema>;

/** What a study may have beside restraints, loads and a mesh. Each kind of study reads its own. */
export const analysisEntries = {
  /** Absent: all loads together are the only case. */
  cases: v.optional(v.pipe(v.array(LoadCaseSchema), v.maxLength(1000))),
  combinations: v.optional(v.pipe(v.array(CombinationSchema), v.maxLength(1000))),
  bodyMaterials: v.optional(v.pipe(v.array(BodyMaterialSchema), v.maxLength(10_000))),
  /** A free body under loads that do not balance: they are balanced by its inertia. */
  inertiaRelief: v.optional(v.boolean()),
  largeDisplacement: v.optional(LargeDisplacementSchema),
  modal: v.optional(ModalSettingsSchema),
  harmonic: v.optional(HarmonicSettingsSchema),
  buckling: v.optional(BucklingSettingsSchema),
  transient: v.optional(TransientSettingsSchema),
  temperatures: v.optional(TemperatureSourceSchema),
  /** Temperature without thermal strain; 20 degC by default. */
  referenceTemperature_degC: v.optional(Temperature),
  sensitivities: v.optional(v.pipe(v.array(SensitivityRequestSchema), v.maxLength(50))),
};
export const DEFAULT_REFERENCE_TEMPERATURE_degC = 20;
