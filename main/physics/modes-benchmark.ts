/**
 * Natural frequencies against CalculiX (*FREQUENCY) on the exported deck of the benchmarks' bracket, in the same run. Ours is
 * timed from assembly to the checked modes in a process of its own; CalculiX as its whole run.
 */
import { type JobContext, silentContext } from '../../preload/contract/jobs.ts';
import { type CalculixBenchmarkOptions, meshToSize, solveInProcess } from './benchmarks.ts';
import { physicsFault } from './errors.ts';
import { exportCalculix } from './export/calculix.ts';
import { readEigenvalues } from './export/calculix-results.ts';
import { packDeck, unpackDeck } from './export/deck.ts';
import { calculixVersion, runCalculix } from './export/run-calculix.ts';
import { findMesher, loadCore } from './native-core.ts';

export type ModesBenchmark =
  | { available: false; reason: string }
  | {
      available: true;
      dof: number;
      modes: number;
      ours_s: number;
      calculix_s: number;
      ours_MiB: number;
      calculix_MiB: number;
      method: string;
      iterations: number;
      /** Largest relative difference of any frequency. */
      frequencyDifference: number;
    };

export async function benchmarkModes(
  options: CalculixBenchmarkOptions & { modes: number },
  context: JobContext = silentContext(),
): Promise<ModesBenchmark> {
  if (calculixVersion() === null) return { available: false, reason: 'CalculiX (ccx) is not installed.' };
  if (!loadCore().core) return { available: false, reason: 'The numeric core has not been built.' };
  if (!findMesher()) return { available: false, reason: 'The mesher has not been built.' };
  const { modes, threads = 1 } = options;
  const outcome = await meshToSize(options, context);
  if (!outcome.deck) throw physicsFault('no-deck', 'The study has no deck to compare.');
  const { model, meta } = unpackDeck(outcome.deck);
  const deck = packDeck(model, { ...meta, step: { kind: 'modal', modes, prestressed: false } });
  context.progress('Artificer finds modes', 0.3);
  const ours = await solveInProcess(deck, threads, { modes });
  context.progress('CalculiX finds modes', 0.5);
  const theirs = await runCalculix(exportCalculix(deck), model.nodes.length / 3, { threads });
  const reference = readEigenvalues(theirs.tables);
  if (reference.length < modes) throw physicsFault('calculix-failed', 'CalculiX gave fewer frequencies than asked.');
  let difference = 0;
  for (let mode = 0; mode < modes; mode++)
    difference = Math.max(difference, Math.abs(ours.values[mode]! / reference[mode]! - 1));
  return {
    available: true,
    dof: ours.degreesOfFreedom,
    modes,
    ours_s: ours.seconds,
    calculix_s: theirs.seconds,
    ours_MiB: ours.peakMemory_MiB,
    calculix_MiB: theirs.peakMemory_MiB,
    method: ours.method,
    iterations: ours.iterations,
    frequencyDifference: difference,
  };
}
