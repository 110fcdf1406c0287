/** A trained model on the disk: a folder with a card, an ONNX file and, for fields, the reference design's mesh. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../host/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { CARD_FILE, cardOf, MESH_FILE, MODEL_FILE, type ModelFiles } from './model-files.ts';

/**
 * Writes the folder wholly or not at all: what was there before stays until the new one is complete.
 * @throws ArtificerError `surrogate.not-a-model` where the folder holds something that is no model
 */
export async function writeModelFolder(folder: string, files: ModelFiles): Promise<SurrogateCard> {
  await refuseOtherFolder(folder);
  const { model, mesh } = files;
  const whole = cardOf(files);
  const place = resolve(folder);
  const mark = randomBytes(6).toString('hex');
  const beside = (what: string): string => join(dirname(place), `.${basename(place).slice(0, 100)}.${mark}.${what}`);
  const [fresh, old] = [beside('tmp'), beside('old')];
  try {
    await mkdir(fresh, { recursive: true });
    await writeFileAtomically(join(fresh, MODEL_FILE), model);
    if (mesh) await writeFileAtomically(join(fresh, MESH_FILE), mesh);
    await writeFileAtomically(join(fresh, CARD_FILE), `${JSON.stringify(whole, null, 2)}\n`);
    const replaced = await rename(place, old).then(
      () => true,
      () => false,
    );
    try {
      await rename(fresh, place);
    } catch (thrown) {
      if (replaced) await rename(old, place);
      throw thrown;
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return whole;
}

/** Called before hours are spent on a model that could not be kept. */
export async function refuseOtherFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (!there) return;
  const names = there.isDirectory() ? await readdir(folder) : null;
  if (names && (names.length === 0 || names.includes(CARD_FILE))) return;
  throw refuseSurrogate(
    'not-a-model',
    `"${folder}" holds something that is no surrogate model.`,
    'Name a folder of its own for the model.',
  );
}
