/** In which direction the two halves of a mould come apart. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import { candidateDirections, isReached } from '../../geometry/reach.ts';
import type { Shape } from '../../geometry/shape.ts';
import { degrees, dot, scale } from '../../geometry/vectors.ts';

export interface Pull {
  /** Of the upper half; the lower one goes the other way. */
  direction: Vector3;
  /** By sample: 1 from above, 2 from below, 3 from both, 0 from neither. */
  halves: Uint8Array;
  /** By face: the share of it that neither half comes off. */
  hidden: Float64Array;
  /** By face: the most that it leans from the pull, degrees. */
  draft_deg: Float64Array;
}

const MOST_TRIED = 8;
/** To choose a direction. */
const COARSELY = 3;

/** The direction with the least to hide, of those the one with the least upright, of those the flattest mould. */
export function bestPull(
  shape: Shape,
  isCast: (face: number) => boolean,
  wanted: Vector3 | undefined,
  least_deg: number,
): Pull {
  const tried: Vector3[] = [];
  for (const direction of wanted ? [wanted] : candidateDirections(shape)) {
    if (tried.length === MOST_TRIED) break;
    if (!tried.some((known) => Math.abs(dot(known, direction)) > 0.999)) tried.push(direction);
  }
  const { box } = shape.info;
  let best: { pull: Pull; score: number } | null = null;
  for (const direction of tried) {
    const pull = pullAlong(shape, direction, COARSELY);
    let [hidden, upright, whole] = [0, 0, 0];
    shape.info.faces.forEach(({ area_mm2 }, face) => {
      if (!isCast(face)) return;
      whole += area_mm2;
      hidden += pull.hidden[face]! * area_mm2;
      if (pull.draft_deg[face]! < least_deg) upright += area_mm2;
    });
    const depth = [0, 1, 2].reduce((sum, k) => sum + Math.abs(direction[k]!) * (box.max[k]! - box.min[k]!), 0);
    const score = (10 * hidden + upright) / Math.max(whole, 1e-12) + (0.1 * depth) / shape.triangles.diagonal_mm;
    if (!best || score < best.score - 1e-9) best = { pull, score };
  }
  return pullAlong(shape, best!.pull.direction, 1);
}

/** @param every so manyth sample is looked at */
function pullAlong(shape: Shape, direction: Vector3, every: number): Pull {
  const down = scale(direction, -1);
  const faces = shape.info.faces.length;
  const hidden = new Float64Array(faces);
  const whole = new Float64Array(faces);
  const draft_deg = new Float64Array(faces);
  const halves = Uint8Array.from(shape.samples, (sample, i) => {
    if (i % every !== 0) return 3;
    const half = (isReached(shape, sample, direction) ? 1 : 0) | (isReached(shape, sample, down) ? 2 : 0);
    whole[sample.face]! += sample.area_mm2;
    if (half === 0) hidden[sample.face]! += sample.area_mm2;
    const lean = degrees(Math.asin(Math.min(1, Math.abs(dot(sample.normal, direction)))));
    draft_deg[sample.face] = Math.max(draft_deg[sample.face]!, lean);
    return half;
  });
  return { direction, halves, hidden: hidden.map((area, face) => area / Math.max(whole[face]!, 1e-300)), draft_deg };
}
