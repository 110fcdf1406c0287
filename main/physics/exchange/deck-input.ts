/** What solving a foreign deck shares among kinds of study: its limits, its mesh as a result packs it, its summary's beginning. */
import { availableParallelism } from 'node:os';
import type { AnalysisInput } from '../analyses/analysis.ts';
import type { SummaryInput } from '../analyses/modal/vibration-summary.ts';
import type { NumericCore } from '../native-core.ts';
import type { PackedMesh } from '../results/fields.ts';
import type { SolveTask } from '../workers/tasks.ts';
import type { DeckModel } from './deck-model.ts';

export type DeckInput = Pick<AnalysisInput, 'state' | 'progress'> & { core: NumericCore; memoryLimit_bytes: number };

export interface DeckSource {
  fileName: string;
  inputHash: string;
}

export const solverTaskOf = ({ memoryLimit_bytes }: DeckInput): Pick<SolveTask, 'solver' | 'memoryLimit_bytes'> => ({
  solver: { method: 'auto', tolerance: 1e-8, threads: availableParallelism() },
  memoryLimit_bytes,
});

/** What of the deck was left out, as warnings of the result. */
export const deckWarnings = (deck: DeckModel) =>
  deck.account
    .filter(({ understanding }) => understanding !== 'understood')
    .map(({ line, item, count, words }) => ({
      code: 'exchange.not-understood',
      message: `Line ${line}: ${item}${count > 1 ? ` (${count} times)` : ''}: ${words}.`,
    }));

export function summaryInputOf(deck: DeckModel, from: DeckSource, { core }: Pick<DeckInput, 'core'>): SummaryInput {
  const { mesh } = deck;
  const { scaledJacobian, minimumScaledJacobian, volume_mm3 } = core.meshQuality(mesh.nodes, mesh.elements);
  return {
    mesh,
    quality: { scaledJacobian, minimum: minimumScaledJacobian, volume_mm3 },
    warnings: deckWarnings(deck),
    core: { version: `${core.version}, deck ${from.fileName}` },
    task: { inputHash: from.inputHash, warnings: [], meshSeconds: 0, startedAt: Date.now() },
  };
}

export const packedMeshOfDeck = (deck: DeckModel, quality: Float64Array): PackedMesh => ({
  mesh: deck.mesh,
  elementBody: deck.elementMaterial,
  quality,
  firstFace: [0],
});
