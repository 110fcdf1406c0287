/** A plane to sketch on: another one moved, and turned about an axis in it. */
import type { Evaluated, FeatureOf, Vector3 } from '../../../../preload/contract/index.ts';
import { add, cross, dot, scale, subtract } from '../../modeller/vectors.ts';
import type { Frame, OperationScope } from '../operation.ts';

export function planeOfDatum(feature: Evaluated<FeatureOf<'datum-plane'>>, scope: OperationScope): Frame {
  const frame = scope.plane(feature.plane, 'plane');
  if (!feature.tilt) return frame;
  const { origin_mm, direction } = scope.axis(feature.tilt.axis, 'tilt.axis');
  const turn = (vector: Vector3): Vector3 => rotated(vector, direction, feature.tilt!.angle);
  return {
    origin_mm: add(origin_mm, turn(subtract(frame.origin_mm, origin_mm))),
    x: turn(frame.x),
    y: turn(frame.y),
    z: turn(frame.z),
  };
}

/** Rodrigues' formula; the axis is a unit vector. */
export function rotated(vector: Vector3, axis: Vector3, angle_rad: number): Vector3 {
  const cosine = Math.cos(angle_rad);
  return add(
    add(scale(vector, cosine), scale(cross(axis, vector), Math.sin(angle_rad))),
    scale(axis, dot(axis, vector) * (1 - cosine)),
  );
}
