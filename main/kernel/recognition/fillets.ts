/**
 * Constant-radius fillets: cylinders and tori that are tangent to a face along each of their two long sides, and balls in the
 * corners between them. Such faces of one radius that hang together are one fillet.
 */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { add, cross, dot, length, subtract, unit } from '../modeller/vectors.ts';
import { sameSurface } from './bores.ts';
import { acrossAxis, alongAxis, groupsOf, isSmooth, type Model, pointsOf, type Surface } from './model.ts';
import { plural, size } from './words.ts';

export type Fillet = Extract<RecognisedFeature, { kind: 'fillet' }>;

/** A fillet turns by this much at least, and by less than a half turn: a rounded end is none. */
const LEAST_TURN_rad = 0.03;
const MOST_TURN_rad = Math.PI - 0.05;
/** A side of a face stays at one place around the tube to this. */
const SIDE_rad = 2e-3;

/** A side of a face that narrows to a mitre is at least this part of the face's mean length. */
const LEAST_SIDE = 0.2;

/** Faces of one cylinder or torus that hang together. */
interface Roll {
  faces: number[];
  radius_mm: number;
  concave: boolean;
  /** Faces that it is tangent to along its sides. */
  supports: number[];
}

export function filletsOf(model: Model, taken: ReadonlySet<number>): Fillet[] {
  const { surfaces, neighbours, body, tolerance_mm } = model;
  const round = surfaces.flatMap(({ type, concave }, face) =>
    (type === 'cylinder' || type === 'torus') && concave !== undefined && !taken.has(face) ? [face] : [],
  );
  const next = (face: number): number[] => neighbours[face]!.map((each) => each.face);
  const rolls = groupsOf(round, next, (a, b) =>
    sameSurface(surfaces[a]!, surfaces[b]!, body.faces[a]!.centroid_mm, tolerance_mm),
  ).flatMap((faces) => {
    const roll = rollOf(model, faces);
    return roll ? [roll] : [];
  });
  // Smallest first: a face that a smaller fillet leans on is a wall of the body, however round it is.
  const accepted = new Map<number, Roll>();
  for (const roll of rolls.sort((a, b) => a.radius_mm - b.radius_mm)) {
    const leanedOn = roll.supports.some((face) => {
      const smaller = accepted.get(face);
      return (
        smaller !== undefined &&
        smaller.radius_mm < roll.radius_mm - tolerance_mm &&
        smaller.supports.some((support) => roll.faces.includes(support))
      );
    });
    if (!leanedOn) for (const face of roll.faces) accepted.set(face, roll);
  }
  const members = new Map<number, { radius_mm: number; concave: boolean }>(accepted);
  for (const [face, ball] of ballsOf(model, accepted)) members.set(face, ball);
  const chains = groupsOf(members.keys(), next, (a, b) => {
    const [one, other] = [members.get(a)!, members.get(b)!];
    return one.concave === other.concave && Math.abs(one.radius_mm - other.radius_mm) < tolerance_mm;
  });
  return chains.map((faces) => {
    const { radius_mm, concave } = members.get(faces[0]!)!;
    const where = concave ? 'Inner fillet' : 'Fillet';
    return {
      kind: 'fillet',
      faces: faces.sort((a, b) => a - b),
      words: `${where}, ${size(radius_mm)} mm${faces.length > 1 ? `, ${plural(faces.length, 'face')}` : ''}`,
      radius_mm,
      concave,
    };
  });
}

function rollOf(model: Model, faces: number[]): Roll | undefined {
  const { surfaces, neighbours, body } = model;
  const surface = surfaces[faces[0]!]!;
  const sides: { place: Vector3; face: number; length_mm: number; smooth: boolean }[] = [];
  for (const from of faces)
    for (const { face, edge, angle_rad } of neighbours[from]!) {
      if (faces.includes(face)) continue;
      const info = body.edges[edge]!;
      const ends = pointsOf(body, info);
      const place = ends[0] && runsAlong(surface, ends, info.length_mm) ? aroundTube(surface, ends[0]) : undefined;
      if (place) sides.push({ place, face, length_mm: info.length_mm, smooth: isSmooth(angle_rad) });
    }
  const both = furthest(sides.map(({ place }) => place));
  if (!both) return undefined;
  const turn = Math.acos(Math.min(1, Math.max(-1, dot(both[0], both[1]))));
  if (turn < LEAST_TURN_rad || turn > MOST_TURN_rad) return undefined;
  const between = add(both[0], both[1]);
  const wraps = faces.some((face) => {
    // Round the far side: the sides are as near to each other as those of a fillet, but the face is not between them.
    const { sweep, axis, type } = surfaces[face]!;
    if (type !== 'cylinder' || !axis) return false;
    return (sweep?.angle_rad ?? 0) > Math.PI || dot(acrossAxis(axis, body.faces[face]!.centroid_mm), between) <= 0;
  });
  if (wraps) return undefined;
  const area_mm2 = faces.reduce((sum, face) => sum + body.faces[face]!.area_mm2, 0);
  const radius_mm = surface.type === 'torus' ? surface.minorRadius_mm : surface.radius_mm;
  for (const side of both) {
    const here = sides.filter(({ place }) => length(subtract(place, side)) < SIDE_rad);
    const all = here.reduce((sum, { length_mm }) => sum + length_mm, 0);
    const smooth = here.reduce((sum, each) => sum + (each.smooth ? each.length_mm : 0), 0);
    // Tangent along most of the side, and the side is as long as the face rather than a touch at one place of it.
    if (smooth < all / 2 || smooth < (LEAST_SIDE * area_mm2) / (radius_mm * turn)) return undefined;
  }
  return {
    faces,
    radius_mm,
    concave: surface.concave!,
    supports: [...new Set(sides.filter(({ smooth }) => smooth).map(({ face }) => face))],
  };
}

/** The direction from the middle of the tube to a point of it: in space for a cylinder, in the half plane of a torus. */
function aroundTube({ type, axis, radius_mm }: Surface, point: Vector3): Vector3 | undefined {
  if (!axis) return undefined;
  const across = acrossAxis(axis, point);
  if (type === 'cylinder') return unit(across);
  return unit([length(across) - radius_mm, alongAxis(axis, point), 0]);
}

/** Whether an edge stays at one place around the tube. */
function runsAlong(surface: Surface, ends: readonly Vector3[], length_mm: number): boolean {
  const { axis, type } = surface;
  const places = ends.map((end) => aroundTube(surface, end));
  if (!axis || places.some((place) => !place || length(subtract(place, places[0]!)) > SIDE_rad)) return false;
  const same = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3 * length_mm;
  if (type === 'cylinder') return ends.length === 2 && same(length(subtract(ends[0]!, ends[1]!)), length_mm);
  // An arc about the axis: as long as the turn between its ends, or as the rest of it.
  const radials = ends.map((end) => acrossAxis(axis, end));
  const radius = length(radials[0]!);
  const turn =
    ends.length === 2
      ? Math.atan2(length(cross(radials[0]!, radials[1]!)), dot(radials[0]!, radials[1]!))
      : 2 * Math.PI;
  return same(radius * turn, length_mm) || same(radius * (2 * Math.PI - turn), length_mm);
}

/** The two places that are furthest apart. */
function furthest(places: readonly Vector3[]): [Vector3, Vector3] | undefined {
  let best: [Vector3, Vector3] | undefined;
  for (const a of places) for (const b of places) if (!best || dot(a, b) < dot(best[0], best[1])) best = [a, b];
  return best;
}

/** Balls where fillets of one radius meet: smooth all round, and beside two of them at least. */
function ballsOf({ surfaces, neighbours, tolerance_mm }: Model, accepted: ReadonlyMap<number, Roll>): [number, Roll][] {
  return surfaces.flatMap((surface, face): [number, Roll][] => {
    const { type, concave, radius_mm } = surface;
    const around = neighbours[face]!;
    if (type !== 'sphere' || concave === undefined || !around.every(({ angle_rad }) => isSmooth(angle_rad))) return [];
    const beside = around.filter((each) => {
      const roll = accepted.get(each.face);
      return roll && roll.concave === concave && Math.abs(roll.radius_mm - radius_mm) < tolerance_mm;
    });
    return beside.length >= 2 ? [[face, { faces: [face], radius_mm, concave, supports: [] }]] : [];
  });
}
