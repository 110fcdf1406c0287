/** Flat walls: two parallel faces back to back with material between them, thin beside their size. */
import type { BodyInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { cross, dot, unit } from '../modeller/vectors.ts';
import { areParallel, type Model } from './model.ts';
import { size } from './words.ts';

export type Wall = Extract<RecognisedFeature, { kind: 'wall' }>;

/** Thinner than this part of the side of a square as large as its smaller face. */
const THIN = 0.3;
/** Of the smaller face, seen along the normal, that the other one must cover. */
const COVERED = 0.5;
/** A flat face in a bundle of parallel ones. */
interface Flat {
  face: number;
  area_mm2: number;
  /** Along the direction of the bundle. */
  height_mm: number;
  looksUp: boolean;
  /** Across the direction of the bundle. */
  spans: readonly [number, number][];
}

export function wallsOf(model: Model): Wall[] {
  const found = new Map<string, Wall>();
  for (const bundle of bundlesOf(model))
    bundle.forEach((each, place) => {
      const back = behind(model, bundle, place);
      if (!back) return;
      const thickness_mm = Math.abs(each.height_mm - back.height_mm);
      if (thickness_mm > THIN * Math.sqrt(Math.min(each.area_mm2, back.area_mm2))) return;
      if (overlap(each, back) < COVERED) return;
      const faces = [each.face, back.face].sort((a, b) => a - b);
      found.set(faces.join(), { kind: 'wall', faces, words: `Wall, ${size(thickness_mm)} mm thick`, thickness_mm });
    });
  return [...found.values()];
}

/** Flat faces by the direction that they look along or against, by height. */
function bundlesOf({ surfaces, body }: Model): Flat[][] {
  const bundles: { normal: Vector3; across: Vector3[]; faces: Flat[] }[] = [];
  surfaces.forEach(({ type, normal }, face) => {
    if (type !== 'plane' || !normal) return;
    let bundle = bundles.find((each) => areParallel(each.normal, normal));
    if (!bundle) {
      const u = unit(cross(normal, Math.abs(normal[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]))!;
      bundle = { normal, across: [u, cross(normal, u)], faces: [] };
      bundles.push(bundle);
    }
    const { centroid_mm, area_mm2 } = body.faces[face]!;
    bundle.faces.push({
      face,
      area_mm2,
      height_mm: dot(centroid_mm, bundle.normal),
      looksUp: dot(normal, bundle.normal) > 0,
      spans: bundle.across.map((direction) => spanOf(body, face, direction)),
    });
  });
  return bundles.map(({ faces }) => faces.sort((a, b) => a.height_mm - b.height_mm));
}

/** Going into the material, the first face that is met; not looked for further than a wall can be thick. */
function behind({ tolerance_mm }: Model, bundle: readonly Flat[], place: number): Flat | undefined {
  const from = bundle[place]!;
  const step = from.looksUp ? -1 : 1;
  const furthest_mm = THIN * Math.sqrt(from.area_mm2);
  for (let at = place + step; at >= 0 && at < bundle.length; at += step) {
    const other = bundle[at]!;
    const gap_mm = Math.abs(other.height_mm - from.height_mm);
    if (gap_mm > furthest_mm) return undefined;
    if (other.looksUp !== from.looksUp && gap_mm > tolerance_mm && overlap(from, other) > 0) return other;
  }
  return undefined;
}

/** How much of the smaller of two faces the other one covers, by their boxes in the plane. */
function overlap(a: Flat, b: Flat): number {
  let common = 1;
  let smaller: [number, number] = [1, 1];
  a.spans.forEach(([a0, a1], i) => {
    const [b0, b1] = b.spans[i]!;
    common *= Math.max(0, Math.min(a1, b1) - Math.max(a0, b0));
    smaller = [smaller[0] * (a1 - a0), smaller[1] * (b1 - b0)];
  });
  return common / Math.max(Math.min(...smaller), 1e-300);
}

function spanOf(body: BodyInfo, face: number, direction: Vector3): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const note = (place: number): void => {
    least = Math.min(least, place);
    most = Math.max(most, place);
  };
  for (const edge of body.faces[face]!.edges) {
    const { vertices, centre_mm, curveCentre_mm, radius_mm } = body.edges[edge]!;
    for (const vertex of vertices) note(dot(body.vertices_mm[vertex]!, direction));
    const wide_mm = curveCentre_mm && vertices.length < 2 ? (radius_mm ?? 0) : 0;
    note(dot(centre_mm, direction) - wide_mm);
    note(dot(centre_mm, direction) + wide_mm);
  }
  return [least, most];
}
