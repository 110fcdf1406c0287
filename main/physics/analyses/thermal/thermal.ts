/** Steady temperatures and heat fluxes, from the checked mesh to the packed result. */
import { packHeatDeck } from '../../export/heat-deck.ts';
import { buildHeatModel } from '../../heat/model.ts';
import { solveSteady } from '../../heat/run.ts';
import { fluxField, inflowOf, summariseHeat } from '../../heat/summary.ts';
import { packFrames } from '../../results/fields.ts';
import { type Analysis, deckMetaOf, packedMeshOf } from '../analysis.ts';

const SOLVE_FROM = 0.1;
const SOLVE_TO = 0.9;

export const thermalAnalysis: Analysis = async (input) => {
  const { task, mesh, progress } = input;
  const built = buildHeatModel(mesh, task, false);
  const solution = await solveSteady(input, built, SOLVE_FROM, SOLVE_TO);
  progress('Collecting results', SOLVE_TO);
  const fields = { temperature: solution.temperature, heatFlux: fluxField(solution.heatFlux) };
  const summary = summariseHeat({
    input,
    built,
    solution,
    type: 'thermal',
    fields,
    relativeResidual: solution.relativeResidual,
    heat: {
      inflow_W: inflowOf(built, solution.inflow, solution.fixedHeat),
      stored_W: 0,
      balance_error: solution.balanceError,
    },
    warnings: [],
  });
  progress('Packing', 0.97);
  return {
    summary,
    fields: packFrames(
      { ...packedMeshOf(input, built.elementBody), elementError: solution.elementError },
      [{ temperature: Float32Array.from(fields.temperature), heatFlux: Float32Array.from(fields.heatFlux) }],
      task.inputHash,
    ),
    deck: packHeatDeck(built.model, deckMetaOf(task), null),
  };
};
