/** Which way up a part is printed, and what hangs over nothing then. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import { candidateDirections } from '../../geometry/reach.ts';
import type { Sample } from '../../geometry/samples.ts';
import type { Shape } from '../../geometry/shape.ts';
import { acrossOf, along, degrees, dot, scale } from '../../geometry/vectors.ts';

export interface Hanging {
  sample: Sample;
  /** From upright, degrees: 90 is a ceiling. */
  angle_deg: number;
  /** Between walls on both sides, the narrow way; null where one side is open. */
  span_mm: number | null;
  /** Down to the bed or to the part below. */
  height_mm: number;
}

export interface Build {
  up: Vector3;
  hanging: Hanging[];
  /** Of what support has to hold. */
  supported_mm2: number;
  support_mm3: number;
  height_mm: number;
  /** Of what stands flat on the bed. */
  contact_mm2: number;
}

export interface Limits {
  overhang_deg: number;
  bridge_mm: number;
  ledge_mm: number;
}

const MOST_TRIED = 12;
/** To choose a direction, so manyth samples are enough. */
const COARSELY = 3;

/** A part that stands on less of its surface than this has to be held as well. */
const LEAST_CONTACT = 0.01;
const TOPPLES = 0.2;

/** The orientation with the least to support, that stands by itself; of equals the lowest. */
export function bestBuild(
  shape: Shape,
  limits: Limits,
  wanted: Vector3 | undefined,
  leaveOut: (face: number, up: Vector3) => boolean,
): Build {
  const tried = wanted ? [wanted] : candidateDirections(shape).slice(0, MOST_TRIED);
  let best: { build: Build; score: number } | null = null;
  for (const up of tried) {
    const build = buildAlong(shape, up, limits, leaveOut, tried.length > 1 ? COARSELY : 1);
    const { area_mm2 } = shape.info.mass;
    const score =
      build.supported_mm2 / area_mm2 +
      (build.contact_mm2 < LEAST_CONTACT * area_mm2 ? TOPPLES : 0) +
      (0.02 * build.height_mm) / shape.triangles.diagonal_mm;
    if (!best || score < best.score - 1e-9) best = { build, score };
  }
  return tried.length > 1 ? buildAlong(shape, best!.build.up, limits, leaveOut, 1) : best!.build;
}

/** @param every so manyth sample is looked at, and stands for that many */
function buildAlong(
  shape: Shape,
  up: Vector3,
  limits: Limits,
  leaveOut: (face: number, up: Vector3) => boolean,
  every: number,
): Build {
  const { samples, lift_mm, tree } = shape;
  const [low, high] = range(shape, up);
  const bed = 1e-3 * (high - low) + lift_mm;
  const steep = Math.sin((limits.overhang_deg * Math.PI) / 180) + 1e-3;
  const down = scale(up, -1);
  const hanging: Hanging[] = [];
  let contact_mm2 = 0;
  for (let i = 0; i < samples.length; i += every) {
    const sample = samples[i]!;
    const fall = -dot(sample.normal, up);
    if (fall > 0.999 && dot(sample.point, up) - low < bed) contact_mm2 += every * sample.area_mm2;
    if (fall <= steep || dot(sample.point, up) - low < bed || leaveOut(sample.face, up)) continue;
    const below = tree.first(along(sample.start, sample.normal, lift_mm), down);
    hanging.push({
      sample,
      angle_deg: degrees(Math.asin(Math.min(1, fall))),
      span_mm: spanOf(shape, sample, up),
      height_mm: below ? below.distance_mm : dot(sample.point, up) - low,
    });
  }
  const wide = withoutLedges(shape, hanging, limits.ledge_mm / every);
  const held = wide.filter(({ span_mm }) => span_mm === null || span_mm > limits.bridge_mm);
  return {
    up,
    hanging: wide,
    supported_mm2: every * held.reduce((sum, { sample }) => sum + sample.area_mm2 * -dot(sample.normal, up), 0),
    support_mm3:
      every *
      held.reduce((sum, { sample, height_mm }) => sum + sample.area_mm2 * -dot(sample.normal, up) * height_mm, 0),
    height_mm: high - low,
    contact_mm2,
  };
}

function range({ triangles: { corners } }: Shape, up: Vector3): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < corners.length; i += 3) {
    const height = corners[i]! * up[0] + corners[i + 1]! * up[1] + corners[i + 2]! * up[2];
    if (height < low) low = height;
    if (height > high) high = height;
  }
  return [low, high];
}

/** The first lines of a layer that sticks out a little hold on to the ones beside them. */
function withoutLedges({ info }: Shape, hanging: readonly Hanging[], ledge_mm: number): Hanging[] {
  const area = new Float64Array(info.faces.length);
  for (const { sample } of hanging) area[sample.face]! += sample.area_mm2;
  const longest = info.faces.map(({ edges }) => Math.max(0, ...edges.map((edge) => info.edges[edge]!.length_mm)));
  return hanging.filter(({ sample: { face } }) => area[face]! > ledge_mm * longest[face]!);
}

/** Just below a ceiling, sideways to what carries it: the shortest way across that ends at a wall on both sides. */
function spanOf({ tree, lift_mm }: Shape, { start, normal }: Sample, up: Vector3): number | null {
  const from = along(start, normal, 2 * lift_mm);
  const [u, v] = acrossOf(up);
  let best: number | null = null;
  for (let i = 0; i < 6; i++) {
    const turn = (Math.PI * i) / 6;
    const direction = along(scale(u, Math.cos(turn)), v, Math.sin(turn));
    const one = tree.first(from, direction);
    if (!one || (best !== null && one.distance_mm >= best)) continue;
    const other = tree.first(from, scale(direction, -1));
    if (other && (best === null || one.distance_mm + other.distance_mm < best))
      best = one.distance_mm + other.distance_mm;
  }
  return best;
}
