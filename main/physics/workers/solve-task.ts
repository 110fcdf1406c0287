/** One task of the physics worker: checks the mesh and hands it to its analysis. */

import { lookAt } from '../adaptive/look.ts';
import type { Look } from '../adaptive/loop.ts';
import type { MeshQualityReport, ReportProgress, Warnings } from '../analyses/analysis.ts';
import { analysisOf } from '../analyses/index.ts';
import { mostUncertain, solveCases } from '../analyses/static/solve-cases.ts';
import { singularNodesOf } from '../analyses/static/static.ts';
import { physicsFault } from '../errors.ts';
import { isAccurate, sizeWishes } from '../mesher/adapt.ts';
import { readMesh } from '../mesher/read-mesh.ts';
import { wallWarning } from '../mesher/walls.ts';
import { bodyOfElements } from '../model/build.ts';
import { nodeCount, straightenSides, type VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { type NumericCore, requireCore } from '../native-core.ts';
import { withBodyMaxima } from '../results/body-maxima.ts';
import { packMesh } from '../results/fields.ts';
import { histogramOf } from '../results/summary.ts';
import type { MeshSummary } from '../types.ts';
import type { Answers, LookTask, MeshTask, ScoutTask, SolveTask, WorkerMessage } from './tasks.ts';

type Post = (message: WorkerMessage) => void;

const reporter =
  (post: Post): ReportProgress =>
  (stage, fraction, detail) =>
    post({ type: 'progress', stage, fraction, ...(detail ? { detail } : {}) });

export async function solveTask(task: SolveTask, state: Int32Array, post: Post): Promise<Answers['solve']> {
  const core = requireCore();
  const progress = reporter(post);
  progress('Applying loads and restraints', 0.02);
  const answer = await analysisOf(task.study.study ?? 'static')({
    task,
    core,
    state,
    progress,
    ...checkedMesh(core, task.mesh, task.size_mm, task.order),
  });
  return withBodyMaxima(
    answer,
    task.bodies.map(({ name }) => name),
  );
}

/** A loose solution on a coarse mesh: whether that mesh will do, and where the next should be finer. */
export async function scoutTask(task: ScoutTask, state: Int32Array, post: Post): Promise<Answers['scout']> {
  const core = requireCore();
  const { mesh } = checkedMesh(core, task.mesh, task.size_mm, task.order);
  const solved = await solveCases({ task, core, mesh, state, progress: reporter(post) });
  const { built } = solved[0]!;
  const singularNodes = singularNodesOf({ mesh, task }, solved);
  const uncertain = mostUncertain(solved);
  if (isAccurate(built.model, uncertain, singularNodes)) return { accurate: true, wishes: [] };
  return {
    accurate: false,
    wishes: sizeWishes(built.model, uncertain, singularNodes, task.smallest_mm, task.mostElements),
  };
}

export const lookTask = (task: LookTask): Look =>
  lookAt(task, checkedMesh(requireCore(), task.mesh, task.size_mm, task.order).mesh);

/** Reads a mesh and lets none through with an inverted element or a facet that is not on the boundary. */
export function checkedMesh(
  core: NumericCore,
  bytes: Uint8Array,
  size_mm: number,
  order: 1 | 2,
): {
  mesh: VolumeMesh;
  quality: MeshQualityReport;
  warnings: Warnings;
} {
  const mesh = readMesh(bytes, size_mm);
  if (order === 1) straightenSides(mesh);
  const warnings: Warnings = [];
  const quality = core.meshQuality(mesh.nodes, mesh.elements);
  if (quality.invertedElements.length > 0)
    throw physicsFault(
      'mesh-inverted',
      `The mesh has ${quality.invertedElements.length} elements turned inside out.`,
      'Try a finer element size, or refine around the smallest faces.',
    );
  const surface = orientSurface(mesh);
  if (surface.uncovered > 0)
    warnings.push({
      code: 'mesh.uncovered-surface',
      message: `${surface.uncovered} element sides on the surface belong to no face: loads and restraints do not reach them.`,
    });
  if (mesh.straightened > 0)
    warnings.push({
      code: 'mesh.straightened',
      message: `${mesh.straightened} elements follow their curved faces with straight sides: refine there if it matters.`,
    });
  const thin = wallWarning(mesh.walls, mesh.elements.length / 10);
  if (thin) warnings.push(thin);
  if (quality.minimumScaledJacobian < 0.05)
    warnings.push({
      code: 'mesh.poor-quality',
      message: `The worst element has a quality of ${quality.minimumScaledJacobian.toFixed(3)} (1 is ideal): stresses beside it are uncertain.`,
    });
  return {
    mesh,
    quality: {
      scaledJacobian: quality.scaledJacobian,
      minimum: quality.minimumScaledJacobian,
      volume_mm3: quality.volume_mm3,
    },
    warnings,
  };
}

/** A mesh without a solution: its quality report and its surface. */
export function meshReport(task: MeshTask): Answers['mesh'] {
  const core = requireCore();
  const { mesh, quality, warnings } = checkedMesh(core, task.mesh, task.size_mm, 2);
  const elementBody = bodyOfElements(mesh, task.bodies);
  const summary: MeshSummary = {
    nodes: nodeCount(mesh),
    elements: mesh.elements.length / 10,
    minimumScaledJacobian: quality.minimum,
    histogram: histogramOf(quality.scaledJacobian),
    straightened: mesh.straightened,
    size_mm: mesh.size_mm,
    volume_mm3: quality.volume_mm3,
    warnings,
    seconds: task.meshSeconds,
  };
  const firstFace = task.bodies.map((body) => body.firstFace);
  return { summary, fields: packMesh(mesh, elementBody, quality.scaledJacobian, firstFace, task.inputHash) };
}
