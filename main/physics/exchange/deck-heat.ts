/** Steady temperatures of a foreign deck, as it was understood. */

import { heatMaterials } from '../heat/materials.ts';
import { solveSteady } from '../heat/run.ts';
import { fluxField, summariseHeat } from '../heat/summary.ts';
import { power_W } from '../heat/units.ts';
import { packFrames } from '../results/fields.ts';
import { type DeckInput, type DeckSource, packedMeshOfDeck, solverTaskOf, summaryInputOf } from './deck-input.ts';
import type { DeckModel } from './deck-model.ts';
import type { ForeignOutcome } from './foreign-fields.ts';

export async function solveHeatDeck(deck: DeckModel, from: DeckSource, input: DeckInput): Promise<ForeignOutcome> {
  const summaryInput = summaryInputOf(deck, from, input);
  const fixed = new Map(deck.fixedTemperatures.map(({ node, temperature_degC }) => [node, temperature_degC]));
  const bodies = deck.materials.map((material) => ({ material }));
  const built = {
    model: {
      nodes: deck.mesh.nodes,
      elements: deck.mesh.elements,
      elementMaterial: deck.elementMaterial,
      elementBody: deck.elementMaterial,
      materials: heatMaterials(bodies, false),
      fixedNodes: Int32Array.from(fixed.keys()),
      fixedTemperatures: Float64Array.from(fixed.values()),
      surfaces: deck.surfaces,
      sources: deck.sources,
      nodalHeat: deck.heat,
    },
    entries: [],
    elementBody: deck.elementMaterial,
    contacts: { byConnection: [] },
    warnings: [],
  };
  const solution = await solveSteady({ ...input, mesh: deck.mesh, task: solverTaskOf(input) }, built, 0.1, 0.95);
  const fields = { temperature: solution.temperature, heatFlux: fluxField(solution.heatFlux) };
  const { inflow } = solution;
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, one) => total + one, 0);
  const summary = summariseHeat({
    input: {
      ...summaryInput,
      task: { ...summaryInput.task, bodies, study: { probes: [] } },
    },
    built,
    solution,
    type: 'thermal',
    fields,
    relativeResidual: solution.relativeResidual,
    heat: {
      inflow_W: [
        { id: 'fixed', name: 'Fixed temperatures', power_W: power_W(inflow.fixed) },
        { id: 'surfaces', name: 'Sides of elements', power_W: power_W(sum(inflow.surfaces)) },
        { id: 'sources', name: 'Inside elements', power_W: power_W(sum(inflow.sources)) },
        { id: 'nodes', name: 'Nodes', power_W: power_W(inflow.nodal) },
      ].filter(({ id, power_W: power }) => power !== 0 || id === 'fixed'),
      stored_W: 0,
      balance_error: solution.balanceError,
    },
    warnings: [],
  });
  return {
    summary,
    fields: packFrames(
      { ...packedMeshOfDeck(deck, summaryInput.quality.scaledJacobian), elementError: solution.elementError },
      [{ temperature: Float32Array.from(fields.temperature), heatFlux: Float32Array.from(fields.heatFlux) }],
      from.inputHash,
    ),
  };
}
