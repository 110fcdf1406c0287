/** What hosts an engine: the loopback page server, and the manager of long work. */
export { writeFileAtomically } from './atomic-file.ts';
export { JobManager, type JobManagerOptions, type StartOptions } from './jobs.ts';
export { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from './security-headers.ts';
export { type EngineHost, RPC_PATH, type ServeEngineOptions, serveEngine } from './serve-engine.ts';
export type { ServedEngine } from './served-engine.ts';
