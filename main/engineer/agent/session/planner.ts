/**
 * What stands behind the conversation: it is given what a person said and decides what to do about it. The built-in one
 * needs no weights; a language model is another. Neither can do anything but through its host, which checks, asks and counts.
 */
import type { AgentEntry, AgentPointer } from '../../../../preload/contract/index.ts';
import type { ToolContext, ToolOutcome, ToolRegistry } from '../tools/index.ts';

export interface PlannerRequest {
  text: string;
  /** What was said and done before, oldest first; without this request. */
  entries: readonly AgentEntry[];
}

export interface PlannerHost {
  tools: ToolRegistry;
  /** For reading only: everything that changes something goes through `call`. */
  context: ToolContext;
  /**
   * Does one operation: its input is checked, a change waits for the person's yes where they want that, work begins on a
   * branch, and the budget is charged. Never throws: what fails is an answer. `agent.refused` and `agent.budget` mean stop.
   */
  call(tool: string, input: unknown): Promise<ToolOutcome>;
  say(text: string, faces?: AgentPointer[]): void;
  ask(text: string, choices?: { label: string; reply: string }[], faces?: AgentPointer[]): void;
}

export interface Planner {
  /** `built-in`, or a model's name. */
  name: string;
  /**
   * What it reads may talk it into something (a language model). What leaves the project, or touches the line of changes itself
   * instead of a branch, is then asked about each time, also where a person lets it run.
   */
  canBeMisled?: boolean;
  respond(request: PlannerRequest, host: PlannerHost): Promise<void>;
}
