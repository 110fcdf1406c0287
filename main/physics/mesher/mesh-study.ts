/** Meshes the bodies of a study: chooses sizes, runs the mesher, tries again with gentler settings when it fails. */
import { createHash } from 'node:crypto';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import type { MeshControl } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { Target } from '../model/target.ts';
import type { MeshCache } from '../types.ts';
import type { SizeWish } from './adapt.ts';
import { MesherFailure, type MesherLimits, runMesher } from './process.ts';
import { elementSize, estimateElements, mostDivided, PRESETS, sizeForElements } from './size.ts';

/** What the mesher reads from OPTIONS.json. */
export interface MesherOptions {
  /** Largest element edge, mm. */
  maxSize_mm: number;
  minSize_mm: number;
  /** How fast sizes may grow from small to large elements, 0 (slow) to 1. */
  grading: number;
  /** Elements along one radius of curvature. */
  elementsPerCurvature: number;
  elementsPerEdge: number;
  optimisationSteps: number;
  /** Walls get two elements through their thickness unless the mesh would have more than this; 0 leaves them alone. */
  mostElements: number;
  /** Smaller sizes on faces, edges or vertices, by global index, or at a point. */
  refinements: (
    | { face: number; size_mm: number }
    | { edge: number; size_mm: number }
    | { vertex: number; size_mm: number }
    | SizeWish
  )[];
}

export interface MeshJob {
  mesherPath: string;
  brep: Uint8Array;
  infos: BodyInfo[];
  control: MeshControl;
  refinements: { target: Target; size_mm: number }[];
  /** Walls stay as the sizes make them, with one element through or more: a person has chosen the sizes. */
  keepWalls?: boolean;
  /** Finer sizes at points, from a first solution. */
  wishes?: readonly SizeWish[];
  /** In place of what the accuracy setting says. */
  settings?: Partial<MesherOptions>;
  limits: MesherLimits;
  cache: MeshCache | undefined;
  workingFolder: string | undefined;
}

export interface MeshedStudy {
  bytes: Uint8Array;
  size_mm: number;
  warnings: { code: string; message: string }[];
  seconds: number;
}

/** More elements than any machine this runs on can solve; refused before an hour is spent on meshing them. */
const MOST_ELEMENTS = 6_000_000;

export async function meshStudy(job: MeshJob, context: JobContext): Promise<MeshedStudy> {
  const started = performance.now();
  const size = elementSize(job.infos, job.control);
  const estimate = estimateElements(job.infos, size);
  if (!(size > 0) || !Number.isFinite(size))
    throw refuseStudy('no-volume', 'There is no volume to mesh.', 'Choose a part with solid bodies.');
  if (estimate > MOST_ELEMENTS)
    throw refuseStudy(
      'too-large',
      `An element size of ${size} mm would give about ${(estimate / 1e6).toFixed(0)} million elements.`,
      `Use ${sizeForElements(job.infos, size, MOST_ELEMENTS / 4)} mm or more, and refine only where it matters.`,
    );
  const options = optionsOf(job, size);
  const key = createHash('sha256').update(job.brep).update(JSON.stringify(options)).digest('hex');
  const warnings: MeshedStudy['warnings'] = [];
  const kept = await job.cache?.get(key);
  const bytes = kept ?? (await runWithRetries(job, options, context, warnings));
  if (!kept) await job.cache?.put(key, bytes);
  return { bytes, size_mm: size, warnings, seconds: (performance.now() - started) / 1000 };
}

/**
 * The smallest element is this much smaller than the largest. Without a floor, tiny fillets and blends of a real part get most
 * of the elements: a plate of 100 mm with 64 faces came to 400,000.
 */
const SIZE_RANGE = 5;

function optionsOf(job: MeshJob, size: number): MesherOptions {
  const preset = PRESETS[job.control.accuracy];
  return {
    maxSize_mm: size,
    // A smaller size that a person asks for somewhere holds, of course.
    minSize_mm: Math.min(size / SIZE_RANGE, ...job.refinements.map((refinement) => refinement.size_mm)),
    grading: 0.3,
    elementsPerCurvature: preset.perRadius,
    elementsPerEdge: 1,
    optimisationSteps: 3,
    mostElements: job.keepWalls ? 0 : mostDivided(job.control),
    refinements: [
      ...job.refinements.flatMap(({ target, size_mm }) =>
        target.items.map((index) => ({ [target.kind]: index, size_mm }) as MesherOptions['refinements'][number]),
      ),
      ...(job.wishes ?? []),
    ],
    ...job.settings,
  };
}

/** Settings to try after a failure: what most often gets Netgen past a narrow face, then past a failed volume fill. */
const RETRIES: ((options: MesherOptions) => MesherOptions)[] = [
  (options) => ({ ...options, maxSize_mm: 0.7 * options.maxSize_mm, grading: 0.2 }),
  (options) => ({ ...options, maxSize_mm: 1.4 * options.maxSize_mm, grading: 0.5, elementsPerCurvature: 1.5 }),
];

async function runWithRetries(
  job: MeshJob,
  options: MesherOptions,
  context: JobContext,
  warnings: MeshedStudy['warnings'],
): Promise<Uint8Array> {
  let failure: MesherFailure | null = null;
  for (const adjust of [(same: MesherOptions) => same, ...RETRIES]) {
    try {
      const bytes = await runMesher(job.mesherPath, job.brep, adjust(options), job.limits, context, job.workingFolder);
      if (failure)
        warnings.push({
          code: 'mesh.retried',
          message: `The first meshing failed (${failure.message}); other settings succeeded.`,
        });
      return bytes;
    } catch (error) {
      if (!(error instanceof MesherFailure)) throw error;
      failure = error;
      if (error.kind === 'timed-out' || error.kind === 'too-much-memory') break;
      context.progress('Meshing again with other settings', null);
    }
  }
  throw meshError(failure!);
}

function meshError(failure: MesherFailure): ArtificerError {
  if (failure.kind === 'timed-out' || failure.kind === 'too-much-memory')
    return refuseStudy(
      'mesh-too-heavy',
      failure.kind === 'timed-out' ? 'Meshing took too long and was stopped.' : 'Meshing needed too much memory.',
      'Use a larger element size, or remove small details that do not matter to the study.',
      { cause: failure.message },
    );
  return new ArtificerError({
    code: 'physics.mesh-failed',
    category: failure.kind === 'refused' ? 'refused' : 'fault',
    message: 'The mesher could not fill this geometry.',
    hint: failure.hint || 'Heal the part on import, try another element size, or remove very small faces.',
    cause: failure.code ? `${failure.code}: ${failure.message}` : failure.message,
  });
}
