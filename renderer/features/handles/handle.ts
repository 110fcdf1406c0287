/** Where the arrow of the edited step stands and which way it points. Pure. */
import type { BodyInfo, Feature, FeatureOutcome, Vector3 } from '../../../preload/contract/index.ts';
import { add, addScaled, normalise, scale } from '../../viewport/vector.ts';

export interface Handle {
  origin_mm: Vector3;
  /** Unit: the value grows this way. */
  direction: Vector3;
  /** The value as typed. */
  text: string;
  /** The step with another value. */
  withValue(text: string): Feature;
}

interface Located {
  body: number;
  index: number;
}

/** The middle of a solved sketch's points, and its normal, in the part. */
function sketchPlace(outcome: FeatureOutcome | undefined): { at: Vector3; normal: Vector3 } | null {
  const { frame, entities } = outcome?.sketch ?? {};
  if (!frame || !entities) return null;
  const points = entities.filter(
    (entity): entity is { x_mm: number; y_mm: number } =>
      (entity as { kind?: unknown }).kind === 'point' && typeof (entity as { x_mm?: unknown }).x_mm === 'number',
  );
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const x = points.length === 0 ? 0 : middle(points.map(({ x_mm }) => x_mm));
  const y = points.length === 0 ? 0 : middle(points.map(({ y_mm }) => y_mm));
  const at = [0, 1, 2].map((row) => frame[4 * row]! * x + frame[4 * row + 1]! * y + frame[4 * row + 3]!) as Vector3;
  return { at, normal: normalise([frame[2]!, frame[6]!, frame[10]!]) };
}

export interface HandleWorld {
  /** Bodies before the step. */
  bodies: readonly BodyInfo[];
  faces: readonly Located[];
  edges: readonly Located[];
  /** What became of an earlier step. */
  outcomeOf(id: string): FeatureOutcome | undefined;
}

export function handleOf(feature: Feature, world: HandleWorld): Handle | null {
  const faceOf = ({ body, index }: Located) => world.bodies[body]?.faces[index];
  if (feature.kind === 'extrude' && feature.extent.to === 'distance') {
    const face = feature.profile.by === 'face' ? world.faces[0] && faceOf(world.faces[0]) : undefined;
    const place =
      feature.profile.by === 'sketch'
        ? sketchPlace(world.outcomeOf(feature.profile.sketch))
        : face?.normal && { at: face.centroid_mm, normal: face.normal };
    if (!place) return null;
    return {
      origin_mm: place.at,
      direction: feature.direction === 'reverse' ? scale(place.normal, -1) : place.normal,
      text: feature.extent.distance.length,
      withValue: (length) => ({ ...feature, extent: { to: 'distance', distance: { length } } }),
    };
  }
  if (feature.kind === 'offset-face') {
    const face = world.faces[0] && faceOf(world.faces[0]);
    if (!face?.normal) return null;
    return {
      origin_mm: face.centroid_mm,
      direction: face.normal,
      text: feature.distance.length,
      withValue: (length) => ({ ...feature, distance: { length } }),
    };
  }
  if (feature.kind === 'fillet') {
    const [first] = world.edges;
    const edge = first && world.bodies[first.body]?.edges[first.index];
    if (!first || !edge) return null;
    const normals = edge.faces
      .map((face) => world.bodies[first.body]?.faces[face]?.normal)
      .filter((normal): normal is Vector3 => normal !== undefined);
    const outward = normals.reduce<Vector3>((sum, normal) => add(sum, normal), [0, 0, 0]);
    // Into the material, where the round grows.
    return {
      origin_mm: edge.centre_mm,
      direction: scale(normalise(outward), -1),
      text: feature.radius.length,
      withValue: (length) => ({ ...feature, radius: { length } }),
    };
  }
  return null;
}

/** Rounded to what a hand can aim at: a step of the decade that a pixel is about. */
export function roundedTo(value_mm: number, pixel_mm: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(pixel_mm, 1e-6) * 4));
  return Number((Math.round(value_mm / step) * step).toPrecision(8));
}

export const tipOf = (handle: Handle, value_mm: number): Vector3 =>
  addScaled(handle.origin_mm, handle.direction, value_mm);
