/** A sketch on its plane, with projected curves where the body has them, solved. */
import { ArtificerError, type ErrorData } from '../../../../preload/contract/errors.ts';
import type { SketchSolver } from '../../../sketch/index.ts';
import { usage } from '../../errors.ts';
import type { OperationScope } from '../operation.ts';
import { frameMatrix } from '../scope/frames.ts';
import { projected } from './project.ts';
import type { EvaluatedSketch, SketchResult } from './result.ts';

/** Says why, and where everything stood: the sketch can still be drawn. */
export class SketchUnsolved extends ArtificerError {
  readonly sketch: SketchResult;
  constructor(error: ErrorData, sketch: SketchResult) {
    super(error);
    this.sketch = sketch;
  }
}

/**
 * A sketch that is over-constrained or still free is good enough to build on, and says so; one whose constraints contradict
 * each other is not.
 *
 * @throws ArtificerError `sketch.unsolved`, those of `projected`, of planes and of the solver
 */
export function solveSketch(sketch: EvaluatedSketch, solver: SketchSolver, scope: OperationScope): SketchResult {
  const frame = scope.plane(sketch.plane, 'plane');
  const entities = projected(sketch.entities as SketchResult['entities'], frame, scope);
  const solution = solver.solve({ entities, constraints: sketch.constraints });
  const { status, degreesOfFreedom, conflicting, messages, suggestions } = solution;
  if (status === 'inconsistent' || status === 'failed') {
    const error = usage(
      'sketch.unsolved',
      messages[0] ?? 'The constraints of the sketch cannot all hold.',
      suggestions[0]?.words ?? 'Delete or change one of the constraints.',
    ).data;
    throw new SketchUnsolved(
      { ...error, details: { field: 'constraints', constraints: conflicting } },
      {
        frame,
        entities: solution.entities,
        solution: { frame: frameMatrix(frame), entities: solution.entities, status, degreesOfFreedom },
      },
    );
  }
  if (status === 'over-constrained')
    scope.warn({ code: 'sketch.over-constrained', message: messages[0] ?? 'Some constraints say the same twice.' });
  return {
    frame,
    entities: solution.entities,
    solution: { frame: frameMatrix(frame), entities: solution.entities, status, degreesOfFreedom },
  };
}
