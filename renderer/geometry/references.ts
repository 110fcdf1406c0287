/** Persistent references to picked topology, and words for them. */
import type { BodyInfo, Fingerprint, Reference, TopologyKind, Vector3 } from '../../preload/contract/index.ts';

/** What identifies this face, edge, vertex or body when its index no longer does. */
export function fingerprintOf(info: BodyInfo, kind: TopologyKind, index: number): Fingerprint | null {
  if (kind === 'face') {
    const face = info.faces[index];
    if (!face) return null;
    const direction = face.axis?.direction ?? face.normal;
    return {
      type: face.type,
      size: face.area_mm2,
      centre_mm: face.centroid_mm,
      ...(direction ? { direction } : {}),
      ...(face.radius_mm === undefined ? {} : { radius_mm: face.radius_mm }),
    };
  }
  if (kind === 'edge') {
    const edge = info.edges[index];
    if (!edge) return null;
    return {
      type: edge.type,
      size: edge.length_mm,
      centre_mm: edge.centre_mm,
      ...(edge.direction ? { direction: edge.direction } : {}),
      ...(edge.radius_mm === undefined ? {} : { radius_mm: edge.radius_mm }),
    };
  }
  if (kind === 'vertex') {
    const point = info.vertices_mm[index];
    return point ? { type: 'vertex', size: 0, centre_mm: point } : null;
  }
  return { type: info.kind, size: info.mass.volume_mm3, centre_mm: info.mass.centroid_mm };
}

/** A reference to what was picked, or null when the part no longer has it. */
export function referenceTo(info: BodyInfo, body: number, kind: TopologyKind, index: number): Reference | null {
  const fingerprint = fingerprintOf(info, kind, index);
  return fingerprint && { by: 'pick', body, kind, index, fingerprint };
}

const KIND_NAMES: Record<TopologyKind, string> = { face: 'Face', edge: 'Edge', vertex: 'Vertex', body: 'Body' };

/** `Face 12 · plane`, or the selector itself. Faces count from 1 for people. */
export function referenceName(reference: Reference): string {
  if (reference.by === 'selector') return reference.selector;
  const { kind, index, fingerprint } = reference;
  return kind === 'vertex' ? `Vertex ${index + 1}` : `${KIND_NAMES[kind]} ${index + 1} · ${fingerprint.type}`;
}

export const sameReference = (a: Reference, b: Reference): boolean =>
  a.by === 'selector' || b.by === 'selector'
    ? a.by === b.by && (a as { selector: string }).selector === (b as { selector: string }).selector
    : a.body === b.body && a.kind === b.kind && a.index === b.index;

/** A point on the thing for its symbol, in the part's own coordinates. */
export function anchorOf(info: BodyInfo, kind: TopologyKind, index: number): Vector3 | null {
  return fingerprintOf(info, kind, index)?.centre_mm ?? null;
}

/** Outward direction of a face, if it has one. */
export function normalOf(info: BodyInfo, kind: TopologyKind, index: number): Vector3 | null {
  return kind === 'face' ? (info.faces[index]?.normal ?? null) : null;
}
