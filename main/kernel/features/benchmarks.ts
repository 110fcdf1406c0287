/** How long it takes to rebuild a part of a hundred features after a late change, and what a thousand rebuilds leave behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Evaluated, Feature, SketchEntity } from '../../../preload/contract/index.ts';
import { compileModellingKernel, loadModellingKernel } from '../modeller/occt.ts';
import type { EvaluateRequest, FeatureStep } from '../port.ts';
import { PartEvaluation } from './evaluation.ts';

const step = (id: string, feature: Evaluated<Feature>): FeatureStep => ({
  id: `feature_${id}`,
  name: id,
  suppressed: false,
  feature,
});

const COLUMNS = 6;
const GROUPS = 24;
const PITCH_MM = 40;
/** Groups whose boss is rounded where it stands on the plate. */
const ROUNDED = [0, 11];

const ring = (u: number, v: number, radius_mm: number): SketchEntity[] => [
  { kind: 'point', id: 'point1', x_mm: u, y_mm: v },
  { kind: 'circle', id: 'circle1', centre: 'point1', radius_mm },
];

function rectangle(width: number, height: number): SketchEntity[] {
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const;
  return [
    ...corners.map(([x_mm, y_mm], i): SketchEntity => ({ kind: 'point', id: `point${i + 1}`, x_mm, y_mm })),
    ...corners.map(
      (_, i): SketchEntity => ({
        kind: 'line',
        id: `line${i + 1}`,
        start: `point${i + 1}`,
        end: `point${((i + 1) % 4) + 1}`,
      }),
    ),
  ];
}

/**
 * A plate with 24 bosses, each with a hole in it, two of them rounded at their feet: a hundred steps. The height of the last
 * boss is the late dimension: the boss, the sketch on top of it and the hole in it have to be made again.
 */
export function plateOfBosses(lastHeight_mm: number): FeatureStep[] {
  const steps: FeatureStep[] = [
    step('outline1', {
      kind: 'sketch',
      plane: { by: 'principal', plane: 'xy' },
      entities: rectangle(COLUMNS * PITCH_MM, (GROUPS / COLUMNS) * PITCH_MM),
      constraints: [],
    }),
    step('plate001', {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: 'feature_outline1' },
      operation: 'new',
      extent: { to: 'distance', distance: 15 },
    }),
  ];
  for (let group = 0; group < GROUPS; group++) {
    const number = String(group).padStart(2, '0');
    const [u, v] = [(group % COLUMNS) * PITCH_MM + 20, Math.floor(group / COLUMNS) * PITCH_MM + 20];
    const onTop: Extract<Evaluated<Feature>, { kind: 'sketch' }>['plane'] = {
      by: 'face',
      face: { by: 'name', kind: 'face', name: 'feature_plate001/end' },
    };
    steps.push(
      step(`circle${number}`, {
        kind: 'sketch',
        plane: onTop,
        entities: ring(u, v, 10 + (group % 3)),
        constraints: [],
      }),
      step(`boss00${number}`, {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: `feature_circle${number}` },
        operation: 'add',
        extent: { to: 'distance', distance: group === GROUPS - 1 ? lastHeight_mm : 12 + group / 4 },
      }),
      step(`point0${number}`, {
        kind: 'sketch',
        plane: { by: 'face', face: { by: 'name', kind: 'face', name: `feature_boss00${number}/end` } },
        entities: [{ kind: 'point', id: 'point1', x_mm: u, y_mm: v }],
        constraints: [],
      }),
      step(`hole00${number}`, {
        kind: 'hole',
        sketch: `feature_point0${number}`,
        standard: 'custom',
        type: 'simple',
        diameter: 6,
        extent: { to: 'depth', depth: 16, tip: 2 },
      }),
    );
    if (ROUNDED.includes(group))
      steps.push(
        step(`fillet${number}`, {
          kind: 'fillet',
          edges: [
            {
              by: 'name',
              kind: 'edge',
              name: ['feature_plate001/end', `feature_boss00${number}/side(circle1)`].sort().join('|'),
            },
          ],
          radius: 2,
        }),
      );
  }
  return steps;
}

const requestOf = (steps: FeatureStep[]): EvaluateRequest => ({
  partKey: 'bench',
  steps,
  imports: {},
  want: { tessellation: 'fine', info: 'describe' },
});

function timed(evaluation: PartEvaluation, steps: FeatureStep[]) {
  const begun = performance.now();
  const part = evaluation.evaluate(requestOf(steps));
  const bad = part.outcomes.find(({ state }) => state !== 'ok');
  if (bad) throw new Error(`${bad.name}: ${bad.error?.message}`);
  return { seconds: (performance.now() - begun) / 1000, part };
}

export interface LateDimensionBenchmark {
  features: number;
  faces: number;
  full_s: number;
  /** Median of several late changes, each to another value. */
  late_s: number;
  ratio: number;
  /** Of the median change. */
  parts_s: { features: number; describe: number; tessellate: number };
}

const ROUNDS = 3;
const CHANGES_PER_ROUND = 3;

/**
 * Full rebuilds begin with nothing; late changes follow each other, each to another value. Both end with the description and
 * the picture. They take turns, so that whatever else the computer does meets both alike; medians of each.
 */
export async function benchmarkLateDimension(): Promise<LateDimensionBenchmark> {
  const kernel = await loadModellingKernel(await compileModellingKernel());
  // What is measured is a kernel that has worked before.
  new PartEvaluation(kernel).evaluate(requestOf(plateOfBosses(15).slice(0, 12)));
  const full: ReturnType<typeof timed>[] = [];
  const late: ReturnType<typeof timed>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const evaluation = new PartEvaluation(kernel);
    full.push(timed(evaluation, plateOfBosses(18)));
    for (let change = 0; change < CHANGES_PER_ROUND; change++)
      late.push(timed(evaluation, plateOfBosses(14 + round + change / 10)));
    evaluation.dispose();
  }
  const median = (runs: ReturnType<typeof timed>[]) =>
    runs.sort((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)]!;
  const [whole, change] = [median(full), median(late)];
  return {
    features: whole.part.outcomes.length,
    faces: whole.part.bodies[0]!.info!.faces.length,
    full_s: whole.seconds,
    late_s: change.seconds,
    ratio: whole.seconds / change.seconds,
    parts_s: change.part.seconds,
  };
}

export interface RebuildMemoryBenchmark {
  rebuilds: number;
  /** The worker's own memory after 50 rebuilds and at the end, MiB: the kernel's heap and what JavaScript holds. */
  early_MiB: number;
  late_MiB: number;
  growth: number;
}

/** Every rebuild changes an early and a late dimension, so that no state of the body is reused. */
export async function benchmarkRebuildMemory(rebuilds = 1000): Promise<RebuildMemoryBenchmark> {
  const kernel = await loadModellingKernel(await compileModellingKernel());
  const evaluation = new PartEvaluation(kernel);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const memory_MiB = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    // The kernel's heap is counted as external memory or not, depending on the engine: count it once.
    const kernelHeap = kernel.oc.wasmMemory.buffer.byteLength;
    return (heapUsed + Math.max(external - kernelHeap, 0) + kernelHeap) / 2 ** 20;
  };
  let early_MiB = 0;
  for (let i = 1; i <= rebuilds; i++) {
    const steps = plateOfBosses(18).slice(0, 14);
    const plate = steps[1]!.feature as Extract<Evaluated<Feature>, { kind: 'extrude' }>;
    steps[1]!.feature = { ...plate, extent: { to: 'distance', distance: 15 + (i % 997) / 1000 } };
    timed(evaluation, steps);
    if (i === 50) early_MiB = memory_MiB();
  }
  const late_MiB = memory_MiB();
  return { rebuilds, early_MiB, late_MiB, growth: late_MiB / early_MiB - 1 };
}
