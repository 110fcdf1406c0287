/**
 * The static solution against CalculiX on the exported deck, in the same run: a bracket with holes, meshed to about the number
 * of degrees of freedom asked for. Ours is timed from assembly to stresses in a process of its own, so that its peak memory is
 * its own; CalculiX as its whole run. Each gets one thread unless told otherwise.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JobContext, silentContext } from '../../preload/contract/jobs.ts';
import type { Load, MeshControl, Restraint } from '../../preload/contract/studies.ts';
import type { Kernel, PrimitiveShape, PrimitiveSpecification } from '../kernel/port.ts';
import { physicsFault } from './errors.ts';
import { exportCalculix } from './export/calculix.ts';
import { unpackDeck } from './export/deck.ts';
import { unpackHeatDeck } from './export/heat-deck.ts';
import { calculixVersion, runCalculix } from './export/run-calculix.ts';
import { benchmarkTransient, type TransientBenchmark } from './heat/benchmarks.ts';
import { materialByName } from './materials.ts';
import { findMesher, loadCore } from './native-core.ts';
import { createPhysics } from './physics.ts';
import { makeBodies } from './solve-primitives.ts';
import type { StudyOutcome } from './types.ts';
import { workerEntry } from './workers/entry.ts';

export { benchmarkErrorEstimates, LARGEST_FACTOR } from './exact/index.ts';
export { benchmarkModes } from './modes-benchmark.ts';
export { type ComparedQuantity, compareWithSecond } from './second-mesh/compare.ts';
export { gmshVersion } from './second-mesh/gmsh.ts';
export { type Plane, type PlaneStudy, type SecondSolution, solveOnSecondMesh } from './second-mesh/plane-study.ts';
export { calculixVersion };

export interface CalculixBenchmarkOptions {
  /** Degrees of freedom to aim for. */
  dof: number;
  kernel: Kernel;
  threads?: number;
}

export type CalculixBenchmark =
  | { available: false; reason: string }
  | {
      available: true;
      dof: number;
      elements: number;
      threads: number;
      /** Assembly to stresses, s. */
      ours_s: number;
      oursAssemble_s: number;
      oursSolve_s: number;
      oursRecover_s: number;
      method: string;
      iterations: number;
      calculix_s: number;
      /** Peak resident memory of the process, MiB. */
      ours_MiB: number;
      calculix_MiB: number;
      /** Largest difference of any node's displacement over the largest displacement. */
      displacementDifference: number;
    };

/** An angle bracket: two flanges, a rib, four bolt holes and one large one. mm. */
export const BRACKET: PrimitiveSpecification = {
  name: 'bracket',
  shape: {
    difference: [
      {
        union: [
          { box: { min_mm: [0, 0, 0], max_mm: [120, 80, 12] } },
          { box: { min_mm: [0, 0, 0], max_mm: [12, 80, 100] } },
          { box: { min_mm: [10, 34, 10], max_mm: [70, 46, 60] } },
        ],
      },
      ...([20, 60] as const).map(
        (y): PrimitiveShape => ({
          cylinder: { origin_mm: [95, y, -5], axis: [0, 0, 1], radius_mm: 6, height_mm: 30 },
        }),
      ),
      ...([18, 62] as const).map(
        (y): PrimitiveShape => ({
          cylinder: { origin_mm: [-5, y, 80], axis: [1, 0, 0], radius_mm: 6, height_mm: 30 },
        }),
      ),
      { cylinder: { origin_mm: [40, 20, 5], axis: [0, 0, 1], radius_mm: 9, height_mm: 20 } },
    ],
  },
};

/** Bolted at the upright flange's holes, pushed down on the other flange. */
const RESTRAINTS: Restraint[] = [
  {
    id: 'bolts',
    name: 'bolts',
    kind: 'fixed',
    on: [
      { by: 'selector', selector: 'faces near (6, 18, 86)' },
      { by: 'selector', selector: 'faces near (6, 62, 86)' },
    ],
  },
];
const LOADS: Load[] = [
  { id: 'push', name: 'push', kind: 'force', on: [{ by: 'selector', selector: 'faces >X' }], force_N: [0, 0, -2000] },
];

export async function benchmarkAgainstCalculix(
  options: CalculixBenchmarkOptions,
  context: JobContext = silentContext(),
): Promise<CalculixBenchmark> {
  if (calculixVersion() === null) return { available: false, reason: 'CalculiX (ccx) is not installed.' };
  if (!loadCore().core) return { available: false, reason: 'The numeric core has not been built.' };
  if (!findMesher()) return { available: false, reason: 'The mesher has not been built.' };
  const threads = options.threads ?? 1;
  const outcome = await meshToSize(options, context);
  const deckBundle = outcome.deck;
  if (!deckBundle) throw physicsFault('no-deck', 'The study has no deck to compare.');
  const { model } = unpackDeck(deckBundle);
  const nodeCount = model.nodes.length / 3;

  context.progress('Artificer solves', 0.4);
  const ours = await solveInProcess(deckBundle, threads);
  context.progress('CalculiX solves', 0.5);
  const deck = exportCalculix(deckBundle);
  const theirs = await runCalculix(deck, nodeCount, { threads });
  const reference = theirs.blocks.get('DISP');
  if (!reference) throw physicsFault('calculix-failed', 'CalculiX gave no displacements.');
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < 3 * nodeCount; i += 3) {
    const [x, y, z] = [reference.values[i]!, reference.values[i + 1]!, reference.values[i + 2]!];
    const [u, v, w] = [ours.values[i]!, ours.values[i + 1]!, ours.values[i + 2]!];
    largest = Math.max(largest, Math.hypot(x, y, z));
    difference = Math.max(difference, Math.hypot(x - u, y - v, z - w));
  }
  return {
    available: true,
    dof: ours.degreesOfFreedom,
    elements: model.elements.length / 10,
    threads,
    ours_s: ours.seconds,
    oursAssemble_s: ours.stages.assemble,
    oursSolve_s: ours.stages.factorise + ours.stages.solve,
    oursRecover_s: ours.stages.recover,
    method: ours.method,
    iterations: ours.iterations,
    calculix_s: theirs.seconds,
    ours_MiB: ours.peakMemory_MiB,
    calculix_MiB: theirs.peakMemory_MiB,
    displacementDifference: difference / largest,
  };
}

export type LoadCaseBenchmark =
  | { available: false; reason: string }
  | {
      available: true;
      dof: number;
      cases: number;
      /** Assembly to stresses, s. */
      one_s: number;
      several_s: number;
      one_MiB: number;
      several_MiB: number;
      /** Meshing, once for all of them, s. */
      mesh_s: number;
      stages: Record<'one' | 'several', OwnSolution['stages']>;
    };

const REPEATS = 3;

/**
 * Many load cases on one mesh against one, each in a process of its own. By turns, and the fastest of each: what else a machine
 * does only makes runs longer, and these are seconds.
 */
export async function benchmarkLoadCases(
  options: CalculixBenchmarkOptions & { cases: number },
  context: JobContext = silentContext(),
): Promise<LoadCaseBenchmark> {
  if (!loadCore().core) return { available: false, reason: 'The numeric core has not been built.' };
  if (!findMesher()) return { available: false, reason: 'The mesher has not been built.' };
  const threads = options.threads ?? availableParallelism();
  const outcome = await meshToSize(options, context);
  if (!outcome.deck) throw physicsFault('no-deck', 'The study has no deck to solve.');
  const runs: Record<'one' | 'several', OwnSolution[]> = { one: [], several: [] };
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    context.progress('One load case', 0.5 + (0.5 * repeat) / REPEATS);
    runs.one.push(await solveInProcess(outcome.deck, threads));
    context.progress(`${options.cases} load cases`, 0.55 + (0.5 * repeat) / REPEATS);
    runs.several.push(await solveInProcess(outcome.deck, threads, { cases: options.cases }));
  }
  const fastest = (of: readonly OwnSolution[]): OwnSolution => of.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  const [one, several] = [fastest(runs.one), fastest(runs.several)];
  return {
    available: true,
    dof: one.degreesOfFreedom,
    cases: options.cases,
    one_s: one.seconds,
    several_s: several.seconds,
    one_MiB: one.peakMemory_MiB,
    several_MiB: several.peakMemory_MiB,
    mesh_s: outcome.summary.seconds.mesh,
    stages: { one: one.stages, several: several.stages },
  };
}

/** Solves on meshes of falling size until the degrees of freedom are within a tenth of what was asked. */
export async function meshToSize(
  options: Pick<CalculixBenchmarkOptions, 'dof' | 'kernel'>,
  context: JobContext,
): Promise<StudyOutcome> {
  const physics = createPhysics();
  try {
    const made = await makeBodies(options.kernel, [BRACKET], materialByName('Steel S355J2'), context);
    // The bracket's walls are thin: nodes grow with the square of the fineness rather than the cube.
    let size_mm = 1.65 * Math.sqrt(980_000 / options.dof);
    let best: { outcome: StudyOutcome; miss: number } | null = null;
    for (let attempt = 0; attempt < 5; attempt++) {
      context.progress('Meshing', 0.05 * attempt);
      const mesh: MeshControl = { size_mm, order: 2, accuracy: 'draft', refinements: [] };
      const outcome = await physics.solve(
        { ...made, study: { restraints: RESTRAINTS, loads: LOADS, mesh, probes: [] }, inputHash: 'benchmark' },
        { signal: context.signal, progress: () => {} },
      );
      const ratio = outcome.summary.mesh.dof / options.dof;
      const miss = Math.abs(Math.log(ratio));
      if (!best || miss < best.miss) best = { outcome, miss };
      if (miss < 0.05) break;
      size_mm *= Math.sqrt(ratio);
    }
    return best!.outcome;
  } finally {
    await physics.dispose();
  }
}

export interface OwnSolution {
  seconds: number;
  stages: { assemble: number; factorise: number; solve: number; recover: number };
  peakMemory_MiB: number;
  /** Displacements in mm, or natural frequencies in Hz. */
  values: Float64Array;
  degreesOfFreedom: number;
  method: string;
  iterations: number;
}

/** Solves a deck bundle in a process of its own. @param what so many load cases, or natural frequencies */
export async function solveInProcess(
  deck: Uint8Array,
  threads: number,
  what: { cases: number } | { modes: number } = { cases: 1 },
): Promise<OwnSolution> {
  const folder = await mkdtemp(join(tmpdir(), 'artificer-bench-'));
  try {
    await writeFile(join(folder, 'deck.bin'), deck);
    const entry = workerEntry('benchmark-process');
    const text = await new Promise<string>((resolve, reject) => {
      const [[kind, count]] = Object.entries(what) as [[string, number]];
      const child = spawn(process.execPath, [entry.pathname, folder, String(threads), kind, String(count)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        out += chunk;
      });
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve(out) : reject(physicsFault('benchmark-failed', 'The benchmark process failed.')),
      );
    });
    const bytes = await readFile(join(folder, 'values.bin'));
    return {
      ...(JSON.parse(text) as Omit<OwnSolution, 'values'>),
      values: new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bracket, heated on one flange and cooled by air on the other: 200 steps of 0.5 s against separate solves. */
export async function benchmarkTransientHeat(
  options: { kernel: Kernel; size_mm: number; threads?: number },
  context: JobContext = silentContext(),
): Promise<TransientBenchmark> {
  const physics = createPhysics();
  try {
    const made = await makeBodies(options.kernel, [BRACKET], materialByName('Steel S355J2'), context);
    context.progress('Meshing', 0.1);
    const { deck } = await physics.solve(
      {
        ...made,
        study: {
          study: 'transient-thermal',
          restraints: [
            {
              id: 'hot',
              name: 'hot',
              kind: 'temperature',
              on: [{ by: 'selector', selector: 'faces <X' }],
              temperature_degC: 120,
            },
          ],
          loads: [
            {
              id: 'air',
              name: 'air',
              kind: 'convection',
              on: [{ by: 'selector', selector: 'faces >X' }],
              film_W_m2K: 50,
              ambient_degC: 20,
            },
          ],
          transient: { end_s: 1, step_s: 1, initial_degC: 20, frames: 1 },
          mesh: { size_mm: options.size_mm, order: 2, accuracy: 'draft', refinements: [] },
          probes: [],
        },
        inputHash: 'benchmark',
      },
      { signal: context.signal, progress: () => {} },
    );
    const heat = deck ? unpackHeatDeck(deck) : null;
    if (!heat) throw physicsFault('no-deck', 'The study has no thermal model to time.');
    const { model } = heat;
    model.initialTemperature = new Float64Array(model.nodes.length / 3).fill(20);
    context.progress('Transients', 0.3);
    return await benchmarkTransient(model, 200, 0.5, 5, options.threads ?? 2);
  } finally {
    await physics.dispose();
  }
}
