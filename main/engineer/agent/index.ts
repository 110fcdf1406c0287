/** The agent: typed tools over the engine's calls, and what turns a person's words into their use. */
export * from './tools/index.ts';
