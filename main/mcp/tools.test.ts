/** What a tool may do here, decided without an engine: one folder for files, a budget for solutions, one change at a time. */
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Api, Client } from '../../preload/contract/index.ts';
import { defineTool, ToolRegistry } from '../engineer/index.ts';
import { type Caller, McpTools } from './tools.ts';

let folder: string;
let outside: string;
beforeAll(async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'artificer-mcp-tools-')));
  folder = join(root, 'allowed');
  outside = join(root, 'allowed-not');
  await mkdir(join(folder, 'inner'), { recursive: true });
  await mkdir(outside);
  await symlink(outside, join(folder, 'link'));
});
afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }));

const written: (string | undefined)[] = [];
const steps: string[] = [];
const registry = new ToolRegistry([
  defineTool({
    name: 'write_file',
    title: 'Write a file',
    description: 'Writes a file.',
    input: v.strictObject({ folder: v.optional(v.string()) }),
    effect: 'files',
    dryRun: async () => ({ text: '', changes: [] }),
    run: async (_context, input) => {
      written.push(input.folder);
      return { text: 'Written.', data: {} };
    },
  }),
  defineTool({
    name: 'change',
    title: 'Change',
    description: 'Changes something.',
    input: v.strictObject({ name: v.string() }),
    effect: 'document',
    dryRun: async (_context, { name }) => {
      steps.push(`try ${name}`);
      return { text: '', changes: [{ what: name }] };
    },
    run: async (_context, { name }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push(`do ${name}`);
      return { text: 'Done.', data: {} };
    },
  }),
  defineTool({
    name: 'solve',
    title: 'Solve',
    description: 'Solves.',
    input: v.strictObject({}),
    effect: 'nothing',
    run: async (context) => {
      context.countSolve();
      return { text: 'Solved.', data: { long: 'x'.repeat(300_000) } };
    },
  }),
]);
const toolsWith = (permissions: Partial<ConstructorParameters<typeof McpTools>[0]['permissions']>) =>
  new McpTools({
    client: {} as Client<Api>,
    blob: async () => null,
    registry,
    permissions: { changes: false, exportFolder: null, solves: 1, ...permissions },
  });
const caller: Caller = {
  author: { kind: 'agent', name: 'Test' },
  signal: new AbortController().signal,
  progress: () => {},
};
const codeOf = (result: Record<string, unknown>) =>
  (result['structuredContent'] as { error?: { code: string } }).error?.code ?? 'done';

it('writes files into the allowed folder, or one inside of it, and nowhere else', async () => {
  const tools = toolsWith({ exportFolder: folder });
  const attempt = async (input: Record<string, unknown>) => codeOf(await tools.call('write_file', input, caller));
  expect(await attempt({})).toBe('done');
  expect(await attempt({ folder: 'inner' })).toBe('done');
  expect(written).toEqual([folder, join(folder, 'inner')]);
  for (const path of ['/', '..', outside, 'link', 'inner/../../allowed-not', 'not-there'])
    expect(await attempt({ folder: path })).toBe('mcp.folder');
  expect(await attempt({ folder: 7 })).toBe('agent.bad-input');
  expect(written).toHaveLength(2);
});

it('makes changes one after the other, each tried on what the one before left', async () => {
  const tools = toolsWith({ changes: true });
  await Promise.all(['a', 'b'].map((name) => tools.call('change', { name }, caller)));
  expect(steps).toEqual(['try a', 'do a', 'try b', 'do b']);
  expect(codeOf(await toolsWith({}).call('change', { name: 'c' }, caller))).toBe('mcp.read-only');
  expect(steps).toHaveLength(4);
});

it('starts no more solutions than were allowed, and cuts an answer that no client could take', async () => {
  const tools = toolsWith({ solves: 1 });
  const first = await tools.call('solve', {}, caller);
  expect(first).toMatchObject({ isError: false, structuredContent: { text: 'Solved.' } });
  expect(JSON.stringify(first).length).toBeLessThan(2000);
  expect(codeOf(await tools.call('solve', {}, caller))).toBe('agent.budget');
});
