/** Runs studies: resolves what they refer to, meshes in a process of its own, solves in a worker. Keeps no study's state. */
import { accessSync, constants, existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ArtificerError, cancelled } from '../../preload/contract/errors.ts';
import type { Reference } from '../../preload/contract/geometry.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import { ACTS_ON_EVERYTHING, type Material } from '../../preload/contract/studies.ts';
import { solveUntilSettled } from './adaptive/loop.ts';
import { checkStudy } from './analyses/requirements.ts';
import { resolveConnections } from './connections/resolve.ts';
import { refuseStudy } from './errors.ts';
import { withCalculixAnswer } from './exchange/calculix-process.ts';
import type { ResolvedLoad } from './loads/apply.ts';
import { isAccurateHeat, type SizeWish } from './mesher/adapt.ts';
import { LEAST_QUALITY } from './mesher/carry-mesh.ts';
import { type MeshedStudy, meshStudy } from './mesher/mesh-study.ts';
import { readMesh } from './mesher/read-mesh.ts';
import { diagonalOf, elementSize, PRESETS, thicknessOf } from './mesher/size.ts';
import type { ModelBody } from './model/build.ts';
import { resolveTarget } from './model/resolve.ts';
import { bodyOffsets } from './model/topology.ts';
import { findMesher, loadCore } from './native-core.ts';
import { previewStudy } from './preview/preview.ts';
import { refuseNoPreview } from './preview/refuse.ts';
import type { ResolvedRestraint } from './restraints/apply.ts';
import { refuseUnfollowed } from './sensitivities/coverage.ts';
import { followGeometry, followVariables } from './sensitivities/follow.ts';
import { renumbered } from './sensitivities/renumber.ts';
import type { SensitivityOutcome } from './sensitivities/types.ts';
import type {
  ExportFormat,
  MeshOutcome,
  MeshRequest,
  Physics,
  PhysicsOptions,
  PhysicsStatus,
  StudyBody,
  StudyOfRequest,
  StudyOutcome,
  StudyRequest,
} from './types.ts';
import { runTask } from './workers/run.ts';
import type { SolveTask } from './workers/tasks.ts';
import { WarmWorker } from './workers/warm-worker.ts';

/** Meshing takes the first part of the progress bar: it is the slower step. */
const MESH_SHARE = 0.6;
/** The first mesh's elements are larger than the final ones by this: an eighth of the work tells where to refine. */
const SCOUT_FACTOR = 1.6;
/** Before it comes one that takes next to no time: where it is accurate already, it is the answer. */
const QUICK_FACTOR = 3.2;
/** Refinement by a first solution never goes below this part of the first mesh's size. */
const SMALLEST_PART = 8;
/** The wishes may take this part of the setting's elements: sizes grow slowly from one wish to the next, and fill the rest. */
const ADAPTED_PART = 0.4;

/** Where a person gives no size, all settings but the draft look first and refine then. */
const isAdaptive = ({ study, mesh }: StudyOfRequest): boolean =>
  (study ?? 'static') === 'static' && mesh.size_mm === undefined && mesh.accuracy !== 'draft';

/** Steady heat is linear or nearly so, and cheap: its first look is a whole solution. */
const isSteadyHeat = ({ study, mesh }: StudyOfRequest): boolean =>
  study === 'thermal' && mesh.size_mm === undefined && mesh.accuracy !== 'draft';

/** What a request comes to before anything is meshed. */
interface Prepared {
  bodies: ModelBody[];
  resolved: ReturnType<typeof resolveStudy>;
  startedAt: number;
}

export function createPhysics(options: PhysicsOptions = {}): Physics {
  const mesherPath = (): string | null => options.mesherPath ?? findMesher();
  const limits = {
    seconds: options.mesherLimits?.seconds ?? 600,
    memory_MiB: options.mesherLimits?.memory_MiB ?? 8192,
  };
  const gate = new Gate(options.workers ?? 1);
  const previewer = new WarmWorker();
  const stop = new AbortController();
  /** A context that also ends when the whole engine does. */
  const bounded = (context: JobContext): JobContext => ({
    signal: AbortSignal.any([context.signal, stop.signal]),
    progress: context.progress.bind(context),
  });

  const meshOf = async (
    request: MeshRequest,
    context: JobContext,
    wishes: readonly SizeWish[] = [],
    keepWalls = request.mesh.size_mm !== undefined,
  ): Promise<MeshedStudy> => {
    const path = mesherPath();
    if (!path || !existsSync(path)) throw noMesher(path);
    const refinements = request.mesh.refinements.map((refinement) => ({
      target: resolveTarget(refinement.on, request.bodies, 'Mesh refinement'),
      size_mm: refinement.size_mm,
    }));
    return meshStudy(
      {
        mesherPath: path,
        brep: request.brep,
        infos: request.bodies.map((body) => body.info),
        control: request.mesh,
        refinements,
        keepWalls,
        wishes,
        limits,
        cache: options.meshCache,
        workingFolder: request.workingFolder,
      },
      context,
    );
  };

  /** All that can be refused without a mesh is refused before one is made. */
  const prepare = (request: StudyRequest): Prepared => {
    const { study } = request;
    const bodies = modelBodies(request.bodies);
    const heated =
      request.temperatureChange !== undefined || request.temperatures !== undefined || study.temperatures !== undefined;
    return { bodies, resolved: resolveStudy(study, request.bodies, heated), startedAt: Date.now() };
  };

  const taskMaker = (request: StudyRequest, { bodies, resolved, startedAt }: Prepared) => {
    const { study } = request;
    const started = performance.now();
    return (meshed: MeshedStudy): SolveTask => ({
      kind: 'solve',
      mesh: meshed.bytes,
      size_mm: meshed.size_mm,
      order: study.mesh.order,
      bodies,
      ...resolved,
      study,
      temperatureChange: request.temperatureChange ? temperaturesAt(meshed, request.temperatureChange) : null,
      temperatures: request.temperatures ?? null,
      inputHash: request.inputHash,
      title: request.bodies.map((body) => body.name).join(', '),
      solver: {
        method: request.solver?.method ?? 'auto',
        tolerance: request.solver?.tolerance ?? 1e-8,
        threads: request.solver?.threads ?? availableParallelism(),
      },
      memoryLimit_bytes: options.memoryLimit_bytes ?? 0.8 * process.availableMemory(),
      warnings: [...meshed.warnings, ...orderWarning(study)],
      meshSeconds: (performance.now() - started) / 1000,
      startedAt,
    });
  };

  /** The study's mesh, no finer than a first look shows to be enough where its setting asks for that, and what to solve on it. */
  const meshedTask = async (
    request: StudyRequest,
    prepared: Prepared,
    context: JobContext,
  ): Promise<{ meshed: MeshedStudy; task: SolveTask }> => {
    const { study } = request;
    const taskOf = taskMaker(request, prepared);
    if (request.readyMesh) {
      const meshed: MeshedStudy = { ...request.readyMesh, warnings: [], seconds: 0 };
      return { meshed, task: taskOf(meshed) };
    }
    let wishes: SizeWish[] = [];
    const infos = request.bodies.map((body) => body.info);
    if (isAdaptive(study))
      for (const [index, factor] of [QUICK_FACTOR, SCOUT_FACTOR].entries()) {
        const share = scaled(context, index / 6, (index + 1) / 6);
        const size_mm = factor * elementSize(infos, study.mesh);
        share.progress('Meshing coarsely', 0);
        const meshed = await meshOf({ ...request, mesh: { ...study.mesh, size_mm } }, scaled(share, 0, 0.5), [], false);
        const task = taskOf(meshed);
        const scouted = await runTask(
          {
            ...task,
            kind: 'scout',
            smallest_mm: size_mm / SMALLEST_PART,
            mostElements: PRESETS[study.mesh.accuracy].mostElements * ADAPTED_PART,
            solver: { ...task.solver, tolerance: 1e-6 },
          },
          scaled(share, 0.5, 1),
        );
        if (scouted.accurate) return { meshed, task };
        wishes = scouted.wishes;
      }
    context.progress('Meshing', 1 / 3);
    const meshed = await meshOf({ ...request, mesh: study.mesh }, scaled(context, 1 / 3, 1), wishes);
    return { meshed, task: taskOf(meshed) };
  };

  /** The answer of a coarse mesh where it is accurate; nothing where it is not. */
  const quickHeat = async (
    request: StudyRequest,
    prepared: Prepared,
    context: JobContext,
  ): Promise<StudyOutcome | undefined> => {
    const { mesh } = request.study;
    const infos = request.bodies.map((body) => body.info);
    const size_mm = QUICK_FACTOR * elementSize(infos, mesh);
    context.progress('Meshing coarsely', 0);
    const meshed = await meshOf({ ...request, mesh: { ...mesh, size_mm } }, scaled(context, 0, 0.5), [], false);
    const outcome = await runTask(taskMaker(request, prepared)(meshed), scaled(context, 0.5, 1));
    return isAccurateHeat(outcome.summary) ? outcome : undefined;
  };

  /** Solves on meshes that are refined by their errors until what the study asks for settles to its goal. */
  const solveToGoal = (request: StudyRequest, prepared: Prepared, context: JobContext): Promise<StudyOutcome> => {
    const { mesh } = request.study;
    const taskOf = taskMaker(request, prepared);
    const first = elementSize(
      request.bodies.map((body) => body.info),
      mesh,
    );
    const firstSize_mm = mesh.size_mm === undefined ? SCOUT_FACTOR * first : first;
    let task: SolveTask | null = null;
    return solveUntilSettled(
      {
        goal_percent: mesh.goal_percent!,
        firstSize_mm,
        ...(request.mostElements === undefined ? {} : { mostElements: request.mostElements }),
        solve: async (size_mm, wishes, share) => {
          // What a person asked for somewhere shrinks with all else.
          const refinements = mesh.refinements.map((one) => ({
            ...one,
            size_mm: (one.size_mm * size_mm) / firstSize_mm,
          }));
          share.progress('Meshing', 0);
          const control = { ...mesh, size_mm, refinements };
          const meshed = await meshOf({ ...request, mesh: control }, scaled(share, 0, MESH_SHARE), wishes, false);
          task = taskOf(meshed);
          return runTask(task, scaled(share, MESH_SHARE, 0.95));
        },
        look: (outcome, next, share) =>
          runTask({ ...task!, kind: 'look', fields: outcome.fields, next }, scaled(share, 0.95, 1)),
      },
      context,
    );
  };

  return {
    async solve(request, outer): Promise<StudyOutcome> {
      const context = bounded(outer);
      const prepared = prepare(request);
      return gate.enter(context.signal, async () => {
        if (request.study.mesh.goal_percent !== undefined && !request.readyMesh)
          return solveToGoal(request, prepared, context);
        const looksFirst = isSteadyHeat(request.study) && !request.readyMesh;
        const quick = looksFirst ? await quickHeat(request, prepared, scaled(context, 0, 0.2)) : undefined;
        if (quick) return quick;
        const rest = looksFirst ? scaled(context, 0.2, 1) : context;
        const { task } = await meshedTask(request, prepared, scaled(rest, 0, MESH_SHARE));
        return runTask(task, scaled(rest, MESH_SHARE, 1));
      });
    },

    async sensitivities(request, outer): Promise<SensitivityOutcome> {
      const context = bounded(outer);
      const { resolved, ...prepared } = prepare(request);
      refuseUnfollowed(request.study, request.functionals, request.bodies, resolved);
      return gate.enter(context.signal, async () => {
        const { meshed, task } = await meshedTask(request, { resolved, ...prepared }, scaled(context, 0, 0.3));
        const started = performance.now();
        const { movements, leftOut } = await followVariables(
          {
            mesherPath: mesherPath()!,
            brep: request.brep,
            infos: request.bodies.map((body) => body.info),
            mesh: meshed.bytes,
            limits,
            workingFolder: request.workingFolder,
          },
          request.variables,
          scaled(context, 0.3, 0.5),
        );
        return runTask(
          {
            ...task,
            kind: 'sensitivities',
            // Gradients ask more of the solution than a picture does.
            solver: { ...task.solver, tolerance: request.solver?.tolerance ?? 1e-10 },
            followSeconds: (performance.now() - started) / 1000,
            functionals: request.functionals,
            movements,
            leftOut: [...(request.leftOut ?? []), ...leftOut],
            differences: request.differences ?? false,
          },
          scaled(context, 0.5, 1),
        );
      });
    },

    async preview(request, settings, outer) {
      const context = bounded(outer);
      refuseNoPreview(request);
      const prepared = prepare(request);
      const path = mesherPath();
      if (!path || !existsSync(path)) throw noMesher(path);
      const mesher = { mesherPath: path, limits, cache: options.meshCache };
      const tools = { mesher, taskOf: taskMaker(request, prepared), worker: previewer };
      return gate.enter(context.signal, () => previewStudy(request, settings, tools, context));
    },
    warmPreview: () => previewer.warm(),

    async mesh(request, outer): Promise<MeshOutcome> {
      const context = bounded(outer);
      const bodies = modelBodies(request.bodies, true);
      return gate.enter(context.signal, async () => {
        context.progress('Meshing', 0);
        const meshed = await meshOf(request, scaled(context, 0, 0.95));
        return runTask(
          {
            kind: 'mesh',
            mesh: meshed.bytes,
            size_mm: meshed.size_mm,
            bodies,
            inputHash: request.inputHash,
            meshSeconds: meshed.seconds,
          },
          context,
        );
      });
    },

    readyMesh: (request, outer) => {
      const context = bounded(outer);
      return gate.enter(context.signal, async () => {
        const { bytes, size_mm } = await meshOf(request, context);
        return { bytes, size_mm };
      });
    },

    carryMesh: (mesh, from, to, outer) => {
      const context = bounded(outer);
      return gate.enter(context.signal, async () => {
        const path = mesherPath();
        if (!path || !existsSync(path)) throw noMesher(path);
        const job = { mesherPath: path, ...from, mesh: mesh.bytes, limits, workingFolder: undefined };
        const followed = await followGeometry(job, to, scaled(context, 0, 0.6));
        if (!followed.nodes) return { mesh: null, reason: followed.reason };
        const carried = await runTask({ kind: 'carry', mesh: mesh.bytes, moved: followed.nodes }, context);
        if (carried.minimumScaledJacobian < LEAST_QUALITY)
          return {
            mesh: null,
            reason: `an element of the mesh would be squashed there to a quality of ${carried.minimumScaledJacobian.toFixed(3)}`,
          };
        const { minimumScaledJacobian, straightened } = carried;
        const infos = renumbered(to.infos, followed.correspondence);
        return { mesh: { bytes: carried.mesh, size_mm: mesh.size_mm }, infos, minimumScaledJacobian, straightened };
      });
    },

    export: (format: ExportFormat, bundle, context, frame) =>
      runTask({ kind: 'export', format, bundle, ...(frame === undefined ? {} : { frame }) }, bounded(context)),
    probe: (fields, points, context, frame = 0) => runTask({ kind: 'probe', fields, points, frame }, bounded(context)),
    secondOpinion: (ours, outer) => {
      const context = bounded(outer);
      return gate.enter(context.signal, async () => {
        const deck = await runTask({ kind: 'export', format: 'inp', bundle: ours.deck }, scaled(context, 0, 0.1));
        return withCalculixAnswer(deck, scaled(context, 0.1, 0.9), (files) =>
          runTask(
            { kind: 'compare', ...files, fields: ours.fields, summary: ours.summary, inputHash: ours.inputHash },
            scaled(context, 0.9, 1),
          ),
        );
      });
    },
    report: (input, context) => runTask({ kind: 'report', input }, bounded(context)),
    readResult: ({ bytes, fileName }, as, context) =>
      runTask({ kind: 'read-result', bytes, fileName, ...as }, bounded(context)),
    deck: ({ bytes, fileName }, { inputHash, readOnly = false }, outer) => {
      const context = bounded(outer);
      const memoryLimit_bytes = options.memoryLimit_bytes ?? 0.8 * process.availableMemory();
      return gate.enter(context.signal, () =>
        runTask({ kind: 'deck', bytes, fileName, inputHash, readOnly, memoryLimit_bytes }, context),
      );
    },
    status: async () => statusOf(mesherPath()),
    async dispose(): Promise<void> {
      stop.abort();
      await gate.empty();
      previewer.dispose();
    },
  };
}

/** Lets a bounded number of studies run at once; the others wait in order and can be cancelled while they do. */
class Gate {
  #free: number;
  readonly #running = new Set<Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async enter<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelled('The study');
    if (this.#free > 0) this.#free--;
    else
      await new Promise<void>((resolve, reject) => {
        const start = (): void => {
          signal.removeEventListener('abort', give);
          resolve();
        };
        const give = (): void => {
          this.#waiting.splice(this.#waiting.indexOf(start), 1);
          reject(cancelled('The study'));
        };
        this.#waiting.push(start);
        signal.addEventListener('abort', give, { once: true });
      });
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  /** Waits until nothing runs any more. */
  async empty(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }
}

/** Maps the progress of a part onto its share of the whole. */
const scaled = (context: JobContext, from: number, to: number): JobContext => ({
  signal: context.signal,
  progress: (stage, fraction, detail) =>
    context.progress(stage, typeof fraction === 'number' ? from + (to - from) * fraction : null, detail),
});

/** The bodies as the worker needs them. A mesh alone needs no materials. */
function modelBodies(bodies: readonly StudyBody[], meshOnly = false): ModelBody[] {
  if (bodies.length === 0) throw refuseStudy('no-body', 'The study has no body.', 'Choose a part with solid bodies.');
  const offsets = bodyOffsets(bodies.map((body) => body.info));
  return bodies.map((body, index) => {
    const { info } = body;
    if (info.kind !== 'solid')
      throw refuseStudy(
        'not-solid',
        `Body ${index + 1} (${body.name}) is a ${info.kind}, not a solid.`,
        info.kind === 'mesh'
          ? 'Import it as STEP, IGES or BREP: triangles of a picture carry no geometry to mesh.'
          : 'Close it to a solid first.',
      );
    if (!body.material && !meshOnly)
      throw refuseStudy(
        'no-material',
        `Body ${index + 1} (${body.name}) has no material.`,
        'Assign one from the library.',
      );
    return {
      name: body.name,
      ...(body.axes ? { axes: body.axes } : {}),
      firstSolid: offsets.solids[index]!,
      solids: Math.max(1, info.solids),
      firstFace: offsets.faces[index]!,
      firstEdge: offsets.edges[index]!,
      firstVertex: offsets.vertices[index]!,
      faces: info.faces,
      material: body.material ?? NO_MATERIAL,
      size_mm: diagonalOf(info),
      thickness_mm: thicknessOf(info),
    };
  });
}

const NO_MATERIAL: Material = {
  name: '',
  category: '',
  source: '',
  properties: { young_MPa: 1, poisson: 0, density_kg_m3: 0 },
};

function resolveStudy(
  study: StudyOfRequest,
  bodies: readonly StudyBody[],
  heated: boolean,
): Pick<SolveTask, 'restraints' | 'loads' | 'connections'> {
  checkStudy(study, heated);
  const restraints = study.restraints
    .filter((restraint) => !restraint.suppressed)
    .map((restraint): ResolvedRestraint => {
      const who = `Restraint "${restraint.name}"`;
      return {
        restraint,
        target: resolveTarget(restraint.on, bodies, who),
        ...(restraint.kind === 'cyclic-symmetry'
          ? { opposite: resolveTarget(restraint.opposite, bodies, `${who}, opposite side`) }
          : {}),
      };
    });
  const loads = study.loads
    .filter((load) => !load.suppressed)
    .map((load): ResolvedLoad => {
      // What acts on everything may still be picked on some bodies only.
      const on: readonly Reference[] = 'on' in load ? load.on : [];
      if (on.length === 0 && ACTS_ON_EVERYTHING.includes(load.kind)) return { load };
      return { load, target: resolveTarget(on, bodies, `Load "${load.name}"`) };
    });
  return { restraints, loads, connections: resolveConnections(study.connections ?? [], bodies) };
}

const orderWarning = (study: StudyOfRequest): { code: string; message: string }[] =>
  study.mesh.order === 2
    ? []
    : [
        {
          code: 'mesh.order-1',
          message:
            'First-order tetrahedra are far too stiff: the mesh keeps straight sides, but is solved with second-order elements.',
        },
      ];

/** Temperature change at every node: a function cannot cross to the worker, so it is called here. */
function temperaturesAt(meshed: MeshedStudy, change: (x: number, y: number, z: number) => number): Float64Array {
  const { nodes } = readMesh(meshed.bytes, meshed.size_mm);
  const out = new Float64Array(nodes.length / 3);
  for (let node = 0; node < out.length; node++)
    out[node] = change(nodes[3 * node]!, nodes[3 * node + 1]!, nodes[3 * node + 2]!);
  return out;
}

function noMesher(path: string | null): ArtificerError {
  return new ArtificerError({
    code: 'physics.no-mesher',
    category: 'fault',
    message: 'Studies cannot be meshed: the mesher is not installed.',
    hint: 'Run the set-up again; it builds the mesher where Netgen (libnglib) is installed.',
    ...(path ? { cause: `no file at the place given for it` } : {}),
  });
}

function statusOf(mesher: string | null): PhysicsStatus {
  const native = loadCore();
  return {
    native: native.core
      ? { available: true, detail: `numeric core ${native.core.version}` }
      : { available: false, detail: native.reason },
    mesher: mesherStatus(mesher),
  };
}

function mesherStatus(path: string | null): PhysicsStatus['mesher'] {
  if (!path || !existsSync(path)) return { available: false, detail: 'not built: studies cannot be meshed' };
  try {
    accessSync(path, constants.X_OK);
    return { available: true, detail: 'Netgen, in a process of its own' };
  } catch {
    return { available: false, detail: 'not allowed to run: check its permissions' };
  }
}
