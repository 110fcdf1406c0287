/**
 * Equations that join a slave surface to a master surface whose meshes need not match. Asking every slave node to follow the
 * master's surface (collocation) fails the patch test: interpolation does not keep the integral of a traction. Instead the
 * difference of the displacements is zero in the mean, weighed with multipliers of the slave's corners that are linear on each
 * facet, add up to one and are dual to the corners' hat functions (Wohlmuth, SIAM J. Numer. Anal. 38 (2000) 989; on partly
 * covered facets the dual is taken over the covered part: Cichosz and Bischoff, Comput. Methods Appl. Mech. Engrg. 200 (2011)
 * 1317). Quadratic displacements with linear multipliers keep the quadratic elements' order (Popp, Wohlmuth, Gee, Wall,
 * SIAM J. Sci. Comput. 34 (2012) B421). Constant stress passes exactly.
 *
 * The multipliers are dual only if the slave's sides are described by their bulge beyond the mean of their ends; the bulges
 * are unknowns of their own. Then each corner of the slave is given by masters and bulges near it, and nothing spreads.
 */
import { triangleShape } from '../elements/triangle6.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at, inverse3, norm, type Vec3 } from '../vector.ts';
import type { EquationSystem } from './equations.ts';
import { facetArea, type InterfaceSamples, type RigidPlacement } from './interface-samples.ts';
import { BLOCKS, carriedMotion } from './master-motion.ts';
import type { VolumeMotion } from './volume-motion.ts';

/** A corner is joined by an equation of its own where at least this part of the area around it is covered. */
const COVERED_FROM = 0.25;
/** Facets covered less than this are left out: their dual functions would be all round-off. */
const SLIVER = 1e-4;

/** Sides of a facet as (corner, corner, midside node), local. */
const SIDES = [
  [0, 1, 3],
  [1, 2, 4],
  [2, 0, 5],
] as const;

/** 3x3 blocks by node, added up. */
class BlockRow {
  readonly blocks = new Map<number, Float64Array>();

  add(node: number, block: ArrayLike<number>, factor: number): void {
    const sum = this.#at(node);
    for (let i = 0; i < 9; i++) sum[i]! += factor * block[i]!;
  }
  addScalar(node: number, factor: number): void {
    const sum = this.#at(node);
    for (let i = 0; i < 9; i += 4) sum[i]! += factor;
  }
  #at(node: number): Float64Array {
    let block = this.blocks.get(node);
    if (!block) {
      block = new Float64Array(9);
      this.blocks.set(node, block);
    }
    return block;
  }
}

/**
 * Adds the equations of one interface. `isTaken` says which slave corners something else decides already (clamps, other
 * bonds): their share of the multipliers goes to their neighbours, so that forces still balance.
 * @param volume carries points across gaps with the master's elements; its facets alone where null
 * @returns slave corners that got equations, and the area that these join, mm^2
 */
export function joinByMortar(
  system: EquationSystem,
  mesh: VolumeMesh,
  slaveFacets: readonly number[],
  samples: InterfaceSamples,
  placement: RigidPlacement | null,
  isTaken: (node: number) => boolean,
  volume: VolumeMotion | null = null,
): { corners: number[]; area_mm2: number } {
  const ranges = rangesOf(samples);
  const active = activeCorners(mesh, slaveFacets, samples, ranges, isTaken);
  const rows = new Map<number, BlockRow>();
  let area_mm2 = 0;
  const lenders = activeNeighbours(mesh, [...ranges.keys()], active);
  const multipliersOn = (facet: number, corners: readonly number[]): Multiplier[] | null => {
    const [first, last] = ranges.get(facet)!;
    const own = corners.map((corner) => active.has(corner));
    if (own.some(Boolean)) {
      const dual = dualFunctions(samples, first, last, facetArea(mesh, facet));
      if (!dual) return null;
      const shared = sharedOut(dual, own);
      return [0, 1, 2]
        .filter((i) => own[i])
        .map((i) => ({ corner: corners[i]!, coefficients: shared[i]! as [number, number, number] }));
    }
    // Between clamped corners alone: a neighbour's multiplier goes on as it is.
    const lender = corners.some(isTaken) ? corners.flatMap((corner) => lenders.get(corner) ?? [])[0] : undefined;
    return lender === undefined ? null : [{ corner: lender, coefficients: [1, 1, 1] }];
  };
  for (const [facet, [first, last]] of ranges) {
    const corners = [0, 1, 2].map((k) => mesh.facets[6 * facet + k]!);
    const multipliers = multipliersOn(facet, corners);
    if (!multipliers) continue;
    for (let q = first; q < last; q++) area_mm2 += samples.area[q]!;
    addIntegrals(
      multipliers.map(({ corner, coefficients }) => ({ row: rowOf(rows, corner), coefficients })),
      { mesh, facet, samples, first, last, placement, volume },
    );
  }
  const ends = sideEnds(mesh, [...ranges.keys()]);
  for (const [corner, row] of rows) {
    const terms = finished(row, corner).map(({ node, block }) => {
      if (node >= 0) return { node, block };
      const middle = -1 - node;
      return { node: system.bulgeOf(middle, ...ends.get(middle)!), block };
    });
    system.addBlocks(terms);
  }
  return { corners: [...rows.keys()], area_mm2 };
}

/** The samples of one facet. */
interface FacetSamples {
  mesh: VolumeMesh;
  facet: number;
  samples: InterfaceSamples;
  first: number;
  last: number;
  placement: RigidPlacement | null;
  volume: VolumeMotion | null;
}

/** The row of a multiplier, and what adds up for it while samples lie on the same master facet. */
class RowIntegral {
  readonly row: BlockRow;
  readonly #coefficients: Multiplier['coefficients'];
  readonly onCorners = [0, 0, 0];
  readonly onSides = [0, 0, 0];
  /** By the master's six nodes: factors of the identity, and whole blocks. */
  readonly #factors = new Float64Array(6);
  readonly #blocks = new Float64Array(BLOCKS);
  #hasBlocks = false;

  constructor({ row, coefficients }: { row: BlockRow; coefficients: Multiplier['coefficients'] }) {
    this.row = row;
    this.#coefficients = coefficients;
  }

  /** @returns the multiplier at (r, s) times the sample's area */
  addSlave(area: number, l: number, r: number, s: number): number {
    const [m0, m1, m2] = this.#coefficients;
    const weight = area * (m0 * l + m1 * r + m2 * s);
    this.onCorners[0]! += weight * l;
    this.onCorners[1]! += weight * r;
    this.onCorners[2]! += weight * s;
    // The bulge of a side goes with 4 La Lb.
    this.onSides[0]! += 4 * weight * l * r;
    this.onSides[1]! += 4 * weight * r * s;
    this.onSides[2]! += 4 * weight * s * l;
    return weight;
  }
  addFactors(weight: number, shape: readonly number[]): void {
    for (let k = 0; k < 6; k++) this.#factors[k]! -= weight * shape[k]!;
  }
  addBlocks(weight: number, blocks: Float64Array): void {
    this.#hasBlocks = true;
    for (let i = 0; i < BLOCKS; i++) this.#blocks[i]! -= weight * blocks[i]!;
  }
  /** What has added up goes to the master facet's nodes. */
  leave(mesh: VolumeMesh, master: number): void {
    for (let k = 0; k < 6; k++) {
      const node = mesh.facets[6 * master + k]!;
      if (this.#hasBlocks) this.row.add(node, this.#blocks.subarray(9 * k, 9 * k + 9), 1);
      if (this.#factors[k] !== 0) this.row.addScalar(node, this.#factors[k]!);
    }
    this.#factors.fill(0);
    if (this.#hasBlocks) this.#blocks.fill(0);
    this.#hasBlocks = false;
  }
}

/**
 * Adds the integral over a facet's samples of multipliers times (slave less master displacement) to their rows. Bulges are put
 * under -1 - midside node: the nodes that stand for them are asked for once the rows are complete.
 */
function addIntegrals(
  multipliers: readonly { row: BlockRow; coefficients: Multiplier['coefficients'] }[],
  { mesh, facet, samples, first, last, placement, volume }: FacetSamples,
): void {
  const integrals = multipliers.map((multiplier) => new RowIntegral(multiplier));
  const motion = new Float64Array(BLOCKS);
  for (let q = first; q < last; q++) {
    const r = samples.slaveAt[2 * q]!;
    const s = samples.slaveAt[2 * q + 1]!;
    const l = 1 - r - s;
    const area = samples.area[q]!;
    const master = samples.masterFacet[q]!;
    if (volume && !placement && hasGap(mesh, samples, q)) {
      const [rm, sm] = [samples.masterAt[2 * q]!, samples.masterAt[2 * q + 1]!];
      const { nodes, factors } = volume.at(master, rm, sm, at(samples.gap, q) as Vec3);
      for (const integral of integrals) {
        const weight = integral.addSlave(area, l, r, s);
        nodes.forEach((node, a) => {
          integral.row.addScalar(node, -weight * factors[a]!);
        });
      }
    } else if (findMotion(mesh, samples, q, placement, motion))
      for (const integral of integrals) integral.addBlocks(integral.addSlave(area, l, r, s), motion);
    else {
      const shape = triangleShape(samples.masterAt[2 * q]!, samples.masterAt[2 * q + 1]!);
      for (const integral of integrals) integral.addFactors(integral.addSlave(area, l, r, s), shape);
    }
    if (q + 1 < last && samples.masterFacet[q + 1] === master) continue;
    for (const integral of integrals) integral.leave(mesh, master);
  }
  for (const { row, onCorners, onSides } of integrals) {
    for (let k = 0; k < 3; k++) row.addScalar(mesh.facets[6 * facet + k]!, onCorners[k]!);
    SIDES.forEach(([, , middle], k) => {
      row.addScalar(-1 - mesh.facets[6 * facet + middle]!, onSides[k]!);
    });
  }
}

/** A multiplier's values on one facet, in its three hat functions. */
interface Multiplier {
  corner: number;
  coefficients: [number, number, number];
}

/** For each corner without an equation of its own, a corner beside it that has one. */
function activeNeighbours(mesh: VolumeMesh, facets: readonly number[], active: Set<number>): Map<number, number> {
  const neighbour = new Map<number, number>();
  for (const facet of facets) {
    const corners = [0, 1, 2].map((k) => mesh.facets[6 * facet + k]!);
    const near = corners.find((corner) => active.has(corner));
    if (near === undefined) continue;
    for (const corner of corners) if (!active.has(corner) && !neighbour.has(corner)) neighbour.set(corner, near);
  }
  return neighbour;
}

/** Samples of each slave facet: they lie together. */
function rangesOf(samples: InterfaceSamples): Map<number, [number, number]> {
  const ranges = new Map<number, [number, number]>();
  for (let q = 0; q < samples.count; q++) {
    const facet = samples.slaveFacet[q]!;
    const range = ranges.get(facet);
    if (range) range[1] = q + 1;
    else ranges.set(facet, [q, q + 1]);
  }
  return ranges;
}

function activeCorners(
  mesh: VolumeMesh,
  slaveFacets: readonly number[],
  samples: InterfaceSamples,
  ranges: Map<number, [number, number]>,
  isTaken: (node: number) => boolean,
): Set<number> {
  const whole = new Map<number, number>();
  const covered = new Map<number, number>();
  const add = (to: Map<number, number>, node: number, amount: number): void => {
    to.set(node, (to.get(node) ?? 0) + amount);
  };
  for (const facet of slaveFacets) {
    const share = facetArea(mesh, facet) / 3;
    for (let k = 0; k < 3; k++) add(whole, mesh.facets[6 * facet + k]!, share);
  }
  for (const [facet, [first, last]] of ranges)
    for (let q = first; q < last; q++) {
      const r = samples.slaveAt[2 * q]!;
      const s = samples.slaveAt[2 * q + 1]!;
      [1 - r - s, r, s].forEach((hat, k) => {
        add(covered, mesh.facets[6 * facet + k]!, hat * samples.area[q]!);
      });
    }
  const active = new Set<number>();
  for (const [corner, area] of covered)
    if (area >= COVERED_FROM * whole.get(corner)! && !isTaken(corner)) active.add(corner);
  return active;
}

/** Row i: coefficients of multiplier i in the three hat functions; dual to them over the covered part of the facet. */
function dualFunctions(samples: InterfaceSamples, first: number, last: number, whole: number): number[][] | null {
  const mass = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const diagonal = [0, 0, 0];
  let covered = 0;
  for (let q = first; q < last; q++) {
    const r = samples.slaveAt[2 * q]!;
    const s = samples.slaveAt[2 * q + 1]!;
    const hat = [1 - r - s, r, s];
    const area = samples.area[q]!;
    covered += area;
    for (let i = 0; i < 3; i++) {
      diagonal[i]! += area * hat[i]!;
      for (let j = 0; j < 3; j++) mass[3 * i + j]! += area * hat[i]! * hat[j]!;
    }
  }
  if (covered < SLIVER * whole) return null;
  const inverse = inverse3(mass);
  // A = D M^-1
  return inverse ? [0, 1, 2].map((i) => [0, 1, 2].map((j) => diagonal[i]! * inverse[3 * i + j]!)) : null;
}

/** The multipliers of corners that have no equation go to those that have, in equal shares: they still add up to one. */
function sharedOut(dual: number[][], own: readonly boolean[]): number[][] {
  const count = own.filter(Boolean).length;
  const spare = [0, 1, 2].map((j) => dual.reduce((sum, row, i) => sum + (own[i] ? 0 : row[j]!), 0) / count);
  return dual.map((row, i) => (own[i] ? row.map((value, j) => value + spare[j]!) : row));
}

const hasGap = (mesh: VolumeMesh, samples: InterfaceSamples, q: number): boolean =>
  norm(at(samples.gap, q) as Vec3) >= 1e-10 * Math.sqrt(facetArea(mesh, samples.masterFacet[q]!));

/** False where the master's shape functions alone will do; else its blocks are in `motion`. */
function findMotion(
  mesh: VolumeMesh,
  samples: InterfaceSamples,
  q: number,
  placement: RigidPlacement | null,
  motion: Float64Array,
): boolean {
  const gap = at(samples.gap, q) as Vec3;
  const master = samples.masterFacet[q]!;
  if (!placement && !hasGap(mesh, samples, q)) return false;
  const rotation = placement?.rotation ?? null;
  carriedMotion(mesh, master, samples.masterAt[2 * q]!, samples.masterAt[2 * q + 1]!, gap, rotation, motion);
  return true;
}

/** Terms of a corner's equation, scaled so that its own coefficient is one, which comes first; round-off is left out. */
function finished(row: BlockRow, corner: number): { node: number; block: Float64Array }[] {
  const own = row.blocks.get(corner)!;
  const scale = 1 / Math.max(Math.abs(own[0]!), Math.abs(own[4]!), Math.abs(own[8]!));
  const terms: { node: number; block: Float64Array }[] = [];
  for (const [node, block] of row.blocks) {
    const scaled = block.map((value) => (Math.abs(value * scale) < 1e-13 ? 0 : value * scale));
    if (node === corner) terms.unshift({ node, block: scaled });
    else if (scaled.some((value) => value !== 0)) terms.push({ node, block: scaled });
  }
  return terms;
}

function rowOf(rows: Map<number, BlockRow>, corner: number): BlockRow {
  let row = rows.get(corner);
  if (!row) {
    row = new BlockRow();
    rows.set(corner, row);
  }
  return row;
}

/** The two corners of each midside node of some facets. */
function sideEnds(mesh: VolumeMesh, facets: readonly number[]): Map<number, [number, number]> {
  const ends = new Map<number, [number, number]>();
  for (const facet of facets)
    for (const [a, b, middle] of SIDES)
      ends.set(mesh.facets[6 * facet + middle]!, [mesh.facets[6 * facet + a]!, mesh.facets[6 * facet + b]!]);
  return ends;
}
