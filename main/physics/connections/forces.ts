/** What connections carry, from the multipliers of their equations. */
import type { VolumeMesh } from '../model/mesh.ts';
import { add, at, cross, scale, subtract, type Vec3 } from '../vector.ts';
import { nodesOf } from './bond.ts';
import type { EquationGroup, EquationSystem } from './equations.ts';

export interface Resultant {
  force: Vec3;
  /** About `about`. */
  moment: Vec3;
  about: Vec3;
}

/** Force and moment that the equations of a group put on some nodes of the mesh, about a point. */
export function groupResultant(
  system: EquationSystem,
  group: EquationGroup,
  constraintForces: Float64Array,
  meshNodes: Float64Array,
  isCounted: (node: number) => boolean,
  about: Vec3,
): Resultant {
  let force: Vec3 = [0, 0, 0];
  let moment: Vec3 = [0, 0, 0];
  for (let equation = group.first; equation < group.last; equation++) {
    const multiplier = constraintForces[equation]!;
    system.eachTerm(equation, (node, x, y, z) => {
      if (node >= system.meshNodeCount || !isCounted(node)) return;
      const part = scale([x, y, z], multiplier);
      force = add(force, part);
      moment = add(moment, cross(subtract(at(meshNodes, node), about), part));
    });
  }
  return { force, moment, about };
}

/** Force and moment on one side of a bond, about the middle of that side's nodes. */
export function resultantOnFacets(
  system: EquationSystem,
  group: EquationGroup,
  constraintForces: Float64Array,
  mesh: VolumeMesh,
  facets: readonly number[],
  slaveFacets: readonly number[] = facets,
): Resultant {
  const nodes = nodesOf(mesh, facets);
  let centre: Vec3 = [0, 0, 0];
  for (const node of nodes) centre = add(centre, scale(at(mesh.nodes, node), 1 / nodes.size));
  const slaves = nodesOf(mesh, slaveFacets);
  const on = new Set(facets);
  // Across a gap nodes inside of the master's elements take part, so of a master's side all counts that is not the slave's.
  const counts = slaveFacets.some((facet) => on.has(facet))
    ? (node: number): boolean => nodes.has(node)
    : (node: number): boolean => !slaves.has(node);
  return groupResultant(system, group, constraintForces, mesh.nodes, counts, centre);
}
