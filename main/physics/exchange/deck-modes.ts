/** Natural frequencies of a foreign deck, as it was understood; also of a body that nothing holds. */
import { refuseTooLarge, runNative } from '../analyses/analysis.ts';
import { framesOfModes } from '../analyses/modal/mode-frames.ts';
import { vibrationSummary } from '../analyses/modal/vibration-summary.ts';
import { refuseStudy } from '../errors.ts';
import { elementCount, nodeCount } from '../model/mesh.ts';
import { packFrames } from '../results/fields.ts';
import { type DeckInput, type DeckSource, packedMeshOfDeck, solverTaskOf, summaryInputOf } from './deck-input.ts';
import type { DeckModel } from './deck-model.ts';
import { staticModelOf } from './deck-statics.ts';
import type { ForeignOutcome } from './foreign-fields.ts';

/** Motions as a rigid body that may come beside the modes that are asked for. */
const RIGID = 6;

export async function solveModesDeck(deck: DeckModel, from: DeckSource, input: DeckInput): Promise<ForeignOutcome> {
  const { core } = input;
  const { mesh } = deck;
  const massless = deck.materials.find(({ properties }) => !(properties.density_kg_m3 > 0));
  if (massless)
    throw refuseStudy('no-density', `Material "${massless.name}" has no density.`, 'Give it *DENSITY, or RHO in MAT1.');
  const { solver, memoryLimit_bytes } = solverTaskOf(input);
  refuseTooLarge(core.estimateEigenMemory(nodeCount(mesh), elementCount(mesh), deck.modes + RIGID, solver.method), {
    mesh,
    task: { memoryLimit_bytes },
  });
  const summaryInput = summaryInputOf(deck, from, input);
  const modes = await runNative(input, 0.1, 0.95, (options) =>
    core.solveModes(staticModelOf(deck), {
      ...options,
      method: solver.method,
      threads: solver.threads,
      modeCount: deck.modes,
    }),
  );
  const { fields, frames } = framesOfModes(
    { mesh, elementBody: deck.elementMaterial, probes: [] },
    modes,
    modes.eigenvalues.length,
  );
  const summary = vibrationSummary(summaryInput, { mass: { mass_t: modes.totalMass_t } }, modes);
  if (deck.fixed.some(({ value_mm }) => value_mm !== 0))
    summary.warnings.push({
      code: 'result.prescribed-held',
      message: 'Prescribed displacements hold the part where it is while it vibrates.',
    });
  return {
    summary: { ...summary, type: 'modal', extremes: frames[0]?.extremes ?? {}, frames, probes: [] },
    fields: packFrames(packedMeshOfDeck(deck, summaryInput.quality.scaledJacobian), fields, from.inputHash),
  };
}
