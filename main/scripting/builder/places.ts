/** Planes, axes, profiles, paths and extents as a script may write them. */
import type { Extent, Path, Profile } from '../../../preload/contract/features.ts';
import type { Reference, Vector3 } from '../../../preload/contract/geometry.ts';
import type { AxisLine, Plane } from '../../../preload/contract/sketches.ts';
import { ScriptMistake } from './host.ts';
import { type ReferenceLike, type ReferencesLike, referenceData, referencesData } from './references.ts';
import { SketchStep, Step } from './steps.ts';
import { type AngleValue, angleData, defined, describe, type LengthValue, lengthData } from './values.ts';

export type PrincipalPlane = 'xy' | 'yz' | 'zx';
/**
 * A plane: a principal one, one at a distance from it, that of a planar face, a datum plane, or a frame in space (mm).
 * The frame of `xy` has its axes along X and Y, that of `yz` along Y and Z, that of `zx` along Z and X.
 */
export type PlaneLike =
  | PrincipalPlane
  | Step
  | Plane
  | { plane: PrincipalPlane; offset?: LengthValue }
  | { face: ReferenceLike; offset?: LengthValue }
  | {
      origin: readonly [number, number, number];
      normal: readonly [number, number, number];
      x: readonly [number, number, number];
    };

/** An axis: a principal one, that of an edge, of a face or of a line of a sketch (`sketch.axis('line1')`), or a line in space. */
export type AxisLike =
  | 'x'
  | 'y'
  | 'z'
  | AxisLine
  | { axis: 'x' | 'y' | 'z'; reverse?: boolean }
  | { edge: ReferenceLike; reverse?: boolean }
  | { face: ReferenceLike; reverse?: boolean }
  | { origin: readonly [number, number, number]; direction: readonly [number, number, number] };

/** What a body is made of: a sketch (all its regions), `sketch.regions(...)`, or a planar face. */
export type ProfileLike = SketchStep | Profile | { face: ReferenceLike };
/** What a profile is led along: a sketch (all its curves), `sketch.path(...)`, or edges. */
export type PathLike = SketchStep | Path | { edges: ReferencesLike };

/** How far something goes: exactly one of these. */
export interface ExtentLike {
  /** So far. */
  distance?: LengthValue | undefined;
  /** Through everything that is there. */
  throughAll?: boolean | undefined;
  /** Up to a face, and `offset` beyond it. */
  toFace?: ReferenceLike | undefined;
  offset?: LengthValue | undefined;
}

const PRINCIPAL = new Set(['xy', 'yz', 'zx']);
const vector = (v: readonly [number, number, number]): Vector3 => [v[0], v[1], v[2]];

export function planeData(plane: PlaneLike): Plane {
  if (plane instanceof Step) return { by: 'datum', feature: plane.id };
  if (typeof plane === 'string' && PRINCIPAL.has(plane)) return { by: 'principal', plane };
  if (typeof plane === 'object' && plane !== null) {
    if ('by' in plane) return plane;
    if ('plane' in plane) return { by: 'principal', plane: plane.plane, ...offsetData(plane.offset) };
    if ('face' in plane) return { by: 'face', face: referenceData(plane.face, 'face'), ...offsetData(plane.offset) };
    if ('normal' in plane)
      return { by: 'frame', origin_mm: vector(plane.origin), normal: vector(plane.normal), x: vector(plane.x) };
  }
  throw new ScriptMistake(
    `${describe(plane)} is not a plane.`,
    "Give 'xy', 'yz' or 'zx', { plane: 'xy', offset: '10 mm' }, { face: plate.face('end') }, a datum plane, or { origin, normal, x }.",
  );
}

const offsetData = (offset: LengthValue | undefined): { offset?: { length: string } } =>
  offset === undefined ? {} : { offset: lengthData(offset) };

export function axisData(axis: AxisLike): AxisLine {
  if (axis === 'x' || axis === 'y' || axis === 'z') return { by: 'principal', axis };
  if (typeof axis === 'object' && axis !== null) {
    if ('by' in axis) return axis;
    const reverse = 'reverse' in axis && axis.reverse ? { reverse: true } : {};
    if ('axis' in axis) return { by: 'principal', axis: axis.axis, ...reverse };
    if ('edge' in axis) return { by: 'edge', edge: referenceData(axis.edge, 'edge'), ...reverse };
    if ('face' in axis) return { by: 'face', face: referenceData(axis.face, 'face'), ...reverse };
    if ('direction' in axis) return { by: 'line', origin_mm: vector(axis.origin), direction: vector(axis.direction) };
  }
  throw new ScriptMistake(
    `${describe(axis)} is not an axis.`,
    "Give 'x', 'y' or 'z', sketch.axis('line1'), { edge: '>Z' }, { face: '%CYLINDER' }, or { origin, direction }.",
  );
}

export function profileData(profile: ProfileLike): Profile {
  if (profile instanceof SketchStep) return { by: 'sketch', sketch: profile.id };
  if (typeof profile === 'object' && profile !== null) {
    if ('by' in profile) return profile;
    if ('face' in profile) return { by: 'face', face: referenceData(profile.face, 'face') };
  }
  throw new ScriptMistake(
    `${describe(profile)} is not a profile.`,
    'Give a sketch, sketch.regions([...]), or { face }.',
  );
}

export function pathData(path: PathLike): Path {
  if (path instanceof SketchStep) return { by: 'sketch', sketch: path.id };
  if (typeof path === 'object' && path !== null) {
    if ('by' in path) return path;
    if ('edges' in path) return { by: 'edges', edges: referencesData(path.edges, 'edge') };
  }
  throw new ScriptMistake(`${describe(path)} is not a path.`, 'Give a sketch, sketch.path(...), or { edges }.');
}

export function extentData(extent: ExtentLike, what: string): Extent {
  const { distance, throughAll, toFace, offset } = extent;
  const given = [distance !== undefined, throughAll === true, toFace !== undefined].filter(Boolean).length;
  if (given !== 1)
    throw new ScriptMistake(
      `${what} needs to know how far it goes, by one measure.`,
      'Give one of distance, throughAll: true, or toFace.',
    );
  if (distance !== undefined) return { to: 'distance', distance: lengthData(distance) };
  if (toFace !== undefined) return { to: 'face', face: referenceData(toFace, 'face'), ...offsetData(offset) };
  return { to: 'through-all' };
}

/** A translation, and a turn about an axis. */
export interface Movement {
  by?: readonly [LengthValue, LengthValue, LengthValue];
  turn?: { axis: AxisLike; angle: AngleValue };
}

export const movementData = ({ by = [0, 0, 0], turn }: Movement) => ({
  translation: [lengthData(by[0]), lengthData(by[1]), lengthData(by[2])] as [
    { length: string },
    { length: string },
    { length: string },
  ],
  ...defined({ rotation: turn && { axis: axisData(turn.axis), angle: angleData(turn.angle) } }),
});

/** A body's name, or the step that made it. */
export type BodyLike = string | Step;
export const bodyName = (body: BodyLike): string => (body instanceof Step ? body.body() : body);
export const bodiesData = (bodies: readonly BodyLike[] | undefined): string[] | undefined => bodies?.map(bodyName);

export const stepId = (step: Step | string): string => (step instanceof Step ? step.id : step);
export type { Reference };
