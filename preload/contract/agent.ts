/** A conversation with the agent: what is said, what it does about it, and what the person makes of that. */
import * as v from 'valibot';
import { BranchDesignSchema } from './design.ts';
import { ErrorDataSchema } from './errors.ts';
import { TOPOLOGY_KINDS } from './geometry.ts';

const Text = v.pipe(v.string(), v.maxLength(20_000));
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** What is selected in the viewport when something is said. */
export const AgentSelectionSchema = v.strictObject({
  instanceId: v.string(),
  body: v.number(),
  kind: v.picklist(TOPOLOGY_KINDS),
  index: v.number(),
});
export type AgentSelection = v.InferOutput<typeof AgentSelectionSchema>;

/** A face (or edge) that the agent points at. */
export const AgentPointerSchema = v.object({
  partId: v.string(),
  instanceId: v.optional(v.string()),
  body: v.number(),
  kind: v.picklist(TOPOLOGY_KINDS),
  index: v.number(),
  words: v.string(),
});
export type AgentPointer = v.InferOutput<typeof AgentPointerSchema>;

/** `approve`: each change waits for a yes. `run`: it goes on by itself, within its budget, on its branch. */
export const AGENT_MODES = ['approve', 'run'] as const;
export const AgentModeSchema = v.picklist(AGENT_MODES);
export type AgentMode = v.InferOutput<typeof AgentModeSchema>;

const Count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
/** For one request. */
export const AgentBudgetSchema = v.object({
  operations: Count(1000),
  solves: Count(10_000),
  minutes: v.pipe(v.number(), v.gtValue(0), v.maxValue(24 * 60)),
});
export type AgentBudget = v.InferOutput<typeof AgentBudgetSchema>;
/** A search for a design has to find room in it: that of a brief is 400 solves, and these end with the minutes in any case. */
export const DEFAULT_AGENT_BUDGET: AgentBudget = { operations: 40, solves: 400, minutes: 15 };

export const AgentFileSchema = v.object({
  fileName: v.string(),
  path: v.optional(v.string()),
  blobHash: v.optional(v.string()),
  bytes: v.number(),
});
const PlannedChangeSchema = v.object({
  what: v.string(),
  before: v.optional(v.string()),
  after: v.optional(v.string()),
});

export const AGENT_OPERATION_STATES = ['waiting', 'running', 'done', 'failed', 'refused', 'stopped'] as const;
/** `waiting`: for the person's yes. `refused`: they said no. `stopped`: cancelled while it ran. */
export const AgentOperationSchema = v.object({
  kind: v.literal('operation'),
  id: Id,
  at: v.number(),
  tool: v.string(),
  title: v.string(),
  /** What is touched by it: see the tools. */
  effect: v.picklist(['nothing', 'document', 'files']),
  input: v.unknown(),
  state: v.picklist(AGENT_OPERATION_STATES),
  stage: v.optional(v.string()),
  fraction: v.optional(v.nullable(v.number())),
  /** What a dry run said that it would change. */
  plan: v.optional(v.object({ text: v.string(), changes: v.array(PlannedChangeSchema) })),
  text: v.optional(v.string()),
  /** Assumptions and warnings that stand beside the answer. */
  assumptions: v.optional(v.array(v.string())),
  error: v.optional(ErrorDataSchema),
  faces: v.optional(v.array(AgentPointerSchema)),
  /** A result to look at. */
  picture: v.optional(v.object({ studyId: v.string(), inputHash: v.string() })),
  files: v.optional(v.array(AgentFileSchema)),
  seconds: v.optional(v.number()),
});
export type AgentOperation = v.InferOutput<typeof AgentOperationSchema>;

const said = { id: Id, at: v.number(), text: Text };
export const AgentEntrySchema = v.variant('kind', [
  v.object({ kind: v.literal('request'), ...said, selection: v.optional(v.array(AgentPointerSchema)) }),
  v.object({ kind: v.literal('reply'), ...said, faces: v.optional(v.array(AgentPointerSchema)) }),
  /** It does not go on before this is answered, in words or by a choice. */
  v.object({
    kind: v.literal('question'),
    ...said,
    choices: v.array(v.object({ label: v.string(), reply: v.string() })),
    faces: v.optional(v.array(AgentPointerSchema)),
  }),
  AgentOperationSchema,
  /** The design as it was here can be come back to, for as long as the work is open. */
  v.object({ kind: v.literal('checkpoint'), ...said, branch: v.string(), mark: v.number() }),
  v.object({
    kind: v.literal('outcome'),
    ...said,
    outcome: v.picklist(['accepted', 'dropped', 'went-back', 'stopped', 'failed']),
  }),
]);
export type AgentEntry = v.InferOutput<typeof AgentEntrySchema>;

/** Work that is done and waits to be accepted or dropped. */
export const AgentWorkSchema = v.object({
  branch: v.string(),
  /** Labels of what was changed, oldest first. */
  changes: v.array(v.string()),
});

export const AgentStatusSchema = v.object({
  /** The engine that answers: `built-in`, or a model's name. */
  engine: v.string(),
  state: v.picklist(['idle', 'working', 'waiting']),
  mode: AgentModeSchema,
  budget: AgentBudgetSchema,
  /** Of the request that runs, or the last one. */
  spent: v.object({ operations: v.number(), solves: v.number(), minutes: v.number() }),
  work: v.nullable(AgentWorkSchema),
});
export type AgentStatus = v.InferOutput<typeof AgentStatusSchema>;

export const AgentStateSchema = v.object({ status: AgentStatusSchema, entries: v.array(AgentEntrySchema) });
export type AgentState = v.InferOutput<typeof AgentStateSchema>;

/** An entry that is new or has changed (by its id), a conversation begun anew (`entries`), and how it stands. */
export const AgentUpdateSchema = v.object({
  status: AgentStatusSchema,
  entry: v.optional(AgentEntrySchema),
  entries: v.optional(v.array(AgentEntrySchema)),
});
export type AgentUpdate = v.InferOutput<typeof AgentUpdateSchema>;

export const AgentToolSchema = v.object({
  name: v.string(),
  title: v.string(),
  description: v.string(),
  inputSchema: v.record(v.string(), v.unknown()),
  effect: v.picklist(['nothing', 'document', 'files']),
  readOnly: v.boolean(),
  solves: v.boolean(),
});

export const BranchSchema = v.object({
  name: v.string(),
  parent: v.nullable(v.string()),
  status: v.picklist(['open', 'merged', 'dropped']),
  author: v.object({ kind: v.picklist(['person', 'agent', 'system']), name: v.string() }),
  createdAt: v.number(),
  current: v.boolean(),
  /** What is on it, in words; empty where nobody said. */
  about: v.string(),
  /** The candidate of a brief that it was begun for. */
  design: v.nullable(BranchDesignSchema),
});
export type BranchInfo = v.InferOutput<typeof BranchSchema>;
