/** Bodies are looked at before they are passed on: what is not sound is no result. */
import { refused } from '../errors.ts';
import type { Occt } from '../modeller/occt.ts';
import type { Warning } from '../port.ts';
import type { BodyState } from './operation.ts';
import { isSound } from './pictures/soundness.ts';
import type { Bodies } from './scope/bodies.ts';

/** @throws ArtificerError `feature.invalid-body` */
export function checkBodies(
  oc: Occt,
  bodies: Bodies,
  made: readonly BodyState[],
  before: readonly BodyState[],
  fromFile: boolean,
  warn: (warning: Warning) => void,
): void {
  const old = new Set(before);
  // What is made of a body that was not sound cannot be blamed on the step.
  const forgiving = fromFile || before.some((body) => !bodies.isSound(body));
  for (const body of made) {
    if (old.has(body) || isSound(oc, bodies.memory, body.shape)) continue;
    if (!forgiving)
      throw refused(
        'feature.invalid-body',
        'The body would intersect itself or be open.',
        'Change the dimensions so that faces do not touch or pass through each other.',
      );
    bodies.markUnsound(body);
    warn({
      code: 'body.not-sound',
      message: fromFile
        ? 'A body of the file has faults. Import it with healing if later steps fail.'
        : 'The body has faults that it had before this step.',
    });
  }
}
