/** Helpers of this folder's tests: sketches by a few numbers, steps, and an evaluator in this thread. */
import type { BodyInfo, Evaluated, Feature, SketchEntity } from '../../../preload/contract/index.ts';
import { compileModellingKernel, loadModellingKernel, type ModellingKernel } from '../modeller/occt.ts';
import type { EvaluateRequest, FeatureStep } from '../port.ts';
import { type EvaluatedHistory, Evaluator } from './evaluator.ts';
import { OPERATIONS } from './registry.ts';

let kernel: Promise<ModellingKernel> | undefined;
/** One kernel for all tests of a file. */
export function testKernel(): Promise<ModellingKernel> {
  kernel ??= compileModellingKernel().then(loadModellingKernel);
  return kernel;
}

export interface TestPart extends EvaluatedHistory {
  infos: BodyInfo[];
}

export async function newEvaluator(): Promise<Evaluator> {
  return new Evaluator(await testKernel(), OPERATIONS);
}

export function evaluate(
  evaluator: Evaluator,
  steps: FeatureStep[],
  imports: EvaluateRequest['imports'] = {},
): TestPart {
  const history = evaluator.evaluate({ steps, imports });
  return { ...history, infos: history.bodies.map((body) => evaluator.bodies.topologyOf(body).info) };
}

export const step = (id: string, feature: Evaluated<Feature>, rest: Partial<FeatureStep> = {}): FeatureStep => ({
  id: `feature_${id}`,
  name: id,
  suppressed: false,
  feature,
  ...rest,
});

type SketchFeature = Extract<Evaluated<Feature>, { kind: 'sketch' }>;
export const XY: SketchFeature['plane'] = { by: 'principal', plane: 'xy' };

export const sketchOf = (entities: SketchEntity[], plane: SketchFeature['plane'] = XY): SketchFeature => ({
  kind: 'sketch',
  plane,
  entities,
  constraints: [],
});

/** `line1` below, then counter-clockwise `line2`, `line3`, `line4`. */
export function rectangle(x: number, y: number, width: number, height: number, prefix = ''): SketchEntity[] {
  const corners: [number, number][] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  const point = (index: number) => `${prefix}point${(index % 4) + 1}`;
  return [
    ...corners.map(([u, v], index): SketchEntity => ({ kind: 'point', id: point(index), x_mm: u, y_mm: v })),
    ...corners.map(
      (_, index): SketchEntity => ({
        kind: 'line',
        id: `${prefix}line${index + 1}`,
        start: point(index),
        end: point(index + 1),
      }),
    ),
  ];
}

export const circle = (x: number, y: number, radius_mm: number, id = 'circle1'): SketchEntity[] => [
  { kind: 'point', id: `${id}c`, x_mm: x, y_mm: y },
  { kind: 'circle', id, centre: `${id}c`, radius_mm },
];
