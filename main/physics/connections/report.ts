/** What a solution says of connections: forces through bonds, bolt forces, reactions at remote points and cut sides. */
import type { ResultSummary } from '../../../preload/contract/studies.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { add, scale, type Vec3 } from '../vector.ts';
import type { AppliedConnections } from './connect.ts';
import type { MeshSolution } from './extend-model.ts';
import { groupResultant, resultantOnFacets } from './forces.ts';

/** What is read of a solution. */
type Carried = Pick<MeshSolution, 'constraintForces' | 'extra'>;
type ConnectionReport = NonNullable<ResultSummary['connections']>[number];

/**
 * Reactions that are not at nodes of the mesh, by index of the restraint: at remote points, and what the cut sides of a sector
 * put on it in all.
 */
export function connectionReactions(
  applied: AppliedConnections | null,
  mesh: VolumeMesh,
  solution: Carried,
): { restraint: number; force: Vec3 }[] {
  if (!applied) return [];
  return [
    ...applied.remotes.map(({ restraint, held }) => ({
      restraint,
      force: remoteReaction(applied, held, solution).force,
    })),
    ...applied.cyclic.map(({ restraint, bond }) => ({
      restraint,
      force: groupResultant(applied.system, bond.group, solution.constraintForces, mesh.nodes, () => true, [0, 0, 0])
        .force,
    })),
  ];
}

function remoteReaction(
  applied: AppliedConnections,
  held: AppliedConnections['remotes'][number]['held'],
  solution: Carried,
): { force: Vec3; moment: Vec3 } {
  const force: Vec3 = [0, 0, 0];
  const moment: Vec3 = [0, 0, 0];
  for (const { node, axis, component, reactionFactor } of held) {
    const reaction = solution.extra!.reactions[3 * (node - applied.system.meshNodeCount) + axis]!;
    // Work: R du = M d theta with u = theta times a length.
    if (component < 3) force[component]! += reaction;
    else moment[component - 3]! += reaction * reactionFactor;
  }
  return { force, moment };
}

export function reportConnections(
  applied: AppliedConnections | null,
  mesh: VolumeMesh,
  restraints: readonly ResolvedRestraint[],
  solution: Carried,
): ConnectionReport[] {
  if (!applied) return [];
  const { system } = applied;
  const reports: ConnectionReport[] = [];
  for (const bond of applied.bonds) {
    const { force, moment } = resultantOnFacets(
      system,
      bond.group,
      solution.constraintForces,
      mesh,
      bond.facetsOn,
      bond.slaveFacets,
    );
    reports.push({ id: bond.id, name: bond.name, force_N: force, moment_N_mm: moment, area_mm2: bond.area_mm2 });
  }
  let bolt = 0;
  for (const { id, name, node, stiffness_N_mm, bolt: isBolt } of applied.connectors) {
    const stretch = [0, 1, 2].map(
      (axis) => solution.extra!.displacement[3 * (node - system.meshNodeCount) + axis]!,
    ) as Vec3;
    if (isBolt) {
      const tension = stiffness_N_mm[0] * stretch[0] - applied.preloads[bolt++]!;
      // On the faces under the head: a bolt in tension pulls them towards its thread.
      reports.push({ id, name, boltForce_N: tension, force_N: scale(isBolt.axis, tension) });
    } else {
      reports.push({ id, name, force_N: stretch.map((value, axis) => value * stiffness_N_mm[axis]!) as Vec3 });
    }
  }
  for (const { restraint, held } of applied.remotes) {
    const { force, moment } = remoteReaction(applied, held, solution);
    const { id, name } = restraints[restraint]!.restraint;
    reports.push({ id, name, force_N: force, moment_N_mm: moment });
  }
  for (const { restraint, bond, facetsOn } of applied.cyclic) {
    const { force, moment } = resultantOnFacets(system, bond.group, solution.constraintForces, mesh, facetsOn);
    const { id, name } = restraints[restraint]!.restraint;
    reports.push({ id, name, force_N: force, moment_N_mm: moment, area_mm2: bond.area_mm2 });
  }
  return reports;
}

/** Force that acts on the model from outside: nodal forces, those at reference points included, bolts' preloads not. */
export function appliedForce(forces: Float64Array, meshNodeCount: number, applied: AppliedConnections | null): Vec3 {
  let sum: Vec3 = [0, 0, 0];
  for (let node = 0; node < meshNodeCount; node++)
    for (let axis = 0; axis < 3; axis++) sum[axis]! += forces[3 * node + axis]!;
  for (const { node, force } of applied?.forces ?? [])
    if (applied!.system.extra[node - meshNodeCount]!.kind === 'point') sum = add(sum, force);
  return sum;
}
