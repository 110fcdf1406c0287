/** Puts mesh, materials, restraints and loads together into the numeric core's model, or says plainly why it cannot be. */
import type { StaticModel } from '../../../native/index.d.ts';
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import type { Material, MaterialAxes } from '../../../preload/contract/studies.ts';
import { type AppliedConnections, applyConnections } from '../connections/connect.ts';
import { extendModel } from '../connections/extend-model.ts';
import type { ResolvedConnection } from '../connections/resolve.ts';
import { rigidConnections } from '../connections/rigid-conditions.ts';
import { refuseStudy } from '../errors.ts';
import { type AppliedLoads, applyLoads, type ResolvedLoad } from '../loads/apply.ts';
import { addBodyForce, type MassTotals } from '../loads/body-force.ts';
import { type AppliedRestraints, applyRestraints, type ResolvedRestraint } from '../restraints/apply.ts';
import { freeRigidMotions } from '../stability/rigid-body.ts';
import { norm, type Vec3 } from '../vector.ts';
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

/** tonne/mm^3 in a kg/m^3. */
export const TONNE_PER_MM3 = 1e-12;

export function buildModel(
  mesh: VolumeMesh,
  bodies: readonly ModelBody[],
  restraints: readonly ResolvedRestraint[],
  loads: readonly ResolvedLoad[],
  temperatureChange: Float64Array | null,
  connections: readonly ResolvedConnection[] = [],
  /** A body that vibrates may move as a whole. */
  { mayMove = false }: { mayMove?: boolean } = {},
): BuiltModel {
  const faces = bodies.flatMap((body) => body.faces);
  const finder = new TargetFinder(mesh);
  const elementBody = bodyOfElements(mesh, bodies);
  const appliedRestraints = applyRestraints(finder, restraints, faces);
  const firstFaces = bodies.map((body) => body.firstFace);
  const appliedConnections = applyConnections({
    finder,
    bodyOfFace: (face) => ownerOf(firstFaces, face),
    bodyNames: bodies.map((body, index) => bodyLabel(body, index)),
    connections,
    restraints,
    loads,
    isClamped: clampedNodes(appliedRestraints),
  });
  if (!mayMove) refuseUnderRestrained(mesh, bodies, appliedRestraints, appliedConnections);
  const appliedLoads = applyLoads(finder, loads, faces);

  const density = bodies.map((body) => body.material.properties.density_kg_m3 * TONNE_PER_MM3);
  const acceleration = norm(appliedLoads.bodyAcceleration) > 0 ? appliedLoads.bodyAcceleration : null;
  if (acceleration && density.every((value) => value === 0))
    throw refuseStudy('no-density', 'Gravity needs a density.', 'Give the material a density.');
  const mass = addBodyForce(mesh, elementBody, density, acceleration, appliedLoads.forces);

  const materials = new Float64Array(4 * bodies.length);
  bodies.forEach((body, index) => {
    const { young_MPa, poisson, thermalExpansion_1_K } = body.material.properties;
    if (temperatureChange && thermalExpansion_1_K === undefined)
      throw refuseStudy(
        'no-expansion',
        `Material "${body.material.name}" has no thermal expansion.`,
        'Give it one, or leave the temperature out.',
      );
    materials.set([young_MPa, poisson, density[index]!, thermalExpansion_1_K ?? 0], 4 * index);
  });
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
        materials,
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

/** Refuses a model that can move as a rigid body, by name of each free motion. */
export function refuseUnderRestrained(
  mesh: VolumeMesh,
  bodies: readonly ModelBody[],
  restraints: AppliedRestraints,
  connections: AppliedConnections | null = null,
): void {
  const solidCount = bodies.reduce((sum, body) => sum + body.solids, 0);
  const held = [...restraints.conditions, ...restraints.springs, ...heldReferences(connections)];
  const free = freeRigidMotions(
    mesh,
    solidCount,
    held,
    connections ? rigidConnections(connections.system, mesh, solidCount) : null,
  );
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
