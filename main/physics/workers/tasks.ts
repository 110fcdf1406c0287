/** What the physics worker is asked and answers. Everything here crosses between threads: plain data and typed arrays. */
import type { SolverMethod } from '../../../native/index.d.ts';
import type { ErrorData } from '../../../preload/contract/errors.ts';
import type { Functional, SensitivitySummary } from '../../../preload/contract/sensitivities.ts';
import type { ResultSummary } from '../../../preload/contract/studies.ts';
import type { Look, NextMesh } from '../adaptive/loop.ts';
import type { ResolvedConnection } from '../connections/resolve.ts';
import type { AccountItem } from '../exchange/account.ts';
import type { ForeignOutcome } from '../exchange/foreign-fields.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import type { SizeWish } from '../mesher/adapt.ts';
import type { CarriedMesh, CarryTask } from '../mesher/carry-mesh.ts';
import type { ModelBody } from '../model/build.ts';
import type { PreviewSolution } from '../preview/types.ts';
import type { ReportInput } from '../report/results-report.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import type { ProbeAnswer } from '../results/probe.ts';
import type { SensitivityOutcome, SurfaceMovement } from '../sensitivities/types.ts';
import type { ExportFormat, MeshSummary, StudyOfRequest } from '../types.ts';
import type { Vec3 } from '../vector.ts';

export interface SolveTask {
  kind: 'solve';
  /** The mesher's bundle. */
  mesh: Uint8Array;
  size_mm: number;
  order: 1 | 2;
  bodies: ModelBody[];
  restraints: ResolvedRestraint[];
  loads: ResolvedLoad[];
  connections: ResolvedConnection[];
  /** What was asked, for all that is not resolved above: type, settings, cases, probes. */
  study: StudyOfRequest;
  temperatureChange: Float64Array | null;
  /** The fields bundle of a thermal study whose temperatures expand the bodies. */
  temperatures: { fields: Uint8Array; frame: number } | null;
  inputHash: string;
  title: string;
  solver: { method: SolverMethod; tolerance: number; threads: number };
  memoryLimit_bytes: number;
  warnings: { code: string; message: string }[];
  meshSeconds: number;
  /** `performance.timeOrigin`-free start of the whole study, ms since the epoch. */
  startedAt: number;
}
/** Solves loosely on a coarse mesh, only to learn where the final mesh should be finer. */
export interface ScoutTask extends Omit<SolveTask, 'kind'> {
  kind: 'scout';
  smallest_mm: number;
  mostElements: number;
}
/** Solves once, loosely, on a coarse mesh, and answers with all that a preview needs. */
export interface PreviewTask extends Omit<SolveTask, 'kind'> {
  kind: 'preview';
}
/** Looks at a result of the task, for a next mesh that is finer where it matters. */
export interface LookTask extends Omit<SolveTask, 'kind'> {
  kind: 'look';
  /** The result's bundle. */
  fields: Uint8Array;
  next: NextMesh;
}
/** Gradients of functionals by faces and by movements of the surface that variables of the part make. */
export interface SensitivityTask extends Omit<SolveTask, 'kind' | 'order'> {
  kind: 'sensitivities';
  functionals: Functional[];
  movements: SurfaceMovement[];
  leftOut: SensitivitySummary['leftOut'];
  /** Seconds that following the geometry took. */
  followSeconds: number;
  /** Solve anew with each movement, forward and back, and give the central differences too: for checks of the gradients. */
  differences: boolean;
}
export interface MeshTask {
  kind: 'mesh';
  mesh: Uint8Array;
  size_mm: number;
  bodies: ModelBody[];
  inputHash: string;
  meshSeconds: number;
}
export interface ExportTask {
  kind: 'export';
  format: ExportFormat;
  bundle: Uint8Array;
  frame?: number;
}
export interface ProbeTask {
  kind: 'probe';
  fields: Uint8Array;
  frame: number;
  points: Vec3[];
}
/** Reads a result file of another program. */
export interface ReadResultTask {
  kind: 'read-result';
  bytes: Uint8Array;
  fileName: string;
  solver: string;
  inputHash: string;
}
/** Compares what CalculiX wrote with our fields. */
export interface CompareTask {
  kind: 'compare';
  /** The .frd file and, for frequencies and buckling factors, the .dat file. */
  resultPath: string;
  tablesPath: string;
  solver: string;
  fields: Uint8Array;
  summary: ResultSummary;
  inputHash: string;
}
export interface ReportTask {
  kind: 'report';
  input: ReportInput;
}
/** Reads and solves a deck of another program. */
export interface DeckTask {
  kind: 'deck';
  bytes: Uint8Array;
  fileName: string;
  inputHash: string;
  /** Only the account is wanted. */
  readOnly: boolean;
  memoryLimit_bytes: number;
}
export type Task =
  | SolveTask
  | LookTask
  | ScoutTask
  | PreviewTask
  | SensitivityTask
  | MeshTask
  | CarryTask
  | ExportTask
  | ProbeTask
  | ReadResultTask
  | DeckTask
  | CompareTask
  | ReportTask;

export interface Answers {
  'read-result': ForeignOutcome;
  compare: ForeignOutcome;
  report: Uint8Array;
  deck: { account: AccountItem[]; outcome: ForeignOutcome | null };
  solve: { summary: ResultSummary; fields: Uint8Array; deck: Uint8Array | null };
  /** `accurate`: the mesh needs no refinement to be within the default accuracy. */
  scout: { accurate: boolean; wishes: SizeWish[] };
  look: Look;
  preview: Omit<PreviewSolution, 'seconds'>;
  sensitivities: SensitivityOutcome;
  mesh: { summary: MeshSummary; fields: Uint8Array };
  carry: CarriedMesh;
  export: Uint8Array;
  probe: ProbeAnswer[];
}

export type WorkerMessage =
  | { type: 'progress'; stage: string; fraction: number | null; detail?: Record<string, number> }
  | { type: 'done'; answer: unknown }
  | { type: 'failed'; error: ErrorData };

/** A thread that is kept warm is told of a task by a message; of none, that it may end. */
export interface WorkerStart {
  task: Task;
  /**
   * Shared. Element 0 turns non-zero to cancel, which the native core watches; element 1 is non-zero while that core is at
   * work. A thread must never be ended under the core: its answer would find no environment and abort the whole process.
   */
  state: Int32Array;
}
export const CANCEL = 0;
export const NATIVE_ACTIVE = 1;
