/** How large the files of a model may be. */
import type { ArtificerError } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { LARGEST_MODEL } from '../onnx/check-model.ts';

const MiB = 2 ** 20;
export const LARGEST_CARD = 8 * MiB;
export const LARGEST_MESH = 512 * MiB;
/** Of a whole model in one file: no more than its files together, and what lies between them. */
export const LARGEST_ARCHIVE = LARGEST_CARD + LARGEST_MODEL + LARGEST_MESH + MiB;

export const tooLarge = (what: string, bytes: number, largest: number): ArtificerError =>
  refuseSurrogate(
    'too-large-model',
    `"${what}" has ${Math.ceil(bytes / MiB)} MiB.`,
    `At most ${Math.round(largest / MiB)} MiB are read.`,
  );
