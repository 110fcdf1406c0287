/** Holds a free body statically determinately: at three nodes by six degrees of freedom, which carry no force when loads balance. */
import type { VolumeMesh } from '../model/mesh.ts';
import { at, cross, dot, norm, scale, subtract, unit, type Vec3 } from '../vector.ts';
import type { AppliedRestraints } from './apply.ts';

/**
 * The first node is held whole, the second across the line to the first, the third across the plane of all three. They lie
 * far apart, so that rounding in the balance of the loads makes no forces to speak of. `springs` names the held directions.
 */
export function determinateHold(mesh: VolumeMesh): AppliedRestraints {
  const { nodes } = mesh;
  const used = [...new Set(mesh.elements)];
  const farthest = (measure: (point: Vec3) => number): number => {
    let best = used[0]!;
    let most = -1;
    for (const node of used) {
      const value = measure(at(nodes, node));
      if (value > most) [best, most] = [node, value];
    }
    return best;
  };
  const start = at(nodes, used[0]!);
  const first = farthest((point) => norm(subtract(point, start)));
  const a = at(nodes, first);
  const second = farthest((point) => norm(subtract(point, a)));
  const along = unit(subtract(at(nodes, second), a));
  const third = farthest((point) => norm(cross(along, subtract(point, a))));
  const arm = subtract(at(nodes, third), a);
  const across = unit(subtract(arm, scale(along, dot(along, arm))));
  const normal = cross(along, across);

  const frame = [across, normal, along];
  const held = [
    ...(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as Vec3[]
    ).map((direction) => ({ node: first, direction })),
    { node: second, direction: across },
    { node: second, direction: normal },
    { node: third, direction: normal },
  ];
  const fixedDofs = Int32Array.of(3 * first, 3 * first + 1, 3 * first + 2, 3 * second, 3 * second + 1, 3 * third + 1);
  return {
    fixedDofs: fixedDofs.sort(),
    fixedValues: new Float64Array(6),
    frameNodes: Int32Array.of(second, third),
    frames: Float64Array.from([...frame, ...frame].flat()),
    addedNodesA: new Int32Array(0),
    addedNodesB: new Int32Array(0),
    addedBlocks: new Float64Array(0),
    conditions: [],
    springs: held.map((one) => ({ ...one, restraint: 0 })),
    supports: [],
    nodesOf: [],
  };
}
