/**
 * Makes the general model anew: `node scripts/train-general-model.ts DATA_FOLDER [OUT_FOLDER]`. Solves random parts twice, learns
 * a correction of the preview, and judges it on unseen parts; about an hour on one core, and it goes on where it was stopped.
 * Seeds are in `main/surrogates/general/settings.ts`. Same seeds and same solutions give the same model.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKernel } from '../main/kernel/index.ts';
import { createPhysics } from '../main/physics/index.ts';
import { buildGeneralModel, MODEL_FILE } from '../main/surrogates/general/build-model.ts';
import { CARD_FILE, GENERAL_FOLDER } from '../main/surrogates/general/card.ts';

const [folder, out = GENERAL_FOLDER] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name a folder for the parts that are solved.');
await mkdir(folder, { recursive: true });
await mkdir(out, { recursive: true });

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
let last = '';
const progress = (stage: string, fraction?: number | null): void => {
  const line = typeof fraction === 'number' ? `${stage} ${Math.round(100 * fraction)} %` : stage;
  if (line !== last && !/mesh|assembl|solv(?!ing )/i.test(stage)) console.error(line);
  last = line;
};

const kernel = createKernel();
const physics = createPhysics();
try {
  const { card, model, parts } = await buildGeneralModel(
    { kernel, physics, folder },
    { signal: stop.signal, progress },
  );
  await writeFile(join(out, CARD_FILE), `${JSON.stringify(card, null, 2)}\n`);
  if (card.model) await writeFile(join(out, MODEL_FILE), model);
  else await rm(join(out, MODEL_FILE), { force: true });
  await writeFile(join(folder, 'unseen.json'), `${JSON.stringify(parts, null, 2)}\n`);
  console.log(JSON.stringify({ method: card.method, wins: card.wins, measured: card.measured }, null, 2));
} finally {
  await physics.dispose();
  await kernel.dispose();
}
