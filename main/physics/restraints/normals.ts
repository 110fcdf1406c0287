/**
 * Unit normals of a face at mesh nodes, for restraints along the normal. Planes, cylinders, cones, tori and spheres give
 * theirs in closed form: averaged facet normals are off by the mesh's chord error, which would restrain the free rotation of
 * a shaft in its bore. Other surfaces use the area-weighted average of the second-order facets.
 */
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import { facetNormalAtNode } from '../elements/triangle6.ts';
import type { TargetFinder } from '../model/target.ts';
import { at, cross, dot, norm, scale, solve3, subtract, unit, type Vec3 } from '../vector.ts';

/** Cosine below which a closed-form normal is distrusted and the facets' own is used. */
const AGREEMENT = Math.cos((15 * Math.PI) / 180);

export function faceNormals(finder: TargetFinder, face: number, info: FaceInfo | undefined): Map<number, Vec3> {
  const { mesh } = finder;
  const sums = new Map<number, Vec3>();
  for (const facet of finder.facets(face)) {
    for (let k = 0; k < 6; k++) {
      const node = mesh.facets[6 * facet + k]!;
      const area = facetNormalAtNode(mesh.nodes, mesh.facets, facet, k);
      const sum = sums.get(node);
      if (sum) for (let axis = 0; axis < 3; axis++) sum[axis]! += area[axis]!;
      else sums.set(node, area);
    }
  }
  const exact = info ? closedForm(info, mesh.nodes, [...sums.keys()]) : null;
  const normals = new Map<number, Vec3>();
  for (const [node, sum] of sums) {
    const average = unit(sum);
    const wanted = exact?.(at(mesh.nodes, node), average);
    normals.set(node, wanted && dot(wanted, average) > AGREEMENT ? wanted : average);
  }
  return normals;
}

type Normal = (point: Vec3, roughly: Vec3) => Vec3;

function closedForm(info: FaceInfo, nodes: Float64Array, used: number[]): Normal | null {
  const towards = (vector: Vec3, roughly: Vec3): Vec3 => (dot(vector, roughly) < 0 ? scale(vector, -1) : vector);
  if (info.type === 'plane' && info.normal) {
    const normal = unit(info.normal);
    return (_, roughly) => towards(normal, roughly);
  }
  if (info.type === 'sphere') {
    const centre = fitSphere(nodes, used);
    return centre && ((point, roughly) => towards(unit(subtract(point, centre)), roughly));
  }
  if (!info.axis) return null;
  const origin = info.axis.origin_mm;
  const direction = unit(info.axis.direction);
  const radial = (point: Vec3): Vec3 => {
    const offset = subtract(point, origin);
    return subtract(offset, scale(direction, dot(offset, direction)));
  };
  if (info.type === 'cylinder') return (point, roughly) => towards(unit(radial(point)), roughly);
  if (info.type === 'cone' && info.semiAngle_rad !== undefined) {
    const angle = info.semiAngle_rad;
    return (point, roughly) => {
      const out = unit(radial(point));
      const one = subtract(scale(out, Math.cos(angle)), scale(direction, Math.sin(angle)));
      const two = subtract(scale(out, Math.cos(angle)), scale(direction, -Math.sin(angle)));
      return Math.abs(dot(one, roughly)) > Math.abs(dot(two, roughly)) ? towards(one, roughly) : towards(two, roughly);
    };
  }
  if (info.type === 'torus' && info.radius_mm !== undefined) {
    const major = info.radius_mm;
    return (point, roughly) => {
      const centre: Vec3 = scale(unit(radial(point)), major);
      return towards(unit(subtract(subtract(point, origin), centre)), roughly);
    };
  }
  return null;
}

/** Centre of the sphere through the nodes by linear least squares on |x|^2 = 2 c . x + d; null where they are not on one. */
function fitSphere(nodes: Float64Array, used: number[]): Vec3 | null {
  const mean: Vec3 = [0, 0, 0];
  for (const node of used) for (let axis = 0; axis < 3; axis++) mean[axis]! += nodes[3 * node + axis]! / used.length;
  const matrix = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const right: Vec3 = [0, 0, 0];
  for (const node of used) {
    const p = subtract(at(nodes, node), mean);
    const square = dot(p, p);
    for (let i = 0; i < 3; i++) {
      right[i]! += p[i]! * square;
      for (let j = 0; j < 3; j++) matrix[3 * i + j]! += 2 * p[i]! * p[j]!;
    }
  }
  // The constant of the fit is eliminated by the mean: sum p = 0.
  const centre = solve3(matrix, right);
  if (!centre) return null;
  const radii = used.map((node) => norm(subtract(subtract(at(nodes, node), mean), centre)));
  const average = radii.reduce((sum, radius) => sum + radius, 0) / radii.length;
  if (radii.some((radius) => Math.abs(radius - average) > 1e-3 * average)) return null;
  return [centre[0] + mean[0], centre[1] + mean[1], centre[2] + mean[2]];
}

/** Two unit vectors that complete `axis` to a right-handed frame. */
export function completeFrame(axis: Vec3): [Vec3, Vec3] {
  const smallest = [0, 1, 2].reduce(
    (best, index) => (Math.abs(axis[index]!) < Math.abs(axis[best]!) ? index : best),
    0,
  );
  const helper: Vec3 = [0, 0, 0];
  helper[smallest] = 1;
  const second = unit(cross(axis, helper));
  return [second, cross(axis, second)];
}
