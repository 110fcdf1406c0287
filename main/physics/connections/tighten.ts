/** Tightens the bolts of a model: finds the forces that make each carry its preload before other loads act, and adds them. */
import type { StaticModel, StaticSolution } from '../../../native/index.d.ts';
import { withoutExpansion } from '../model/material-arrays.ts';
import type { AppliedConnections } from './connect.ts';
import { preloadForces } from './elastic.ts';

/**
 * One solution for each bolt, with nothing but a unit stretching force on it; then the forces are added to the model's, in
 * place, and kept in `applied.preloads`. Whatever is solved with the model afterwards has tightened bolts.
 */
export async function tightenBolts(
  model: StaticModel,
  applied: AppliedConnections | null,
  solve: (model: StaticModel) => Promise<Pick<StaticSolution, 'displacement'>>,
): Promise<void> {
  const bolts = applied?.connectors.filter(({ bolt }) => bolt !== null) ?? [];
  if (!applied || bolts.length === 0) return;
  const flexibility: number[] = new Array(bolts.length ** 2).fill(0);
  for (const [j, { node }] of bolts.entries()) {
    const forces = new Float64Array(model.forces.length);
    forces[3 * node] = 1;
    // At the model's temperatures, which some materials follow, but without what they expand.
    const { displacement } = await solve({
      ...withoutExpansion(model),
      forces,
      fixedValues: new Float64Array(model.fixedValues.length),
      gravity: new Float64Array(3),
    });
    for (const [i, other] of bolts.entries()) flexibility[i * bolts.length + j] = displacement[3 * other.node]!;
  }
  applied.preloads = preloadForces(flexibility, bolts);
  for (const [i, { node }] of bolts.entries()) model.forces[3 * node]! += applied.preloads[i]!;
}
