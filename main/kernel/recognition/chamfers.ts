/**
 * Chamfers: narrow flat or conical strips along an outer edge, leaning by 30 to 60 degrees to the faces beside them. A strip
 * between strips of its own width (the sides of an octagon) is no chamfer.
 */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { cross, length, subtract } from '../modeller/vectors.ts';
import { acrossAxis, alongAxis, areParallel, groupsOf, type Model, pointsOf } from './model.ts';
import { degrees, plural, size } from './words.ts';

export type Chamfer = Extract<RecognisedFeature, { kind: 'chamfer' }>;

const LEAN_rad: [number, number] = [(29.5 * Math.PI) / 180, (60.5 * Math.PI) / 180];
/** Together the two leans are the turn of the edge: at 100 degrees the side of a hexagon is still no chamfer. */
const MOST_TURN_rad = (100 * Math.PI) / 180;
/** Widest in relation to its own length. */
const NARROW = 0.75;

/** How far the area of a strip may be from that of the trapezium between its long sides. */
const UNLIKE_STRIP = 0.3;

interface Strip {
  face: number;
  distance_mm: number;
  angle_rad: number;
  width_mm: number;
  beside: [number, number];
}

export function chamfersOf(model: Model, taken: ReadonlySet<number>): Chamfer[] {
  const strips = new Map<number, Strip>();
  model.surfaces.forEach(({ type, concave }, face) => {
    if (taken.has(face)) return;
    const strip =
      type === 'plane' ? flatStrip(model, face) : type === 'cone' && !concave ? coneStrip(model, face) : undefined;
    if (strip) strips.set(face, strip);
  });
  const real = [...strips.values()].filter(
    (strip) =>
      !strip.beside.some((face) => (strips.get(face)?.width_mm ?? Number.POSITIVE_INFINITY) < strip.width_mm * 1.4),
  );
  const byFace = new Map(real.map((strip) => [strip.face, strip]));
  const chains = groupsOf(
    byFace.keys(),
    (face) => model.neighbours[face]!.map((each) => each.face),
    (a, b) => {
      const [one, other] = [byFace.get(a)!, byFace.get(b)!];
      return (
        Math.abs(one.distance_mm - other.distance_mm) < model.tolerance_mm &&
        Math.abs(one.angle_rad - other.angle_rad) < 1e-3
      );
    },
  );
  return chains.map((faces) => {
    const { distance_mm, angle_rad } = byFace.get(faces[0]!)!;
    return {
      kind: 'chamfer',
      faces: faces.sort((a, b) => a - b),
      words: `Chamfer, ${size(distance_mm)} mm at ${degrees(angle_rad)}${faces.length > 1 ? `, ${plural(faces.length, 'face')}` : ''}`,
      distance_mm,
      angle_rad,
    };
  });
}

interface Side {
  face: number;
  angle_rad: number;
  ends: [Vector3, Vector3];
  length_mm: number;
}

function flatStrip(model: Model, face: number): Strip | undefined {
  const { body, neighbours, surfaces } = model;
  const sides = neighbours[face]!.flatMap(({ face: other, edge, angle_rad }): Side[] => {
    const info = body.edges[edge]!;
    const ends = pointsOf(body, info);
    const straight =
      ends.length === 2 && Math.abs(length(subtract(ends[0]!, ends[1]!)) - info.length_mm) < 1e-4 * info.length_mm;
    // Plane faces only: beside a cylinder a flat is a flat.
    return straight && leans(angle_rad) && surfaces[other]!.type === 'plane'
      ? [{ face: other, angle_rad, ends: [ends[0]!, ends[1]!], length_mm: info.length_mm }]
      : [];
  });
  // The two longest; a third one makes it a facet.
  const [a, b] = sides.sort((x, y) => y.length_mm - x.length_mm);
  if (!a || !b || a.face === b.face) return undefined;
  const along = subtract(a.ends[1], a.ends[0]);
  const other = subtract(b.ends[1], b.ends[0]);
  if (length(cross(along, other)) > 1e-3 * length(along) * length(other)) return undefined;
  const width_mm = length(cross(subtract(b.ends[0], a.ends[0]), along)) / length(along);
  if (!(width_mm > model.tolerance_mm) || width_mm > NARROW * Math.min(a.length_mm, b.length_mm)) return undefined;
  // The face is the strip between the two, not a large face that leans at two of its edges.
  const area_mm2 = (width_mm * (a.length_mm + b.length_mm)) / 2;
  if (Math.abs(body.faces[face]!.area_mm2 - area_mm2) > UNLIKE_STRIP * area_mm2) return undefined;
  return stripOf(face, width_mm, a, b);
}

function coneStrip(model: Model, face: number): Strip | undefined {
  const { body, neighbours, surfaces } = model;
  const { axis } = surfaces[face]!;
  if (!axis) return undefined;
  const rims = neighbours[face]!.flatMap(({ face: other, edge, angle_rad }) => {
    const { curveCentre_mm, radius_mm, direction, length_mm } = body.edges[edge]!;
    if (!curveCentre_mm || !direction || radius_mm === undefined || !leans(angle_rad)) return [];
    if (!areParallel(direction, axis.direction) || length(acrossAxis(axis, curveCentre_mm)) > model.tolerance_mm)
      return [];
    const beside = surfaces[other]!;
    const fits =
      (beside.type === 'plane' && beside.normal && areParallel(beside.normal, axis.direction)) ||
      (beside.type === 'cylinder' && beside.axis && areParallel(beside.axis.direction, axis.direction));
    return fits ? [{ face: other, angle_rad, radius_mm, place_mm: alongAxis(axis, curveCentre_mm), length_mm }] : [];
  });
  const a = rims[0];
  const b = rims.find((rim) => a && Math.abs(rim.place_mm - a.place_mm) > model.tolerance_mm);
  if (!a || !b) return undefined;
  const width_mm = Math.hypot(a.place_mm - b.place_mm, a.radius_mm - b.radius_mm);
  // The end of a spindle is a taper, not a chamfer.
  if (width_mm > Math.max(a.radius_mm, b.radius_mm)) return undefined;
  return stripOf(face, width_mm, a, b);
}

const leans = (angle_rad: number): boolean => angle_rad > LEAN_rad[0] && angle_rad < LEAN_rad[1];

type Beside = Pick<Side, 'face' | 'angle_rad'>;

/** Its legs on the two faces follow from the triangle that it cut off; the longer one is its distance. */
function stripOf(face: number, width_mm: number, a: Beside, b: Beside): Strip | undefined {
  const turn = a.angle_rad + b.angle_rad;
  if (turn > MOST_TURN_rad) return undefined;
  const legs = [Math.sin(b.angle_rad), Math.sin(a.angle_rad)].map((sine) => (width_mm * sine) / Math.sin(turn));
  const longer = legs[0]! >= legs[1]! - 1e-9 * width_mm ? 0 : 1;
  return {
    face,
    width_mm,
    distance_mm: legs[longer]!,
    angle_rad: [a, b][longer]!.angle_rad,
    beside: [a.face, b.face],
  };
}
