/**
 * How the nodal forces of loads follow the geometry: d/dX of (weights . forces) for given weights, one vector a node. A
 * pressure turns and grows with its face; a force keeps its total but is spread anew; a moment and a bearing re-balance.
 */
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import { bearingFit } from '../loads/bearing.ts';
import { momentAtCentroid, solveRotation } from '../loads/distribute.ts';
import type { Patch } from '../model/patch.ts';
import type { TargetFinder } from '../model/target.ts';
import { cross, dot, norm, scale, solve3, subtract, type Vec3 } from '../vector.ts';
import { addPatchGradient, emptySampleGradient, type SampleGradient } from './patch-gradient.ts';

/**
 * Adds d/dX of (weights . f) of all loads on faces, edges and vertices to `out` (3n). Body forces are not among them: they
 * come from the mass matrix. @param weights 3n
 */
export function addLoadGradient(
  finder: TargetFinder,
  loads: readonly ResolvedLoad[],
  faces: readonly FaceInfo[],
  weights: Float64Array,
  out: Float64Array,
): void {
  for (const { load, target, factor = 1 } of loads) {
    if (load.suppressed || !target || factor === 0) continue;
    const patch = finder.patch(target, `Load "${load.name}"`);
    // A point's force does not follow anything, and a node's weight is no length.
    if (patch.dimension === 0) continue;
    // Everything is linear in the weights: a load that acts twice is one with twice the weights.
    const at = weightsAt(patch, weights).map((value) => factor * value);
    const gradient = emptySampleGradient(patch);
    switch (load.kind) {
      case 'force':
        distributed(patch, at, load.force_N, [0, 0, 0], () => [0, 0, 0], gradient);
        break;
      case 'moment':
        distributed(patch, at, [0, 0, 0], load.moment_N_mm, () => [0, 0, 0], gradient);
        break;
      case 'remote-force': {
        const { force_N, point_mm } = load;
        const moment = momentAtCentroid(patch, point_mm, force_N, load.moment_N_mm ?? [0, 0, 0]);
        // The moment about the centroid c is M + (p - c) x F.
        distributed(patch, at, force_N, moment, (movement) => cross(scale(movement, -1), force_N), gradient);
        break;
      }
      case 'traction':
        for (let s = 0; s < patch.weight.length; s++) gradient.byWeight[s] = dot(load.traction_MPa, vector(at, s));
        break;
      case 'pressure':
        for (let s = 0; s < patch.weight.length; s++) {
          const value = vector(at, s);
          gradient.byWeight[s] = -load.pressure_MPa * dot(vector(patch.normal!, s), value);
          for (let axis = 0; axis < 3; axis++)
            gradient.byNormal[3 * s + axis] = -load.pressure_MPa * patch.weight[s]! * value[axis]!;
        }
        break;
      case 'bearing': {
        const axis = target.items.map((item) => faces[item]?.axis?.direction).find((each) => each !== undefined);
        pressed(patch, at, load.force_N, axis ?? [0, 0, 1], gradient);
        break;
      }
      default:
        continue;
    }
    addPatchGradient(patch, gradient, finder.mesh.nodes, out);
  }
}

const vector = (packed: ArrayLike<number>, index: number): Vec3 => [
  packed[3 * index]!,
  packed[3 * index + 1]!,
  packed[3 * index + 2]!,
];

/** The nodal weights interpolated at the samples, three each. */
function weightsAt(patch: Patch, weights: Float64Array): Float64Array {
  const { nodesPerCell, samplesPerCell, cellNodes, shape } = patch;
  const out = new Float64Array(3 * patch.weight.length);
  for (let sample = 0; sample < patch.weight.length; sample++) {
    const cell = Math.floor(sample / samplesPerCell);
    const row = (sample % samplesPerCell) * nodesPerCell;
    for (let k = 0; k < nodesPerCell; k++) {
      const node = 3 * cellNodes[cell * nodesPerCell + k]!;
      for (let axis = 0; axis < 3; axis++) out[3 * sample + axis]! += shape[row + k]! * weights[node + axis]!;
    }
  }
  return out;
}

/**
 * Of t = F / W + omega x (x - c), where omega = I^-1 M balances the moment: the quantity is F . L0 / W + omega . L1 with
 * L0 = sum w l and L1 = sum w (x - c) x l. `byCentroid` gives dM for a movement of the centroid.
 */
function distributed(
  patch: Patch,
  at: Float64Array,
  force: Readonly<Vec3>,
  moment: Readonly<Vec3>,
  momentBy: (movement: Vec3) => Vec3,
  gradient: SampleGradient,
): void {
  const { weight, position, total, centroid: c } = patch;
  const omega = norm(moment) > 0 ? (solveRotation(patch, moment as Vec3) ?? [0, 0, 0]) : ([0, 0, 0] as Vec3);
  const l0: Vec3 = [0, 0, 0];
  const l1: Vec3 = [0, 0, 0];
  for (let s = 0; s < weight.length; s++) {
    const l = vector(at, s);
    const turn = cross(subtract(vector(position, s), c), l);
    for (let axis = 0; axis < 3; axis++) {
      l0[axis]! += weight[s]! * l[axis]!;
      l1[axis]! += weight[s]! * turn[axis]!;
    }
  }
  const eta = norm(omega) > 0 ? (solveRotation(patch, l1, true) ?? [0, 0, 0]) : ([0, 0, 0] as Vec3);
  // What the quantity changes by when the centroid moves: through L1 and through the moment. (I does not, to first order.)
  const byCentroid: Vec3 = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const unitMovement: Vec3 = [0, 0, 0];
    unitMovement[axis] = 1;
    byCentroid[axis] = -dot(omega, cross(unitMovement, l0)) + dot(eta, momentBy(unitMovement));
  }
  const mean = dot(force, l0) / total;
  const dotted = dot(eta, omega);
  for (let s = 0; s < weight.length; s++) {
    const l = vector(at, s);
    const r = subtract(vector(position, s), c);
    const w = weight[s]!;
    // eta . dI omega, with I = sum w (r.r 1 - r r^T).
    const inertia = dot(r, r) * dotted - dot(eta, r) * dot(r, omega);
    gradient.byWeight[s]! +=
      (dot(force, l) - mean) / total + dot(omega, cross(r, l)) - inertia + dot(byCentroid, r) / total;
    for (let axis = 0; axis < 3; axis++) {
      const inertiaBy = 2 * r[axis]! * dotted - eta[axis]! * dot(r, omega) - omega[axis]! * dot(eta, r);
      // omega . (dr x l) = dr . (l x omega)
      gradient.byPosition[3 * s + axis]! += w * (cross(l, omega)[axis]! - inertiaBy + byCentroid[axis]! / total);
    }
  }
}

/** Of a pin's pressure max(0, -n . a): a follows from the balance of forces, whose derivative is taken along. */
function pressed(patch: Patch, at: Float64Array, force: Readonly<Vec3>, axis: Vec3, gradient: SampleGradient): void {
  const fit = bearingFit(patch, force as Vec3, axis);
  if (!fit) return;
  const { a, even, slope } = fit;
  const { weight, total } = patch;
  const normal = patch.normal!;
  // t = even - p n with even = (F - sum w (-p n)) / W; quantity = even . L0 - sum w p n . l.
  const l0: Vec3 = [0, 0, 0];
  for (let s = 0; s < weight.length; s++) for (let i = 0; i < 3; i++) l0[i]! += weight[s]! * at[3 * s + i]!;
  const mean = scale(l0, 1 / total);
  // By a: p = -n . a, so the quantity changes by sum w (n . da) (n . (l - mean)).
  const byA: Vec3 = [0, 0, 0];
  for (let s = 0; s < weight.length; s++) {
    const n = vector(normal, s);
    if (dot(n, a) >= 0) continue;
    const share = weight[s]! * dot(n, subtract(vector(at, s), mean));
    for (let i = 0; i < 3; i++) byA[i]! += share * n[i]!;
  }
  // The balance across the axis, S a = F with S = sum w n n^T, holds a: da = -S^-1 dS a.
  const mu = solve3(slope, byA) ?? ([0, 0, 0] as Vec3);
  const across = subtract(mu, scale(axis, dot(mu, axis) / dot(axis, axis)));
  for (let s = 0; s < weight.length; s++) {
    const n = vector(normal, s);
    const l = vector(at, s);
    gradient.byWeight[s]! += dot(even, subtract(l, mean));
    const na = dot(n, a);
    if (na >= 0) continue;
    const v = subtract(subtract(l, mean), across);
    // (n . a) (n . v) w, whose derivatives by w and n follow.
    gradient.byWeight[s]! += na * dot(n, v);
    for (let i = 0; i < 3; i++) gradient.byNormal[3 * s + i]! += weight[s]! * (a[i]! * dot(n, v) + na * v[i]!);
  }
}
