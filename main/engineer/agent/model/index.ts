/** Engines of the agent that are language models, and which of all engines a person has chosen. */
import * as v from 'valibot';
import { ArtificerError } from '../../../../preload/contract/index.ts';
import { builtInPlanner } from '../built-in/planner.ts';
import type { Planner } from '../session/planner.ts';
import { modelPlanner } from './planner.ts';
import { AgentEngineSchema } from './settings.ts';

export { modelPlanner } from './planner.ts';
export { AGENT_ENGINE_SETTING, type AgentEngine, AgentEngineSchema, type ModelEndpoint } from './settings.ts';

/** The chosen engine. One that cannot be had says so when it is spoken to: nothing else answers in its place unnoticed. */
export function plannerOf(setting: unknown): Planner {
  if (setting === undefined || setting === null) return builtInPlanner();
  const parsed = v.safeParse(AgentEngineSchema, setting);
  if (!parsed.success)
    return unavailable(
      'unknown engine',
      "The agent's engine in the settings cannot be read.",
      `See docs/agent.md for how it is written. ${v.summarize(parsed.issues).slice(0, 300)}`,
    );
  switch (parsed.output.kind) {
    case 'built-in':
      return builtInPlanner();
    case 'endpoint':
      return modelPlanner(parsed.output);
    case 'gguf':
      return unavailable(
        'GGUF file',
        'This version does not run weights itself: node-llama-cpp is not part of it.',
        'Serve the file with llama.cpp (llama-server -m FILE --jinja) and give the agent its address as an endpoint.',
      );
  }
}

const unavailable = (name: string, message: string, hint: string): Planner => ({
  name,
  respond: () => Promise.reject(new ArtificerError({ code: 'agent.no-engine', category: 'refused', message, hint })),
});
