/**
 * A pin in a hole (or a hub on a shaft): a frictionless pressure p = max(0, -n . a) on the pressed half of the wall. On a full
 * cylinder a is along the force and p is the cosine distribution; on a part of one, a is found by Newton's method so that the
 * total is the force asked for.
 * Source of the distribution: W. D. Pilkey, Peterson's Stress Concentration Factors, 3rd ed., section 5.6 (pin-loaded holes).
 */
import { addTraction, type Patch } from '../model/patch.ts';
import { norm, scale, solve3, subtract, unit, type Vec3 } from '../vector.ts';

export type BearingOutcome = { ok: true } | { ok: false; reason: 'along-axis' | 'points-away' };

/** The pressure max(0, -n . a), and the little that is spread evenly so that the total is exact. */
export interface BearingFit {
  a: Vec3;
  even: Vec3;
  /** d(total)/da with the axis stiffened, 3x3 row-major, mm^2: what the last step of Newton's method was solved with. */
  slope: number[];
}

/** Finds the pressure of a force (N) across the axis; null where none adds up to it. */
export function bearingFit(patch: Patch, force: Vec3, axis: Vec3): BearingFit | null {
  const size = norm(force);
  const direction = unit(axis);
  const normal = patch.normal!;

  const evaluate = (a: Vec3): { total: Vec3; slope: number[] } => {
    const total: Vec3 = [0, 0, 0];
    const slope = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let sample = 0; sample < patch.weight.length; sample++) {
      const n0 = normal[3 * sample]!;
      const n1 = normal[3 * sample + 1]!;
      const n2 = normal[3 * sample + 2]!;
      const pressure = -(n0 * a[0] + n1 * a[1] + n2 * a[2]);
      if (pressure <= 0) continue;
      const w = patch.weight[sample]!;
      total[0] -= w * pressure * n0;
      total[1] -= w * pressure * n1;
      total[2] -= w * pressure * n2;
      const n = [n0, n1, n2];
      for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) slope[3 * i + j]! += w * n[i]! * n[j]!;
    }
    // The wall gives nothing along its axis, which is not asked for: any stiffness there makes the system solvable.
    const stiffness = Math.max(slope[0]!, slope[4]!, slope[8]!, Number.MIN_VALUE);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) slope[3 * i + j]! += stiffness * direction[i]! * direction[j]!;
    return { total, slope };
  };

  let a = scale(force, 2 / patch.total);
  let error = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < 60; iteration++) {
    const { total, slope } = evaluate(a);
    const miss = subtract(force, total);
    // What remains along the axis comes from the walls' facets not being exactly parallel to it.
    const axial = miss[0] * direction[0] + miss[1] * direction[1] + miss[2] * direction[2];
    const across = subtract(miss, scale(direction, axial));
    error = norm(across) / size;
    if (error < 1e-12) break;
    const step = solve3(slope, across);
    if (!step) return null;
    a = [a[0] + step[0], a[1] + step[1], a[2] + step[2]];
  }
  if (error > 1e-9 || norm(a) > (1e4 * size) / patch.total) return null;
  // The remainder of the facets' not being quite parallel to the axis is spread evenly, so that the total is exact.
  const { total, slope } = evaluate(a);
  return { a, even: scale(subtract(force, total), 1 / patch.total), slope };
}

/** Adds the nodal forces (N) of a bearing load whose `force` is across `axis`. The component along the axis must be nil. */
export function bearing(patch: Patch, force: Vec3, axis: Vec3, forces: Float64Array): BearingOutcome {
  const size = norm(force);
  const direction = unit(axis);
  const along = force[0] * direction[0] + force[1] * direction[1] + force[2] * direction[2];
  if (Math.abs(along) > 1e-6 * size) return { ok: false, reason: 'along-axis' };
  const fit = bearingFit(patch, force, axis);
  if (!fit) return { ok: false, reason: 'points-away' };
  const { a, even } = fit;
  const normal = patch.normal!;
  addTraction(
    patch,
    (sample, out) => {
      const n0 = normal[3 * sample]!;
      const n1 = normal[3 * sample + 1]!;
      const n2 = normal[3 * sample + 2]!;
      const pressure = Math.max(0, -(n0 * a[0] + n1 * a[1] + n2 * a[2]));
      out[0] = even[0] - pressure * n0;
      out[1] = even[1] - pressure * n1;
      out[2] = even[2] - pressure * n2;
    },
    forces,
  );
  return { ok: true };
}
