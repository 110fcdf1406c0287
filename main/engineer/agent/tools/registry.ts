/** The agent's tools by name: what they are called with is checked at the door, and what fails is an answer. */
import * as v from 'valibot';
import { ArtificerError, toErrorData } from '../../../../preload/contract/index.ts';
import { type JsonSchema, toJsonSchema } from './json-schema.ts';
import type { DryRun, Tool, ToolContext, ToolOutcome } from './tool.ts';

/** What a model or another program is told of a tool. */
export interface ToolDescription {
  name: string;
  title: string;
  description: string;
  inputSchema: JsonSchema;
  effect: Tool['effect'];
  readOnly: boolean;
  solves: boolean;
}

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

export class ToolRegistry {
  readonly #tools = new Map<string, Tool>();

  constructor(tools: Iterable<Tool> = []) {
    for (const tool of tools) this.add(tool);
  }

  /** Two tools of one name, a bad name, or a changing one that cannot be tried first are mistakes of a programmer. */
  add(tool: Tool): void {
    if (!NAME.test(tool.name)) throw new TypeError(`"${tool.name}" is no name of a tool`);
    if (this.#tools.has(tool.name)) throw new TypeError(`there are two tools called ${tool.name}`);
    if (!tool.readOnly && !tool.dryRun) throw new TypeError(`${tool.name} changes something and has no dry run`);
    this.#tools.set(tool.name, tool);
  }

  get(name: string): Tool | undefined {
    return this.#tools.get(name);
  }
  list(): Tool[] {
    return [...this.#tools.values()];
  }
  describe(): ToolDescription[] {
    return this.list().map(({ name, title, description, input, effect, readOnly, solves }) => ({
      name,
      title,
      description,
      inputSchema: toJsonSchema(input),
      effect,
      readOnly,
      solves: solves ?? false,
    }));
  }

  /** The input as the tool takes it. @throws ArtificerError `agent.unknown-tool`, `agent.bad-input` */
  check(name: string, input: unknown): { tool: Tool; input: unknown } {
    const tool = this.#tools.get(name);
    if (!tool)
      throw new ArtificerError({
        code: 'agent.unknown-tool',
        category: 'usage',
        message: `There is no tool called "${name.slice(0, 80)}".`,
        hint: `There are: ${[...this.#tools.keys()].join(', ')}.`,
      });
    const parsed = v.safeParse(tool.input, input);
    if (parsed.success) return { tool, input: parsed.output };
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    throw new ArtificerError({
      code: 'agent.bad-input',
      category: 'usage',
      message: `${tool.name} can't be called like that${path ? `: "${path}"` : ''}: ${issue.message}`,
      cause: v.summarize([issue, ...parsed.issues.slice(1, 5)]),
      hint: 'Look at its input schema.',
    });
  }

  /** Does it. Never throws: a failure is an answer, and so is a cancel. */
  async run(name: string, input: unknown, context: ToolContext): Promise<ToolOutcome> {
    return outcomeOf(async () => {
      const checked = this.check(name, input);
      context.signal.throwIfAborted();
      return checked.tool.run(context, checked.input);
    });
  }

  /** Says what it would change. What only reads changes nothing. */
  async dryRun(name: string, input: unknown, context: ToolContext): Promise<ToolOutcome<DryRun>> {
    return outcomeOf(async () => {
      const checked = this.check(name, input);
      context.signal.throwIfAborted();
      return (
        (await checked.tool.dryRun?.(context, checked.input)) ?? {
          text: `${checked.tool.title}: nothing of the project changes.`,
          changes: [],
        }
      );
    });
  }
}

async function outcomeOf<Answer>(work: () => Promise<Answer>): Promise<ToolOutcome<Answer>> {
  try {
    return { ok: true, answer: await work() };
  } catch (thrown) {
    return { ok: false, error: toErrorData(thrown) };
  }
}
