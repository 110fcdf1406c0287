/** Makes the general model: solves the parts, learns a correction, judges it on unseen parts, and says what is to be shipped. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JobContext, toErrorData } from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import type { Physics } from '../../physics/index.ts';
import { sha256 } from '../library/sha256.ts';
import type { PreviewCard } from './card.ts';
import { type Correction, correct } from './correction.ts';
import { examplesOf, type PartExamples } from './examples.ts';
import { featuresOf, PART_FEATURES } from './features.ts';
import { fitCorrection, NETWORK_OPTIONS } from './fit.ts';
import { type Judgement, judge, referencePoints } from './judge.ts';
import { bandsOf, isWorthwhile, LEVEL, measuredOf, winsOf } from './measure.ts';
import { writeCorrection } from './onnx.ts';
import { type Pair, packPair, solvePair, unpackPair } from './pairs.ts';
import { seedsOf, TRAINING_SEEDS, UNSEEN_SEEDS } from './settings.ts';

export interface PairSource {
  kernel: Kernel;
  physics: Pick<Physics, 'preview'>;
  /** Where pairs are kept, one file a part: what is there is not solved again. */
  folder: string;
}

/** Null for a part that cannot be made, meshed or solved: it is left out. @throws ArtificerError when cancelled */
async function pairOf(
  { kernel, physics, folder }: PairSource,
  seed: number,
  withRival: boolean,
  context: JobContext,
): Promise<Pair | null> {
  context.signal.throwIfAborted();
  const path = join(folder, `${seed}.pair`);
  const kept = await readFile(path).catch(() => null);
  if (kept) return unpackPair(new Uint8Array(kept));
  try {
    const pair = await solvePair(kernel, physics, seed, withRival, context);
    await writeFile(path, packPair(pair));
    return pair;
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    context.progress(`Part ${seed} is left out: ${toErrorData(thrown).message}`, null);
    return null;
  }
}

/** One unseen part, judged in each way, and the seconds that the correction itself took. */
export interface JudgedPart {
  seed: number;
  name: string;
  coarse: Judgement;
  equalTime: Judgement;
  corrected: Judgement | null;
  seconds: { preview: number; rival: number; correction: number };
}

export function judgePair(pair: Pair, correction: Correction | null): JudgedPart {
  const { preview, reference, rival, info } = pair;
  const points = referencePoints(reference, info);
  const started = performance.now();
  const corrected = correction && { ...preview, ...correct(correction, preview, featuresOf(preview, info)) };
  const correctionSeconds = (performance.now() - started) / 1000;
  return {
    seed: pair.seed,
    name: pair.name,
    coarse: judge(preview, points, info),
    equalTime: judge(rival ?? preview, points, info),
    corrected: corrected && judge(corrected, points, info),
    seconds: { ...pair.seconds, correction: correctionSeconds },
  };
}

export interface BuiltModel {
  card: PreviewCard;
  model: Uint8Array;
  parts: JudgedPart[];
}

export const MODEL_FILE = 'correction.onnx';

export async function buildGeneralModel(source: PairSource, context: JobContext): Promise<BuiltModel> {
  const seeds = seedsOf(TRAINING_SEEDS);
  const examples: PartExamples[] = [];
  for (const [index, seed] of seeds.entries()) {
    context.progress('Solving parts to learn from', index / seeds.length);
    const pair = await pairOf(source, seed, false, context);
    if (pair) examples.push(examplesOf(pair.preview, pair.reference, pair.info));
  }
  context.progress('Learning', null);
  const fitted = fitCorrection(examples);
  const parts: JudgedPart[] = [];
  const unseen = seedsOf([UNSEEN_SEEDS]);
  for (const [index, seed] of unseen.entries()) {
    context.progress('Solving unseen parts', index / unseen.length);
    const pair = await pairOf(source, seed, true, context);
    if (pair) parts.push(judgePair(pair, fitted));
  }
  const corrected = parts.map((part) => part.corrected!);
  const coarse = parts.map((part) => part.coarse);
  const equalTime = parts.map((part) => part.equalTime);
  const worthwhile = isWorthwhile(corrected, equalTime);
  const licence = 'As Artificer itself: made from its own random parts and solutions alone.';
  const model = writeCorrection(fitted, {
    name: 'Correction of previews',
    licence,
    training: TRAINING_SEEDS.map(({ first, count }) => `${first}+${count}`).join(' '),
  });
  const range = PART_FEATURES.map((_, k): [number, number] => {
    const values = examples.map(({ part }) => part[k]!);
    return [Math.min(...values), Math.max(...values)];
  });
  return {
    model,
    parts,
    card: {
      format: 'artificer-preview-1',
      name: 'Preview of static studies',
      method: worthwhile ? 'corrected coarse solve' : 'coarse solve',
      model: worthwhile ? { name: MODEL_FILE, sha256: sha256(model), bytes: model.length } : null,
      createdAt: new Date().toISOString(),
      seeds: { training: [...TRAINING_SEEDS], unseen: UNSEEN_SEEDS, network: NETWORK_OPTIONS.seed },
      trainingParts: examples.length,
      unseenParts: parts.length,
      measured: { coarse: measuredOf(coarse), equalTime: measuredOf(equalTime), corrected: measuredOf(corrected) },
      wins: winsOf(corrected, equalTime),
      bands: { level: LEVEL, n: parts.length, coarse: bandsOf(coarse), corrected: bandsOf(corrected) },
      range,
      licence,
      notes: [
        'Of single bodies of isotropic material, held by fixed faces, loaded by forces, pressures and accelerations.',
        'Peak stress is looked at farther than half of the mean wall thickness from places where the exact one is infinite.',
        'The reference is a finer solution on a mesh of up to some 150,000 degrees of freedom, not an exact one.',
      ],
    },
  };
}
