/** What hosts an engine: the loopback page server, the manager of long work, and what other hosts share with them. */
export { writeFileAtomically } from './atomic-file.ts';
export { withHeadlessBrowser } from './headless-browser.ts';
export { type InputFile, readInputFile } from './input-file.ts';
export { JobManager, type JobManagerOptions, type StartOptions } from './jobs.ts';
export { printToPdf } from './print-to-pdf.ts';
export { findBrowser, findElectron, SOFTWARE_RENDERING_FLAGS } from './programs.mjs';
export { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from './security-headers.ts';
export { type EngineHost, RPC_PATH, type ServeEngineOptions, serveEngine } from './serve-engine.ts';
export {
  BLOB_HEADERS,
  BLOB_PATH,
  bounded,
  DEFAULT_MAX_UPLOAD_BYTES,
  plainFileName,
  type ServedEngine,
  withFront,
} from './served-engine.ts';
export { type PageFile, readPageFile } from './static-page.ts';
