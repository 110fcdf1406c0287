/** How far an extrusion or a hole reaches. */
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { usage } from '../../errors.ts';
import { dot, subtract } from '../../modeller/vectors.ts';
import type { BodyState, OperationScope } from '../operation.ts';
import { withField } from '../scope/resolve.ts';
import { boxAround } from '../shapes/solids.ts';

/** Beyond the last material, as a part of the body's size: enough to cut cleanly. */
const BEYOND = 0.01;

/**
 * The distance from a point along a unit direction to just behind the bodies' boxes.
 *
 * @throws ArtificerError `feature.nothing-there` without bodies in that direction
 */
export function reachThrough(
  { oc }: OperationScope,
  bodies: readonly BodyState[],
  from_mm: Vector3,
  direction: Vector3,
  field: string,
): number {
  let farthest = 0;
  let size = 0;
  for (const { shape } of bodies) {
    const { min, max } = boxAround(oc, shape);
    size = Math.max(size, Math.hypot(...subtract(max, min)));
    for (let corner = 0; corner < 8; corner++) {
      const at = [0, 1, 2].map((k) => ((corner >> k) & 1 ? max[k]! : min[k]!)) as Vector3;
      farthest = Math.max(farthest, dot(subtract(at, from_mm), direction));
    }
  }
  if (!(farthest > 1e-9))
    throw withField(
      usage('feature.nothing-there', 'There is no body in this direction to go through.', 'Reverse the direction.')
        .data,
      field,
    );
  return farthest + Math.max(size * BEYOND, 1e-3);
}
