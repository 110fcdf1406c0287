/** Answers of other programs, beside ours. */
import * as v from 'valibot';
import type { ResultEntry } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { upload } from '../engine/upload.ts';
import { resultOf, showResult, useResults } from '../state/results.ts';
import { revealPanel, toast } from '../state/ui.ts';
import { chooseFiles } from '../ui/choose-files.ts';
import { compareResults } from './compare.ts';
import { attempt } from './edit.ts';

const Answer = v.object({ inputHash: v.string() });

/** Files that hold results, by their ending. */
export const RESULT_FILES = /\.(frd|vtu)$/i;

/** Waits for the job, and then for the answer to be among the results. Null where it was cancelled. */
async function answerOf(jobId: string, studyId: string): Promise<ResultEntry | null> {
  const { job, value } = await engine()['jobs.wait']({ jobId });
  if (job.state !== 'done') return null;
  const { inputHash } = v.parse(Answer, value);
  const known = resultOf(inputHash);
  if (known) return known;
  const found = (await engine()['studies.results']({ studyId })).find((entry) => entry.inputHash === inputHash);
  if (found && !resultOf(inputHash)) useResults.setState(({ entries }) => ({ entries: [found, ...entries] }));
  return found ?? null;
}

/** Asks CalculiX for the answer to the same deck, and shows it beside ours. */
export async function askCalculix({ studyId, inputHash }: ResultEntry): Promise<void> {
  const { jobId } = await engine()['studies.secondOpinion']({ studyId, inputHash });
  const theirs = await answerOf(jobId, studyId);
  if (!theirs) return;
  compareResults(inputHash, theirs.inputHash);
  revealPanel('results');
}

async function bring(studyId: string, origin: { path: string } | { uploadId: string; fileName: string }, name: string) {
  const { jobId } = await engine()['studies.importResult']({ studyId, ...origin });
  const theirs = await answerOf(jobId, studyId);
  if (!theirs) return;
  const ours = useResults.getState().entries.find((entry) => entry.studyId === studyId && isOurs(entry));
  if (ours?.fieldsHash) compareResults(ours.inputHash, theirs.inputHash);
  else showResult(theirs.inputHash);
  revealPanel('results');
  toast(`Read ${name}`);
}

export const isOurs = ({ summary }: ResultEntry): boolean => summary.imported === undefined;

/** Reads a result file that was dropped or picked, and shows it beside the study's own result. */
export async function importResultFile(studyId: string, file: File): Promise<void> {
  await attempt(async () => {
    const uploadId = await upload(file, () => {}, new AbortController().signal);
    await bring(studyId, { uploadId, fileName: file.name }, file.name);
  });
}

/** Asks for a result file with the system's dialog. */
export async function chooseResultFile(studyId: string): Promise<void> {
  const choose = shell()?.chooseOpenPath;
  if (choose) {
    const path = await choose('result');
    if (path) await bring(studyId, { path }, path.split(/[\\/]/).at(-1) ?? path);
    return;
  }
  const [file] = await chooseFiles('Result file', { accept: '.frd,.vtu' });
  if (file) await importResultFile(studyId, file);
}
