/** The typed objects of a project. A record's id never changes; everything a person would be sad to lose is in one of these. */
import * as v from 'valibot';
import { MOST_BRIEF_CHARACTERS } from './design.ts';
import { FeatureSchema } from './features.ts';
import { ColourSchema, TransformSchema } from './geometry.ts';
import { VARIABLE_DIMENSIONS } from './sketches.ts';
import { MaterialSchema, ResultViewSchema, StudyTypeSchema, studyEntries } from './studies.ts';
import { StudySurrogateSchema } from './study-surrogates.ts';

export const RecordIdSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z]+_[A-Za-z0-9]{6,40}$/, 'a record id such as part_3kTq9a'),
);
const Name = v.pipe(v.string(), v.maxLength(6000));
const WarningSchema = v.object({ code: v.string(), message: v.string() });

/** The project itself: exactly one, with the id `project_settings`. */
export const ProjectRecordSchema = v.object({
  type: v.literal('project'),
  id: v.literal('project_settings'),
  name: Name,
  /** Units of display only. */
  units: v.picklist(['mm-N-MPa', 'm-N-Pa', 'inch-lbf-psi']),
  notes: v.optional(v.string()),
});

/** A file that was imported. Its bytes are kept under `sha256`. */
export const SourceRecordSchema = v.object({
  type: v.literal('source'),
  id: RecordIdSchema,
  fileName: Name,
  sha256: v.string(),
  bytes: v.number(),
  format: v.string(),
  schema: v.string(),
  originatingSystem: v.string(),
  lengthUnit: v.string(),
  healed: v.boolean(),
  warnings: v.array(WarningSchema),
  healing: v.array(v.string()),
  pmi: v.object({ dimensions: v.number(), tolerances: v.number(), datums: v.number(), texts: v.array(v.string()) }),
  layers: v.array(v.string()),
});

/**
 * What is designed: one or more bodies. A part has a history (`features`, `script`, or a script with features after it), or
 * is shown as it was imported (`sourceId`, `sourceKey`) until its first feature is made: then an import feature begins its
 * history.
 */
export const PartRecordSchema = v.object({
  type: v.literal('part'),
  id: RecordIdSchema,
  name: Name,
  sourceId: v.optional(RecordIdSchema),
  sourceKey: v.optional(v.string()),
  /** The ids of its features, in order. */
  features: v.optional(v.pipe(v.array(RecordIdSchema), v.maxLength(10_000))),
  /** Only features up to this place are evaluated: 0 is before the first one. Absent: all. */
  rollBack: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** A TypeScript part script whose features come before those of `features`. */
  script: v.optional(v.object({ fileName: Name, source: v.pipe(v.string(), v.maxLength(1_000_000)) })),
  /** The member of the family of parts that is shown. */
  configurationId: v.optional(RecordIdSchema),
  colour: v.optional(ColourSchema),
  layer: v.optional(v.string()),
  materialId: v.optional(RecordIdSchema),
  /** Bodies by index, with what a person may change about them. */
  bodies: v.array(v.object({ name: Name, colour: v.optional(ColourSchema), hidden: v.optional(v.boolean()) })),
});

/** A placement of a part, or a sub-assembly (no part), in the assembly tree. */
export const InstanceRecordSchema = v.object({
  type: v.literal('instance'),
  id: RecordIdSchema,
  name: Name,
  parentId: v.nullable(RecordIdSchema),
  partId: v.nullable(RecordIdSchema),
  /** Relative to the parent. */
  transform: TransformSchema,
  colour: v.optional(ColourSchema),
  hidden: v.optional(v.boolean()),
  /** Place among its siblings. */
  order: v.number(),
});

/**
 * Parts of the assembly that are studied as one, each where it stands. Members are instances: one that holds others stands for
 * all parts below it. The id of one that was removed stays, so that studies say what they have lost.
 */
export const GroupRecordSchema = v.object({
  type: v.literal('group'),
  id: RecordIdSchema,
  name: Name,
  members: v.pipe(v.array(RecordIdSchema), v.maxLength(100_000)),
});

/** One step of a part's history. The part's `features` say where it stands. */
export const FeatureRecordSchema = v.object({
  type: v.literal('feature'),
  id: RecordIdSchema,
  partId: RecordIdSchema,
  name: Name,
  suppressed: v.optional(v.boolean()),
  /** Features of the same group stand under one heading in the tree. */
  group: v.optional(Name),
  hidden: v.optional(v.boolean()),
  feature: FeatureSchema,
});

/** A named expression: of one part, or of the whole project (`partId` null). */
export const VariableRecordSchema = v.object({
  type: v.literal('variable'),
  id: RecordIdSchema,
  partId: v.nullable(RecordIdSchema),
  name: v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{Nd}_]{0,59}$/u, 'a name such as wall_thickness')),
  dimension: v.picklist(VARIABLE_DIMENSIONS),
  expression: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
  /** The range in which the part is meant to be rebuilt. */
  minimum: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  maximum: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  note: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  /** Place in the table. */
  order: v.number(),
});

/** One member of a family of parts: other expressions for some variables, other features suppressed. */
export const ConfigurationRecordSchema = v.object({
  type: v.literal('configuration'),
  id: RecordIdSchema,
  partId: RecordIdSchema,
  name: Name,
  /** By the variable's name. */
  values: v.record(v.string(), v.pipe(v.string(), v.minLength(1), v.maxLength(2000))),
  /** By the feature's id: whether it is suppressed in this one. */
  suppressed: v.record(v.string(), v.boolean()),
  order: v.number(),
});

export const MaterialRecordSchema = v.object({
  type: v.literal('material'),
  id: RecordIdSchema,
  ...MaterialSchema.entries,
});

export const StudyRecordSchema = v.object({
  type: v.literal('study'),
  id: RecordIdSchema,
  name: Name,
  study: StudyTypeSchema,
  /** What it is of: a part, in its own coordinates, or a group of parts, in those of the assembly. */
  partId: RecordIdSchema,
  ...studyEntries,
  view: v.optional(ResultViewSchema),
  surrogate: v.optional(StudySurrogateSchema),
});

/** What the engineer is asked: the text of a brief, as it was written. What was tried for it is derived data. */
export const BriefRecordSchema = v.object({
  type: v.literal('brief'),
  id: RecordIdSchema,
  name: Name,
  text: v.pipe(v.string(), v.maxLength(MOST_BRIEF_CHARACTERS)),
});

/** A camera and section a person wants to come back to. */
export const ViewRecordSchema = v.object({
  type: v.literal('view'),
  id: RecordIdSchema,
  name: Name,
  camera: v.object({
    target_mm: v.tuple([v.number(), v.number(), v.number()]),
    direction: v.tuple([v.number(), v.number(), v.number()]),
    up: v.tuple([v.number(), v.number(), v.number()]),
    height_mm: v.number(),
    orthographic: v.boolean(),
  }),
});

export const RecordSchema = v.variant('type', [
  ProjectRecordSchema,
  SourceRecordSchema,
  PartRecordSchema,
  InstanceRecordSchema,
  GroupRecordSchema,
  FeatureRecordSchema,
  VariableRecordSchema,
  ConfigurationRecordSchema,
  MaterialRecordSchema,
  StudyRecordSchema,
  BriefRecordSchema,
  ViewRecordSchema,
]);
export type ProjectRecord = v.InferOutput<typeof ProjectRecordSchema>;
export type SourceRecord = v.InferOutput<typeof SourceRecordSchema>;
export type PartRecord = v.InferOutput<typeof PartRecordSchema>;
export type InstanceRecord = v.InferOutput<typeof InstanceRecordSchema>;
export type GroupRecord = v.InferOutput<typeof GroupRecordSchema>;
export type FeatureRecord = v.InferOutput<typeof FeatureRecordSchema>;
export type VariableRecord = v.InferOutput<typeof VariableRecordSchema>;
export type ConfigurationRecord = v.InferOutput<typeof ConfigurationRecordSchema>;
export type MaterialRecord = v.InferOutput<typeof MaterialRecordSchema>;
export type StudyRecord = v.InferOutput<typeof StudyRecordSchema>;
export type BriefRecord = v.InferOutput<typeof BriefRecordSchema>;
export type ViewRecord = v.InferOutput<typeof ViewRecordSchema>;
export type AnyRecord = v.InferOutput<typeof RecordSchema>;
export type RecordType = AnyRecord['type'];

/** Before and after of one record: a creation has no before, a removal no after. */
export const RecordDiffSchema = v.object({
  id: v.string(),
  before: v.nullable(RecordSchema),
  after: v.nullable(RecordSchema),
});
export type RecordDiff = v.InferOutput<typeof RecordDiffSchema>;

export const AuthorSchema = v.object({ kind: v.picklist(['person', 'agent', 'system']), name: v.string() });
export type Author = v.InferOutput<typeof AuthorSchema>;

/** One line of the project's history, without its diffs. */
export const ChangeInfoSchema = v.object({
  /** Ascending; also the order in the file. */
  sequence: v.number(),
  branch: v.string(),
  label: v.string(),
  author: AuthorSchema,
  at: v.number(),
  /** What this entry is: an edit, or the undoing or redoing of an earlier one. */
  kind: v.picklist(['edit', 'undo', 'redo']),
  /** For undo and redo: the sequence of the edit it takes back or repeats. */
  of: v.optional(v.number()),
  records: v.number(),
});
export type ChangeInfo = v.InferOutput<typeof ChangeInfoSchema>;

/** What the edit menu needs to know. */
export const HistoryStateSchema = v.object({
  sequence: v.number(),
  undoLabel: v.nullable(v.string()),
  redoLabel: v.nullable(v.string()),
  branch: v.string(),
});
export type HistoryState = v.InferOutput<typeof HistoryStateSchema>;
