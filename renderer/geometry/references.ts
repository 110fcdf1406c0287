/** Words and places for references to topology. */
import { referenceWords } from '../../main/document/index.ts';
import type { BodyInfo, Reference, TopologyKind, Vector3 } from '../../preload/contract/index.ts';
import { recordOf } from '../state/document.ts';
import { sentence } from '../ui/words.ts';

const KIND_NAMES: Record<TopologyKind, string> = { face: 'Face', edge: 'Edge', vertex: 'Vertex', body: 'Body' };

/** `Face 12 · plane`, `End of Base`, or the selector itself; on a group with whose it is. Faces count from 1 for people. */
export function referenceName(reference: Reference): string {
  if (reference.by === 'selector') return reference.selector;
  const words = wordsOnPart(reference);
  if (reference.instanceId === undefined) return words;
  const instance = recordOf('instance', reference.instanceId);
  return `${words} · ${instance ? instance.name || recordOf('part', instance.partId)?.name || 'Unnamed' : 'a part that is gone'}`;
}

function wordsOnPart(reference: Exclude<Reference, { by: 'selector' }>): string {
  const { kind } = reference;
  if (reference.by === 'name') return sentence(referenceWords(reference, (id) => recordOf('feature', id)?.name));
  const { index } = reference;
  return kind === 'vertex' ? `Vertex ${index + 1}` : `${KIND_NAMES[kind]} ${index + 1} · ${reference.fingerprint.type}`;
}

export function sameReference(a: Reference, b: Reference): boolean {
  if (a.by === 'selector') return b.by === 'selector' && a.selector === b.selector;
  if (b.by !== 'selector' && a.instanceId !== b.instanceId) return false;
  if (a.by === 'name')
    return b.by === 'name' && a.kind === b.kind && a.name === b.name && `${a.beside}` === `${b.beside}`;
  return b.by === 'pick' && a.body === b.body && a.kind === b.kind && a.index === b.index;
}

/** A point on the thing for its symbol, in the part's own coordinates. */
export function anchorOf(info: BodyInfo, kind: TopologyKind, index: number): Vector3 | null {
  if (kind === 'face') return info.faces[index]?.centroid_mm ?? null;
  if (kind === 'edge') return info.edges[index]?.centre_mm ?? null;
  return kind === 'vertex' ? (info.vertices_mm[index] ?? null) : info.mass.centroid_mm;
}

/** Outward direction of a face, if it has one. */
export function normalOf(info: BodyInfo, kind: TopologyKind, index: number): Vector3 | null {
  return kind === 'face' ? (info.faces[index]?.normal ?? null) : null;
}
