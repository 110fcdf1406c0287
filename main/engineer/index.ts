/** The engineer: stands above the domains and uses the engine as every front does. */
export * from './agent/index.ts';
