/** Every call and event that passes between a front (window, command line, agent, another process) and the engine. */
import * as v from 'valibot';
import {
  AgentBudgetSchema,
  AgentModeSchema,
  AgentSelectionSchema,
  AgentStateSchema,
  AgentToolSchema,
  AgentUpdateSchema,
  BranchSchema,
} from './agent.ts';
import {
  DesignArchetypeSchema,
  DesignBriefCheckSchema,
  DesignBudgetSchema,
  DesignCandidateSchema,
  DesignReasonSchema,
  DesignSampleSchema,
  DesignStateSchema,
  MOST_BRIEF_CHARACTERS,
} from './design.ts';
import { ErrorDataSchema } from './errors.ts';
import { BodyViewSchema, ReferenceSchema, Vector3Schema } from './geometry.ts';
import { JobSchema } from './jobs.ts';
import { ManufacturingOptionsSchema, ManufacturingReportSchema, MOST_PIECES, PROCESSES } from './manufacture.ts';
import { PartHistorySchema, RecognitionSchema, SamplePartSchema } from './parts.ts';
import {
  AuthorSchema,
  ChangeInfoSchema,
  HistoryStateSchema,
  RecordDiffSchema,
  RecordIdSchema,
  RecordSchema,
} from './records.ts';
import { FunctionalSchema } from './sensitivities.ts';
import { FieldQuantitySchema, MaterialSchema, ProbeSchema, ResultSummarySchema } from './studies.ts';
import {
  MOST_SURROGATE_PARAMETERS,
  StudySurrogateStateSchema,
  SurrogatePredictionSchema,
  SurrogateSuggestionSchema,
} from './study-surrogates.ts';
import { SurrogateFieldSchema } from './surrogates.ts';

type Schema = v.GenericSchema;
export interface Call<Arguments extends Schema = Schema, Result extends Schema = Schema> {
  kind: 'call';
  arguments: Arguments;
  result: Result;
}
export interface EventStream<Arguments extends Schema = Schema, Data extends Schema = Schema> {
  kind: 'event';
  arguments: Arguments;
  data: Data;
}
export type Contract = Record<string, Call | EventStream>;
const call = <A extends Schema, R extends Schema>(a: A, result: R): Call<A, R> => ({
  kind: 'call',
  arguments: a,
  result,
});
const event = <A extends Schema, D extends Schema>(a: A, data: D): EventStream<A, D> => ({
  kind: 'event',
  arguments: a,
  data,
});

const Nothing = v.strictObject({});
const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const BranchName = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const DesignValues = v.pipe(
  v.array(v.pipe(v.number(), v.finite())),
  v.minLength(1),
  v.maxLength(MOST_SURROGATE_PARAMETERS),
);
/** Material: that of the part where left out; null for none, which counts as steel. */
const ManufacturingQuestion = {
  partId: RecordIdSchema,
  process: v.picklist(PROCESSES),
  quantity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_PIECES))),
  material: v.optional(v.nullable(MaterialSchema)),
  options: v.optional(ManufacturingOptionsSchema),
};
const WarningSchema = v.object({ code: v.string(), message: v.string() });

export const ProjectInfoSchema = v.object({
  path: v.string(),
  name: v.string(),
  readOnly: v.boolean(),
  /** Why it is read-only, in words: newer version, locked by another window, folder without write permission. */
  readOnlyReason: v.optional(v.string()),
  encrypted: v.boolean(),
  formatVersion: v.number(),
  bytes: v.number(),
  cacheBytes: v.number(),
  records: v.number(),
  changes: v.number(),
  branch: v.string(),
  branches: v.array(v.string()),
});
export type ProjectInfo = v.InferOutput<typeof ProjectInfoSchema>;

export const IntegritySchema = v.object({
  ok: v.boolean(),
  problems: v.array(v.object({ code: v.string(), message: v.string(), repaired: v.boolean() })),
  seconds: v.number(),
});

/** Display data of one part: bodies with hashes of bulk data. `status` says why a part has none yet. */
export const PartViewSchema = v.object({
  partId: v.string(),
  status: v.picklist(['ready', 'pending', 'failed']),
  bodies: v.array(BodyViewSchema),
  error: v.optional(ErrorDataSchema),
});
export type PartView = v.InferOutput<typeof PartViewSchema>;

export const ResultEntrySchema = v.object({
  inputHash: v.string(),
  studyId: v.string(),
  /** True when it belongs to the study as it is now. */
  current: v.boolean(),
  summary: ResultSummarySchema,
  /** Bundle of fields, or null when the cache has been dropped. */
  fieldsHash: v.nullable(v.string()),
});
export type ResultEntry = v.InferOutput<typeof ResultEntrySchema>;

export const MessageSchema = v.object({
  id: v.string(),
  at: v.number(),
  severity: v.picklist(['info', 'warning', 'error']),
  text: v.string(),
  hint: v.optional(v.string()),
  recordId: v.optional(v.string()),
  error: v.optional(ErrorDataSchema),
});
export type Message = v.InferOutput<typeof MessageSchema>;

export const api = {
  /** Who is answering, and what this machine offers. */
  'app.info': call(
    Nothing,
    v.object({
      version: v.string(),
      /** How the window is shown, in words: `Electron 45`, `Chromium app window`, `Browser`. */
      front: v.string(),
      engine: v.string(),
      native: v.object({ available: v.boolean(), detail: v.string() }),
      mesher: v.object({ available: v.boolean(), detail: v.string() }),
      kernel: v.string(),
    }),
  ),
  'app.recent': call(
    Nothing,
    v.array(
      v.object({
        path: v.string(),
        name: v.string(),
        openedAt: v.number(),
        thumbnailHash: v.optional(v.string()),
        exists: v.boolean(),
      }),
    ),
  ),
  'app.settings.get': call(Nothing, v.record(v.string(), v.unknown())),
  'app.settings.set': call(
    v.strictObject({ key: v.pipe(v.string(), v.maxLength(100)), value: v.unknown() }),
    v.object({ ok: v.boolean() }),
  ),

  'project.current': call(Nothing, v.nullable(ProjectInfoSchema)),
  'project.create': call(
    v.strictObject({ path: v.optional(Path), name: v.optional(v.string()), passphrase: v.optional(v.string()) }),
    ProjectInfoSchema,
  ),
  'project.open': call(v.strictObject({ path: Path, passphrase: v.optional(v.string()) }), ProjectInfoSchema),
  'project.close': call(Nothing, v.object({ ok: v.boolean() })),
  'project.saveAs': call(
    v.strictObject({ path: Path, passphrase: v.optional(v.string()), overwrite: v.optional(v.boolean()) }),
    ProjectInfoSchema,
  ),
  /** Drops the cache and compacts the file. */
  'project.pack': call(Nothing, ProjectInfoSchema),
  'project.verify': call(v.strictObject({ repair: v.optional(v.boolean()) }), IntegritySchema),
  'project.setThumbnail': call(v.strictObject({ uploadId: v.string() }), v.object({ ok: v.boolean() })),

  'document.snapshot': call(Nothing, v.object({ records: v.array(RecordSchema), history: HistoryStateSchema })),
  /** The one way to edit: whole records to put, ids to remove; validated as a whole, applied as one undoable change. */
  'document.change': call(
    v.strictObject({
      label: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
      put: v.optional(v.pipe(v.array(RecordSchema), v.maxLength(200_000))),
      remove: v.optional(v.pipe(v.array(RecordIdSchema), v.maxLength(200_000))),
      author: v.optional(AuthorSchema),
      /** Changes with the same key that follow each other closely are one step of undo (dragging a slider). */
      coalesce: v.optional(v.string()),
    }),
    HistoryStateSchema,
  ),
  'document.undo': call(Nothing, HistoryStateSchema),
  'document.redo': call(Nothing, HistoryStateSchema),
  'document.history': call(
    v.strictObject({ limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))) }),
    v.array(ChangeInfoSchema),
  ),

  /** Lines of changes beside the main one; what is on one reaches its parent as one change, or not at all. */
  'document.branches': call(Nothing, v.array(BranchSchema)),
  /** Begins one here, and goes onto it. */
  'document.branches.start': call(
    v.strictObject({ name: BranchName, author: v.optional(AuthorSchema) }),
    HistoryStateSchema,
  ),
  'document.branches.switch': call(v.strictObject({ name: BranchName }), HistoryStateSchema),
  /** Squashes it into one change of its parent, and goes there. */
  'document.branches.merge': call(
    v.strictObject({
      name: BranchName,
      label: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
      author: v.optional(AuthorSchema),
      /** Where both sides changed the same field; refused where left out. */
      preferBranch: v.optional(v.boolean()),
    }),
    HistoryStateSchema,
  ),
  'document.branches.drop': call(v.strictObject({ name: BranchName }), HistoryStateSchema),
  /** Takes a dropped one up again, as it was, and goes there. */
  'document.branches.reopen': call(v.strictObject({ name: BranchName }), HistoryStateSchema),
  /** Takes back everything on the open branch since a sequence (of `document.snapshot`), as one change. */
  'document.goBack': call(
    v.strictObject({
      sequence: v.pipe(v.number(), v.integer(), v.minValue(0)),
      label: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(300))),
      author: v.optional(AuthorSchema),
    }),
    HistoryStateSchema,
  ),

  /** The conversation about the open project. */
  'agent.state': call(Nothing, AgentStateSchema),
  /** Begins a conversation anew. Work that is open stays open. */
  'agent.start': call(Nothing, AgentStateSchema),
  'agent.settings': call(
    v.strictObject({ mode: v.optional(AgentModeSchema), budget: v.optional(AgentBudgetSchema) }),
    AgentStateSchema,
  ),
  /** Says something. What comes of it is told by `agent.changed`; refused while something else is worked on. */
  'agent.send': call(
    v.strictObject({
      text: v.pipe(v.string(), v.minLength(1), v.maxLength(8000)),
      selection: v.optional(v.pipe(v.array(AgentSelectionSchema), v.maxLength(200))),
    }),
    v.object({ requestId: v.string() }),
  ),
  /** Waits until nothing is worked on, or a yes is waited for. */
  'agent.wait': call(Nothing, AgentStateSchema),
  /** Yes or no to an operation that waits; with `rest`, to all that come after it in this request. */
  'agent.approve': call(
    v.strictObject({ operationId: v.string(), approve: v.boolean(), rest: v.optional(v.boolean()) }),
    v.object({ ok: v.boolean() }),
  ),
  'agent.stop': call(Nothing, v.object({ ok: v.boolean() })),
  /** The open work becomes one change of the design. */
  'agent.accept': call(
    v.strictObject({
      label: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(300))),
      preferBranch: v.optional(v.boolean()),
    }),
    AgentStateSchema,
  ),
  'agent.drop': call(Nothing, AgentStateSchema),
  /** Back to a checkpoint of the open work. */
  'agent.goBack': call(v.strictObject({ entryId: v.string() }), AgentStateSchema),
  'agent.tools': call(Nothing, v.array(AgentToolSchema)),

  /** Hands bytes of a dropped or picked file over. The body was sent to `/upload` first, which answered with this id. */
  'files.recognise': call(
    v.strictObject({ path: v.optional(Path), uploadId: v.optional(v.string()), fileName: v.optional(v.string()) }),
    v.object({ format: v.string(), readable: v.boolean(), label: v.string(), advice: v.optional(v.string()) }),
  ),
  /** Starts an import job; the records appear as one change when it ends. */
  'files.import': call(
    v.strictObject({
      path: v.optional(Path),
      uploadId: v.optional(v.string()),
      fileName: v.optional(v.string()),
      heal: v.optional(v.boolean()),
    }),
    v.object({ jobId: v.string() }),
  ),
  /** Writes to `path`, or answers with a blob hash for the window to download. */
  'files.export': call(
    v.strictObject({
      format: v.string(),
      path: v.optional(Path),
      instanceIds: v.optional(v.array(v.string())),
      deflection_mm: v.optional(v.number()),
      view: v.optional(v.string()),
      /** STEP only. */
      schema: v.optional(v.picklist(['AP203', 'AP214', 'AP242'])),
      /** DXF only: the outline of this planar face, or of this sketch, instead of views of the model. */
      outline: v.optional(
        v.variant('of', [
          v.strictObject({ of: v.literal('face'), partId: RecordIdSchema, face: ReferenceSchema }),
          v.strictObject({ of: v.literal('sketch'), partId: RecordIdSchema, sketch: v.string() }),
        ]),
      ),
    }),
    v.object({ jobId: v.string() }),
  ),

  'jobs.list': call(Nothing, v.array(JobSchema)),
  'jobs.cancel': call(v.strictObject({ jobId: v.string() }), v.object({ ok: v.boolean() })),
  /** Waits for the end; rejects with the job's error. `value` depends on the kind of job. */
  'jobs.wait': call(v.strictObject({ jobId: v.string() }), v.object({ job: JobSchema, value: v.unknown() })),

  'geometry.parts': call(v.strictObject({ partIds: v.optional(v.array(v.string())) }), v.array(PartViewSchema)),
  'geometry.measure': call(
    v.strictObject({
      items: v.pipe(
        v.array(
          v.strictObject({
            instanceId: v.string(),
            body: v.number(),
            kind: v.picklist(['face', 'edge', 'vertex', 'body']),
            index: v.number(),
          }),
        ),
        v.minLength(1),
        v.maxLength(2),
      ),
    }),
    v.object({
      distance_mm: v.optional(v.number()),
      points_mm: v.optional(v.tuple([Vector3Schema, Vector3Schema])),
      angle_rad: v.optional(v.number()),
      radius_mm: v.optional(v.number()),
      length_mm: v.optional(v.number()),
      area_mm2: v.optional(v.number()),
      volume_mm3: v.optional(v.number()),
      mass_kg: v.optional(v.number()),
    }),
  ),
  /**
   * Which topology a reference means now; an unresolved one answers with the nearest candidates. `partId` may be a group: items
   * are then of the part of an instance.
   */
  'geometry.resolve': call(
    v.strictObject({ partId: RecordIdSchema, references: v.array(ReferenceSchema) }),
    v.array(
      v.object({
        items: v.array(
          v.object({
            instanceId: v.optional(v.string()),
            body: v.number(),
            kind: v.picklist(['face', 'edge', 'vertex', 'body']),
            index: v.number(),
          }),
        ),
        error: v.optional(ErrorDataSchema),
      }),
    ),
  ),

  /** How the history of parts stands: outcomes of features, values of variables. Starts evaluating what is not up to date. */
  'parts.history': call(v.strictObject({ partId: RecordIdSchema }), PartHistorySchema),
  /** Waits until the part is evaluated as it is now. */
  'parts.evaluate': call(v.strictObject({ partId: RecordIdSchema }), v.object({ jobId: v.string() })),
  /**
   * What the part would look like with these records: nothing is changed. The view's tessellations can be fetched for a
   * minute. Only the latest preview of a part is worked on: an earlier one that still runs is cancelled.
   */
  'parts.preview': call(
    v.strictObject({
      partId: RecordIdSchema,
      put: v.optional(v.pipe(v.array(RecordSchema), v.maxLength(1000))),
      remove: v.optional(v.pipe(v.array(RecordIdSchema), v.maxLength(1000))),
    }),
    v.object({ view: PartViewSchema, history: PartHistorySchema }),
  ),
  /** Gives an imported part a history that begins with its import, if it has none: one undoable change. */
  'parts.makeEditable': call(v.strictObject({ partId: RecordIdSchema }), HistoryStateSchema),
  /** Finds holes, fillets, chamfers, pockets, bosses and walls on a body. */
  'parts.recognise': call(
    v.strictObject({ partId: RecordIdSchema, body: v.optional(v.number()) }),
    v.array(RecognitionSchema),
  ),
  /** Reads a new revision of the file that an imported part came from; faces keep their names where they are found again. */
  'parts.reimport': call(
    v.strictObject({
      sourceId: RecordIdSchema,
      path: v.optional(Path),
      uploadId: v.optional(v.string()),
      fileName: v.optional(v.string()),
    }),
    v.object({ jobId: v.string() }),
  ),
  /** The part as a script that makes the same features. */
  'parts.script.write': call(v.strictObject({ partId: RecordIdSchema }), v.object({ source: v.string() })),
  /** Puts a script into a part, or makes a new part of it: checked by running it first, one undoable change. */
  'parts.script.put': call(
    v.strictObject({
      partId: v.optional(RecordIdSchema),
      fileName: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
      source: v.pipe(v.string(), v.maxLength(1_000_000)),
      name: v.optional(v.string()),
    }),
    v.object({ partId: v.string(), history: HistoryStateSchema }),
  ),
  /** Sample parts that are shipped, and one of them put into the project. */
  'parts.samples': call(Nothing, v.array(SamplePartSchema)),
  'parts.samples.add': call(
    v.strictObject({ key: v.pipe(v.string(), v.maxLength(100)) }),
    v.object({ partId: v.string(), history: HistoryStateSchema }),
  ),

  'materials.library': call(Nothing, v.array(MaterialSchema)),

  'studies.solve': call(
    v.strictObject({ studyId: RecordIdSchema, force: v.optional(v.boolean()) }),
    v.object({ jobId: v.string(), cached: v.boolean() }),
  ),
  /** Mesh only: a quality report and the surface mesh, as a fields bundle without solution arrays. */
  'studies.mesh': call(v.strictObject({ studyId: RecordIdSchema }), v.object({ jobId: v.string() })),
  'studies.results': call(v.strictObject({ studyId: v.optional(RecordIdSchema) }), v.array(ResultEntrySchema)),
  /** Values of the result at points (nearest point of the mesh), all quantities. */
  'studies.probe': call(
    v.strictObject({
      inputHash: v.string(),
      points_mm: v.pipe(v.array(Vector3Schema), v.maxLength(10_000)),
      frame: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
    v.array(v.object({ at_mm: Vector3Schema, inside: v.boolean(), values: v.record(v.string(), v.number()) })),
  ),
  'studies.export': call(
    v.strictObject({
      studyId: RecordIdSchema,
      inputHash: v.optional(v.string()),
      format: v.picklist(['vtu', 'csv', 'inp']),
      /** Of a table in CSV: which frame, the first where left out. VTU holds them all. */
      frame: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      path: v.optional(Path),
    }),
    v.object({ jobId: v.string() }),
  ),
  /**
   * A job whose result is a SensitivityAnswer. Functionals left out: those that the study asks for. Variables left out: all of
   * the part's that can be followed.
   */
  'studies.sensitivities': call(
    v.strictObject({
      studyId: RecordIdSchema,
      functionals: v.optional(v.pipe(v.array(FunctionalSchema), v.minLength(1), v.maxLength(20))),
      variables: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(200))),
    }),
    v.object({ jobId: v.string() }),
  ),
  /** CalculiX solves the same deck where it is installed; its answer is kept as a result beside ours. */
  'studies.secondOpinion': call(
    v.strictObject({ studyId: RecordIdSchema, inputHash: v.optional(v.string()) }),
    v.object({ jobId: v.string() }),
  ),
  /** A result file of another program (.frd, .vtu), kept as a result beside ours. */
  'studies.importResult': call(
    v.strictObject({
      studyId: RecordIdSchema,
      path: v.optional(Path),
      uploadId: v.optional(v.string()),
      fileName: v.optional(v.string()),
    }),
    v.object({ jobId: v.string() }),
  ),
  /** Pictures, loads, mesh, error estimates and reactions of a result as one page. */
  'studies.report': call(
    v.strictObject({
      studyId: RecordIdSchema,
      inputHash: v.optional(v.string()),
      format: v.picklist(['html', 'pdf']),
      path: v.optional(Path),
    }),
    v.object({ jobId: v.string() }),
  ),
  'studies.probes.set': call(
    v.strictObject({ studyId: RecordIdSchema, probes: v.array(ProbeSchema) }),
    HistoryStateSchema,
  ),

  /** What a surrogate of the study could be made of, as part and study are now. */
  'surrogates.suggest': call(v.strictObject({ studyId: RecordIdSchema }), SurrogateSuggestionSchema),
  /** How the surrogates of studies stand: of one, or of all that have one. */
  'surrogates.list': call(v.strictObject({ studyId: v.optional(RecordIdSchema) }), v.array(StudySurrogateStateSchema)),
  /** A job: designs that are not there yet are made and solved, then a model learns from them. Goes on where it was stopped. */
  'surrogates.make': call(v.strictObject({ studyId: RecordIdSchema }), v.object({ jobId: v.string() })),
  'surrogates.predict': call(
    v.strictObject({
      studyId: RecordIdSchema,
      /** In the order of the parameters, in their units. */
      values: DesignValues,
      /** Fields that are asked for too; their bundle can be fetched for a short while. */
      fields: v.optional(v.pipe(v.array(SurrogateFieldSchema), v.maxLength(3))),
    }),
    SurrogatePredictionSchema,
  ),
  /** A job: the design is solved on the mesh that the model knows, compared with the prediction, and joins the data. */
  'surrogates.compare': call(
    v.strictObject({ studyId: RecordIdSchema, values: DesignValues }),
    v.object({ jobId: v.string() }),
  ),
  /**
   * A job: the study is solved with these values of the part's variables; nothing is changed. Its value is
   * `{ inputHash }`, of a result of the study that becomes current when the variables have these values.
   */
  'surrogates.solve': call(
    v.strictObject({ studyId: RecordIdSchema, values: DesignValues }),
    v.object({ jobId: v.string() }),
  ),
  /**
   * A job: the study's model in one file, to be brought in elsewhere. Written to `path`, or kept as a blob to be fetched, as
   * `files.export` does.
   */
  'surrogates.export': call(
    v.strictObject({ studyId: RecordIdSchema, path: v.optional(Path) }),
    v.object({ jobId: v.string() }),
  ),
  /**
   * A job: a model that somebody made becomes the one of the study, if it is of this part and this study. `path` names the file
   * that it was given away in, or the card in its folder; `files` are that file, or the card and what it names.
   */
  'surrogates.import': call(
    v.strictObject({
      studyId: RecordIdSchema,
      path: v.optional(Path),
      files: v.optional(
        v.pipe(
          v.array(v.strictObject({ uploadId: v.string(), fileName: v.pipe(v.string(), v.maxLength(500)) })),
          v.maxLength(3),
        ),
      ),
    }),
    v.object({ jobId: v.string() }),
  ),
  /** Drops designs and model of the study's surrogate as it is now. */
  'surrogates.forget': call(v.strictObject({ studyId: RecordIdSchema }), v.object({ ok: v.boolean() })),

  /**
   * A job: the part's bodies as they are now are checked for a process. Its value is a `ManufacturingReport`. Answered from
   * the project where the same question was asked before.
   */
  'manufacture.check': call(v.strictObject({ ...ManufacturingQuestion }), v.object({ jobId: v.string() })),
  /** What is known about the part as it is now, without checking anything: null where it has not been asked. */
  'manufacture.known': call(v.strictObject({ ...ManufacturingQuestion }), v.nullable(ManufacturingReportSchema)),
  /** What is wrong with a brief or missing in it, or what it asks for. Nothing is computed. */
  'design.check': call(
    v.strictObject({ text: v.pipe(v.string(), v.maxLength(MOST_BRIEF_CHARACTERS)) }),
    DesignBriefCheckSchema,
  ),
  /** Briefs that are shipped. */
  'design.samples': call(Nothing, v.array(DesignSampleSchema)),
  /** What a concept may be fitted from. */
  'design.archetypes': call(Nothing, v.array(DesignArchetypeSchema)),
  /** How the search for a brief of the project stands, as its text and what it names are now. */
  'design.state': call(v.strictObject({ briefId: RecordIdSchema }), DesignStateSchema),
  /**
   * A job whose value is a DesignOutcome: designs are tried and judged. Goes on where it was stopped. A budget given here comes
   * before the brief's own.
   */
  'design.start': call(
    v.strictObject({ briefId: RecordIdSchema, budget: v.optional(DesignBudgetSchema) }),
    v.object({ jobId: v.string() }),
  ),
  /** False where nothing ran. */
  'design.stop': call(v.strictObject({ briefId: RecordIdSchema }), v.object({ ok: v.boolean() })),
  /** Why a candidate misses what it misses, and what the models expect to help. */
  'design.explain': call(
    v.strictObject({ briefId: RecordIdSchema, number: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    v.array(DesignReasonSchema),
  ),
  /** Puts a candidate into the project: part, values, material, cases as studies. One undoable change. */
  'design.take': call(
    v.strictObject({
      briefId: RecordIdSchema,
      number: v.pipe(v.number(), v.integer(), v.minValue(1)),
      author: v.optional(AuthorSchema),
    }),
    v.object({ partId: v.string(), studyIds: v.array(v.string()), history: HistoryStateSchema }),
  ),
  /**
   * Puts a candidate on a branch of its own, beside those of others, and goes there: `document.branches` says what is on it.
   * Where it is on one already, that is gone to.
   */
  'design.branch': call(
    v.strictObject({
      briefId: RecordIdSchema,
      number: v.pipe(v.number(), v.integer(), v.minValue(1)),
      author: v.optional(AuthorSchema),
    }),
    v.object({ branch: v.string(), partId: v.string(), history: HistoryStateSchema }),
  ),
  /**
   * A job whose value is a DesignEvidence: the design is solved until it settles, checked by another solver, and reported as a
   * page and a PDF. With a folder all of it is written there and signed, for `artificer verify`.
   */
  'design.evidence': call(
    v.strictObject({
      briefId: RecordIdSchema,
      number: v.pipe(v.number(), v.integer(), v.minValue(1)),
      folder: v.optional(Path),
    }),
    v.object({ jobId: v.string() }),
  ),
  /** Drops what was tried for the brief as it is now. */
  'design.forget': call(v.strictObject({ briefId: RecordIdSchema }), v.object({ ok: v.boolean() })),

  'messages.list': call(Nothing, v.array(MessageSchema)),

  // Streams. Each begins with nothing: ask for the current state first, then listen.
  'document.changed': event(
    Nothing,
    v.object({ diffs: v.array(RecordDiffSchema), history: HistoryStateSchema, change: ChangeInfoSchema }),
  ),
  'project.changed': event(Nothing, v.nullable(ProjectInfoSchema)),
  'jobs.changed': event(Nothing, JobSchema),
  'geometry.changed': event(Nothing, PartViewSchema),
  'parts.changed': event(Nothing, PartHistorySchema),
  'results.changed': event(Nothing, v.object({ studyId: v.string() })),
  'surrogates.changed': event(Nothing, v.object({ studyId: v.string() })),
  /** A candidate was judged, or (without one) the search began, ended, or was forgotten. */
  'design.changed': event(
    Nothing,
    v.object({ briefId: v.string(), key: v.string(), candidate: v.optional(DesignCandidateSchema) }),
  ),
  'messages.added': event(Nothing, MessageSchema),
  'agent.changed': event(Nothing, AgentUpdateSchema),
} satisfies Contract;
export type Api = typeof api;

export { FieldQuantitySchema, Sha256 as Sha256Schema, WarningSchema };
