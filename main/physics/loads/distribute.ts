/**
 * Spreads a force and a moment about the patch's centroid as tractions t(x) = F / W + omega x (x - c), with omega from the
 * patch's own inertia so that both totals are exact: the distributing ("RBE3") coupling with area weights.
 */
import { addTraction, type Patch } from '../model/patch.ts';
import { cross, dot, norm, scale, solve3, subtract, type Vec3 } from '../vector.ts';

/**
 * Adds the nodal forces to `forces` (N). Returns false where the patch cannot carry the moment: all of it lies on one line
 * and the moment turns about that line, or it is a single point.
 */
export function distribute(patch: Patch, force: Vec3, moment: Vec3, forces: Float64Array): boolean {
  let omega: Vec3 = [0, 0, 0];
  // A force through the centroid leaves a moment of rounding only, which no point or line has to carry.
  const rounding = 1e-12 * norm(force) * (norm(patch.centroid) + Math.sqrt(patch.total));
  if (norm(moment) > rounding) {
    const found = solveRotation(patch, moment);
    if (!found) return false;
    omega = found;
  }
  const even = scale(force, 1 / patch.total);
  const c = patch.centroid;
  const { position } = patch;
  addTraction(
    patch,
    (sample, out) => {
      const x = position[3 * sample]! - c[0];
      const y = position[3 * sample + 1]! - c[1];
      const z = position[3 * sample + 2]! - c[2];
      out[0] = even[0] + omega[1] * z - omega[2] * y;
      out[1] = even[1] + omega[2] * x - omega[0] * z;
      out[2] = even[2] + omega[0] * y - omega[1] * x;
    },
    forces,
  );
  return true;
}

/**
 * omega with J omega = M, J the inertia of the patch's weights about its centroid; the least one where J is singular.
 * Null where the patch cannot carry the moment, unless `anyway`: then what it can carry of it counts.
 */
export function solveRotation(patch: Patch, moment: Vec3, anyway = false): Vec3 | null {
  const inertia = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let spread = 0;
  for (let sample = 0; sample < patch.weight.length; sample++) {
    const w = patch.weight[sample]!;
    const r = subtract(
      [patch.position[3 * sample]!, patch.position[3 * sample + 1]!, patch.position[3 * sample + 2]!],
      patch.centroid,
    );
    const square = dot(r, r);
    spread += w * square;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) inertia[3 * i + j]! += w * ((i === j ? square : 0) - r[i]! * r[j]!);
  }
  if (!(spread > 0)) return null;
  // A line of points has no inertia about itself: a whisper of it keeps the system solvable, and the check below tells
  // whether the moment was one that the line can carry.
  const lifted = inertia.map((value, index) => value + (index % 4 === 0 ? 1e-12 * spread : 0));
  const omega = solve3(lifted, moment);
  if (!omega || anyway) return omega;
  const carried: Vec3 = [
    dot([inertia[0]!, inertia[1]!, inertia[2]!], omega),
    dot([inertia[3]!, inertia[4]!, inertia[5]!], omega),
    dot([inertia[6]!, inertia[7]!, inertia[8]!], omega),
  ];
  return norm(subtract(carried, moment)) <= 1e-6 * norm(moment) ? omega : null;
}

/** The moment about the patch's centroid of a force at a point and a free moment, N mm. */
export const momentAtCentroid = (patch: Patch, point: Vec3, force: Vec3, moment: Vec3): Vec3 => {
  const arm = cross(subtract(point, patch.centroid), force);
  return [moment[0] + arm[0], moment[1] + arm[1], moment[2] + arm[2]];
};
