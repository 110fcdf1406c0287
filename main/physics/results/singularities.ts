/**
 * Places where linear elasticity gives an infinite stress, so that the computed one grows with every refinement: sharp
 * re-entrant edges, forces on points and edges, restraints on points and edges, and the rim of a clamped face. Found from the
 * model, not from the result; reported only where the stress there matters.
 * Source: M. L. Williams, Stress singularities resulting from various boundary conditions in angular corners of plates in
 * extension, J. Appl. Mech. 19 (1952) 526.
 */
import { facetNormalAtNode } from '../elements/triangle6.ts';
import type { ConcentratedLoad } from '../loads/apply.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { NodeCondition, ResolvedRestraint } from '../restraints/apply.ts';
import { at, dot, unit, type Vec3, words } from '../vector.ts';
import { type BondedSides, innerAngle, sharpBondRims } from './bond-rims.ts';

export interface Singularity {
  at_mm: Vec3;
  reason: string;
  quantity: 'von_mises';
}

/** A place is worth naming where its stress is at least this part of the largest. */
const NOTEWORTHY = 0.5;
/** Facets that turn inward by less than this at an edge are a smooth surface or a blend, not a corner. */
const SHARP_deg = 15;
const MOST = 10;

interface Candidate {
  node: number;
  stress: number;
  reason: string;
}

export interface SharpEdge {
  /** The two faces (global indices) that meet. */
  faces: [number, number];
  /** Inner angle of the material, degrees. */
  angle_deg: number;
  nodes: number[];
}

type Surface = Pick<VolumeMesh, 'nodes' | 'facets' | 'facetFace'>;

/** Re-entrant sharp edges of the boundary, by the pair of faces that meet there. */
export function reentrantEdges(mesh: Surface): SharpEdge[] {
  const edges = new Map<string, SharpEdge>();
  for (const { first, second, firstSide, secondSide, nodes } of faceBorders(mesh)) {
    const angle = innerAngle(mesh, first, firstSide, second, secondSide);
    if (angle < 180 + SHARP_deg) continue;
    const faces = [mesh.facetFace[first]!, mesh.facetFace[second]!].sort((a, b) => a - b) as [number, number];
    const key = faces.join();
    const edge = edges.get(key);
    if (edge) {
      edge.nodes.push(...nodes);
      edge.angle_deg = Math.max(edge.angle_deg, angle);
    } else edges.set(key, { faces, angle_deg: angle, nodes: [...nodes] });
  }
  return [...edges.values()];
}

/** Facet sides where two faces of the geometry meet: both facets, which side of each, and the nodes end, end, midside. */
function faceBorders(
  mesh: Surface,
): { first: number; second: number; firstSide: number; secondSide: number; nodes: number[] }[] {
  const open = new Map<number, number>();
  const borders: ReturnType<typeof faceBorders> = [];
  for (let facet = 0; facet < mesh.facetFace.length; facet++) {
    for (let side = 0; side < 3; side++) {
      const middle = mesh.facets[6 * facet + 3 + side]!;
      const other = open.get(middle);
      if (other === undefined) {
        open.set(middle, 3 * facet + side);
        continue;
      }
      const first = Math.floor(other / 3);
      const firstSide = other % 3;
      if (mesh.facetFace[first] === mesh.facetFace[facet]) continue;
      const nodes = [mesh.facets[6 * first + firstSide]!, mesh.facets[6 * first + ((firstSide + 1) % 3)]!, middle];
      borders.push({ first, second: facet, firstSide, secondSide: side, nodes });
    }
  }
  return borders;
}

/** Rims of clamped faces: sides between a face that a restraint holds along its surface and one that it does not hold. */
function clampedRims(
  mesh: VolumeMesh,
  restraints: readonly ResolvedRestraint[],
  conditions: readonly NodeCondition[],
): { restraint: number; nodes: number[] }[] {
  const holds = new Map<number, NodeCondition[]>();
  for (const condition of conditions) {
    const list = holds.get(condition.node);
    if (list) list.push(condition);
    else holds.set(condition.node, [condition]);
  }
  const rims: { restraint: number; nodes: number[] }[] = [];
  restraints.forEach(({ restraint, target }, index) => {
    if (restraint.suppressed || restraint.kind === 'symmetry' || restraint.kind === 'elastic-support') return;
    if (target.kind !== 'face') return;
    const faces = new Set(target.items);
    for (const { first, second, firstSide, secondSide, nodes } of faceBorders(mesh)) {
      const heldFirst = faces.has(mesh.facetFace[first]!);
      if (heldFirst === faces.has(mesh.facetFace[second]!)) continue;
      const facet = heldFirst ? first : second;
      const normal = unit(facetNormalAtNode(mesh.nodes, mesh.facets, facet, 3 + (heldFirst ? firstSide : secondSide)));
      // A face held along its normal only is a sliding guide: no friction, no singularity at a right angle.
      const own = (holds.get(nodes[2]!) ?? []).filter((condition) => condition.restraint === index);
      if (own.every((condition) => Math.abs(dot(condition.direction, normal)) > 0.99)) continue;
      rims.push({ restraint: index, nodes });
    }
  });
  return rims;
}

export interface SingularPlace {
  nodes: readonly number[];
  reason: string;
}

/** Every place of a model where the exact stress is infinite, whatever the result shows there. */
export function singularPlaces(
  mesh: VolumeMesh,
  concentrated: readonly ConcentratedLoad[],
  restraints: readonly ResolvedRestraint[],
  conditions: readonly NodeCondition[],
  nodesOfRestraint: readonly number[][],
  bonds: readonly BondedSides[] = [],
): SingularPlace[] {
  const places: SingularPlace[] = [];
  for (const rim of sharpBondRims(mesh, bonds))
    places.push({
      nodes: rim.nodes,
      reason: `rim of a bond, a sharp inner edge (${Math.round(rim.angle_deg)}° of material)`,
    });
  for (const edge of reentrantEdges(mesh))
    places.push({
      nodes: edge.nodes,
      reason: `sharp inner edge (${Math.round(edge.angle_deg)}° of material): a fillet would bound the stress`,
    });
  for (const load of concentrated)
    places.push({
      nodes: load.nodes,
      reason: `load "${load.name}" acts on ${load.kind === 'edge' ? 'an edge' : 'a point'}: spread it over a face`,
    });
  restraints.forEach(({ restraint, target }, index) => {
    if (restraint.suppressed || target.kind === 'face') return;
    const where = target.kind === 'edge' ? 'an edge' : 'a point';
    places.push({
      nodes: nodesOfRestraint[index] ?? [],
      reason: `restraint "${restraint.name}" holds ${where}: hold a face instead`,
    });
  });
  const rims = new Map<number, number[]>();
  for (const rim of clampedRims(mesh, restraints, conditions)) {
    const nodes = rims.get(rim.restraint);
    if (nodes) nodes.push(...rim.nodes);
    else rims.set(rim.restraint, [...rim.nodes]);
  }
  for (const [index, nodes] of rims)
    places.push({ nodes, reason: `rim of the clamped face of restraint "${restraints[index]!.restraint.name}"` });
  return places;
}

/** The nodes of all elements that a node belongs to. */
function neighboursOf({ elements }: VolumeMesh, node: number): Set<number> {
  const around = new Set<number>();
  for (let first = 0; first < elements.length; first += 10) {
    const own = elements.subarray(first, first + 10);
    if (own.includes(node)) for (const other of own) around.add(other);
  }
  return around;
}

/** The singular places at which the stress is high enough to matter, highest first. */
export function findSingularities(
  mesh: VolumeMesh,
  vonMises: ArrayLike<number>,
  stressSpread: ArrayLike<number>,
  places: readonly SingularPlace[],
): Singularity[] {
  let peak = 0;
  for (let node = 0; node < vonMises.length; node++) if (vonMises[node]! > vonMises[peak]!) peak = node;
  const around = neighboursOf(mesh, peak);
  const candidates: Candidate[] = [];
  for (const { nodes, reason } of places) {
    let best = -1;
    for (const node of nodes) if (best < 0 || vonMises[node]! > vonMises[best]!) best = node;
    if (best < 0 || vonMises[best]! < NOTEWORTHY * vonMises[peak]!) continue;
    // On coarse meshes a node beside the place may show more than those on it: the same peak, and it is named where it shows.
    if (nodes.some((node) => around.has(node))) best = peak;
    candidates.push({ node: best, stress: vonMises[best]!, reason });
  }
  return candidates
    .sort((a, b) => b.stress - a.stress)
    .slice(0, MOST)
    .map(({ node, stress, reason }) => {
      const spread = stress > 0 ? Math.round((100 * stressSpread[node]!) / stress) : 0;
      return {
        at_mm: at(mesh.nodes, node),
        quantity: 'von_mises' as const,
        reason:
          `${reason}; the stress at ${words(at(mesh.nodes, node))} mm grows without end as the mesh is refined ` +
          `(elements there differ by ${spread} %)`,
      };
    });
}
