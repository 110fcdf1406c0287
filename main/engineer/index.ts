/** The engineer: a brief in; designs tried, judged and explained; the best one with its evidence out. */
export * from './agent/index.ts';
export type { Brief, BriefCase, BriefInterface, ConceptRequest } from './brief/brief.ts';
export { readBrief } from './brief/read-brief.ts';
export { designRules } from './candidates/design-rules.ts';
export { type TakenDesign, takenDesign } from './candidates/taken-design.ts';
export { ARCHETYPES, readArchetypeScript } from './concepts/archetypes/index.ts';
export { type Concept, type ConceptImport, conceptFromScript, type ScriptOfConcept } from './concepts/concept.ts';
export { type BriefPlace, conceptsOf } from './concepts/concepts-of-brief.ts';
export { refuseDesign } from './errors.ts';
export type { Evidence } from './evidence/evidence.ts';
export { openSigningKey, signingKeyPath } from './evidence/sign.ts';
export { type EvidenceVerification, verifyEvidence } from './evidence/verify-evidence.ts';
export { type EvidenceInput, writeEvidence } from './evidence/write-evidence.ts';
export { explainCandidate } from './explain/explain-candidate.ts';
export { parseRequirement, type Requirement } from './requirements/requirement.ts';
export { openCandidateFile } from './search/file-store.ts';
export { type CandidateStore, type SearchOptions, type SearchResult, searchDesign } from './search/search.ts';
export * from './topology/index.ts';
