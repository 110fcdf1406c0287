/**
 * Body forces of an acceleration field: f_i = integral of rho N_i b dV over every element, by a rule that is exact for
 * curved second-order tetrahedra. Also gives volume and mass, which come from the same integral.
 */
import { jacobian, POINT_DERIVATIVES, POINT_SHAPES, TETRAHEDRON_POINTS } from '../elements/tetrahedron10.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { AccelerationField } from './acceleration.ts';

export interface MassTotals {
  volume_mm3: number;
  mass_t: number;
  /** Of each material, tonne. */
  massOfMaterial_t: Float64Array;
}

/**
 * @param density tonne/mm^3 of each material
 * @param acceleration null to integrate mass alone
 * @param forces 3n, N, added to
 */
export function addBodyForce(
  mesh: VolumeMesh,
  elementMaterial: Int32Array,
  density: readonly number[],
  acceleration: AccelerationField | null,
  forces: Float64Array,
): MassTotals {
  const count = mesh.elements.length / 10;
  const work = new Float64Array(9);
  const totals: MassTotals = { volume_mm3: 0, mass_t: 0, massOfMaterial_t: new Float64Array(density.length) };
  const share = new Float64Array(10);
  const point = new Float64Array(3);
  const { constant, gradient } = acceleration ?? { constant: [0, 0, 0], gradient: [] };
  const varies = gradient.some((value) => value !== 0);
  /** Adds rho N_k b dV at a point to the element's nodes. */
  const addVarying = (element: number, shape: ArrayLike<number>, mass: number): void => {
    point.fill(0);
    for (let k = 0; k < 10; k++)
      for (let axis = 0; axis < 3; axis++)
        point[axis]! += shape[k]! * mesh.nodes[3 * mesh.elements[10 * element + k]! + axis]!;
    for (let axis = 0; axis < 3; axis++) {
      const b =
        gradient[3 * axis]! * point[0]! + gradient[3 * axis + 1]! * point[1]! + gradient[3 * axis + 2]! * point[2]!;
      for (let k = 0; k < 10; k++) forces[3 * mesh.elements[10 * element + k]! + axis]! += mass * shape[k]! * b;
    }
  };
  for (let element = 0; element < count; element++) {
    const rho = density[elementMaterial[element]!]!;
    share.fill(0);
    let volume = 0;
    for (let q = 0; q < TETRAHEDRON_POINTS.length; q++) {
      const dv = jacobian(mesh.nodes, mesh.elements, element, POINT_DERIVATIVES[q]!, work) * TETRAHEDRON_POINTS[q]![3];
      volume += dv;
      const shape = POINT_SHAPES[q]!;
      for (let k = 0; k < 10; k++) share[k]! += dv * shape[k]!;
      if (varies) addVarying(element, shape, rho * dv);
    }
    totals.volume_mm3 += volume;
    totals.mass_t += rho * volume;
    totals.massOfMaterial_t[elementMaterial[element]!]! += rho * volume;
    if (!acceleration) continue;
    for (let k = 0; k < 10; k++) {
      const node = 3 * mesh.elements[10 * element + k]!;
      for (let axis = 0; axis < 3; axis++) forces[node + axis]! += rho * share[k]! * constant[axis]!;
    }
  }
  return totals;
}
