/** Models of surrogates out of the window and into it: given away in one file, and brought in from files that were dropped or chosen. */
import type { StudyRecord } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { upload } from '../engine/upload.ts';
import { recordOf } from '../state/document.ts';
import { useResults } from '../state/results.ts';
import { toast } from '../state/ui.ts';
import { chooseFiles } from '../ui/choose-files.ts';
import { attempt } from './edit.ts';
import { downloadJob } from './files.ts';
import { endLive } from './live-prediction.ts';
import { loadSurrogates } from './surrogates.ts';

/** As the files of a model are called: by the format, or by other programs. */
const CARD = 'card.json';
const ARCHIVE = /\.zip$/i;
const MODEL_PARTS = /\.(onnx|bin)$/i;
/** Longer than the list at the end of an archive that holds a model. */
const TAIL_bytes = 64 * 1024;

/** Writes the model of the study where a person says, or offers it as a download. */
export const giveModelAway = (study: StudyRecord): Promise<unknown> =>
  attempt(async () => {
    const fileName = `${study.name}.surrogate.zip`;
    const choose = shell()?.chooseSavePath;
    const path = choose ? await choose(fileName) : undefined;
    if (path === null) return;
    const { jobId } = await engine()['surrogates.export']({ studyId: study.id, ...(path ? { path } : {}) });
    await downloadJob(jobId, fileName);
  });

/** Whether an archive lists a card among its files. */
const holdsCard = async (file: File): Promise<boolean> =>
  (await file.slice(Math.max(0, file.size - TAIL_bytes)).text()).includes(CARD);

/** The files of one model among those that were dropped together; what else there is, is left. */
export async function modelAmong(files: readonly File[]): Promise<{ model: File[]; others: File[] }> {
  const loose = files.filter(({ name }) => name === CARD || MODEL_PARTS.test(name));
  // A binary file alone may be anything.
  const isModel = loose.some(({ name }) => name === CARD || /\.onnx$/i.test(name));
  for (const file of isModel ? [] : files)
    if (ARCHIVE.test(file.name) && (await holdsCard(file)))
      return { model: [file], others: files.filter((other) => other !== file) };
  return isModel
    ? { model: loose, others: files.filter((file) => !loose.includes(file)) }
    : { model: [], others: [...files] };
}

/** The study whose surrogate a dropped model is for. */
export const studyForModel = (): StudyRecord | undefined => recordOf('study', useResults.getState().activeStudyId);

async function bring(studyId: string, named: { path: string } | { files: { uploadId: string; fileName: string }[] }) {
  const { jobId } = await engine()['surrogates.import']({ studyId, ...named });
  const { job } = await engine()['jobs.wait']({ jobId });
  if (job.state !== 'done') return;
  // What is painted was of the model before.
  endLive();
  await loadSurrogates(studyId);
  toast(`The model is that of “${recordOf('study', studyId)?.name ?? 'the study'}” now`);
}

/** Hands the files over; the engine reads them as a stranger's. */
export const bringModel = (studyId: string, files: readonly File[]): Promise<unknown> =>
  attempt(async () => {
    const { signal } = new AbortController();
    const handed = await Promise.all(
      files.map(async (file) => ({ uploadId: await upload(file, () => {}, signal), fileName: file.name })),
    );
    await bring(studyId, { files: handed });
  });

/** Asks for the files of a model with the system's dialog. */
export async function chooseModel(studyId: string): Promise<void> {
  const choose = shell()?.chooseOpenPath;
  if (choose) {
    const path = await choose('surrogate');
    if (path) await attempt(() => bring(studyId, { path }));
    return;
  }
  const files = await chooseFiles('Files of a surrogate’s model', { accept: '.zip,.json,.onnx,.bin', multiple: true });
  if (files.length > 0) await bringModel(studyId, files);
}
