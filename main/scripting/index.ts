/** The only door to part scripts: running them, writing them, and the sample parts that are shipped as scripts. */

export * as pieces from './random-parts/pieces.ts';
export { type ResolvedScript, resolveScriptedPart } from './resolve.ts';
export { readSamplePart, sampleKeys, sampleParts } from './samples.ts';
export {
  disposePartScripts,
  type PartScriptRequest,
  runPartScript,
  SCRIPT_LIMITS,
} from './sandbox/runner.ts';
export type { ScriptedFeature, ScriptedPart, ScriptedVariable } from './sandbox/scripted-part.ts';
export type { ScopeVariable } from './sandbox/variables.ts';
export type { WritablePart, WritableStep, WritableVariable } from './writer/writable.ts';
export { writePartScript } from './writer/write-part-script.ts';
