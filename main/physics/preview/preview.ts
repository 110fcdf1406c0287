/** Meshes a study coarsely and solves it in a thread that is kept warm. */
import type { JobContext } from '../../../preload/contract/jobs.ts';
import { type MeshedStudy, type MeshJob, meshStudy } from '../mesher/mesh-study.ts';
import type { StudyRequest } from '../types.ts';
import type { SolveTask } from '../workers/tasks.ts';
import type { WarmWorker } from '../workers/warm-worker.ts';
import { previewSize } from './size.ts';
import type { PreviewSettings, PreviewSolution } from './types.ts';

/** Models below this are faster to factorise than to set up a multigrid for. */
const SMALL_DOF = 4000;

export interface PreviewTools {
  mesher: Pick<MeshJob, 'mesherPath' | 'limits' | 'cache'>;
  taskOf: (meshed: MeshedStudy) => SolveTask;
  worker: WarmWorker;
}

export async function previewStudy(
  request: StudyRequest,
  settings: PreviewSettings,
  tools: PreviewTools,
  context: JobContext,
): Promise<PreviewSolution> {
  const started = performance.now();
  // Whatever can be done while the mesher works, is.
  tools.worker.warm();
  const infos = request.bodies.map(({ info }) => info);
  const size_mm = previewSize(infos, settings);
  context.progress('Meshing coarsely', 0);
  const meshed = await meshStudy(
    {
      ...tools.mesher,
      brep: request.brep,
      infos,
      control: { order: 2, accuracy: 'draft', size_mm, refinements: [] },
      refinements: [],
      keepWalls: true,
      settings: {
        minSize_mm: settings.smallestPart * size_mm,
        grading: settings.grading,
        elementsPerCurvature: settings.perRadius,
        optimisationSteps: settings.optimisationSteps,
        mostElements: settings.divideWallsUpTo,
      },
      workingFolder: request.workingFolder,
    },
    context,
  );
  const meshedAt = performance.now();
  const task = tools.taskOf(meshed);
  const answer = await tools.worker.run(
    {
      ...task,
      kind: 'preview',
      // Elements about as many as asked for have some one and a half times their number of nodes.
      solver: {
        method: settings.elements * 4.5 < SMALL_DOF ? 'direct' : 'multigrid',
        tolerance: settings.tolerance,
        threads: settings.threads,
      },
    },
    context,
  );
  const now = performance.now();
  return {
    ...answer,
    seconds: { mesh: (meshedAt - started) / 1000, solve: (now - meshedAt) / 1000, total: (now - started) / 1000 },
  };
}
