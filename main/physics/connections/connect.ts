/**
 * Turns the connections of a study, its remote points and cyclic symmetry into constraint equations, further unknowns and
 * springs, for whatever analysis is to be made of the model.
 */
import type { Connection } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import type { Target, TargetFinder } from '../model/target.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import type { Vec3 } from '../vector.ts';
import { type Bond, bondFacets, defaultTolerance, nodesOf, nothingBonded } from './bond.ts';
import { makeRigid, shareMotion } from './coupled.ts';
import { tieSector } from './cyclic.ts';
import { addBolt, addSpring, type Connector } from './elastic.ts';
import { type EquationGroup, EquationSystem } from './equations.ts';
import { averageMotion } from './reference-point.ts';
import { addRemoteDisplacement, addRigidRemoteForce, type HeldMotion, type RigidPoint } from './remote.ts';
import type { ResolvedConnection } from './resolve.ts';
import { bodiesThatMayTouch } from './touching.ts';

/** A bonded pair of surfaces and whose it is. */
export interface AppliedBond extends Bond {
  id: string;
  name: string;
  /** Facets of the side that forces are reported on: the connection's `on`. */
  facetsOn: number[];
  conductance_W_m2K: number | undefined;
}

export interface AppliedConnections {
  system: EquationSystem;
  bonds: AppliedBond[];
  /** Sectors: by index of the restraint. */
  cyclic: { restraint: number; bond: Bond; facetsOn: number[] }[];
  /** Remote displacements, by index of the restraint: prescribed unknowns. */
  remotes: { restraint: number; point: Vec3; held: HeldMotion[] }[];
  /** Forces on extra nodes: N for translations, N for rotation nodes too (their unknown is a length). */
  forces: { load: number; node: number; force: Vec3 }[];
  connectors: (Connector & { id: string; name: string; point: Vec3 })[];
  couplings: { id: string; name: string; group: EquationGroup }[];
  /** Points that faces follow as one piece, by whatever they are held, loaded or joined. */
  rigids: RigidPoint[];
  /** Force on the stretch of each bolt that tightens it, N: in the order of the connectors that are bolts. */
  preloads: number[];
}

export interface ConnectInput {
  finder: TargetFinder;
  /** Body of each global face. */
  bodyOfFace: (face: number) => number;
  bodyNames: readonly string[];
  connections: readonly ResolvedConnection[];
  restraints: readonly ResolvedRestraint[];
  loads: readonly ResolvedLoad[];
  /** Nodes that restraints hold along all three axes. */
  isClamped: (node: number) => boolean;
  /** Bolts measure motion across their axes too: for analyses in which their tension stiffens the model. */
  stressStiffness?: boolean;
  /** Bonds are to hold however far their sides turn. */
  largeRotation?: boolean;
}

/** Null where nothing connects anything. */
export function applyConnections(input: ConnectInput): AppliedConnections | null {
  const { finder, connections, restraints, loads } = input;
  const { mesh } = finder;
  const system = new EquationSystem(mesh.nodes);
  const applied: AppliedConnections = {
    system,
    bonds: [],
    cyclic: [],
    remotes: [],
    forces: [],
    connectors: [],
    couplings: [],
    rigids: [],
    preloads: [],
  };
  const decided = new Set<number>();
  const isTaken = (node: number): boolean => decided.has(node) || input.isClamped(node);

  restraints.forEach(({ restraint, target, opposite }, index) => {
    const who = `Restraint "${restraint.name}"`;
    if (restraint.kind === 'cyclic-symmetry') {
      const low = facetsOf(finder, target, who);
      const high = facetsOf(finder, opposite!, `${who}, opposite side`);
      const bond = tieSector(system, mesh, low, high, restraint.axis, restraint.sectors, who, isTaken);
      applied.cyclic.push({ restraint: index, bond, facetsOn: low });
      decide(decided, mesh, bond);
    } else if (restraint.kind === 'remote-displacement') {
      const { held, rigid } = addRemoteDisplacement(
        system,
        mesh.nodes,
        restraint,
        finder.nodes(target, who),
        () => finder.patch(target, who),
        who,
      );
      applied.remotes.push({ restraint: index, point: restraint.point_mm as Vec3, held });
      if (rigid) applied.rigids.push(rigid);
    }
  });
  loads.forEach(({ load, target }, index) => {
    if (load.kind !== 'remote-force' || load.coupling !== 'rigid' || !target) return;
    const who = `Load "${load.name}"`;
    const { forces, rigid } = addRigidRemoteForce(
      system,
      mesh.nodes,
      finder.nodes(target, who),
      load.point_mm as Vec3,
      load.force_N as Vec3,
      (load.moment_N_mm ?? [0, 0, 0]) as Vec3,
      who,
    );
    for (const one of forces) applied.forces.push({ load: index, ...one });
    applied.rigids.push(rigid);
  });
  for (const { connection, target, to } of connections)
    connectOne(input, applied, connection, target, to, isTaken, decided);
  return system.count > 0 ? applied : null;
}

function connectOne(
  input: ConnectInput,
  applied: AppliedConnections,
  connection: Connection,
  target: Target | undefined,
  to: Target | undefined,
  isTaken: (node: number) => boolean,
  decided: Set<number>,
): void {
  const { finder, largeRotation = false } = input;
  const { mesh } = finder;
  const { system } = applied;
  const { id, name } = connection;
  const who = `Connection "${name}"`;
  switch (connection.kind) {
    case 'bonded': {
      const facetsA = facetsOf(finder, target!, who);
      const facetsB = facetsOf(finder, to!, `${who}, other side`);
      const tolerance_mm = connection.tolerance_mm ?? defaultTolerance(mesh, facetsA, facetsB);
      const bond = bondFacets(system, mesh, facetsA, facetsB, { who, tolerance_mm, isTaken, largeRotation });
      if (!bond) {
        // Solids that share a face share its nodes: they are one already.
        const shared = nodesOf(mesh, facetsB);
        if (facetsA.some((facet) => [...nodesOf(mesh, [facet])].every((node) => shared.has(node)))) return;
        throw nothingBonded(who, tolerance_mm);
      }
      applied.bonds.push(asBond(bond, id, name, facetsA, connection.conductance_W_m2K));
      decide(decided, mesh, bond);
      return;
    }
    case 'bonded-touching': {
      const pairs = bodiesThatMayTouch(mesh, input.bodyOfFace, input.bodyNames.length, connection.tolerance_mm);
      let found = 0;
      for (const { bodyA, bodyB, facetsA, facetsB, tolerance_mm } of pairs) {
        const title = `${input.bodyNames[bodyA]} - ${input.bodyNames[bodyB]}`;
        const bond = bondFacets(system, mesh, facetsA, facetsB, {
          who: `${who} (${title})`,
          tolerance_mm,
          isTaken,
          largeRotation,
        });
        if (!bond) continue;
        found++;
        applied.bonds.push(
          asBond(bond, `${id}/${bodyA}-${bodyB}`, `${name}: ${title}`, facetsA, connection.conductance_W_m2K),
        );
        decide(decided, mesh, bond);
      }
      if (found === 0 && !bodiesShareNodes(input))
        throw nothingBonded(who, connection.tolerance_mm ?? Math.max(0, ...pairs.map((pair) => pair.tolerance_mm)));
      return;
    }
    case 'rigid': {
      const rigid = makeRigid(system, mesh.nodes, finder.nodes(target!, who), who);
      applied.couplings.push({ id, name, group: rigid.group });
      applied.rigids.push(rigid);
      return;
    }
    case 'coupled': {
      const axes = connection.axes.map((axis) => 'xyz'.indexOf(axis));
      const { group } = shareMotion(system, mesh.nodes, finder.nodes(target!, who), axes, who);
      applied.couplings.push({ id, name, group });
      return;
    }
    case 'bolt':
    case 'spring': {
      const from = averageMotion(finder.patch(target!, who), mesh.nodes);
      const other = averageMotion(finder.patch(to!, `${who}, other side`), mesh.nodes);
      const connector =
        connection.kind === 'bolt'
          ? addBolt(system, from, other, { ...connection, transverse: input.stressStiffness === true }, who)
          : addSpring(system, from, other, connection.stiffness_N_mm as Vec3, who);
      applied.connectors.push({ ...connector, id, name, point: from.centre });
    }
  }
}

/** Bodies with a common face are meshed as one there. */
function bodiesShareNodes({ finder, bodyOfFace }: ConnectInput): boolean {
  const { mesh } = finder;
  const solidOfNode = new Int32Array(mesh.nodes.length / 3).fill(-1);
  const bodyOfSolid = new Map<number, number>();
  const first = new Map<number, number>();
  for (let element = 0; element < mesh.elementSolid.length; element++)
    for (let k = 0; k < 10; k++) {
      const node = mesh.elements[10 * element + k]!;
      const solid = mesh.elementSolid[element]!;
      if (solidOfNode[node]! >= 0 && solidOfNode[node] !== solid) first.set(solidOfNode[node]!, solid);
      solidOfNode[node] = solid;
    }
  mesh.facetFace.forEach((face, facet) => {
    const solid = solidOfNode[mesh.facets[6 * facet + 3]!]!;
    if (!bodyOfSolid.has(solid)) bodyOfSolid.set(solid, bodyOfFace(face));
  });
  return [...first].some(([a, b]) => bodyOfSolid.get(a) !== bodyOfSolid.get(b));
}

const asBond = (
  bond: Bond,
  id: string,
  name: string,
  facetsOn: number[],
  conductance_W_m2K: number | undefined,
): AppliedBond => ({ ...bond, id, name, facetsOn, conductance_W_m2K });

/** Slave nodes are given by their masters: no later bond gives them once more. */
function decide(decided: Set<number>, mesh: TargetFinder['mesh'], bond: Bond): void {
  for (const node of bond.matching ? nodesOf(mesh, bond.slaveFacets) : bond.corners) decided.add(node);
}

function facetsOf(finder: TargetFinder, target: Target, who: string): number[] {
  if (target.kind !== 'face')
    throw refuseStudy('needs-faces', `${who} joins faces.`, 'Pick faces, not edges or vertices.');
  return target.items.flatMap((face) => {
    const facets = finder.facets(face);
    if (facets.length === 0)
      throw refuseStudy(
        'nothing-there',
        `${who}: the mesh has no elements on one of its faces.`,
        'The face may be smaller than the mesher can see; refine the mesh there or choose another face.',
      );
    return facets;
  });
}

/** What is not part of the mesh, for the model: coordinates, prescribed unknowns, springs, forces. */
export interface ExtraUnknowns {
  nodes: Float64Array;
  fixed: { dof: number; value: number }[];
  springs: { node: number; block: number[] }[];
  forces: { node: number; force: Vec3 }[];
}

export function extraUnknowns(applied: AppliedConnections): ExtraUnknowns {
  return {
    nodes: applied.system.nodes(),
    fixed: applied.remotes.flatMap(({ held }) =>
      held.map(({ node, axis, value_mm }) => ({ dof: 3 * node + axis, value: value_mm })),
    ),
    springs: applied.connectors.map(({ node, stiffness_N_mm: [x, y, z] }) => ({
      node,
      block: [x, 0, 0, 0, y, 0, 0, 0, z],
    })),
    forces: applied.forces.map(({ node, force }) => ({ node, force })),
  };
}
