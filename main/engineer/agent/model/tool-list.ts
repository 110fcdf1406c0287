/** The agent's tools as a model is told of them: as little text as a small context can bear, and never less than it takes to call them. */
import type { JsonSchema, ToolDescription } from '../tools/index.ts';

/** Tokens that the instructions and the tools may take together: a small model's context has 8,000 and needs room for answers. */
export const MOST_PROMPT_TOKENS = 3000;

/** A cautious estimate: English and JSON have 3.5 to 4.5 characters a token in the vocabularies of today's local models. */
export const estimatedTokens = (text: string): number => Math.ceil(text.length / 3.5);

/** Said once in the instructions, instead of at each tool. */
const SAID_ONCE = new Set(['part', 'study']);
/** Checked at the door in any case: a model gains nothing by reading them. */
const LEFT_OUT = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
  'additionalProperties',
  'default',
  '$schema',
];

interface Terse {
  /** Descriptions of inputs: whole, their first sentence, none. */
  inputs: 'whole' | 'short' | 'none';
  /** Descriptions of tools. */
  tools: 'whole' | 'short';
}
const WAYS: readonly Terse[] = [
  { inputs: 'whole', tools: 'whole' },
  { inputs: 'short', tools: 'whole' },
  { inputs: 'short', tools: 'short' },
  { inputs: 'none', tools: 'short' },
];

/** As much as fits beside `taken` tokens. */
export function toolsFor(tools: readonly ToolDescription[], taken: number): unknown[] {
  let list: unknown[] = [];
  for (const way of WAYS) {
    list = tools.map((tool) => ({
      type: 'function',
      function: {
        name: tool.name,
        description: way.tools === 'whole' ? tool.description : firstSentence(tool.description),
        parameters: terse(tool.inputSchema, way.inputs),
      },
    }));
    if (taken + estimatedTokens(JSON.stringify(list)) <= MOST_PROMPT_TOKENS) break;
  }
  return list;
}

const firstSentence = (text: string): string => /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;

function terse(schema: JsonSchema, inputs: Terse['inputs'], name = ''): JsonSchema {
  const told: JsonSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (LEFT_OUT.includes(key)) continue;
    if (key === 'description') {
      if (inputs === 'none' || SAID_ONCE.has(name)) continue;
      told[key] = inputs === 'short' ? firstSentence(value as string) : value;
    } else if (key === 'properties')
      told[key] = Object.fromEntries(
        Object.entries(value as Record<string, JsonSchema>).map(([property, inner]) => [
          property,
          terse(inner, inputs, property),
        ]),
      );
    else if (key === 'items') told[key] = terse(value as JsonSchema, inputs);
    else if (key === 'anyOf') told[key] = (value as JsonSchema[]).map((each) => terse(each, inputs));
    else told[key] = value;
  }
  return told;
}
