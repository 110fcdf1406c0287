/** Invariants of symmetric tensors stored as xx, yy, zz, xy, yz, zx. Units are the tensor's own. */

/** Von Mises equivalent of a stress tensor. */
export function vonMisesOf(xx: number, yy: number, zz: number, xy: number, yz: number, zx: number): number {
  return Math.sqrt(
    Math.max(0, 0.5 * ((xx - yy) ** 2 + (yy - zz) ** 2 + (zz - xx) ** 2) + 3 * (xy * xy + yz * yz + zx * zx)),
  );
}

/**
 * Eigenvalues, descending, in closed form.
 * Source: O. K. Smith, Eigenvalues of a symmetric 3x3 matrix, Comm. ACM 4 (1961) 168.
 */
export function principalOf(
  xx: number,
  yy: number,
  zz: number,
  xy: number,
  yz: number,
  zx: number,
): [number, number, number] {
  const mean = (xx + yy + zz) / 3;
  const a = xx - mean;
  const b = yy - mean;
  const c = zz - mean;
  const p = Math.sqrt(Math.max(0, (a * a + b * b + c * c + 2 * (xy * xy + yz * yz + zx * zx)) / 6));
  if (p === 0) return [mean, mean, mean];
  const determinant = a * (b * c - yz * yz) - xy * (xy * c - yz * zx) + zx * (xy * yz - b * zx);
  const angle = Math.acos(Math.min(1, Math.max(-1, determinant / (2 * p ** 3)))) / 3;
  const first = mean + 2 * p * Math.cos(angle);
  const third = mean + 2 * p * Math.cos(angle + (2 * Math.PI) / 3);
  return [first, 3 * mean - first - third, third];
}
