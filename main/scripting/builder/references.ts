/** How a script says which face, edge or vertex it means: by a rule, or by the name that a feature gave it. */
import type { Reference } from '../../../preload/contract/geometry.ts';
import { ScriptMistake } from './host.ts';
import { describe } from './values.ts';

/** Topology by the name that a step gave it. */
export type NamedReference = Extract<Reference, { by: 'name' }>;
export type TopologyKind = 'face' | 'edge' | 'vertex' | 'body';
/** A selector such as `'>Z'`, or what `faces()`, `edges()`, `step.face()` and `step.edge()` answer with. */
export type ReferenceLike = string | Reference;
/** One or several of them. */
export type ReferencesLike = ReferenceLike | readonly ReferenceLike[];

const PLURAL: Record<TopologyKind, string> = { face: 'faces', edge: 'edges', vertex: 'vertices', body: 'bodies' };
const KIND_FIRST = /^\s*(faces?|edges?|vertex|vertices|body|bodies|solids)\b/;

/** Faces by a rule in CadQuery's syntax: `faces('>Z')`, `faces('%CYLINDER')`, `faces('|X and <Z')`. */
export const faces = (selector: string): Reference => bySelector(selector, 'face');
/** Edges by a rule in CadQuery's syntax: `edges('|Z')`, `edges('%CIRCLE and >Z')`. */
export const edges = (selector: string): Reference => bySelector(selector, 'edge');
/** Vertices by a rule in CadQuery's syntax: `vertices('>Z and >X')`. */
export const vertices = (selector: string): Reference => bySelector(selector, 'vertex');

function bySelector(selector: string, kind: TopologyKind): Reference {
  const text = selector.trim();
  return { by: 'selector', selector: KIND_FIRST.test(text) ? text : `${PLURAL[kind]} ${text}`.trim() };
}

/**
 * Topology by its persistent name. Most scripts write `step.face('end')` instead.
 * @param beside names of neighbours that tell pieces of the same name apart
 */
export const named = (kind: TopologyKind, name: string, beside?: readonly string[]): NamedReference => ({
  by: 'name',
  kind,
  name,
  ...(beside ? { beside: [...beside] } : {}),
});

/** The edge between two faces that are given by name. */
export function edgeBetween(a: Reference, b: Reference): NamedReference {
  return named('edge', [faceName(a), faceName(b)].sort().join('|'));
}
/** The vertex where these faces, given by name, meet. */
export function vertexBetween(...around: Reference[]): NamedReference {
  return named('vertex', around.map(faceName).sort().join('|'));
}

function faceName(reference: Reference): string {
  if (reference.by === 'name' && reference.kind === 'face') return reference.name;
  throw new ScriptMistake(
    'An edge or vertex can only be named by faces that have a name.',
    "Use step.face('end') and its like, or select the edge by a rule: edges('|Z').",
  );
}

export function referenceData(reference: ReferenceLike, kind: TopologyKind): Reference {
  if (typeof reference === 'string') return bySelector(reference, kind);
  if (typeof reference === 'object' && reference !== null && 'by' in reference) return reference;
  throw new ScriptMistake(
    `${describe(reference)} does not say which ${kind} is meant.`,
    `Give a selector such as '>Z', or step.face('end').`,
  );
}

export function referencesData(references: ReferencesLike, kind: TopologyKind): Reference[] {
  const list = Array.isArray(references) ? references : [references];
  if (list.length === 0) throw new ScriptMistake(`At least one ${kind} is needed.`);
  return list.map((each) => referenceData(each as ReferenceLike, kind));
}
