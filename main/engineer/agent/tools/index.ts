/** All tools that the agent has. A new family of tools is added to the list here, and every front has it. */
import { EXPORT_TOOLS } from './exports.ts';
import { HISTORY_TOOLS } from './history.ts';
import { INSPECT_TOOLS } from './inspect.ts';
import { MATERIAL_TOOLS } from './materials.ts';
import { ToolRegistry } from './registry.ts';
import { SOLVING_TOOLS } from './solving.ts';
import type { Tool } from './tool.ts';
import { VARIABLE_TOOLS } from './variables.ts';

export const AGENT_TOOLS: readonly Tool[] = [
  ...INSPECT_TOOLS,
  ...VARIABLE_TOOLS,
  ...MATERIAL_TOOLS,
  ...SOLVING_TOOLS,
  ...HISTORY_TOOLS,
  ...EXPORT_TOOLS,
];

/** A registry of its own for each caller: one may add tools without the others having them. */
export const createToolRegistry = (more: Iterable<Tool> = []): ToolRegistry =>
  new ToolRegistry([...AGENT_TOOLS, ...more]);

export { type JsonSchema, toJsonSchema } from './json-schema.ts';
export { type ToolDescription, ToolRegistry } from './registry.ts';
export * from './tool.ts';
