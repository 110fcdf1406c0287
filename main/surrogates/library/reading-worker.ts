/** The thread in which a model of somebody else is read: what it claims to be, before anything of it is run. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorData, toErrorData } from '../../../preload/contract/index.ts';
import type { ModelFiles } from './model-files.ts';
import { type ModelPlace, sourceAt, sourceOf } from './model-source.ts';
import { readModelFrom } from './read-model-folder.ts';

export type ReadingMessage = { type: 'done'; files: ModelFiles } | { type: 'failed'; error: ErrorData };

if (parentPort) {
  const port = parentPort;
  const post = (message: ReadingMessage): void => port.postMessage(message);
  try {
    const place = workerData as ModelPlace;
    const source = 'path' in place ? await sourceAt(place.path) : sourceOf(place.files);
    const { card, model, packedMesh } = await readModelFrom(source);
    post({ type: 'done', files: { card, model, mesh: packedMesh } });
  } catch (thrown) {
    post({ type: 'failed', error: toErrorData(thrown) });
  }
}
