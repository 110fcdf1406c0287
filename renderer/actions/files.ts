/** Files into and out of the project. */
import { fetchBlob } from '../engine/blobs.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { upload } from '../engine/upload.ts';
import { recordOf } from '../state/document.ts';
import { isRunning, useJobs } from '../state/jobs.ts';
import { putMessages, reportError } from '../state/messages.ts';
import { resultInPanel, useResults } from '../state/results.ts';
import { useSettings } from '../state/settings.ts';
import { toast, useUi } from '../state/ui.ts';
import { chooseFiles } from '../ui/choose-files.ts';
import { attempt } from './edit.ts';
import { importResultFile, RESULT_FILES } from './foreign-results.ts';
import { bringModel, modelAmong, studyForModel } from './surrogate-models.ts';

let localMessages = 0;
const uploads = new Set<AbortController>();

const setUpload = (name: string, fraction: number | null): void =>
  useUi.setState(({ uploads: before }) => {
    const others = before.filter((one) => one.name !== name);
    return { uploads: fraction === null ? others : [...others, { name, fraction }] };
  });

/** Hands a file over, asks what it is, and imports it; says what to do instead when it can't be read. */
export async function importFile(file: File, heal = useSettings.getState().healOnImport): Promise<void> {
  if (/\.artificer$/i.test(file.name)) {
    const path = shell()?.pathOfFile?.(file);
    if (path) return void (await openProject(path));
    return say(
      `“${file.name}” is a project, not a part to import.`,
      'Open it with File ▸ Open project: a dropped project would only be a copy.',
    );
  }
  if (RESULT_FILES.test(file.name)) {
    const study = recordOf('study', resultInPanel()?.studyId ?? useResults.getState().activeStudyId);
    if (study) return void (await importResultFile(study.id, file));
    return say(
      `“${file.name}” is a result, and there is no study that it could stand beside.`,
      'Make a study of the part first, then drop the file again.',
    );
  }
  const controller = new AbortController();
  uploads.add(controller);
  setUpload(file.name, 0);
  try {
    const uploadId = await upload(file, (fraction) => setUpload(file.name, fraction), controller.signal);
    await importFrom({ uploadId, fileName: file.name }, file.name, heal, controller.signal);
  } catch (error) {
    reportError(error);
  } finally {
    uploads.delete(controller);
    setUpload(file.name, null);
  }
}

/** Files that were dropped or picked together: those of a model go to the active study, everything else is imported. */
export async function importFiles(files: readonly File[], heal?: boolean): Promise<void> {
  const { model, others } = await modelAmong(files);
  for (const file of others) void importFile(file, heal);
  if (model.length === 0) return;
  const study = studyForModel();
  if (study) return void (await bringModel(study.id, model));
  say(
    `“${model[0]!.name}” is a model of a surrogate, and there is no study that it could answer.`,
    'Open the study that it is of in the Studies panel, then drop it again.',
  );
}

export const cancelUploads = (): void => {
  for (const controller of uploads) controller.abort();
};

interface Origin {
  path?: string;
  uploadId?: string;
  fileName?: string;
}

async function importFrom(origin: Origin, name: string, heal: boolean, signal?: AbortSignal): Promise<void> {
  const recognised = await engine()['files.recognise'](origin);
  if (signal?.aborted) return;
  if (!recognised.readable) {
    return say(
      `“${name}” can’t be read: ${recognised.label}.`,
      recognised.advice ?? 'Export it as STEP and try again.',
    );
  }
  const { jobId } = await engine()['files.import']({ ...origin, ...(heal ? { heal } : {}) });
  setUpload(name, null);
  // Cancel was pressed while the job was being started: it must not be lost.
  if (signal?.aborted) await engine()['jobs.cancel']({ jobId });
  await engine()['jobs.wait']({ jobId });
  toast(`Imported ${name}`);
}

export async function importPath(path: string, heal = useSettings.getState().healOnImport): Promise<void> {
  await attempt(() => importFrom({ path }, path.split(/[\\/]/).at(-1) ?? path, heal));
}

function say(text: string, hint: string, severity: 'error' | 'warning' = 'error'): void {
  const message = { id: `local-file-${++localMessages}`, at: Date.now(), severity, text };
  putMessages([hint ? { ...message, hint } : message]);
}

/** Asks for files with the system's dialog and imports each. */
export async function chooseAndImport(heal?: boolean): Promise<void> {
  const choose = shell()?.chooseOpenPath;
  if (choose) {
    const path = await choose('geometry');
    if (path) await importPath(path, heal);
    return;
  }
  await importFiles(await chooseFiles('CAD files', { multiple: true }), heal);
}

/** Sample parts are files of the page: they go in by the same door as any other. */
export async function importSample(sample: { name: string; url: string }): Promise<void> {
  await attempt(async () => {
    const response = await fetch(sample.url);
    if (!response.ok) throw new Error(`The sample “${sample.name}” is missing.`);
    await importFile(new File([await response.blob()], sample.name));
  });
}

export async function openProject(path: string, passphrase?: string): Promise<boolean> {
  const info = await attempt(() => engine()['project.open']({ path, ...(passphrase ? { passphrase } : {}) }));
  return info !== undefined;
}

/** Offers bytes as a download of the browser. */
export function download(bytes: BlobPart, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Waits for an export job and downloads what it made. Its value names a blob when no path was given. */
export async function downloadJob(jobId: string, name: string): Promise<void> {
  const { value } = await engine()['jobs.wait']({ jobId });
  const made = (value ?? {}) as { blobHash?: string; fileName?: string; warnings?: { message: string }[] };
  const fileName = made.fileName ?? name;
  if (made.blobHash) {
    download((await fetchBlob(made.blobHash)) as Uint8Array<ArrayBuffer>, fileName, 'application/octet-stream');
  }
  for (const { message } of made.warnings ?? []) say(message, '', 'warning');
  toast(`Exported ${fileName}`);
}

export const cancelJob = (jobId: string): Promise<unknown> => attempt(() => engine()['jobs.cancel']({ jobId }));

export async function cancelEverything(): Promise<void> {
  cancelUploads();
  for (const { job } of useJobs.getState().entries) if (isRunning(job)) await cancelJob(job.id);
}
