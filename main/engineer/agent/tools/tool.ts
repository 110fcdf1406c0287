/**
 * What the agent can do, one tool at a time. A tool is made of the contract's calls and has no power of its own: whatever it
 * does, a person could have done in the window. The built-in engine, a language model and other programs use the same ones.
 */
import type * as v from 'valibot';
import type { Api, Author, Client, ErrorData } from '../../../../preload/contract/index.ts';

/** What a person has selected in the viewport: part of what they say. */
export interface SelectedItem {
  partId: string;
  instanceId?: string | undefined;
  body: number;
  kind: 'face' | 'edge' | 'vertex' | 'body';
  index: number;
}

/** A face (or edge) that an answer points at: the window lights it up. */
export interface PointedItem extends SelectedItem {
  /** `inner corner, a rounding of 5 mm`. */
  words: string;
}

export interface ToolContext {
  /** The engine's calls, checked against their schemas in both directions. */
  client: Client<Api>;
  /** Bulk data by its hash. */
  blob(hash: string): Promise<Uint8Array | null>;
  /** Whose changes these are. */
  author: Author;
  /** Aborts within a second what runs. */
  signal: AbortSignal;
  selection: readonly SelectedItem[];
  progress(stage: string, fraction?: number | null): void;
  /** Called before each solution that is not known yet. @throws ArtificerError `agent.budget` where no more are allowed */
  countSolve(): void;
  /** What is left of the budget for work that takes one of its own. Without it, nothing bounds that work. */
  left?(): { solves: number; minutes: number };
}

/** One thing that a change does to the project, in words. */
export interface PlannedChange {
  /** `thickness of L-bracket`. */
  what: string;
  before?: string | undefined;
  after?: string | undefined;
}

export interface ToolAnswer {
  /** One or a few plain sentences. */
  text: string;
  /** The same as plain data, for programs and models; numbers carry their unit in the key. */
  data: Record<string, unknown>;
  /** Assumptions that were made because nobody said otherwise: always shown. */
  assumptions?: string[];
  faces?: PointedItem[];
  /** A result to look at: study and input hash. */
  picture?: { studyId: string; inputHash: string };
  /** Files that were written, or are ready to be fetched by their hash. */
  files?: { fileName: string; path?: string | undefined; blobHash?: string | undefined; bytes: number }[];
}

export interface DryRun {
  text: string;
  changes: PlannedChange[];
  assumptions?: string[];
  faces?: PointedItem[];
}

/**
 * What a tool touches. `nothing`: it reads, or works out what can be worked out again. `document`: records of the project, undoable.
 * `files`: something outside the project.
 */
export type ToolEffect = 'nothing' | 'document' | 'files';

export interface Tool<Input extends v.GenericSchema = v.GenericSchema> {
  /** `set_variable`: letters, digits and underscores. */
  name: string;
  /** What a person reads: `Set a variable`. */
  title: string;
  /** What it does, and when to use it, for a model that has to choose. */
  description: string;
  input: Input;
  effect: ToolEffect;
  /** True where nothing but what can be worked out again is made. */
  readOnly: boolean;
  /** It works on the line of changes itself, where the design is now: no branch is begun for it. */
  inPlace?: boolean;
  /** It may start solutions, which take minutes. */
  solves?: boolean;
  /** It changes nothing and yet takes so much time that a person is asked first, where they want to be asked. */
  costly?: boolean;
  run(context: ToolContext, input: v.InferOutput<Input>): Promise<ToolAnswer>;
  /** What `run` would change, found out without changing anything. Every tool that is not read-only has one. */
  dryRun?(context: ToolContext, input: v.InferOutput<Input>): Promise<DryRun>;
}

/** Errors are answers: a model reads them and does better. */
export type ToolOutcome<Answer = ToolAnswer> = { ok: true; answer: Answer } | { ok: false; error: ErrorData };

/** For the compiler: what `run` is given follows from the schema. */
export const defineTool = <Input extends v.GenericSchema>(
  tool: Omit<Tool<Input>, 'readOnly'> & { readOnly?: never },
): Tool<Input> => ({ ...tool, readOnly: tool.effect === 'nothing' });
