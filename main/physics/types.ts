/** What physics is asked and what it answers. Units: mm, N, MPa, tonne, s, degC unless a name says otherwise. */
import type { SolverMethod } from '../../native/index.d.ts';
import type { BodyInfo } from '../../preload/contract/geometry.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import type {
  Material,
  MaterialAxes,
  MeshControl,
  ResultSummary,
  StudyDefinition,
  StudyType,
} from '../../preload/contract/studies.ts';
import type { AccountItem } from './exchange/account.ts';
import type { ForeignOutcome } from './exchange/foreign-fields.ts';
import type { ReadyMesh } from './mesher/carry-mesh.ts';
import type { PreviewSettings, PreviewSolution } from './preview/types.ts';
import type { ReportInput } from './report/results-report.ts';
import type { ProbeAnswer } from './results/probe.ts';
import type { ChangedGeometry, SensitivityOutcome, SensitivityRequest } from './sensitivities/types.ts';
import type { Vec3 } from './vector.ts';

export interface StudyBody {
  /** The body's index within its part, which picked references count by. */
  index: number;
  name: string;
  /** Of an assembly: the part that the body belongs to, by which a study file may call it too. */
  part?: string;
  info: BodyInfo;
  material: Material | null;
  /** Directions of an orthotropic material in the body; global ones where left out. */
  axes?: MaterialAxes;
}

export interface MeshRequest {
  bodies: StudyBody[];
  /** ASCII BREP of all bodies as one compound, in the order of `bodies`. */
  brep: Uint8Array;
  mesh: MeshControl;
  inputHash: string;
  /** Where temporary files go; the system's place by default. Emptied of them afterwards. */
  workingFolder?: string;
}

/** What is asked: a study's physics, without its name and its part. */
export type StudyOfRequest = Omit<StudyDefinition, 'study'> & {
  /** Static where left out. */
  study?: StudyType;
};

export interface StudyRequest extends Omit<MeshRequest, 'mesh'> {
  study: StudyOfRequest;
  /** Temperature change from the stress-free state at a point (mm), K. For verification cases. */
  temperatureChange?: (x: number, y: number, z: number) => number;
  /** The fields bundle of a thermal study of the same bodies: the temperatures that expand them. */
  temperatures?: { fields: Uint8Array; frame: number };
  solver?: { method?: SolverMethod; tolerance?: number; threads?: number };
  /** With a goal in percent: no mesh has many more elements than this. What has not settled by then is warned of. */
  mostElements?: number;
  /** A mesh of exactly these bodies, in place of a new one. */
  readyMesh?: ReadyMesh;
}

export interface MeshSummary {
  nodes: number;
  elements: number;
  minimumScaledJacobian: number;
  /** Counts in ten bins of scaled Jacobian. */
  histogram: number[];
  straightened: number;
  size_mm: number;
  volume_mm3: number;
  warnings: { code: string; message: string }[];
  seconds: number;
}

export interface MeshOutcome {
  summary: MeshSummary;
  /** A fields bundle without solution arrays. */
  fields: Uint8Array;
}

export interface StudyOutcome {
  summary: ResultSummary;
  /** The fields bundle, as FieldsMeta in the contract describes. */
  fields: Uint8Array;
  /** The solved model in full precision, from which `export('inp', ...)` writes the deck; null where there is none. */
  deck: Uint8Array | null;
}

/** Keeps meshes under the hash of what they were made from. */
export interface MeshCache {
  get(hash: string): Promise<Uint8Array | null | undefined>;
  put(hash: string, mesh: Uint8Array): Promise<void>;
}

export interface PhysicsOptions {
  /** The mesher's executable; by default the one built in `native/`. */
  mesherPath?: string;
  /** Solutions at once; further ones wait. Default 1: the core uses all cores. */
  workers?: number;
  meshCache?: MeshCache;
  /** Bounds of one meshing: wall clock and resident memory. */
  mesherLimits?: { seconds?: number; memory_MiB?: number };
  /** Bytes a solution may use; by default four fifths of what the machine has free. */
  memoryLimit_bytes?: number;
}

export interface PhysicsStatus {
  native: { available: boolean; detail: string };
  mesher: { available: boolean; detail: string };
}

export type ExportFormat = 'vtu' | 'csv' | 'inp';

export interface Physics {
  /** Meshes, checks, solves and post-processes. Rejects with an ArtificerError; cancels within a second. */
  solve(request: StudyRequest, context: JobContext): Promise<StudyOutcome>;
  mesh(request: MeshRequest, context: JobContext): Promise<MeshOutcome>;
  /**
   * A linear static study solved once on a coarse mesh, whatever its own mesh control says, in a thread that is kept for the
   * next one. What a preview cannot show is refused by name: see `preview/refuse.ts`.
   */
  preview(request: StudyRequest, settings: PreviewSettings, context: JobContext): Promise<PreviewSolution>;
  /** Starts that thread, so that the first preview does not wait for it. */
  warmPreview(): void;
  /** A mesh that can be carried to other dimensions of the part, and solved on. */
  readyMesh(request: MeshRequest, context: JobContext): Promise<ReadyMesh>;
  /**
   * The mesh on the part with other dimensions, same nodes and elements, and that part's bodies numbered as the mesh knows
   * them; or why it cannot be taken there.
   */
  carryMesh(
    mesh: ReadyMesh,
    from: ChangedGeometry,
    to: ChangedGeometry,
    context: JobContext,
  ): Promise<
    | { mesh: ReadyMesh; infos: BodyInfo[]; minimumScaledJacobian: number; straightened: number }
    | { mesh: null; reason: string }
  >;
  /** How functionals of a static study change when faces move and when variables of the part change. */
  sensitivities(request: SensitivityRequest, context: JobContext): Promise<SensitivityOutcome>;
  /** `vtu` and `csv` of a fields bundle, `inp` of a deck bundle; off the main thread. */
  /** @param frame of a table in CSV; the first where left out */
  export(format: ExportFormat, bundle: Uint8Array, context: JobContext, frame?: number): Promise<Uint8Array>;
  /** All quantities of one frame of a fields bundle at points, off the main thread. */
  probe(fields: Uint8Array, points_mm: Vec3[], context: JobContext, frame?: number): Promise<ProbeAnswer[]>;
  /** A result file of another program (.frd, .vtu), to be shown beside ours. */
  readResult(
    file: { bytes: Uint8Array; fileName: string },
    as: { solver: string; inputHash: string },
    context: JobContext,
  ): Promise<ForeignOutcome>;
  /** Reads a deck of another program (.inp, .bdf) and solves what was understood of it, or only says what was. */
  deck(
    file: { bytes: Uint8Array; fileName: string },
    options: { inputHash: string; readOnly?: boolean },
    context: JobContext,
  ): Promise<{ account: AccountItem[]; outcome: ForeignOutcome | null }>;
  /** CalculiX's answer to the same deck, compared with ours. Rejects with `study.no-calculix` where it is not installed. */
  secondOpinion(
    ours: { deck: Uint8Array; fields: Uint8Array; summary: ResultSummary; inputHash: string },
    context: JobContext,
  ): Promise<ForeignOutcome>;
  /** The report of a result as HTML in UTF-8. */
  report(input: ReportInput, context: JobContext): Promise<Uint8Array>;
  status(): Promise<PhysicsStatus>;
  dispose(): Promise<void>;
}
