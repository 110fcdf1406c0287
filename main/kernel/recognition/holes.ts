/** Holes: chains of bores that open at one end or at both. */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { add, length, scale } from '../modeller/vectors.ts';
import { type BoreChain, chainsOf, turned } from './bore-chains.ts';
import { boresOf } from './bores.ts';
import { acrossAxis, alongAxis, areParallel, isConcave, isConvex, isSmooth, loopsOf, type Model } from './model.ts';
import { size, sizes } from './words.ts';

export type Hole = Extract<RecognisedFeature, { kind: 'hole' }>;

export function holesOf(model: Model): Hole[] {
  return chainsOf(model, boresOf(model)).flatMap((chain) => {
    const hole = holeOf(model, chain);
    return hole ? [hole] : [];
  });
}

function holeOf(model: Model, found: BoreChain): Hole | undefined {
  const low = endOf(model, found);
  const high = endOf(model, turned(found));
  if (!low.open && !high.open) return undefined;
  const wide = (chain: BoreChain): number => chain.bores[0]!.radii_mm[0];
  // From the opening inwards; from the wider one where there are two.
  const turn = !low.open || (high.open && wide(turned(found)) > wide(found) + model.tolerance_mm);
  const chain = turn ? turned(found) : found;
  const [start, end] = turn ? [high, low] : [low, high];
  const depth_mm = -end.place_mm - start.place_mm;
  if (!(depth_mm > model.tolerance_mm)) return undefined;
  const { type, diameters_mm } = kindOf(chain, model.tolerance_mm);
  const faces = [
    ...new Set([...chain.bores.flatMap((bore) => bore.faces), ...chain.steps, ...end.bottom, ...start.bottom]),
  ];
  const { axis } = chain;
  const hole: Omit<Hole, 'words'> = {
    kind: 'hole',
    faces: faces.sort((a, b) => a - b),
    type,
    through: end.open,
    diameters_mm,
    depth_mm,
    axis: { origin_mm: add(axis.origin_mm, scale(axis.direction, start.place_mm)), direction: axis.direction },
  };
  return { ...hole, words: inWords(hole) };
}

interface End {
  open: boolean;
  /** Along the chain's axis. */
  place_mm: number;
  /** Faces that close it. */
  bottom: number[];
}

/** The beginning of a chain. */
function endOf(model: Model, { axis, bores, steps }: BoreChain): End {
  const first = bores[0]!;
  const { body, neighbours, surfaces, tolerance_mm } = model;
  // A drilled tip: the hole is measured to where its full width ends.
  if (first.type === 'cone' && bores.length > 1 && first.radii_mm[0] < tolerance_mm)
    return { open: false, place_mm: first.to_mm, bottom: [] };
  const inside = new Set([...bores.flatMap((bore) => bore.faces), ...steps]);
  const rim = first.faces.flatMap((face) => neighbours[face]!.filter((next) => !inside.has(next.face)));
  const byEdge = new Map(rim.map((each) => [each.edge, each]));
  const placeOf = (loop: readonly number[]): number =>
    loop.reduce((sum, edge) => sum + alongAxis(axis, body.edges[edge]!.centre_mm), 0) / loop.length;
  const loops = loopsOf(body, [...byEdge.keys()]).sort((a, b) => placeOf(a) - placeOf(b));
  const loop = loops[0];
  const closed: End = { open: false, place_mm: first.from_mm, bottom: [] };
  if (!loop || Math.abs(placeOf(loop) - first.from_mm) > Math.abs(placeOf(loop) - first.to_mm)) return closed;
  const across = loop.map((edge) => byEdge.get(edge)!);
  let around_mm = 0;
  let open_mm = 0;
  const bottom = new Set<number>();
  for (const { face, edge, angle_rad } of across) {
    const { length_mm } = body.edges[edge]!;
    around_mm += length_mm;
    const beside = surfaces[face]!;
    // A rounded mouth is tangent to the bore and falls away from it; a rounded bottom closes in.
    const rounded = isSmooth(angle_rad) && (beside.type === 'torus' || beside.type === 'sphere');
    if (isConvex(angle_rad) || (rounded && beside.concave === false)) open_mm += length_mm;
    else if (rounded || (isConcave(angle_rad) && beside.type === 'plane')) {
      bottom.add(face);
      if (rounded)
        for (const next of neighbours[face]!) if (isFloor(model, next.face, axis.direction)) bottom.add(next.face);
    }
  }
  const open = open_mm > around_mm / 2;
  const place_mm = centreOf(model, axis, loop) ?? first.from_mm;
  return { open, place_mm, bottom: open ? [] : [...bottom] };
}

const isFloor = ({ surfaces }: Model, face: number, direction: Vector3): boolean => {
  const { type, normal } = surfaces[face]!;
  return type === 'plane' && normal !== undefined && areParallel(normal, direction);
};

/** Where the axis goes through a rim that lies in one plane, square or slanted. */
function centreOf({ body, tolerance_mm }: Model, axis: BoreChain['axis'], loop: readonly number[]): number | undefined {
  // The steps of a hole need not be quite on one axis.
  const slack_mm = Math.max(tolerance_mm, 1e-3 * Math.max(...loop.map((edge) => body.edges[edge]!.radius_mm ?? 0)));
  const places = loop.map((edge) => {
    const { curveCentre_mm } = body.edges[edge]!;
    if (!curveCentre_mm || length(acrossAxis(axis, curveCentre_mm)) > slack_mm) return undefined;
    return alongAxis(axis, curveCentre_mm);
  });
  const [first] = places;
  if (first === undefined) return undefined;
  return places.every((place) => place !== undefined && Math.abs(place - first) < tolerance_mm) ? first : undefined;
}

function kindOf({ bores, flat }: BoreChain, tolerance_mm: number): Pick<Hole, 'type' | 'diameters_mm'> {
  const last = bores.at(-1)!;
  const body = bores.length > 1 && last.type === 'cone' && last.radii_mm[1] < tolerance_mm ? bores.slice(0, -1) : bores;
  const cylinders = body.filter(({ type }) => type === 'cylinder');
  const widths = cylinders.map(({ radii_mm }) => 2 * radii_mm[0]);
  if (cylinders.length === 0) {
    const ends = [2 * body[0]!.radii_mm[0], 2 * body.at(-1)!.radii_mm[1]];
    return { type: 'tapered', diameters_mm: ends.filter((width) => width > tolerance_mm) };
  }
  const at = body.indexOf(cylinders[0]!);
  const before = body.slice(0, at).map(({ radii_mm }) => 2 * radii_mm[0]);
  const after = body.slice(body.indexOf(cylinders.at(-1)!) + 1).map(({ radii_mm }) => 2 * radii_mm[1]);
  if (cylinders.length > 1) {
    const sinks = cylinders.length === 2 && widths[0]! > widths[1]! && flat[at] === true;
    return { type: sinks ? 'counterbored' : 'stepped', diameters_mm: widths };
  }
  if (body.length === 1) return { type: 'simple', diameters_mm: widths };
  const flares = [...before, ...after].every((width) => width > widths[0]!);
  return { type: flares ? 'countersunk' : 'stepped', diameters_mm: [...before, ...widths, ...after] };
}

const NAMES: Record<Hole['type'], string> = {
  simple: 'Hole',
  stepped: 'Stepped hole',
  countersunk: 'Countersunk hole',
  counterbored: 'Counterbored hole',
  tapered: 'Tapered hole',
};

export const inWords = ({ type, diameters_mm, through, depth_mm }: Omit<Hole, 'words'>): string =>
  `${NAMES[type]}, ${sizes(diameters_mm.toSorted((a, b) => a - b))} mm, ${through ? 'through' : `${size(depth_mm)} mm deep`}`;
