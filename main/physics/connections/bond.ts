/** Joins faces that lie on each other, or near each other, as if they were glued. */
import { refuseStudy } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at } from '../vector.ts';
import type { EquationGroup, EquationSystem } from './equations.ts';
import {
  facetArea,
  type InterfaceSamples,
  interfaceSamples,
  placed,
  type RigidPlacement,
} from './interface-samples.ts';
import { joinByMortar } from './mortar.ts';
import { VolumeMotion } from './volume-motion.ts';

/** Faces farther apart than this part of the element size are not joined unless a tolerance is given. */
const NEAR = 0.1;
/** Nodes closer than this part of the element size are one. */
const SAME = 1e-6;

export interface Bond {
  group: EquationGroup;
  area_mm2: number;
  /** Facets that depend on those of the other side. */
  slaveFacets: number[];
  masterFacets: number[];
  /** True where the meshes match node by node. */
  matching: boolean;
  /** Slave corners with equations of their own, where they do not match. */
  corners: number[];
  samples: InterfaceSamples;
}

export interface BondOptions {
  who: string;
  tolerance_mm?: number;
  /** Brings side B to side A (cyclic symmetry): B then is the master. */
  placement?: RigidPlacement;
  /** The bond is to hold however far its sides turn: what lies in a gap is carried along with the elements beside it. */
  largeRotation?: boolean;
  /** Nodes of which something else decides all displacements already. */
  isTaken: (node: number) => boolean;
}

/** Mean edge of an equilateral triangle of the facets' mean area. */
export function meanEdge(mesh: VolumeMesh, facets: Iterable<number>): number {
  let area = 0;
  let count = 0;
  for (const facet of facets) {
    area += facetArea(mesh, facet);
    count++;
  }
  return count === 0 ? 0 : Math.sqrt((4 / Math.sqrt(3)) * (area / count));
}

/** The tolerance that holds where none is given. */
export const defaultTolerance = (mesh: VolumeMesh, a: readonly number[], b: readonly number[]): number =>
  NEAR * Math.min(meanEdge(mesh, a), meanEdge(mesh, b));

/** Null where the two do not lie on each other anywhere. The finer side becomes the slave: it has the freedom to follow. */
export function bondFacets(
  system: EquationSystem,
  mesh: VolumeMesh,
  facetsA: readonly number[],
  facetsB: readonly number[],
  options: BondOptions,
): Bond | null {
  const tolerance = options.tolerance_mm ?? defaultTolerance(mesh, facetsA, facetsB);
  const placement = options.placement ?? null;
  let samples = interfaceSamples(mesh, facetsA, facetsB, tolerance, placement);
  if (samples.count === 0) return null;
  let slaveFacets = [...new Set(samples.slaveFacet)];
  let masterFacets = [...new Set(samples.masterFacet)];
  let wholeSlave = facetsA;
  const isMatching = (): boolean => nodesMatch(mesh, slaveFacets, masterFacets, placement) !== null;
  if (!placement && !isMatching() && meanEdge(mesh, slaveFacets) > meanEdge(mesh, masterFacets) * (1 + 1e-9)) {
    samples = interfaceSamples(mesh, masterFacets, slaveFacets, tolerance, null);
    [slaveFacets, masterFacets] = [masterFacets, slaveFacets];
    wholeSlave = facetsB;
    if (samples.count === 0) return null;
  }
  const pairs = nodesMatch(mesh, slaveFacets, masterFacets, placement);
  let area_mm2 = 0;
  let corners: number[] = [];
  const group = system.group(options.who, () => {
    if (pairs) {
      for (const [slave, master] of pairs) tie(system, slave, master, placement, options.isTaken);
      for (const facet of slaveFacets) area_mm2 += facetArea(mesh, facet);
    } else {
      // Corners beside the interface need all of the face's facets, to know how much of what is round them is covered.
      const round = facetsAround(mesh, wholeSlave, slaveFacets);
      const volume = options.largeRotation && !placement ? new VolumeMotion(mesh, masterFacets) : null;
      ({ area_mm2, corners } = joinByMortar(system, mesh, round, samples, placement, options.isTaken, volume));
    }
  });
  return { group, area_mm2, slaveFacets, masterFacets, matching: pairs !== null, corners, samples };
}

export function nothingBonded(who: string, tolerance_mm: number): Error {
  return refuseStudy(
    'nothing-bonded',
    `${who} joins nothing: its faces are nowhere nearer than ${Number(tolerance_mm.toPrecision(3))} mm to each other, face to face.`,
    'Pick faces that touch, or allow a larger tolerance.',
  );
}

function tie(
  system: EquationSystem,
  slave: number,
  master: number,
  placement: RigidPlacement | null,
  isTaken: (node: number) => boolean,
): void {
  if (isTaken(slave) && isTaken(master)) return;
  if (slave === master && !placement) return;
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const rotation = placement?.rotation ?? identity;
  if (slave === master) {
    // On the axis of cyclic symmetry: what a rotation does not change.
    system.addBlocks([{ node: slave, block: identity.map((value, i) => value - rotation[i]!) }]);
    return;
  }
  system.addBlocks([
    { node: slave, block: identity },
    { node: master, block: rotation.map((value) => -value) },
  ]);
}

/**
 * Each slave node with the master node in the same place, if every one has such a partner and no master node is left over (a
 * finer mesh that halves the other's edges has a partner for each of the other's nodes, and free ones between); otherwise null.
 */
function nodesMatch(
  mesh: VolumeMesh,
  slaveFacets: readonly number[],
  masterFacets: readonly number[],
  placement: RigidPlacement | null,
): Map<number, number> | null {
  const close = SAME * meanEdge(mesh, slaveFacets);
  const cell = 100 * close;
  const key = (point: readonly number[], shift: readonly number[]): string =>
    point.map((value, axis) => Math.round(value / cell) + shift[axis]!).join(',');
  const places = new Map<string, number[]>();
  const masters = nodesOf(mesh, masterFacets);
  for (const node of masters) {
    const point = at(mesh.nodes, node);
    const where = key(placement ? placed(placement, point) : point, [0, 0, 0]);
    const list = places.get(where);
    if (list) list.push(node);
    else places.set(where, [node]);
  }
  const pairs = new Map<number, number>();
  for (const node of nodesOf(mesh, slaveFacets)) {
    const point = at(mesh.nodes, node);
    let best = -1;
    let nearest = close;
    for (const shift of NEIGHBOURS)
      for (const other of places.get(key(point, shift)) ?? []) {
        const there = at(mesh.nodes, other);
        const p = placement ? placed(placement, there) : there;
        const distance = Math.hypot(p[0] - point[0], p[1] - point[1], p[2] - point[2]);
        if (distance <= nearest) {
          nearest = distance;
          best = other;
        }
      }
    if (best < 0) return null;
    pairs.set(node, best);
  }
  return pairs.size === masters.size ? pairs : null;
}

const NEIGHBOURS = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((k) => [i, j, k])));

export function nodesOf(mesh: VolumeMesh, facets: Iterable<number>): Set<number> {
  const nodes = new Set<number>();
  for (const facet of facets) for (let k = 0; k < 6; k++) nodes.add(mesh.facets[6 * facet + k]!);
  return nodes;
}

/**
 * Facets of a surface that share a corner with some of its facets, on the same faces: those beyond an edge of the part never
 * lie on the other side, and are not missing there.
 */
function facetsAround(mesh: VolumeMesh, all: readonly number[], some: readonly number[]): number[] {
  const corners = new Set(some.flatMap((facet) => [0, 1, 2].map((k) => mesh.facets[6 * facet + k]!)));
  const faces = new Set(some.map((facet) => mesh.facetFace[facet]!));
  return all.filter(
    (facet) => faces.has(mesh.facetFace[facet]!) && [0, 1, 2].some((k) => corners.has(mesh.facets[6 * facet + k]!)),
  );
}
