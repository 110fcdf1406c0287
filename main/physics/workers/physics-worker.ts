/** The thread in which a study's heavy work runs: model, native solution, post-processing, packing, exports. */
import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../../preload/contract/errors.ts';
import type { ReportProgress } from '../analyses/analysis.ts';
import { foreignOutcome, readForeignResult } from '../exchange/foreign-fields.ts';
import { compareWithCalculix } from '../exchange/second-opinion.ts';
import { readDeck, solveDeck } from '../exchange/solve-deck.ts';
import { exportCalculix } from '../export/calculix.ts';
import { exportCsv } from '../export/csv.ts';
import { exportVtu } from '../export/vtu.ts';
import { carryMesh } from '../mesher/carry-mesh.ts';
import { requireCore } from '../native-core.ts';
import { previewTask } from '../preview/task.ts';
import { resultsReport } from '../report/results-report.ts';
import { probeFields } from '../results/probe.ts';
import type { ExportFormat } from '../types.ts';
import { sensitivityTask } from './sensitivity-task.ts';
import { lookTask, meshReport, scoutTask, solveTask } from './solve-task.ts';
import type { Task, WorkerMessage, WorkerStart } from './tasks.ts';

const EXPORTERS: Record<ExportFormat, (bundle: Uint8Array, frame?: number) => Uint8Array<ArrayBuffer>> = {
  vtu: exportVtu,
  csv: exportCsv,
  inp: exportCalculix,
};

async function answer(task: Task, state: Int32Array, post: (message: WorkerMessage) => void): Promise<unknown> {
  switch (task.kind) {
    case 'solve':
      return solveTask(task, state, post);
    case 'scout':
      return scoutTask(task, state, post);
    case 'preview':
      return previewTask(task, state, post);
    case 'look':
      return lookTask(task);
    case 'sensitivities':
      return sensitivityTask(task, state, post);
    case 'mesh':
      return meshReport(task);
    case 'carry':
      return carryMesh(requireCore(), task);
    case 'export':
      return EXPORTERS[task.format](task.bundle, task.frame);
    case 'read-result':
      return foreignOutcome(requireCore(), readForeignResult(task.bytes, task.fileName), task);
    case 'compare':
      return compareWithCalculix(requireCore(), task);
    case 'report':
      return new TextEncoder().encode(resultsReport(task.input));
    case 'deck': {
      const deck = readDeck(task.bytes, task.fileName);
      const progress: ReportProgress = (stage, fraction, detail) =>
        post({ type: 'progress', stage, fraction, ...(detail ? { detail } : {}) });
      const outcome = task.readOnly
        ? null
        : await solveDeck(deck, task, { ...task, core: requireCore(), state, progress });
      return { account: deck.account, outcome };
    }
    case 'probe':
      return probeFields(task.fields, task.points, task.frame);
  }
}

/** The buffers of an answer that can be handed over rather than copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const found = value instanceof Uint8Array ? [value] : typeof value === 'object' && value ? Object.values(value) : [];
  return found.filter((one) => one instanceof Uint8Array).map((one) => one.buffer as ArrayBuffer);
}

if (parentPort) {
  const port = parentPort;
  const post = (message: WorkerMessage): void => port.postMessage(message);
  const start = ({ task, state }: WorkerStart): Promise<void> =>
    answer(task, state, post).then(
      (result) => port.postMessage({ type: 'done', answer: result } satisfies WorkerMessage, buffersOf(result)),
      (error) => post({ type: 'failed', error: toErrorData(error) }),
    );
  if (workerData) void start(workerData as WorkerStart);
  else port.on('message', (message: WorkerStart | null) => (message ? void start(message) : port.close()));
}
