/** What the registry promises to whoever calls tools: inputs checked at the door, failures as answers, schemas for others. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type Api, ArtificerError, type Client } from '../../../../preload/contract/index.ts';
import { createToolRegistry, defineTool, type ToolContext, ToolRegistry, toJsonSchema } from './index.ts';

const contextOf = (signal = new AbortController().signal): ToolContext => ({
  client: {} as Client<Api>,
  blob: async () => null,
  author: { kind: 'agent', name: 'Test' },
  signal,
  selection: [],
  progress: () => {},
  countSolve: () => {},
});
const calls: unknown[] = [];
const add = defineTool({
  name: 'add_up',
  title: 'Add up',
  description: 'Adds numbers.',
  input: v.strictObject({
    numbers: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(1), v.maxLength(3), v.description('To add')),
    round: v.optional(v.picklist(['up', 'down'])),
  }),
  effect: 'nothing',
  run: async (_context, { numbers }) => {
    calls.push(numbers);
    if (numbers[0] === 13)
      throw new ArtificerError({ code: 'unlucky', category: 'refused', message: 'No.', hint: 'Try 12.' });
    const sum = numbers.reduce((total, each) => total + each, 0);
    return { text: `${sum}`, data: { sum } };
  },
});

it('calls a tool with what its schema lets through, and answers everything else with an error', async () => {
  const registry = new ToolRegistry([add]);
  expect(await registry.run('add_up', { numbers: [1, 2] }, contextOf())).toEqual({
    ok: true,
    answer: { text: '3', data: { sum: 3 } },
  });
  calls.length = 0;
  const codeOf = async (name: string, input: unknown, context = contextOf()) => {
    const outcome = await registry.run(name, input, context);
    return outcome.ok ? 'done' : outcome.error.code;
  };
  expect(await codeOf('add_up', { numbers: [] })).toBe('agent.bad-input');
  expect(await codeOf('add_up', { numbers: [1], more: true })).toBe('agent.bad-input');
  expect(await codeOf('add_up', { numbers: ['1'] })).toBe('agent.bad-input');
  expect(await codeOf('add_up', null)).toBe('agent.bad-input');
  expect(await codeOf('toString', {})).toBe('agent.unknown-tool');
  const stopped = new AbortController();
  stopped.abort();
  expect(await codeOf('add_up', { numbers: [1] }, contextOf(stopped.signal))).toBe('cancelled');
  expect(calls).toEqual([]);
  expect(await codeOf('add_up', { numbers: [13] })).toBe('unlucky');
});

it('refuses tools that change something and cannot be tried first', () => {
  expect(() => new ToolRegistry([{ ...add, readOnly: false }])).toThrow('no dry run');
  expect(() => new ToolRegistry([add, add])).toThrow('two tools');
});

it('tells other programs the schema of every tool', () => {
  expect(toJsonSchema(add.input)).toEqual({
    type: 'object',
    properties: {
      numbers: { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 3, description: 'To add' },
      round: { type: 'string', enum: ['up', 'down'] },
    },
    required: ['numbers'],
    additionalProperties: false,
  });
  for (const { inputSchema, description, readOnly, effect } of createToolRegistry().describe()) {
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(description.length).toBeGreaterThan(20);
    expect(readOnly).toBe(effect === 'nothing');
  }
});
