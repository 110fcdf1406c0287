/** Principal values and directions of symmetric tensors by Jacobi's rotations: exact orthogonality, safe at equal values. Pure. */
import type { Vector3 } from '../../../preload/contract/index.ts';

export interface PrincipalFrame {
  /** Largest first. */
  values: Vector3;
  /** Unit, right-handed or left-handed as they come; a direction has no sign. */
  directions: [Vector3, Vector3, Vector3];
}

const SWEEPS = 16;

/** Of the tensor xx, yy, zz, xy, yz, zx. */
export function principalFrame(xx: number, yy: number, zz: number, xy: number, yz: number, zx: number): PrincipalFrame {
  const a = [
    [xx, xy, zx],
    [xy, yy, yz],
    [zx, yz, zz],
  ];
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const off = a[0]![1]! ** 2 + a[0]![2]! ** 2 + a[1]![2]! ** 2;
    const size = a[0]![0]! ** 2 + a[1]![1]! ** 2 + a[2]![2]! ** 2;
    if (!(off > 1e-30 * size)) break;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      if (a[p]![q] === 0) continue;
      const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      const s = t * c;
      for (let k = 0; k < 3; k++) {
        const [kp, kq] = [a[k]![p]!, a[k]![q]!];
        a[k]![p] = c * kp - s * kq;
        a[k]![q] = s * kp + c * kq;
      }
      for (let k = 0; k < 3; k++) {
        const [pk, qk] = [a[p]![k]!, a[q]![k]!];
        a[p]![k] = c * pk - s * qk;
        a[q]![k] = s * pk + c * qk;
        const [vp, vq] = [v[k]![p]!, v[k]![q]!];
        v[k]![p] = c * vp - s * vq;
        v[k]![q] = s * vp + c * vq;
      }
    }
  }
  const order = [0, 1, 2].sort((i, j) => a[j]![j]! - a[i]![i]!);
  const direction = (i: number): Vector3 => [v[0]![order[i]!]!, v[1]![order[i]!]!, v[2]![order[i]!]!];
  return {
    values: order.map((i) => a[i]![i]!) as Vector3,
    directions: [direction(0), direction(1), direction(2)],
  };
}
