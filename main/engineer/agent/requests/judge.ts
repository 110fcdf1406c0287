/** How the engine without weights does on sample requests: right, asked, or wrong without a word. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { Api, Client } from '../../../../preload/contract/index.ts';
import { interpret } from '../built-in/interpret.ts';
import type { Interpretation, Step } from '../built-in/interpretation.ts';
import { type Scene, sceneOf } from '../built-in/scene.ts';
import { createToolRegistry, type ToolContext } from '../tools/index.ts';
import { openScene, SCENES, type SceneName } from './scenes.ts';

const RequestSchema = v.strictObject({
  scene: v.picklist(SCENES),
  say: v.string(),
  /** Operations in order, each by its tool; inputs that are named must be these, others are the engine's to choose. */
  do: v.optional(v.pipe(v.array(v.record(v.string(), v.record(v.string(), v.unknown()))), v.minLength(1))),
  /** A question back; where it is a text, one that has it. */
  ask: v.optional(v.union([v.literal(true), v.string()])),
});
export type SampleRequest = v.InferOutput<typeof RequestSchema>;

export type Verdict = 'right' | 'asked' | 'wrong';
export interface Judgement {
  request: SampleRequest;
  verdict: Verdict;
  /** What it was understood as. */
  found: string;
  /** Choices of a question that are not understood when they are taken: a way that leads nowhere. */
  deadEnds: string[];
}

/** @throws when the file is none of requests */
export function readRequests(path: string): SampleRequest[] {
  return v.parse(v.array(RequestSchema), parse(readFileSync(path, 'utf8')));
}

/**
 * Each is said in its project. With `tryOut`, what would change something is tried as well: an operation that the engine refuses
 * is not right, whatever it looks like.
 */
export async function judgeRequests(
  client: Client<Api>,
  requests: readonly SampleRequest[],
  options: { tryOut?: boolean; signal?: AbortSignal; told?(done: number): void } = {},
): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  const registry = createToolRegistry();
  for (const name of SCENES) {
    const said = requests.filter(({ scene }) => scene === name);
    if (said.length === 0) continue;
    await openScene(client, name as SceneName);
    const context: ToolContext = {
      client,
      blob: async () => null,
      author: { kind: 'agent', name: 'Agent' },
      signal: options.signal ?? new AbortController().signal,
      selection: [],
      progress: () => {},
      countSolve: () => {},
    };
    const scene = await sceneOf(context, []);
    for (const request of said) {
      context.signal.throwIfAborted();
      const found = interpret(request.say, scene);
      let verdict = judge(request, found);
      let words = inWords(found);
      if (verdict === 'right' && options.tryOut && found.kind === 'plan')
        for (const step of found.steps.slice(0, 1)) {
          const tried = await registry.dryRun(step.tool, step.input, context);
          if (tried.ok || tried.error.code === 'agent.nothing-to-undo') continue;
          words = `${words}: ${tried.error.message}`;
          verdict = tried.error.code === 'agent.which' ? 'asked' : 'wrong';
        }
      judgements.push({ request, verdict, found: words, deadEnds: deadEndsOf(found, scene) });
      options.told?.(judgements.length);
    }
  }
  return judgements;
}

/** A further question will do, where it offers choices of its own. */
const deadEndsOf = (found: Interpretation, scene: Scene): string[] =>
  found.kind !== 'question'
    ? []
    : found.choices
        .map(({ reply }) => reply)
        .filter((reply) => {
          const next = interpret(reply, scene);
          return next.kind !== 'plan' && !(next.kind === 'question' && next.choices.length > 0);
        });

export function judge(request: SampleRequest, found: Interpretation): Verdict {
  if (found.kind === 'question')
    return request.ask === true || (request.ask !== undefined && found.text.includes(request.ask)) ? 'right' : 'asked';
  if (found.kind !== 'plan' || !request.do) return 'wrong';
  const same = request.do.length === found.steps.length && request.do.every((each, k) => fits(each, found.steps[k]!));
  return same ? 'right' : 'wrong';
}

function fits(expected: Record<string, Record<string, unknown>>, { tool, input }: Step): boolean {
  const [[name, inputs]] = Object.entries(expected) as [[string, Record<string, unknown>]];
  return (
    name === tool &&
    Object.entries(inputs).every(([key, value]) =>
      // Of a text that is YAML, what is in it counts.
      value !== null && typeof value === 'object' && typeof input[key] === 'string'
        ? contains(parse(input[key]), value)
        : JSON.stringify(input[key]) === JSON.stringify(value),
    )
  );
}

/** All that is expected is there, and lists are the same from end to end. */
function contains(found: unknown, expected: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(found) && found.length === expected.length && expected.every((each, k) => contains(found[k], each))
    );
  if (expected === null || typeof expected !== 'object') return found === expected;
  return (
    found !== null &&
    typeof found === 'object' &&
    Object.entries(expected).every(([key, value]) => contains((found as Record<string, unknown>)[key], value))
  );
}

function inWords(found: Interpretation): string {
  if (found.kind !== 'plan') return `${found.kind}: ${found.text}`;
  return found.steps.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`).join('; ');
}
