/**
 * What connections under force add to the stress stiffness of a model, beside that of its elements: the second-order parts of
 * the equations and connectors, which are linear only for small motions.
 *
 * Rigid points: a node on an arm r from the point moves by theta x r + theta x (theta x r) / 2. A force q that the coupling puts
 * on the node works on the second part too: q . theta x (theta x r) / 2 = theta . (sym(q r) - q . r 1) theta / 2, summed over
 * the nodes. (A column loaded through a rigid point above its top buckles earlier by this.)
 *
 * Bolts: a shank of length L with the tension N resists being turned by N / L, as a taut string does (R. D. Cook et al.,
 * Concepts and Applications of Finite Element Analysis, 4th ed. 2002, section 18.2). Without it the compression that the bolt
 * puts on the clamped parts would seem to buckle them.
 */
import type { VolumeMesh } from '../model/mesh.ts';
import { at, subtract } from '../vector.ts';
import type { AppliedConnections } from './connect.ts';
import type { ExtraResults } from './extend-model.ts';

/** Symmetric 3x3 blocks (by rows, N/mm) at nodes of the extended model. */
export interface NodeBlocks {
  nodes: Int32Array;
  blocks: Float64Array;
}

/** A state of connections: the multipliers of the equations, and what the further nodes do. */
export interface ConnectionState {
  constraintForces: Float64Array;
  extra?: Pick<ExtraResults, 'displacement'>;
}

/** @param tightened the state is one in which the bolts' preloads act */
export function connectionStressStiffness(
  applied: AppliedConnections,
  mesh: VolumeMesh,
  state: ConnectionState,
  tightened: boolean,
): NodeBlocks {
  const { system } = applied;
  const nodes: number[] = [];
  const blocks: number[] = [];
  for (const { group, reference } of applied.rigids) {
    const sum = new Float64Array(9);
    for (let equation = group.first; equation < group.last; equation++) {
      const multiplier = state.constraintForces[equation]!;
      system.eachTerm(equation, (node, x, y, z) => {
        if (node >= system.meshNodeCount) return;
        const arm = subtract(at(mesh.nodes, node), reference.point);
        [x, y, z].forEach((coefficient, i) => {
          for (let j = 0; j < 3; j++) sum[3 * i + j]! += multiplier * coefficient * arm[j]!;
        });
      });
    }
    const trace = sum[0]! + sum[4]! + sum[8]!;
    nodes.push(reference.rotation);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        // The unknown is the rotation times a length.
        blocks.push(((sum[3 * i + j]! + sum[3 * j + i]!) / 2 - (i === j ? trace : 0)) / reference.length_mm ** 2);
  }
  let index = 0;
  for (const { node, stiffness_N_mm, bolt } of applied.connectors) {
    if (!bolt) continue;
    const stretch = state.extra!.displacement[3 * (node - system.meshNodeCount)]!;
    const tension = stiffness_N_mm[0] * stretch - (tightened ? (applied.preloads[index] ?? 0) : 0);
    index++;
    if (!bolt.transverse) continue;
    const across = tension / bolt.length_mm;
    nodes.push(node);
    blocks.push(0, 0, 0, 0, across, 0, 0, 0, across);
  }
  return { nodes: Int32Array.from(nodes), blocks: Float64Array.from(blocks) };
}
