/** Lets a mesh's surface follow the part on both sides of each variable's value. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import type { SensitivitySummary } from '../../../preload/contract/sensitivities.ts';
import { MesherFailure, type MesherLimits, runMorph } from '../mesher/process.ts';
import { type Correspondence, matchBodies } from './correspondence.ts';
import type { ChangedGeometry, FollowedVariable, SurfaceMovement } from './types.ts';

export interface FollowJob {
  mesherPath: string;
  brep: Uint8Array;
  infos: readonly BodyInfo[];
  mesh: Uint8Array;
  limits: MesherLimits;
  workingFolder: string | undefined;
}

/** Surface nodes on changed geometry (3n, mm) and what became of faces, edges and vertices; or why it cannot be followed. */
export async function followGeometry(
  job: FollowJob,
  changed: ChangedGeometry,
  context: JobContext,
): Promise<{ nodes: Float64Array; correspondence: Correspondence } | { nodes: null; reason: string }> {
  const matched = matchBodies(job.infos, changed.infos);
  if (!matched.correspondence)
    return { nodes: null, reason: `the part is put together differently: ${matched.reason}` };
  try {
    const { mesherPath, brep, mesh, limits, workingFolder } = job;
    const quiet: JobContext = { signal: context.signal, progress: () => {} };
    const bytes = await runMorph(
      mesherPath,
      brep,
      mesh,
      changed.brep,
      matched.correspondence,
      limits,
      quiet,
      workingFolder,
    );
    return { nodes: decodeBundle(bytes).arrays['nodes'] as Float64Array, correspondence: matched.correspondence };
  } catch (error) {
    if (!(error instanceof MesherFailure)) throw error;
    return { nodes: null, reason: error.message };
  }
}

export async function followVariables(
  job: FollowJob,
  variables: readonly FollowedVariable[],
  context: JobContext,
): Promise<{ movements: SurfaceMovement[]; leftOut: SensitivitySummary['leftOut'] }> {
  const movements: SurfaceMovement[] = [];
  const leftOut: SensitivitySummary['leftOut'] = [];
  for (const [index, variable] of variables.entries()) {
    context.progress(`Following ${variable.name}`, index / variables.length);
    const { name, unit, value, step } = variable;
    const [plus, minus] = await Promise.all([
      followGeometry(job, variable.plus, context),
      followGeometry(job, variable.minus, context),
    ]);
    if (plus.nodes && minus.nodes) movements.push({ name, unit, value, step, plus: plus.nodes, minus: minus.nodes });
    else leftOut.push({ name, reason: (plus.nodes ? null : plus.reason) ?? (minus.nodes ? '' : minus.reason) });
  }
  return { movements, leftOut };
}
