/** From the designs of a specification to what a model folder is written of. Runs in the training worker. */
import { createHash } from 'node:crypto';
import type { JobContext } from '../../../preload/contract/index.ts';
import type { DataHead, FailedRecord, SolvedRecord } from '../factory/store.ts';
import type { ModelFiles } from '../library/model-files.ts';
import { writeSurrogate } from '../onnx/write-surrogate.ts';
import { inputOf } from '../sampling/design-space.ts';
import { measure } from './measure.ts';
import { LEVEL, train } from './train.ts';

export interface TrainingTask {
  head: DataHead;
  /** Of all designs. */
  dataHash: string;
  training: readonly SolvedRecord[];
  unseen: readonly SolvedRecord[];
  failed: readonly FailedRecord[];
  /** The bundle of each design to learn from, and of each to judge by. */
  trainingFields: readonly Uint8Array[];
  unseenFields: readonly Uint8Array[];
  /** The reference design's mesh. */
  reference: Uint8Array;
  seed: number;
  createdAt: string;
  versions: Record<string, string>;
}

/** A design is answered up to this many times as far from the next one as any training design is from the next to it. */
const REACH = 1.25;
/** Intervals are answered up to this many times as wide as the widest of cross-validation. */
const WIDTH = 1.5;

/** Made of the person's own data by a program that claims no right in it. */
const LICENCE = 'The model belongs to whoever made its data.';

/** @throws ArtificerError `surrogate.too-few-designs` */
export function trainingTask(task: TrainingTask, progress: JobContext['progress']): ModelFiles {
  const { head, training, unseen, failed, seed } = task;
  const trained = train({ head, solved: training, fields: task.trainingFields }, seed, progress);
  progress('Measuring on designs that were kept apart', 1);
  const measured = measure(trained.surrogate, unseen, task.unseenFields);
  const inputs = training.map(({ values }) => [...inputOf(head.parameters, values)]);
  const hasFields = trained.fields.length > 0;
  const specificationHash = createHash('sha256')
    .update(JSON.stringify({ ...head, versions: null }))
    .digest('hex');
  const notes = { data: task.dataHash, specification: specificationHash, seed: `${seed}` };
  return {
    card: {
      format: 'artificer-surrogate-1',
      name: head.name,
      part: head.part,
      studyType: head.studyType,
      studyHash: head.studyHash,
      partHash: head.partHash,
      specificationHash,
      dataHash: task.dataHash,
      createdAt: task.createdAt,
      seed,
      versions: task.versions,
      designs: training.length,
      unseenDesigns: unseen.length,
      failedDesigns: failed.length,
      parameters: head.parameters,
      scalars: trained.scalars.map((scalar, q) => ({ ...scalar, measured: measured.scalars[q] ?? null })),
      fields: trained.fields.map((field) => ({ ...field, measured: measured.fields.get(field.name) ?? null })),
      points: hasFields ? head.points : 0,
      interval: {
        level: LEVEL,
        n: training.length,
        method:
          'Deviations of Gaussian processes, stretched by the conformal quantile of ten-fold cross-validation; coverage is marginal over new designs of the same ranges.',
      },
      validity: {
        trained: inputs,
        failed: failed.map(({ values }) => [...inputOf(head.parameters, values)]),
        distanceLimit: REACH * farthestNeighbour(inputs),
        halfWidthLimits: trained.widest.map((width) => WIDTH * width),
      },
      licence: LICENCE,
      notes: ['Predictions are no solutions: evidence is always solved.'],
    },
    model: writeSurrogate(trained.surrogate, head.name, notes),
    mesh: hasFields ? task.reference : null,
  };
}

/** The largest distance from one design to the next one. */
function farthestNeighbour(designs: readonly (readonly number[])[]): number {
  let farthest = 0;
  designs.forEach((design, i) => {
    let least = Number.POSITIVE_INFINITY;
    designs.forEach((other, j) => {
      if (i !== j) least = Math.min(least, Math.hypot(...design.map((x, k) => x - other[k]!)));
    });
    farthest = Math.max(farthest, least);
  });
  return farthest;
}
