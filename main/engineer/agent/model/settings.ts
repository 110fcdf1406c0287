/** Which engine answers in the agent panel: a person's setting, kept beside the application's others. */
import * as v from 'valibot';

const Host = v.pipe(v.string(), v.minLength(1), v.maxLength(253), v.regex(/^[A-Za-z0-9.:-]+$/));

/** A server with an OpenAI-compatible interface, on this machine or in one's own network. */
export const ModelEndpointSchema = v.strictObject({
  kind: v.literal('endpoint'),
  /** Up to before `/chat/completions`: `http://127.0.0.1:8080/v1`. */
  url: v.pipe(v.string(), v.minLength(8), v.maxLength(500)),
  model: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Other hosts than this machine that may be reached, each written down by a person. */
  hosts: v.optional(v.pipe(v.array(Host), v.maxLength(20)), []),
  /** How long one answer may take. */
  answer_s: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(3600)), 180),
});
export type ModelEndpoint = v.InferOutput<typeof ModelEndpointSchema>;

export const AgentEngineSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('built-in') }),
  ModelEndpointSchema,
  /** Weights in a file, run in this process: needs `node-llama-cpp`. */
  v.strictObject({ kind: v.literal('gguf'), path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
]);
export type AgentEngine = v.InferOutput<typeof AgentEngineSchema>;

/** The key among the application's settings. */
export const AGENT_ENGINE_SETTING = 'agent.engine';
