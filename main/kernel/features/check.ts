/** Bodies are looked at before they are passed on: what is not sound is no result. */
import { refused } from '../errors.ts';
import type { Occt } from '../modeller/occt.ts';
import type { Warning } from '../port.ts';
import type { BodyState } from './operation.ts';
import { isValid, volumeOf } from './shapes/solids.ts';

/** @throws ArtificerError `feature.invalid-body` */
export function checked(
  oc: Occt,
  made: BodyState[],
  before: readonly BodyState[],
  _warn: (warning: Warning) => void,
): BodyState[] {
  const changed = made.filter((body) => !before.includes(body));
  for (const body of changed) {
    if (volumeOf(oc, body.shape) > 0 && isValid(oc, body.shape)) continue;
    throw refused(
      'feature.invalid-body',
      'The body would intersect itself or be open.',
      'Change the dimensions so that faces do not touch or pass through each other.',
    );
  }
  return made;
}
