/** Flat walls: two parallel faces back to back with material between them, thin beside their size. */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { cross, dot, subtract, unit } from '../modeller/vectors.ts';
import { areParallel, type Model } from './model.ts';
import { size } from './words.ts';

export type Wall = Extract<RecognisedFeature, { kind: 'wall' }>;

/** Thinner than this part of the side of a square as large as its smaller face. */
const THIN = 0.3;
/** Of the smaller face, seen along the normal, that the other one must cover. */
const COVERED = 0.5;
/** Bodies with more flat faces have no walls worth listing, and looking at every pair of them would take long. */
const MOST_FACES = 3000;

export function wallsOf(model: Model): Wall[] {
  const { surfaces, body, tolerance_mm } = model;
  const flat = surfaces.flatMap(({ type, normal }, face) => (type === 'plane' && normal ? [{ face, normal }] : []));
  if (flat.length > MOST_FACES) return [];
  /** Going into the material, the first face that is met. */
  const behind = ({
    face,
    normal,
  }: {
    face: number;
    normal: Vector3;
  }): { face: number; gap_mm: number } | undefined => {
    let best: { face: number; gap_mm: number } | undefined;
    for (const other of flat) {
      if (dot(other.normal, normal) > -0.9 || !areParallel(other.normal, normal)) continue;
      const gap_mm = dot(subtract(body.faces[face]!.centroid_mm, body.faces[other.face]!.centroid_mm), normal);
      if (gap_mm < tolerance_mm || (best && best.gap_mm <= gap_mm)) continue;
      if (overlap(model, face, other.face, normal) > 0) best = { face: other.face, gap_mm };
    }
    return best;
  };
  const found = new Map<string, Wall>();
  for (const each of flat) {
    const back = behind(each);
    if (!back) continue;
    const faces = [each.face, back.face].sort((a, b) => a - b);
    const smaller = Math.min(...faces.map((face) => body.faces[face]!.area_mm2));
    if (back.gap_mm > THIN * Math.sqrt(smaller)) continue;
    if (overlap(model, each.face, back.face, each.normal) < COVERED) continue;
    const words = `Wall, ${size(back.gap_mm)} mm thick`;
    found.set(faces.join(), { kind: 'wall', faces, words, thickness_mm: back.gap_mm });
  }
  return [...found.values()];
}

/** How much of the smaller of two faces the other one covers, by their boxes in the plane. */
function overlap(model: Model, a: number, b: number, normal: Vector3): number {
  const u = unit(cross(normal, Math.abs(normal[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]))!;
  const v = cross(normal, u);
  let common = 1;
  let smaller: [number, number] = [1, 1];
  for (const direction of [u, v]) {
    const [[a0, a1], [b0, b1]] = [spanOf(model, a, direction), spanOf(model, b, direction)];
    common *= Math.max(0, Math.min(a1, b1) - Math.max(a0, b0));
    smaller = [smaller[0] * (a1 - a0), smaller[1] * (b1 - b0)];
  }
  return common / Math.max(Math.min(...smaller), 1e-300);
}

function spanOf({ body }: Model, face: number, direction: Vector3): [number, number] {
  const places = body.faces[face]!.edges.flatMap((edge) => {
    const { vertices, centre_mm, curveCentre_mm, radius_mm } = body.edges[edge]!;
    const ends = vertices.map((vertex) => dot(body.vertices_mm[vertex]!, direction));
    const middle = dot(centre_mm, direction);
    const wide = curveCentre_mm && vertices.length < 2 ? (radius_mm ?? 0) : 0;
    return [...ends, middle - wide, middle + wide];
  });
  return [Math.min(...places), Math.max(...places)];
}
