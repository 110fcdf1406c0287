/** Puts connections into a model of the numeric core, and takes what belongs to the mesh out of its answer. */
import type { StaticModel, StaticSolution } from '../../../native/index.d.ts';
import { type AppliedConnections, extraUnknowns } from './connect.ts';

/** The model with further nodes, equations, springs and prescribed unknowns. Arrays of nodes grow at their end. */
export function extendModel(model: StaticModel, applied: AppliedConnections | null): StaticModel {
  if (!applied) return model;
  const extra = extraUnknowns(applied);
  const forces = new Float64Array(extra.nodes.length);
  forces.set(model.forces);
  for (const { node, force } of extra.forces)
    force.forEach((value, axis) => {
      forces[3 * node + axis]! += value;
    });
  let { temperatureChange } = model;
  if (temperatureChange) {
    temperatureChange = new Float64Array(extra.nodes.length / 3);
    temperatureChange.set(model.temperatureChange!);
  }
  // Extra nodes come last, so that the order of degrees of freedom stays ascending.
  const fixed = [...extra.fixed].sort((a, b) => a.dof - b.dof);
  return {
    ...model,
    nodes: extra.nodes,
    forces,
    temperatureChange,
    fixedDofs: Int32Array.from([...model.fixedDofs, ...fixed.map(({ dof }) => dof)]),
    fixedValues: Float64Array.from([...model.fixedValues, ...fixed.map(({ value }) => value)]),
    addedNodesA: Int32Array.from([...model.addedNodesA, ...extra.springs.map(({ node }) => node)]),
    addedNodesB: Int32Array.from([...model.addedNodesB, ...extra.springs.map(({ node }) => node)]),
    addedBlocks: Float64Array.from([...model.addedBlocks, ...extra.springs.flatMap(({ block }) => block)]),
    ...applied.system.arrays(),
  };
}

/** With zeros for what is beyond the mesh: nodes there carry no load and have no temperature. */
export function padded(values: Float64Array, length: number): Float64Array {
  if (values.length >= length) return values;
  const out = new Float64Array(length);
  out.set(values);
  return out;
}

/** An array of `width` values a node, without the extra nodes. */
export const meshPart = <A extends Float64Array | Float32Array>(values: A, meshNodeCount: number, width: number): A =>
  (values.length > width * meshNodeCount ? values.slice(0, width * meshNodeCount) : values) as A;

/** Arrays of several shapes one after the other, `width` values a node each, without the extra nodes. */
export function meshParts(values: Float64Array, nodeCount: number, meshNodeCount: number, width: number): Float64Array {
  if (nodeCount === meshNodeCount || values.length === 0) return values;
  const shapes = values.length / (width * nodeCount);
  const out = new Float64Array(shapes * width * meshNodeCount);
  for (let shape = 0; shape < shapes; shape++) {
    const start = shape * width * nodeCount;
    out.set(values.subarray(start, start + width * meshNodeCount), shape * width * meshNodeCount);
  }
  return out;
}

/** What a solution says of the nodes beyond the mesh, three values each. */
export interface ExtraResults {
  displacement: Float64Array;
  reactions: Float64Array;
}
export type MeshSolution<S = StaticSolution> = S & { extra?: ExtraResults };

type NodalResults = Pick<
  StaticSolution,
  'displacement' | 'reactions' | 'stress' | 'strain' | 'vonMises' | 'principal' | 'stressSpread' | 'stressError'
>;

/** A solution whose nodal arrays are those of the mesh alone; what lies beyond is kept apart. */
export function meshSolution<S extends NodalResults>(solution: S, meshNodeCount: number): MeshSolution<S> {
  if (solution.displacement.length <= 3 * meshNodeCount) return solution;
  return {
    ...solution,
    displacement: meshPart(solution.displacement, meshNodeCount, 3),
    reactions: meshPart(solution.reactions, meshNodeCount, 3),
    stress: meshPart(solution.stress, meshNodeCount, 6),
    strain: meshPart(solution.strain, meshNodeCount, 6),
    vonMises: meshPart(solution.vonMises, meshNodeCount, 1),
    principal: meshPart(solution.principal, meshNodeCount, 3),
    stressSpread: meshPart(solution.stressSpread, meshNodeCount, 1),
    stressError: meshPart(solution.stressError, meshNodeCount, 1),
    extra: {
      displacement: solution.displacement.slice(3 * meshNodeCount),
      reactions: solution.reactions.slice(3 * meshNodeCount),
    },
  };
}
