/** The agent: typed tools over the engine's calls, and what turns a person's words into their use. */
export { interpret } from './built-in/interpret.ts';
export type { Interpretation } from './built-in/interpretation.ts';
export { builtInPlanner } from './built-in/planner.ts';
export { type Scene, sceneOf } from './built-in/scene.ts';
export { AGENT_ENGINE_SETTING, plannerOf } from './model/index.ts';
export { AGENT, AgentSession, type AgentSessionOptions, type KeptConversation } from './session/agent-session.ts';
export type { Planner, PlannerHost, PlannerRequest } from './session/planner.ts';
export * from './tools/index.ts';
