/** All tools that the agent has. A new family of tools is added to the list here, and every front has it. */
import { DESIGN_TOOLS } from './designs.ts';
import { EXPLAIN_TOOLS } from './explain.ts';
import { EXPORT_TOOLS } from './exports.ts';
import { GEOMETRY_TOOLS } from './geometry.ts';
import { HISTORY_TOOLS } from './history.ts';
import { INSPECT_TOOLS } from './inspect.ts';
import { LIGHTEN_TOOLS } from './lighten.ts';
import { LOAD_TOOLS } from './loads.ts';
import { MANUFACTURE_TOOLS } from './manufacturability.ts';
import { MATERIAL_TOOLS } from './materials.ts';
import { ToolRegistry } from './registry.ts';
import { SENSITIVITY_TOOLS } from './sensitivities.ts';
import { SOLVING_TOOLS } from './solving.ts';
import type { Tool } from './tool.ts';
import { VARIABLE_TOOLS } from './variables.ts';

export const AGENT_TOOLS: readonly Tool[] = [
  ...INSPECT_TOOLS,
  ...VARIABLE_TOOLS,
  ...GEOMETRY_TOOLS,
  ...MATERIAL_TOOLS,
  ...LOAD_TOOLS,
  ...SOLVING_TOOLS,
  ...EXPLAIN_TOOLS,
  ...SENSITIVITY_TOOLS,
  ...LIGHTEN_TOOLS,
  ...DESIGN_TOOLS,
  ...MANUFACTURE_TOOLS,
  ...HISTORY_TOOLS,
  ...EXPORT_TOOLS,
];

/** A registry of its own for each caller: one may add tools without the others having them. */
export const createToolRegistry = (more: Iterable<Tool> = []): ToolRegistry =>
  new ToolRegistry([...AGENT_TOOLS, ...more]);

export { type JsonSchema, toJsonSchema } from './json-schema.ts';
export { type ToolDescription, ToolRegistry } from './registry.ts';
export * from './tool.ts';
