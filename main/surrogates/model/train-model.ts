/** Training as a job: off the main thread, cancelled at once, and a folder that is written wholly or not at all. */
import type { JobContext, SurrogateCard } from '../../../preload/contract/index.ts';
import type { DataHead, DesignRecord, FailedRecord, SolvedRecord } from '../factory/store.ts';
import { DataStore } from '../factory/store.ts';
import type { ModelFiles } from '../library/model-files.ts';
import { refuseOtherFolder, writeModelFolder } from '../library/model-folder.ts';
import { readReferenceMesh } from '../library/reference-mesh.ts';
import { trainInThread } from './training-thread.ts';

/** Designs, wherever they are kept. */
export interface ModelData {
  readonly head: DataHead;
  readonly designs: readonly DesignRecord[];
  hash(): string;
  solved(role: DesignRecord['role']): SolvedRecord[];
  fields(design: SolvedRecord): Promise<Uint8Array>;
  /** The reference design's mesh, packed. */
  reference(): Promise<Uint8Array>;
}

export interface TrainOptions {
  /** Of the data where left out. */
  seed?: number;
}

/** @throws ArtificerError `surrogate.too-few-designs`, what the data or the folder are refused for, and when cancelled */
export async function trainModel(
  dataFolder: string,
  folder: string,
  context: JobContext,
  options: TrainOptions = {},
): Promise<SurrogateCard> {
  await refuseOtherFolder(folder);
  const files = await trainOn(await DataStore.open(dataFolder), context, options);
  context.signal.throwIfAborted();
  return writeModelFolder(folder, files);
}

/** A model of the data, not yet written anywhere. */
export async function trainOn(
  data: ModelData,
  context: JobContext,
  { seed = data.head.seed }: TrainOptions = {},
): Promise<ModelFiles> {
  context.progress('Reading the data', 0);
  const reference = await data.reference();
  if (data.head.fields.length > 0) readReferenceMesh(reference, data.head.points);
  const training = data.solved('training');
  const unseen = data.solved('unseen');
  const read = async (designs: readonly SolvedRecord[]): Promise<Uint8Array[]> => {
    if (data.head.fields.length === 0) return [];
    const all: Uint8Array[] = [];
    for (const design of designs) {
      context.signal.throwIfAborted();
      all.push(await data.fields(design));
    }
    return all;
  };
  return trainInThread(
    {
      head: data.head,
      dataHash: data.hash(),
      training,
      unseen,
      failed: data.designs.filter((design): design is FailedRecord => design.state === 'failed'),
      trainingFields: await read(training),
      unseenFields: await read(unseen),
      reference,
      seed,
      createdAt: new Date().toISOString(),
      versions: { node: process.version },
    },
    context,
  );
}
