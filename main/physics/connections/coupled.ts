/** Couplings without a reference of their own: one rigid piece, or the same displacement along some axes. */
import { at, type Vec3 } from '../vector.ts';
import type { EquationGroup, EquationSystem } from './equations.ts';
import { addRigidReference, type RigidReference } from './reference-point.ts';

/** Everything on the nodes moves as one rigid piece, free to go where it wants. */
export function makeRigid(
  system: EquationSystem,
  meshNodes: Float64Array,
  nodes: readonly number[],
  who: string,
): { group: EquationGroup; reference: RigidReference } {
  let reference: RigidReference | undefined;
  const group = system.group(who, () => {
    reference = addRigidReference(system, meshNodes, nodes, centreOf(meshNodes, nodes));
  });
  return { group, reference: reference! };
}

/** All nodes have the same displacement along each of the axes (0-2). */
export function shareMotion(
  system: EquationSystem,
  meshNodes: Float64Array,
  nodes: readonly number[],
  axes: readonly number[],
  who: string,
): { group: EquationGroup; node: number } {
  const node = system.addNode({ kind: 'point', point: centreOf(meshNodes, nodes), rotation: null });
  const along = (axis: number, value: number): Vec3 => [0, 1, 2].map((k) => (k === axis ? value : 0)) as Vec3;
  const group = system.group(who, () => {
    for (const member of nodes)
      for (const axis of axes)
        system.add([
          { node: member, coefficient: along(axis, 1) },
          { node, coefficient: along(axis, -1) },
        ]);
  });
  return { group, node };
}

function centreOf(meshNodes: Float64Array, nodes: readonly number[]): Vec3 {
  const centre: Vec3 = [0, 0, 0];
  for (const node of nodes) {
    const point = at(meshNodes, node);
    for (let axis = 0; axis < 3; axis++) centre[axis]! += point[axis]! / nodes.length;
  }
  return centre;
}
