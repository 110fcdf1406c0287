/** The worker's part of a preview: one linear solution on a coarse mesh, without decks and reports. */
import { ArtificerError } from '../../../preload/contract/errors.ts';
import { packedMeshOf } from '../analyses/analysis.ts';
import { type SolvedCase, solveCases } from '../analyses/static/solve-cases.ts';
import { summaryOf } from '../analyses/static/static.ts';
import { requireCore } from '../native-core.ts';
import { packFrames, staticFrame } from '../results/fields.ts';
import { singularPlaces } from '../results/singularities.ts';
import { safetyFactors, strengthsOf } from '../results/summary.ts';
import { checkedMesh } from '../workers/solve-task.ts';
import type { PreviewTask, WorkerMessage } from '../workers/tasks.ts';
import type { PreviewSolution } from './types.ts';

export async function previewTask(
  task: PreviewTask,
  state: Int32Array,
  post: (message: WorkerMessage) => void,
): Promise<Omit<PreviewSolution, 'seconds'>> {
  const core = requireCore();
  const { mesh, quality, warnings } = checkedMesh(core, task.mesh, task.size_mm, 2);
  const solveBy = (method: PreviewTask['solver']['method']): Promise<SolvedCase[]> =>
    solveCases({
      task: { ...task, solver: { ...task.solver, method } },
      core,
      mesh,
      state,
      progress: (stage, fraction) => post({ type: 'progress', stage, fraction }),
    });
  // Coarse elements of poor shape can be too much for iterations; a factorisation of so few takes a little longer.
  const [solved] = await solveBy(task.solver.method).catch((error: unknown) => {
    if (!(error instanceof ArtificerError) || error.code !== 'physics.not-converged') throw error;
    return solveBy('direct');
  });
  const { built, solution } = solved!;
  const { conditions, nodesOf } = built.restraints;
  const places = singularPlaces(
    mesh,
    built.loads.concentrated,
    task.restraints,
    conditions,
    nodesOf,
    built.connections?.bonds,
  );
  const strengths = strengthsOf(task.bodies);
  const { elementBody } = built;
  const safetyFactor = safetyFactors(mesh, elementBody, strengths, solution);
  const fields = packFrames(
    { ...packedMeshOf({ mesh, quality, task }, elementBody), elementError: solution.elementError, strengths },
    [staticFrame(solution, safetyFactor)],
    task.inputHash,
  );
  return {
    nodes: mesh.nodes,
    elements: mesh.elements,
    facets: mesh.facets,
    facetFace: mesh.facetFace,
    displacement: solution.displacement,
    stress: solution.stress,
    vonMises: solution.vonMises,
    stressSpread: solution.stressSpread,
    stressError: solution.stressError,
    elementError: solution.elementError,
    relativeEnergyError: solution.relativeEnergyError,
    singularNodes: sorted(places.flatMap(({ nodes }) => [...nodes])),
    heldNodes: sorted(nodesOf.flat()),
    loadedNodes: sorted(task.loads.flatMap(({ target }) => (target ? built.finder.nodes(target, 'A load') : []))),
    summary: summaryOf(
      {
        task: { ...task, order: 2 },
        core,
        mesh,
        quality,
        // One element through a wall is what a preview is made of; its bands were measured with that.
        warnings: warnings.filter(({ code }) => code !== 'mesh.thin-wall'),
      },
      solved!,
      strengths,
      safetyFactor,
    ),
    fields,
  };
}

const sorted = (nodes: number[]): Int32Array => Int32Array.from(new Set(nodes)).sort();
