/** A body seen as bent sheet: its thickness, its two sides, its bends. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { isConcave, isSmooth } from '../../geometry/surfaces.ts';
import { dot, subtract, unit } from '../../geometry/vectors.ts';

export interface Bend {
  /** Of the inner cylinder; null for a sharp fold, which has only an edge. */
  face: number | null;
  edge: number | null;
  radius_mm: number;
  angle_rad: number;
  axis: Vector3;
  /** Flat sides that it leads into, with the edge between. */
  flats: { face: number; edge: number }[];
}

export interface Sheet {
  thickness_mm: number;
  /** Of the body's surface, how much has the other side of the sheet behind it. */
  share: number;
  /** By face: a side of the sheet, as against a cut edge. */
  skin: boolean[];
  bends: Bend[];
}

/** Thicknesses nearer than this share are one. */
const SAME = 0.01;

/** Null where nothing of the body has another side. */
export function sheetOf(shape: Shape): Sheet | null {
  const thickness_mm = commonThickness(shape);
  if (thickness_mm === null) return null;
  const { info, surfaces, walls, samples } = shape;
  const like = new Float64Array(info.faces.length);
  const all = new Float64Array(info.faces.length);
  samples.forEach(({ face, area_mm2 }, i) => {
    all[face]! += area_mm2;
    const wall = walls[i];
    if (wall && Math.abs(wall.distance_mm - thickness_mm) < SAME * thickness_mm) like[face]! += area_mm2;
  });
  const whole = all.reduce((a, b) => a + b, 0);
  const skin = surfaces.map((_, face) => like[face]! > 0.5 * all[face]!);
  return {
    thickness_mm,
    share: like.reduce((a, b) => a + b, 0) / whole,
    skin,
    bends: bendsOf(shape, skin, thickness_mm),
  };
}

/** The thickness that most of the surface has. */
function commonThickness({ walls, samples }: Shape): number | null {
  const known = samples
    .flatMap(({ area_mm2 }, i) => (walls[i] ? [{ distance: walls[i].distance_mm, area_mm2 }] : []))
    .sort((a, b) => a.distance - b.distance);
  let best: { from: number; to: number; area: number } | null = null;
  let area = 0;
  let first = 0;
  for (let last = 0; last < known.length; last++) {
    area += known[last]!.area_mm2;
    while (known[last]!.distance > known[first]!.distance * (1 + SAME)) area -= known[first++]!.area_mm2;
    if (!best || area > best.area) best = { from: first, to: last, area };
  }
  if (!best) return null;
  return known[(best.from + best.to) >> 1]!.distance;
}

function bendsOf(shape: Shape, skin: readonly boolean[], thickness_mm: number): Bend[] {
  const { surfaces, neighbours, info } = shape;
  const isFlat = (face: number): boolean => surfaces[face]!.type === 'plane' && skin[face]!;
  const bends = surfaces.flatMap(({ type, concave, axis, radius_mm, sweep }, face): Bend[] => {
    if (type !== 'cylinder' || !concave || !axis || !skin[face] || (sweep?.angle_rad ?? 7) > 5.9) return [];
    // A rolled shell is no bend of a press brake.
    if (radius_mm > 20 * thickness_mm) return [];
    const flats = neighbours[face]!.flatMap(({ face: other, edge, angle_rad }) =>
      isSmooth(angle_rad) && isFlat(other) && info.edges[edge]!.type === 'line' ? [{ face: other, edge }] : [],
    );
    return [{ face, edge: null, radius_mm, angle_rad: sweep?.angle_rad ?? 0, axis: axis.direction, flats }];
  });
  info.edges.forEach(({ type, faces, angle_rad, vertices }, edge) => {
    if (type !== 'line' || faces.length !== 2 || angle_rad === undefined || !isConcave(angle_rad)) return;
    if (!faces.every(isFlat)) return;
    const [a, b] = vertices.map((vertex) => info.vertices_mm[vertex]!);
    if (!a || !b) return;
    bends.push({
      face: null,
      edge,
      radius_mm: 0,
      angle_rad: Math.abs(angle_rad),
      axis: unit(subtract(b, a)),
      flats: faces.map((face) => ({ face, edge })),
    });
  });
  return bends;
}

/** Bends of one line that openings interrupt are made at one stroke. */
export function strokesOf(shape: Shape, bends: readonly Bend[]): number {
  const lines: { axis: Vector3; at: Vector3; radius: number }[] = [];
  for (const { face, edge, axis, radius_mm } of bends) {
    const at = face === null ? shape.info.edges[edge!]!.centre_mm : shape.surfaces[face]!.axis!.origin_mm;
    const known = lines.some((line) => {
      const between = subtract(at, line.at);
      const across = subtract(between, line.axis.map((value) => value * dot(between, line.axis)) as Vector3);
      return (
        Math.abs(dot(line.axis, axis)) > 0.9999 &&
        Math.abs(line.radius - radius_mm) < 1e-3 &&
        Math.hypot(...across) < 1e-3 + shape.tiny_mm
      );
    });
    if (!known) lines.push({ axis, at, radius: radius_mm });
  }
  return lines.length;
}
