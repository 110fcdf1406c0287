/** One static study from mesh to packed result, as it runs in the worker. */
import type { SolveProgress, StaticModel, StaticSolution } from '../../../native/index.d.ts';
import { cancelled } from '../../../preload/contract/errors.ts';
import { physicsFault, refuseStudy } from '../errors.ts';
import { packDeck } from '../export/deck.ts';
import { sizeWishes } from '../mesher/adapt.ts';
import { readMesh } from '../mesher/read-mesh.ts';
import { bodyOfElements, buildModel } from '../model/build.ts';
import { nodeCount, straightenSides, type VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { type NumericCore, requireCore } from '../native-core.ts';
import { packFields, packMesh } from '../results/fields.ts';
import { singularPlaces } from '../results/singularities.ts';
import { histogramOf, safetyFactors, strengthsOf, summarise } from '../results/summary.ts';
import type { MeshSummary } from '../types.ts';
import {
  type Answers,
  CANCEL,
  type MeshTask,
  NATIVE_ACTIVE,
  type ScoutTask,
  type SolveTask,
  type WorkerMessage,
} from './tasks.ts';

type Warnings = { code: string; message: string }[];

/** Shares of the whole that the stages of a solution take on the progress bar. */
const SOLVE_FROM = 0.15;
const SOLVE_TO = 0.9;

export async function solveTask(
  task: SolveTask,
  state: Int32Array,
  post: (message: WorkerMessage) => void,
): Promise<Answers['solve']> {
  const core = requireCore();
  const progress = (stage: string, fraction: number, detail?: Record<string, number>): void =>
    post({ type: 'progress', stage, fraction, ...(detail ? { detail } : {}) });
  progress('Applying loads and restraints', 0.02);
  const { mesh, quality, warnings } = checkedMesh(core, task.mesh, task.size_mm, task.order);
  const built = buildModel(mesh, task.bodies, task.restraints, task.loads, task.temperatureChange);
  refuseTooLarge(core, mesh, task);

  const solution = await solveGuarded(core, built.model, task, state, progress);

  progress('Collecting results', SOLVE_TO);
  const strengths = strengthsOf(task.bodies);
  const safetyFactor = safetyFactors(mesh, built.elementBody, strengths, solution);
  const firstFace = task.bodies.map((body) => body.firstFace);
  const fields = packFields(
    mesh,
    built.elementBody,
    quality.scaledJacobian,
    firstFace,
    solution,
    safetyFactor,
    strengths,
    task.inputHash,
  );
  const summary = summarise({
    inputHash: task.inputHash,
    mesh,
    order: task.order,
    bodies: task.bodies,
    built,
    restraints: task.restraints,
    solution,
    quality,
    strengths,
    safetyFactor,
    probes: task.probes,
    warnings: [...task.warnings, ...warnings],
    solver: `Artificer ${core.version}`,
    meshSeconds: task.meshSeconds,
    totalSeconds: (Date.now() - task.startedAt) / 1000,
  });
  progress('Packing', 0.97);
  const deck = packDeck(built.model, {
    inputHash: task.inputHash,
    title: task.title,
    bodies: task.bodies.map((body) => ({ name: body.name, material: body.material.name })),
  });
  return { summary, fields, deck };
}

/** A loose solution on a coarse mesh, and what it says of where the final mesh should be finer. */
export async function scoutTask(
  task: ScoutTask,
  state: Int32Array,
  post: (message: WorkerMessage) => void,
): Promise<Answers['scout']> {
  const core = requireCore();
  const progress: Progress = (stage, fraction, detail) =>
    post({ type: 'progress', stage, fraction, ...(detail ? { detail } : {}) });
  const { mesh } = checkedMesh(core, task.mesh, task.size_mm, task.order);
  const built = buildModel(mesh, task.bodies, task.restraints, task.loads, task.temperatureChange);
  refuseTooLarge(core, mesh, task);
  const solution = await solveGuarded(core, built.model, task, state, progress);
  const { conditions, nodesOf } = built.restraints;
  const singular = singularPlaces(mesh, built.loads.concentrated, task.restraints, conditions, nodesOf);
  return sizeWishes(
    built.model,
    solution,
    singular.flatMap((place) => [...place.nodes]),
    task.smallest_mm,
    task.mostElements,
  );
}

type Progress = (stage: string, fraction: number, detail?: Record<string, number>) => void;

/** Solves with the mark set that keeps this thread alive while the core is at work. */
async function solveGuarded(
  core: NumericCore,
  model: StaticModel,
  task: SolveTask | ScoutTask,
  state: Int32Array,
  progress: Progress,
): Promise<StaticSolution> {
  progress('Assembling', SOLVE_FROM);
  Atomics.store(state, NATIVE_ACTIVE, 1);
  try {
    if (Atomics.load(state, CANCEL) !== 0) throw cancelled('The study');
    return await solveNative(core, model, task, state, (native) => {
      const detail: Record<string, number> = {};
      if (native.iteration !== undefined) detail['iteration'] = native.iteration;
      if (native.relativeResidual !== undefined) detail['residual'] = native.relativeResidual;
      progress(STAGES[native.stage], SOLVE_FROM + (SOLVE_TO - SOLVE_FROM) * native.fraction, detail);
    });
  } finally {
    // The core's last progress calls may still wait in the event loop: they too must find their environment alive.
    await new Promise((resolve) => setTimeout(resolve, 10));
    Atomics.store(state, NATIVE_ACTIVE, 0);
  }
}

const STAGES: Record<SolveProgress['stage'], string> = {
  assemble: 'Assembling',
  factorise: 'Factorising',
  solve: 'Solving',
  recover: 'Recovering stresses',
};

/** Reads a mesh and lets none through with an inverted element or a facet that is not on the boundary. */
function checkedMesh(
  core: NumericCore,
  bytes: Uint8Array,
  size_mm: number,
  order: 1 | 2,
): {
  mesh: VolumeMesh;
  quality: { scaledJacobian: Float64Array; minimum: number; volume_mm3: number };
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

function refuseTooLarge(core: NumericCore, mesh: VolumeMesh, task: SolveTask | ScoutTask): void {
  const elements = mesh.elements.length / 10;
  const needed = core.estimateMemory(nodeCount(mesh), elements, task.solver.method);
  if (needed <= task.memoryLimit_bytes) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  const fits = sizeForRatio(mesh.size_mm, needed / task.memoryLimit_bytes);
  throw refuseStudy(
    'too-large',
    `This mesh (${elements} elements) would need about ${gigabytes(needed)} to solve; ${gigabytes(task.memoryLimit_bytes)} are free.`,
    `An element size of about ${fits} mm would fit. Refine only where it matters, or use symmetry.`,
    { details: { elements, needed_bytes: needed, limit_bytes: task.memoryLimit_bytes, fitting_size_mm: fits } },
  );
}

/** Elements go with the cube of the size; a tenth is kept in hand. */
const sizeForRatio = (size_mm: number, ratio: number): number =>
  Number((1.1 * size_mm * Math.cbrt(ratio)).toPrecision(2));

async function solveNative(
  core: NumericCore,
  model: StaticModel,
  task: SolveTask | ScoutTask,
  state: Int32Array,
  onProgress: (progress: SolveProgress) => void,
): Promise<StaticSolution> {
  try {
    return await core.solveStatic(model, { ...task.solver, cancel: state, onProgress });
  } catch (error) {
    const code = (error as { code?: string }).code;
    const cause = error instanceof Error ? error.message : String(error);
    if (code === 'cancelled') throw cancelled('The study');
    if (code === 'singular')
      throw refuseStudy(
        'singular',
        'The model can still move: its stiffness is singular although restraints were found.',
        'Look for parts that hang together by an edge or a point only, or for springs that are far too soft.',
        { cause },
      );
    if (code === 'out-of-memory')
      throw refuseStudy('too-large', 'The solution ran out of memory.', 'Use a larger element size, or symmetry.', {
        cause,
      });
    if (code === 'not-converged')
      throw physicsFault(
        'not-converged',
        'The solver did not reach its tolerance.',
        'Try a finer mesh where walls are thin, or a Poisson ratio below 0.49.',
        cause,
      );
    throw physicsFault('core-failed', 'The numeric core failed on this model.', 'Try another mesh size.', cause);
  }
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
