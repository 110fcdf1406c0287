/** Points and axes that picked topology stands for, in the part's own coordinates. Pure. */
import type { AxisInSpace, BodyInfo, TopologyKind, Vector3 } from '../../../../preload/contract/index.ts';

/** The axis of a round face or edge, a straight edge, or the normal of a flat face. */
export function axisOf(info: BodyInfo, kind: TopologyKind, index: number): AxisInSpace | null {
  if (kind === 'face') {
    const face = info.faces[index];
    if (!face) return null;
    if (face.axis) return { origin_mm: face.axis.origin_mm, direction: face.axis.direction };
    return face.type === 'plane' && face.normal ? { origin_mm: face.centroid_mm, direction: face.normal } : null;
  }
  if (kind !== 'edge') return null;
  const edge = info.edges[index];
  if (!edge?.direction) return null;
  return { origin_mm: edge.curveCentre_mm ?? edge.centre_mm, direction: edge.direction };
}

/** A vertex itself, the centre of a round edge or face, the middle of anything else. */
export function pointOf(info: BodyInfo, kind: TopologyKind, index: number): Vector3 | null {
  if (kind === 'vertex') return info.vertices_mm[index] ?? null;
  if (kind === 'edge') {
    const edge = info.edges[index];
    return edge ? (edge.curveCentre_mm ?? edge.centre_mm) : null;
  }
  if (kind === 'body') return info.mass.centroid_mm;
  const face = info.faces[index];
  if (!face) return null;
  if (face.centre_mm) return face.centre_mm;
  if (!face.axis) return face.centroid_mm;
  // On the axis, level with the middle of the face: the centre of the bore.
  const { origin_mm: o, direction: d } = face.axis;
  const along = d.reduce((sum, each, i) => sum + each * (face.centroid_mm[i]! - o[i]!), 0);
  return [o[0] + along * d[0], o[1] + along * d[1], o[2] + along * d[2]];
}
