/** Angles of a placement for people. */
import { isRigid } from '../../../main/document/index.ts';
import type { Transform } from '../../../preload/contract/index.ts';

const DEGREES = 180 / Math.PI;
const clean = (angle: number): number => (Math.abs(angle) < 1e-9 ? 0 : angle);

/** Degrees about the fixed axes X, then Y, then Z; null for what is not a pure rotation. */
export function eulerDegrees(t: Transform): [number, number, number] | null {
  if (!isRigid(t)) return null;
  const sinY = -t[8]!;
  if (Math.abs(sinY) > 1 - 1e-12) {
    // X and Z turn about the same axis: all of it is given to Z.
    return [0, Math.sign(sinY) * 90, clean(Math.atan2(-t[1]!, t[5]!) * DEGREES)];
  }
  return [
    clean(Math.atan2(t[9]!, t[10]!) * DEGREES),
    clean(Math.asin(sinY) * DEGREES),
    clean(Math.atan2(t[4]!, t[0]!) * DEGREES),
  ];
}
