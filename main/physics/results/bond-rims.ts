/**
 * Sharp inner edges that no body has by itself: where a bond ends, the materials of both sides meet as in one body. A post that
 * stands on a plate has a right angle of its own there and the plate a straight one, 270° together; posts that end flush have
 * two right angles, and nothing happens. Source of what happens elsewhere: M. L. Williams, see `singularities.ts`.
 */
import { FacetGrid } from '../connections/facet-grid.ts';
import { facetNormalAtNode } from '../elements/triangle6.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { add, at, cross, dot, norm, scale, subtract, unit, type Vec3 } from '../vector.ts';

/** Both sides of a bond, by the numbers of their facets. */
export interface BondedSides {
  slaveFacets: readonly number[];
  masterFacets: readonly number[];
}

export interface BondRim {
  nodes: number[];
  /** Material round the rim, degrees. */
  angle_deg: number;
}

type Surface = Pick<VolumeMesh, 'nodes' | 'facets'>;

/** Angles that differ from a straight one by less than this are a smooth surface. */
const SHARP_deg = 15;
/** An edge lies on the other side where it is nearer than this part of its length. */
const NEAR = 0.15;

interface Border {
  /** Ends and midside. */
  nodes: [number, number, number];
  /** Of the material inside. */
  angle_deg: number;
}

/** Material inside of an edge between two facets, degrees. @param side which side of each facet, from 0 */
export function innerAngle(
  surface: Surface,
  first: number,
  firstSide: number,
  second: number,
  secondSide: number,
): number {
  const { nodes, facets } = surface;
  const n1 = unit(facetNormalAtNode(nodes, facets, first, 3 + firstSide));
  const n2 = unit(facetNormalAtNode(nodes, facets, second, 3 + secondSide));
  const from = at(nodes, facets[6 * first + firstSide]!);
  const along = unit(subtract(at(nodes, facets[6 * first + ((firstSide + 1) % 3)]!), from));
  const turn = (Math.acos(Math.min(1, Math.max(-1, dot(n1, n2)))) * 180) / Math.PI;
  return dot(cross(n1, along), n2) > 0 ? 180 + turn : 180 - turn;
}

/** The rim of each bond along which the stress is infinite, as one place a bond. */
export function sharpBondRims(mesh: Surface, bonds: readonly BondedSides[]): BondRim[] {
  if (bonds.length === 0) return [];
  const neighbours = sidePairs(mesh);
  return bonds.flatMap(({ slaveFacets, masterFacets }) => {
    const sides = [slaveFacets, masterFacets].map((own) => ({
      borders: bordersOf(mesh, new Set(own), neighbours),
      grid: gridOf(mesh, own),
    }));
    const nodes: number[] = [];
    let angle_deg = 0;
    sides.forEach(({ borders }, k) => {
      const other = sides[1 - k]!;
      for (const border of borders) {
        const beyond = angleThere(mesh, border, other.borders, other.grid);
        if (beyond === null || border.angle_deg + beyond < 180 + SHARP_deg) continue;
        nodes.push(...border.nodes);
        angle_deg = Math.max(angle_deg, border.angle_deg + beyond);
      }
    });
    return nodes.length > 0 ? [{ nodes, angle_deg }] : [];
  });
}

/** By midside node: the two facets that it lies between, each with its side (3 facet + side). */
function sidePairs({ facets }: Surface): Map<number, number[]> {
  const pairs = new Map<number, number[]>();
  for (let facet = 0; facet < facets.length / 6; facet++)
    for (let side = 0; side < 3; side++) {
      const middle = facets[6 * facet + 3 + side]!;
      const list = pairs.get(middle);
      if (list) list.push(3 * facet + side);
      else pairs.set(middle, [3 * facet + side]);
    }
  return pairs;
}

/** Outer edges of the body at which one side of a bond ends; not where it ends in the middle of a smooth face. */
function bordersOf(mesh: Surface, own: ReadonlySet<number>, neighbours: ReadonlyMap<number, number[]>): Border[] {
  const borders: Border[] = [];
  for (const facet of own)
    for (let side = 0; side < 3; side++) {
      const middle = mesh.facets[6 * facet + 3 + side]!;
      const next = neighbours.get(middle)!.find((one) => Math.floor(one / 3) !== facet);
      if (next === undefined || own.has(Math.floor(next / 3))) continue;
      const angle_deg = innerAngle(mesh, facet, side, Math.floor(next / 3), next % 3);
      if (Math.abs(angle_deg - 180) < SHARP_deg) continue;
      const ends = [side, (side + 1) % 3].map((k) => mesh.facets[6 * facet + k]!) as [number, number];
      borders.push({ nodes: [...ends, middle], angle_deg });
    }
  return borders;
}

/** Material of the other side at an edge: that of its own edge, a straight angle within its faces, or null beside it. */
function angleThere(mesh: Surface, { nodes }: Border, edges: readonly Border[], grid: FacetGrid): number | null {
  const [a, b, middle] = nodes.map((node) => at(mesh.nodes, node)) as [Vec3, Vec3, Vec3];
  const reach = NEAR * norm(subtract(b, a));
  let least = reach;
  let angle: number | null = null;
  for (const edge of edges) {
    const [p, q, between] = edge.nodes.map((node) => at(mesh.nodes, node)) as [Vec3, Vec3, Vec3];
    const distance = Math.min(
      norm(subtract(middle, nearestOnSegment(middle, p, between))),
      norm(subtract(middle, nearestOnSegment(middle, between, q))),
    );
    if (distance < least) [least, angle] = [distance, edge.angle_deg];
  }
  if (angle !== null) return angle;
  const box = [...middle.map((x) => x - reach), ...middle.map((x) => x + reach)];
  const lies = grid.near(box).some((facet) => distanceToFacet(mesh, facet, middle) < reach);
  return lies ? 180 : null;
}

function gridOf({ nodes, facets }: Surface, own: readonly number[]): FacetGrid {
  const boxes = new Float64Array(6 * own.length);
  own.forEach((facet, i) => {
    for (let axis = 0; axis < 3; axis++) {
      const values = [0, 1, 2, 3, 4, 5].map((k) => nodes[3 * facets[6 * facet + k]! + axis]!);
      boxes[6 * i + axis] = Math.min(...values);
      boxes[6 * i + 3 + axis] = Math.max(...values);
    }
  });
  return new FacetGrid(boxes, own);
}

function nearestOnSegment(point: Vec3, p: Vec3, q: Vec3): Vec3 {
  const along = subtract(q, p);
  const t = dot(subtract(point, p), along) / (dot(along, along) || 1);
  return add(p, scale(along, Math.min(1, Math.max(0, t))));
}

/** To the plane triangle of the corners. */
function distanceToFacet({ nodes, facets }: Surface, facet: number, point: Vec3): number {
  const [p, q, r] = [0, 1, 2].map((k) => at(nodes, facets[6 * facet + k]!)) as [Vec3, Vec3, Vec3];
  const normal = unit(cross(subtract(q, p), subtract(r, p)));
  const foot = subtract(point, scale(normal, dot(subtract(point, p), normal)));
  const corners: [Vec3, Vec3][] = [
    [p, q],
    [q, r],
    [r, p],
  ];
  const isWithin = corners.every(([a, b]) => dot(cross(subtract(b, a), subtract(foot, a)), normal) >= 0);
  if (isWithin) return norm(subtract(point, foot));
  return Math.min(...corners.map(([a, b]) => norm(subtract(point, nearestOnSegment(point, a, b)))));
}
