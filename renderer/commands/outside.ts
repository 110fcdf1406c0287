/** What a result has to do with the world outside: other programs' answers to the same study, and reports. */
import { downloadJob } from '../actions/files.ts';
import { askCalculix, chooseResultFile, isOurs } from '../actions/foreign-results.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { isRunning, useJobs } from '../state/jobs.ts';
import { resultInPanel } from '../state/results.ts';
import { register } from './registry.ts';

const OWN_JOBS = ['solve', 'second-opinion', 'report'];
const isBusy = () => useJobs.getState().entries.some(({ job }) => OWN_JOBS.includes(job.kind) && isRunning(job));
const isWritable = () => useDocument.getState().project?.readOnly === false;
const studyThere = () => recordOf('study', resultInPanel()?.studyId);

async function report(format: 'html' | 'pdf'): Promise<void> {
  const entry = resultInPanel();
  if (!entry) return;
  const fileName = `${studyThere()?.name ?? 'Study'} report.${format}`;
  const choose = shell()?.chooseSavePath;
  const path = choose ? await choose(fileName) : undefined;
  if (path === null) return;
  const { studyId, inputHash } = entry;
  const { jobId } = await engine()['studies.report']({ studyId, inputHash, format, ...(path ? { path } : {}) });
  await downloadJob(jobId, fileName);
}

register(
  {
    id: 'result.secondOpinion',
    title: 'Second opinion from CalculiX',
    category: 'Result',
    icon: 'compare',
    keys: ['o c'],
    enabled: () => {
      const entry = resultInPanel();
      return entry !== undefined && isOurs(entry) && entry.fieldsHash !== null && isWritable() && !isBusy();
    },
    run: () => askCalculix(resultInPanel()!),
  },
  {
    id: 'result.import',
    title: 'Open a result of another program…',
    category: 'Result',
    icon: 'open',
    keys: ['o f'],
    enabled: () => studyThere() !== undefined && isWritable(),
    run: () => chooseResultFile(studyThere()!.id),
  },
  ...(['html', 'pdf'] as const).map((format) => ({
    id: `result.report.${format}`,
    title: `Report of the result as ${format.toUpperCase()}…`,
    category: 'Result' as const,
    icon: 'file' as const,
    keys: [format === 'html' ? 'o h' : 'o p'],
    enabled: () => resultInPanel() !== undefined && studyThere() !== undefined && !isBusy(),
    run: () => report(format),
  })),
);
