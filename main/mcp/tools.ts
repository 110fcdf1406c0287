/** The agent's tools as a client of the protocol sees them: what is allowed is listed, what fails is an answer. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import {
  type Api,
  ArtificerError,
  type Author,
  type Client,
  type ErrorData,
  toErrorData,
} from '../../preload/contract/index.ts';
import type { DryRun, Tool, ToolAnswer, ToolContext, ToolDescription, ToolRegistry } from '../engineer/index.ts';
import { CODE, ProtocolError } from './protocol.ts';

export interface Permissions {
  /** The project may be changed, each time undoably. */
  changes: boolean;
  /** The one folder that files may be written into, or null: none are written. */
  exportFolder: string | null;
  /** Solutions that may be started in all. */
  solves: number;
}

export interface Caller {
  author: Author;
  signal: AbortSignal;
  progress(stage: string, fraction?: number | null): void;
}

/** Characters of one answer: a client hands all of it to a model. */
const MOST_TEXT = 200_000;

export class McpTools {
  readonly #client: Client<Api>;
  readonly #blob: ToolContext['blob'];
  readonly #registry: ToolRegistry;
  readonly #permissions: Permissions;
  #solves = 0;
  /** Changes follow each other: each is tried on the project as the one before left it. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(options: {
    client: Client<Api>;
    blob: ToolContext['blob'];
    registry: ToolRegistry;
    permissions: Permissions;
  }) {
    this.#client = options.client;
    this.#blob = options.blob;
    this.#registry = options.registry;
    this.#permissions = options.permissions;
  }

  list(): unknown[] {
    return this.#registry
      .describe()
      .filter((tool) => this.#refusal(tool) === null)
      .map(({ name, title, description, inputSchema, readOnly, effect }) => ({
        name,
        title,
        description,
        inputSchema,
        annotations: {
          title,
          readOnlyHint: readOnly,
          // A change can be undone, and a file is written beside others, but may replace one of the same name.
          destructiveHint: effect === 'files',
          openWorldHint: false,
        },
      }));
  }

  /**
   * @returns a `CallToolResult`
   * @throws ProtocolError where there is no such tool
   */
  async call(name: string, input: Record<string, unknown>, caller: Caller): Promise<Record<string, unknown>> {
    const tool = this.#registry.get(name);
    if (!tool) throw new ProtocolError(CODE.invalidParams, `Unknown tool: ${name.slice(0, 80)}`);
    const refusal = this.#refusal(tool);
    if (refusal) return failed(refusal);
    try {
      if (tool.readOnly) return answered(await this.run(name, input, caller));
      const turn = this.#changing.then(() => this.#change(tool, input, caller));
      this.#changing = turn.catch(() => {});
      return await turn;
    } catch (thrown) {
      return failed(toErrorData(thrown));
    }
  }

  /** For reading, with the error thrown. */
  async run(name: string, input: unknown, caller: Caller): Promise<ToolAnswer> {
    const outcome = await this.#registry.run(name, input, this.#contextOf(caller));
    if (!outcome.ok) throw new ArtificerError(outcome.error);
    return outcome.answer;
  }

  async #change(tool: Tool, given: Record<string, unknown>, caller: Caller): Promise<Record<string, unknown>> {
    const input = tool.effect === 'files' ? await this.#within(given) : given;
    const context = this.#contextOf(caller);
    const tried = await this.#registry.dryRun(tool.name, input, context);
    if (!tried.ok) return failed(tried.error);
    return answered(await this.run(tool.name, input, caller), tried.answer);
  }

  /** The folder is the allowed one or inside of it, links followed. */
  async #within(input: Record<string, unknown>): Promise<Record<string, unknown>> {
    const root = await realpath(this.#permissions.exportFolder!);
    const said = input['folder'];
    if (said === undefined) return { ...input, folder: root };
    if (typeof said !== 'string') return input;
    const folder = await realpath(resolve(root, said)).catch(() => null);
    const way = folder === null ? '..' : relative(root, folder);
    if (folder === null || way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way))
      throw new ArtificerError({
        code: 'mcp.folder',
        category: 'refused',
        message: 'Files are only written into existing folders inside the one that was allowed.',
        hint: 'Leave the folder out: the files go into the allowed one.',
      });
    return { ...input, folder };
  }

  #refusal({ title, effect }: Pick<ToolDescription, 'title' | 'effect'>): ErrorData | null {
    const { changes, exportFolder } = this.#permissions;
    if (effect === 'nothing' || (effect === 'document' && changes) || (effect === 'files' && exportFolder !== null))
      return null;
    return effect === 'document'
      ? {
          code: 'mcp.read-only',
          category: 'refused',
          message: `"${title}" changes the project, and this server only reads it.`,
          hint: 'The person who runs the server allows changes by starting it with --allow-changes.',
        }
      : {
          code: 'mcp.no-exports',
          category: 'refused',
          message: `"${title}" writes files, and this server writes none.`,
          hint: 'The person who runs the server allows it for one folder by starting it with --allow-exports FOLDER.',
        };
  }

  #contextOf({ author, signal, progress }: Caller): ToolContext {
    return {
      client: this.#client,
      blob: this.#blob,
      author,
      signal,
      selection: [],
      progress,
      countSolve: () => {
        if (this.#solves >= this.#permissions.solves)
          throw new ArtificerError({
            code: 'agent.budget',
            category: 'refused',
            message: `The budget of ${this.#permissions.solves} solutions for this server is used up.`,
            hint: 'The person who runs the server sets it with --solves N.',
          });
        this.#solves++;
      },
      left: () => ({ solves: this.#permissions.solves - this.#solves, minutes: Number.POSITIVE_INFINITY }),
    };
  }
}

function answered(answer: ToolAnswer, plan?: DryRun): Record<string, unknown> {
  const { text, picture, ...more } = answer;
  let structured: Record<string, unknown> = { text, ...more, ...(plan ? { changes: plan.changes } : {}) };
  let json = JSON.stringify(structured);
  if (json.length > MOST_TEXT) {
    structured = {
      text,
      leftOut: `The data have ${json.length} characters, more than one answer takes: ask for less.`,
    };
    json = JSON.stringify(structured);
  }
  return {
    content: [
      { type: 'text', text: [text, ...(answer.assumptions ?? []).map((each) => `Note: ${each}`)].join('\n') },
      { type: 'text', text: json },
      ...(picture
        ? [
            {
              type: 'resource_link',
              uri: `artificer://studies/${picture.studyId}/picture`,
              name: 'Picture of the result',
              mimeType: 'image/png',
            },
          ]
        : []),
    ],
    structuredContent: structured,
    isError: false,
  };
}

export const failed = (error: ErrorData): Record<string, unknown> => ({
  content: [{ type: 'text', text: [error.message, error.cause, error.hint].filter(Boolean).join('\n') }],
  structuredContent: {
    error: { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) },
  },
  isError: true,
});
