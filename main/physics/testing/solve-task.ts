/** A task of the physics worker, from a mesh of boxes, for tests of analyses without a mesher. */
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { runTask } from '../workers/run.ts';
import { solveTask } from '../workers/solve-task.ts';
import type { Answers, SolveTask } from '../workers/tasks.ts';
import { meshBundle } from './mesh-bundle.ts';

export type TaskParts = Pick<SolveTask, 'bodies'> &
  Partial<Omit<SolveTask, 'kind' | 'study' | 'mesh'>> & {
    mesh: VolumeMesh;
    study?: Partial<SolveTask['study']>;
  };

export const taskOf = ({ mesh, study, ...parts }: TaskParts): SolveTask => ({
  kind: 'solve',
  mesh: meshBundle(mesh),
  size_mm: 10,
  order: 2,
  restraints: [],
  loads: [],
  connections: [],
  study: {
    restraints: [],
    loads: [],
    mesh: { order: 2, accuracy: 'default', refinements: [] },
    probes: [],
    ...study,
  },
  temperatureChange: null,
  temperatures: null,
  inputHash: 'hash',
  title: 'test',
  solver: { method: 'auto', tolerance: 1e-10, threads: 2 },
  memoryLimit_bytes: 4e9,
  warnings: [],
  meshSeconds: 0,
  startedAt: Date.now(),
  ...parts,
});

export const solveParts = (parts: TaskParts): Promise<Answers['solve']> => runTask(taskOf(parts), silentContext());

/** The same in this thread: for tests of many small solutions, of which starting a worker would be the longest part. */
export const solveHere = (parts: TaskParts): Promise<Answers['solve']> =>
  solveTask(taskOf(parts), new Int32Array(new SharedArrayBuffer(16)), () => {});
