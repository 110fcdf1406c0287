/**
 * How a point near a facet moves when it is carried along with the facet: not only by the displacement of the point under it,
 * but also by the facet's rotation times the arm between them. A gap between two surfaces, or the arrow of a chord on a curved
 * one, then turns with them and a rigid rotation strains nothing.
 *
 * With tangents a1, a2 and unit normal n of the facet, the arm is d = t1 a1 + t2 a2 + g n, and
 * delta d = t1 delta a1 + t2 delta a2 - g (n . delta a_i) a^i (a^i: the dual tangents). All linear in the nodes' displacements.
 */
import { triangleDerivatives, triangleShape } from '../elements/triangle6.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { cross, dot, norm, scale, type Vec3 } from '../vector.ts';

/** Arms shorter than this part of the facet's size are round-off. */
const NO_ARM = 1e-10;

/** Six 3x3 blocks by rows, one for each node of a facet. */
export const BLOCKS = 54;

/**
 * Writes the six 3x3 blocks (by rows) whose sum over the nodes gives the displacement of the point at `arm` from (r, s) of the
 * facet. Nothing is made anew: an interface has hundreds of thousands of such points.
 * @param rotation turns the facet to where the point is (cyclic symmetry); the arm is given after the turn, and so is the answer
 * @param blocks of {@link BLOCKS} numbers, overwritten
 */
export function carriedMotion(
  mesh: VolumeMesh,
  facet: number,
  r: number,
  s: number,
  arm: Vec3,
  rotation: readonly number[] | null,
  blocks: Float64Array,
): void {
  const shape = triangleShape(r, s);
  blocks.fill(0);
  for (let k = 0; k < 6; k++) blocks[9 * k] = blocks[9 * k + 4] = blocks[9 * k + 8] = shape[k]!;
  const { byR, byS } = triangleDerivatives(r, s);
  const a1 = turned(rotation, tangent(mesh, facet, byR));
  const a2 = turned(rotation, tangent(mesh, facet, byS));
  const area = cross(a1, a2);
  const size = norm(area);
  if (norm(arm) > NO_ARM * Math.sqrt(size)) {
    const n = scale(area, 1 / size);
    const dual1 = scale(cross(a2, n), 1 / size);
    const dual2 = scale(cross(n, a1), 1 / size);
    const t1 = dot(arm, dual1);
    const t2 = dot(arm, dual2);
    const g = dot(arm, n);
    for (let k = 0; k < 6; k++) {
      const along = t1 * byR[k]! + t2 * byS[k]!;
      for (let i = 0; i < 3; i++) {
        const row = 9 * k + 3 * i;
        blocks[row + i]! += along;
        const turn = g * (byR[k]! * dual1[i]! + byS[k]! * dual2[i]!);
        blocks[row]! -= turn * n[0];
        blocks[row + 1]! -= turn * n[1];
        blocks[row + 2]! -= turn * n[2];
      }
    }
  }
  if (rotation) for (let row = 0; row < BLOCKS; row += 3) turnRow(blocks, row, rotation);
}

function tangent({ nodes, facets }: VolumeMesh, facet: number, by: readonly number[]): Vec3 {
  const out: Vec3 = [0, 0, 0];
  for (let k = 0; k < 6; k++)
    for (let axis = 0; axis < 3; axis++) out[axis]! += by[k]! * nodes[3 * facets[6 * facet + k]! + axis]!;
  return out;
}

export const turned = (rotation: readonly number[] | null, v: Vec3): Vec3 =>
  rotation
    ? ([0, 1, 2].map(
        (row) => rotation[3 * row]! * v[0] + rotation[3 * row + 1]! * v[1] + rotation[3 * row + 2]! * v[2],
      ) as Vec3)
    : v;

/** A row of a block times the rotation. */
function turnRow(blocks: Float64Array, at: number, rotation: readonly number[]): void {
  const [x, y, z] = [blocks[at]!, blocks[at + 1]!, blocks[at + 2]!];
  for (let j = 0; j < 3; j++) blocks[at + j] = x * rotation[j]! + y * rotation[3 + j]! + z * rotation[6 + j]!;
}
