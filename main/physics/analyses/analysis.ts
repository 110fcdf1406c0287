/** What an analysis gets and gives: it runs in the physics worker, on a mesh that has been checked. */
import type { SolveProgress } from '../../../native/index.d.ts';
import { ArtificerError, cancelled } from '../../../preload/contract/errors.ts';
import { physicsFault, refuseStudy } from '../errors.ts';
import type { DeckMeta } from '../export/deck.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { NumericCore } from '../native-core.ts';
import type { PackedMesh } from '../results/fields.ts';
import { type Answers, CANCEL, NATIVE_ACTIVE, type SolveTask } from '../workers/tasks.ts';

export type Warnings = { code: string; message: string }[];
/** `fraction` is of the whole analysis. */
export type ReportProgress = (stage: string, fraction: number, detail?: Record<string, number>) => void;

export interface MeshQualityReport {
  scaledJacobian: Float64Array;
  minimum: number;
  volume_mm3: number;
}

export interface AnalysisInput {
  task: SolveTask;
  core: NumericCore;
  mesh: VolumeMesh;
  quality: MeshQualityReport;
  /** Warnings of meshing and of checking the mesh. */
  warnings: Warnings;
  /** Shared with the caller: see WorkerStart. */
  state: Int32Array;
  progress: ReportProgress;
}

/** What every result's bundle says of the mesh. */
export const packedMeshOf = (
  { mesh, quality, task }: Pick<AnalysisInput, 'mesh' | 'quality'> & { task: Pick<SolveTask, 'bodies'> },
  elementBody: Int32Array,
): PackedMesh => ({
  mesh,
  elementBody,
  quality: quality.scaledJacobian,
  firstFace: task.bodies.map((body) => body.firstFace),
});

/** What every deck says of the study. */
export const deckMetaOf = ({ inputHash, title, bodies }: SolveTask): DeckMeta => ({
  inputHash,
  title,
  bodies: bodies.map((body) => ({ name: body.name, material: body.material.name })),
});

export type Analysis = (input: AnalysisInput) => Promise<Answers['solve']>;

const STAGES: Record<string, string> = {
  assemble: 'Assembling',
  factorise: 'Factorising',
  solve: 'Solving',
  modes: 'Finding modes',
  recover: 'Recovering stresses',
};

export interface NativeOptions {
  cancel: Int32Array;
  onProgress: (progress: SolveProgress) => void;
}

/**
 * Runs one computation of the numeric core with the mark set that keeps this thread alive meanwhile, between two fractions of
 * the analysis, and translates what the core refuses.
 */
export async function runNative<T>(
  input: Pick<AnalysisInput, 'state' | 'progress'>,
  from: number,
  to: number,
  compute: (options: NativeOptions) => Promise<T>,
): Promise<T> {
  const { state, progress } = input;
  Atomics.store(state, NATIVE_ACTIVE, 1);
  try {
    if (Atomics.load(state, CANCEL) !== 0) throw cancelled('The study');
    return await compute({
      cancel: state,
      onProgress: (native) => {
        const detail: Record<string, number> = {};
        if (native.iteration !== undefined) detail['iteration'] = native.iteration;
        if (native.relativeResidual !== undefined) detail['residual'] = native.relativeResidual;
        if (native.converged !== undefined) detail['converged'] = native.converged;
        progress(STAGES[native.stage] ?? native.stage, from + (to - from) * native.fraction, detail);
      },
    });
  } catch (error) {
    throw translated(error);
  } finally {
    // The core's last progress calls may still wait in the event loop: they too must find their environment alive.
    await new Promise((resolve) => setTimeout(resolve, 10));
    Atomics.store(state, NATIVE_ACTIVE, 0);
  }
}

function translated(error: unknown): Error {
  if (error instanceof ArtificerError) return error;
  const code = (error as { code?: string }).code;
  const cause = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'cancelled':
      return cancelled('The study');
    case 'singular':
      return refuseStudy(
        'singular',
        'The model can still move: its stiffness is singular although restraints were found.',
        'Look for parts that hang together by an edge or a point only, or for springs that are far too soft.',
        { cause },
      );
    case 'out-of-memory':
      return refuseStudy('too-large', 'The solution ran out of memory.', 'Use a larger element size, or symmetry.', {
        cause,
      });
    case 'not-converged':
      return physicsFault(
        'not-converged',
        'The solver did not reach its tolerance.',
        'Try a finer mesh where walls are thin, or a Poisson ratio below 0.49.',
        cause,
      );
    default:
      return physicsFault('core-failed', 'The numeric core failed on this model.', 'Try another mesh size.', cause);
  }
}

/** Refuses a model that would not fit, with the element size that would. @param needed_bytes at the peak */
export function refuseTooLarge(
  needed_bytes: number,
  input: Pick<AnalysisInput, 'mesh'> & { task: Pick<SolveTask, 'memoryLimit_bytes'> },
): void {
  const limit = input.task.memoryLimit_bytes;
  if (needed_bytes <= limit) return;
  const elements = input.mesh.elements.length / 10;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  // Elements go with the cube of the size; a tenth is kept in hand.
  const fits = Number((1.1 * input.mesh.size_mm * Math.cbrt(needed_bytes / limit)).toPrecision(2));
  throw refuseStudy(
    'too-large',
    `This mesh (${elements} elements) would need about ${gigabytes(needed_bytes)} to solve; ${gigabytes(limit)} are free.`,
    `An element size of about ${fits} mm would fit. Refine only where it matters, or use symmetry.`,
    { details: { elements, needed_bytes, limit_bytes: limit, fitting_size_mm: fits } },
  );
}
