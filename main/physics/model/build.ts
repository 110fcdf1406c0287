/** Puts mesh, materials, restraints and loads together into the numeric core's model, or says plainly why it cannot be. */
import type { StaticModel } from '../../../native/index.d.ts';
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import {
  DEFAULT_REFERENCE_TEMPERATURE_degC,
  type Material,
  type MaterialAxes,
} from '../../../preload/contract/studies.ts';
import { type AppliedConnections, applyConnections } from '../connections/connect.ts';
import { extendModel } from '../connections/extend-model.ts';
import type { ResolvedConnection } from '../connections/resolve.ts';
import { rigidConnections } from '../connections/rigid-conditions.ts';
import { refuseStudy } from '../errors.ts';
import { isNoAcceleration } from '../loads/acceleration.ts';
import { type AppliedLoads, applyLoads, type ResolvedLoad } from '../loads/apply.ts';
import { addBodyForce, type MassTotals } from '../loads/body-force.ts';
import { type AppliedRestraints, applyRestraints, type ResolvedRestraint } from '../restraints/apply.ts';
import { determinateHold } from '../restraints/determinate.ts';
import { type FreeMotions, freeRigidMotions } from '../stability/rigid-body.ts';
import type { Vec3 } from '../vector.ts';
import { materialArrays, TONNE_PER_MM3 } from './material-arrays.ts';
import { elementCount, type VolumeMesh } from './mesh.ts';
import { TargetFinder } from './target.ts';
import { ownerOf } from './topology.ts';

/** A body as the model needs it: plain data that crosses to the worker. */
export interface ModelBody {
  name: string;
  /** First global solid index and how many. */
  firstSolid: number;
  solids: number;
  firstFace: number;
  firstEdge: number;
  firstVertex: number;
  faces: FaceInfo[];
  material: Material;
  axes?: MaterialAxes;
  /** Diagonal of its box. */
  size_mm: number;
  /** Mean wall thickness, 2 V / A. */
  thickness_mm: number;
}

export interface BuiltModel {
  model: StaticModel;
  finder: TargetFinder;
  loads: AppliedLoads;
  restraints: AppliedRestraints;
  /** Equations and further unknowns, which the model's arrays hold after those of the mesh; null without any. */
  connections: AppliedConnections | null;
  mass: MassTotals;
  elementBody: Int32Array;
}

export interface BuildOptions {
  /** Temperature without thermal strain; 20 degC where left out. */
  referenceTemperature_degC?: number;
  /** Temperatures will expand the bodies in a later load case: their materials must say by how much. */
  heated?: boolean;
  /** Temperatures say which properties materials have, but expand nothing: false where so. */
  expands?: boolean;
  /** A body that vibrates may move as a whole. */
  mayMove?: boolean;
  /** A free body whose loads its inertia balances: it is held at three nodes, just so that it cannot move. */
  inertiaRelief?: boolean;
  /** The loads of all cases, where `loads` are those of one: points that carry a force are there in each. */
  loadsOfAllCases?: readonly ResolvedLoad[];
  /** The tension of bolts is to stiffen the model. */
  stressStiffness?: boolean;
  /** Displacements may be large: bonds are to hold however far their sides turn. */
  largeRotation?: boolean;
}

export function buildModel(
  mesh: VolumeMesh,
  bodies: readonly ModelBody[],
  restraints: readonly ResolvedRestraint[],
  loads: readonly ResolvedLoad[],
  fieldOfTemperature: Float64Array | null,
  connections: readonly ResolvedConnection[] = [],
  options: BuildOptions = {},
): BuiltModel {
  const faces = bodies.flatMap((body) => body.faces);
  const finder = new TargetFinder(mesh);
  const elementBody = bodyOfElements(mesh, bodies);
  const free = options.inertiaRelief === true;
  const appliedRestraints = free ? holdFreeBody(mesh, bodies, restraints) : applyRestraints(finder, restraints, faces);
  const firstFaces = bodies.map((body) => body.firstFace);
  const appliedConnections = applyConnections({
    finder,
    bodyOfFace: (face) => ownerOf(firstFaces, face),
    bodyNames: bodies.map((body, index) => bodyLabel(body, index)),
    connections,
    restraints,
    loads: options.loadsOfAllCases ?? loads,
    isClamped: clampedNodes(appliedRestraints),
    stressStiffness: options.stressStiffness === true,
    largeRotation: options.largeRotation === true,
  });
  if (!free && !options.mayMove) refuseUnderRestrained(mesh, bodies, appliedRestraints, appliedConnections);
  const reference = options.referenceTemperature_degC ?? DEFAULT_REFERENCE_TEMPERATURE_degC;
  const applied = applyCase({ finder, elementBody, bodies }, loads, fieldOfTemperature, reference);
  const { loads: appliedLoads, mass, temperatureChange } = applied;
  const heated = (temperatureChange !== null && options.expands !== false) || options.heated === true;
  const materials = materialArrays(bodies, heated, reference);
  return {
    finder,
    loads: appliedLoads,
    restraints: appliedRestraints,
    connections: appliedConnections,
    mass,
    elementBody,
    model: extendModel(
      {
        nodes: mesh.nodes,
        elements: mesh.elements,
        elementMaterial: elementBody,
        ...materials,
        elementBody,
        fixedDofs: appliedRestraints.fixedDofs,
        fixedValues: appliedRestraints.fixedValues,
        frameNodes: appliedRestraints.frameNodes,
        frames: appliedRestraints.frames,
        forces: appliedLoads.forces,
        // Body forces are among the nodal forces already, so that their total is known exactly and the deck carries the same.
        gravity: new Float64Array(3),
        temperatureChange,
        addedNodesA: appliedRestraints.addedNodesA,
        addedNodesB: appliedRestraints.addedNodesB,
        addedBlocks: appliedRestraints.addedBlocks,
      },
      appliedConnections,
    ),
  };
}

/** Holds a free body at three nodes; what it cannot do for several that are not joined, or for one that is held already. */
function holdFreeBody(
  mesh: VolumeMesh,
  bodies: readonly ModelBody[],
  restraints: readonly ResolvedRestraint[],
): AppliedRestraints {
  if (restraints.length > 0)
    throw refuseStudy(
      'inertia-relief-held',
      'Inertia relief is for a body that nothing holds, but the study has restraints.',
      'Suppress the restraints, or switch inertia relief off.',
    );
  const held = determinateHold(mesh);
  const solidCount = bodies.reduce((sum, body) => sum + body.solids, 0);
  if (freeRigidMotions(mesh, solidCount, held.springs).length > 0)
    throw refuseStudy(
      'inertia-relief-apart',
      'Inertia relief is for one body, but the study has several that are not joined.',
      'Unite the solids, or study them one by one.',
    );
  return { ...held, springs: [] };
}

/** What one load case puts on the mesh. */
export interface AppliedCase {
  /** Their forces hold what acts on everything too. */
  loads: AppliedLoads;
  mass: MassTotals;
  temperatureChange: Float64Array | null;
}

/**
 * @param fieldOfTemperature change from the stress-free state at every node, K, or null
 * @throws ArtificerError `study.no-density`
 */
export function applyCase(
  { finder, elementBody, bodies }: Pick<BuiltModel, 'finder' | 'elementBody'> & { bodies: readonly ModelBody[] },
  loads: readonly ResolvedLoad[],
  fieldOfTemperature: Float64Array | null,
  referenceTemperature_degC: number,
): AppliedCase {
  const { mesh } = finder;
  const faces = bodies.flatMap((body) => body.faces);
  const applied = applyLoads(finder, loads, faces);
  const density = bodies.map((body) => body.material.properties.density_kg_m3 * TONNE_PER_MM3);
  const acceleration = isNoAcceleration(applied.bodyAcceleration) ? null : applied.bodyAcceleration;
  if (acceleration && density.every((value) => value === 0))
    throw refuseStudy('no-density', 'Gravity and rotation need a density.', 'Give the material a density.');
  const mass = addBodyForce(mesh, elementBody, density, acceleration, applied.forces);
  let temperatureChange = fieldOfTemperature;
  if (applied.bodyTemperature) {
    const { temperature_degC, factor } = applied.bodyTemperature;
    const change = factor * (temperature_degC - referenceTemperature_degC);
    temperatureChange = new Float64Array(mesh.nodes.length / 3).fill(change);
    fieldOfTemperature?.forEach((value, node) => {
      temperatureChange![node]! += value;
    });
  }
  return { loads: applied, mass, temperatureChange };
}

/** The body that each element belongs to. */
export function bodyOfElements(mesh: VolumeMesh, bodies: readonly ModelBody[]): Int32Array {
  const offsets = bodies.map((body) => body.firstSolid);
  const bodyOfSolid: number[] = [];
  const out = new Int32Array(elementCount(mesh));
  for (let element = 0; element < out.length; element++) {
    const solid = mesh.elementSolid[element]!;
    bodyOfSolid[solid] ??= ownerOf(offsets, solid);
    out[element] = bodyOfSolid[solid]!;
  }
  return out;
}

type Held = Pick<BuiltModel, 'restraints' | 'connections'>;

function freeMotionsOf(
  mesh: VolumeMesh,
  bodies: readonly ModelBody[],
  { restraints, connections }: Held,
): FreeMotions[] {
  const solidCount = bodies.reduce((sum, body) => sum + body.solids, 0);
  const held = [...restraints.conditions, ...restraints.springs, ...heldReferences(connections)];
  return freeRigidMotions(
    mesh,
    solidCount,
    held,
    connections ? rigidConnections(connections.system, mesh, solidCount) : null,
  );
}

/** Whether nothing of a model can move as a rigid body. */
export const isHeldInPlace = (mesh: VolumeMesh, bodies: readonly ModelBody[], held: Held): boolean =>
  freeMotionsOf(mesh, bodies, held).length === 0;

/** Refuses a model that can move as a rigid body, by name of each free motion. */
export function refuseUnderRestrained(
  mesh: VolumeMesh,
  bodies: readonly ModelBody[],
  restraints: AppliedRestraints,
  connections: AppliedConnections | null = null,
): void {
  const solidCount = bodies.reduce((sum, body) => sum + body.solids, 0);
  const free = freeMotionsOf(mesh, bodies, { restraints, connections });
  if (free.length === 0) return;
  const offsets = bodies.map((body) => body.firstSolid);
  const sentences = free.map(({ solids, motions, count }) => {
    const names = [...new Set(solids.map((solid) => nameOfSolid(bodies, ownerOf(offsets, solid), solid)))];
    return count === 6
      ? `${names.join(' and ')} is not held at all`
      : `${names.join(' and ')} can ${motions.join(', can ')}`;
  });
  const several = solidCount > 1;
  throw refuseStudy(
    'under-restrained',
    `The model can move freely: ${sentences.join('; ')}.`,
    several
      ? 'Solids that do not share faces are not joined: hold each on its own, bond them to each other, or unite them.'
      : 'Add a restraint, a symmetry plane or an elastic support that stops this motion.',
    { details: free.map(({ solids, motions }) => ({ solids, motions })) },
  );
}

/** Prescribed motions of reference points that the faces follow as one piece. */
const heldReferences = (connections: AppliedConnections | null): { node: number; direction: Vec3 }[] =>
  (connections?.remotes ?? []).flatMap(({ held }) =>
    held.map(({ node, axis }) => ({ node, direction: [0, 1, 2].map((k) => (k === axis ? 1 : 0)) as Vec3 })),
  );

/** Nodes that restraints leave no freedom. */
function clampedNodes({ conditions }: AppliedRestraints): (node: number) => boolean {
  const directions = new Map<number, number>();
  for (const { node } of conditions) directions.set(node, (directions.get(node) ?? 0) + 1);
  return (node) => directions.get(node) === 3;
}

function bodyLabel({ name }: ModelBody, index: number): string {
  const number = `body ${index + 1}`;
  return name && name.toLowerCase() !== number ? `${number} (${name})` : number;
}

function nameOfSolid(bodies: readonly ModelBody[], body: number, solid: number): string {
  const { solids, firstSolid } = bodies[body]!;
  const label = bodyLabel(bodies[body]!, body);
  return solids > 1 ? `solid ${solid - firstSolid + 1} of ${label}` : label;
}
