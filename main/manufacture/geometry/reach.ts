/** From which sides a body can be reached, and the fewest sides from which all of it can. */
import type { Vector3 } from '../../../preload/contract/index.ts';
import type { Sample } from './samples.ts';
import type { Shape } from './shape.ts';
import { dot, scale } from './vectors.ts';

/** Directions out of the part, towards the tool. */
export interface Reach {
  directions: Vector3[];
  /** By sample: a bit for each direction from which it can be reached. */
  masks: Uint32Array;
}

/** Directions nearer than this are one. */
const SAME = Math.cos((2 * Math.PI) / 180);
/** A wall that leans in by less than this is as good as upright. */
const UPRIGHT = -Math.sin((0.5 * Math.PI) / 180);
export const MOST_DIRECTIONS = 30;

/** The directions that faces ask for: flat ones along their normals, round ones along their axes. The largest first. */
export function candidateDirections({ surfaces, info }: Shape): Vector3[] {
  const found: { direction: Vector3; area: number }[] = [];
  const note = (direction: Vector3, area: number): void => {
    const known = found.find((each) => dot(each.direction, direction) > SAME);
    if (known) known.area += area;
    else found.push({ direction, area });
  };
  surfaces.forEach(({ type, normal, axis }, face) => {
    const area = info.faces[face]!.area_mm2;
    if (type === 'plane' && normal) note(normal, area);
    else if ((type === 'cylinder' || type === 'cone' || type === 'torus') && axis)
      for (const sign of [1, -1]) note(scale(axis.direction, sign), area / 2);
  });
  for (const axis of [0, 1, 2])
    for (const sign of [1, -1]) note([0, 1, 2].map((k) => (k === axis ? sign : 0)) as Vector3, 0);
  return found
    .sort((a, b) => b.area - a.area)
    .slice(0, MOST_DIRECTIONS)
    .map(({ direction }) => direction);
}

export function reachOf(shape: Shape, directions: Vector3[]): Reach {
  const masks = new Uint32Array(shape.samples.length);
  shape.samples.forEach((sample, i) => {
    directions.forEach((direction, bit) => {
      if (isReached(shape, sample, direction)) masks[i]! |= 1 << bit;
    });
  });
  return { directions, masks };
}

export const isReached = (shape: Shape, sample: Sample, direction: Vector3): boolean =>
  dot(sample.normal, direction) > UPRIGHT && shape.isFree(sample, direction);

export const reaches = (masks: Uint32Array, sample: number, direction: number): boolean =>
  ((masks[sample]! >>> direction) & 1) === 1;

/** A flat face is better made with the end of the tool than with its flank. */
const ENDS_BETTER = 1.2;
const FACE_ON = 0.95;

/** Too little of a face to turn the part for: a rim that a facet hides. */
export const NEGLIGIBLE = 0.15;

/**
 * Directions from which everything that can be reached is reached: the one that reaches most faces first, then the one that
 * adds most, and so on; one that became unnecessary is dropped again.
 */
export function fewestDirections({ directions, masks }: Reach, shape: Shape): number[] {
  const weights = sharesOfFace(shape);
  const covered = new Uint8Array(weights.length);
  const chosen: number[] = [];
  for (;;) {
    let best = -1;
    let most = 0;
    for (let bit = 0; bit < directions.length; bit++) {
      const gains = new Float64Array(shape.info.faces.length);
      let gain = 0;
      for (let i = 0; i < weights.length; i++) {
        if (covered[i] || !reaches(masks, i, bit)) continue;
        const { face, normal } = shape.samples[i]!;
        gains[face]! += weights[i]! * (dot(normal, directions[bit]!) > FACE_ON ? ENDS_BETTER : 1);
      }
      for (const each of gains) if (each > NEGLIGIBLE) gain += each;
      if (gain > most * (1 + 1e-9)) [best, most] = [bit, gain];
    }
    if (best < 0) break;
    chosen.push(best);
    for (let i = 0; i < weights.length; i++) if (reaches(masks, i, best)) covered[i] = 1;
  }
  for (const bit of [...chosen].reverse()) {
    const rest = chosen.filter((each) => each !== bit);
    const lost = new Float64Array(shape.info.faces.length);
    weights.forEach((weight, i) => {
      if (covered[i] && !rest.some((each) => reaches(masks, i, each))) lost[shape.samples[i]!.face]! += weight;
    });
    if (lost.every((each) => each <= NEGLIGIBLE)) chosen.splice(chosen.indexOf(bit), 1);
  }
  return chosen;
}

/** By sample: which part of its face it stands for. */
export function sharesOfFace({ samples, info }: Shape): Float64Array {
  const whole = new Float64Array(info.faces.length);
  for (const { face, area_mm2 } of samples) whole[face]! += area_mm2;
  return Float64Array.from(samples, ({ face, area_mm2 }) => area_mm2 / whole[face]!);
}

/** By face: the share of its area that is reached from some of the directions. */
export function sharesByFace({ masks }: Reach, shape: Shape, directions: number): Float64Array {
  const reached = new Float64Array(shape.info.faces.length);
  const all = new Float64Array(shape.info.faces.length);
  shape.samples.forEach(({ face, area_mm2 }, i) => {
    all[face]! += area_mm2;
    if ((masks[i]! & directions) !== 0) reached[face]! += area_mm2;
  });
  return reached.map((area, face) => (all[face]! > 0 ? area / all[face]! : 1));
}
