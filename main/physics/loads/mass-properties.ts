/** Mass, centre, inertia and the mass that falls to each node, by the rule that is exact for curved second-order tetrahedra. */
import { jacobian, POINT_DERIVATIVES, POINT_SHAPES, TETRAHEDRON_POINTS } from '../elements/tetrahedron10.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at, cross, dot, subtract, type Vec3 } from '../vector.ts';

export interface MassProperties {
  mass_t: number;
  centre_mm: Vec3;
  /** About the centre, tonne mm^2, row by row. */
  inertia_t_mm2: number[];
  /** Integral of rho N_k for each node, tonne. */
  nodal_t: Float64Array;
}

/** @param density tonne/mm^3 of each material */
export function massProperties(
  mesh: VolumeMesh,
  elementMaterial: Int32Array,
  density: readonly number[],
): MassProperties {
  const { nodes, elements } = mesh;
  const work = new Float64Array(9);
  const nodal_t = new Float64Array(nodes.length / 3);
  let mass = 0;
  const first = [0, 0, 0];
  /** xx, yy, zz, xy, yz, zx of the second moments about the origin. */
  const second = [0, 0, 0, 0, 0, 0];
  for (let element = 0; element < elementMaterial.length; element++) {
    const rho = density[elementMaterial[element]!]!;
    for (let q = 0; q < TETRAHEDRON_POINTS.length; q++) {
      const dm = rho * jacobian(nodes, elements, element, POINT_DERIVATIVES[q]!, work) * TETRAHEDRON_POINTS[q]![3];
      const shape = POINT_SHAPES[q]!;
      let [x, y, z] = [0, 0, 0];
      for (let k = 0; k < 10; k++) {
        const node = elements[10 * element + k]!;
        x += shape[k]! * nodes[3 * node]!;
        y += shape[k]! * nodes[3 * node + 1]!;
        z += shape[k]! * nodes[3 * node + 2]!;
        nodal_t[node]! += dm * shape[k]!;
      }
      mass += dm;
      [dm * x, dm * y, dm * z].forEach((value, axis) => {
        first[axis]! += value;
      });
      [x * x, y * y, z * z, x * y, y * z, z * x].forEach((value, index) => {
        second[index]! += dm * value;
      });
    }
  }
  const [cx, cy, cz] = first.map((value) => value / mass) as Vec3;
  const [xx, yy, zz, xy, yz, zx] = second as [number, number, number, number, number, number];
  const [sxx, syy, szz] = [xx - mass * cx * cx, yy - mass * cy * cy, zz - mass * cz * cz];
  const [sxy, syz, szx] = [xy - mass * cx * cy, yz - mass * cy * cz, zx - mass * cz * cx];
  return {
    mass_t: mass,
    centre_mm: [cx, cy, cz],
    inertia_t_mm2: [syy + szz, -sxy, -szx, -sxy, sxx + szz, -syz, -szx, -syz, sxx + syy],
    nodal_t,
  };
}

/**
 * Mass by the straight-sided volume of each element, kg.
 * @param densities_kg_m3 of each material; 1 kg/m^3 x mm^3 is 1e-9 kg
 */
export function straightSidedMass_kg(
  { nodes, elements }: Pick<VolumeMesh, 'nodes' | 'elements'>,
  elementMaterial: Int32Array,
  densities_kg_m3: readonly number[],
): number {
  let mass = 0;
  for (let element = 0; element < elementMaterial.length; element++) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => at(nodes, elements[10 * element + k]!)) as [Vec3, Vec3, Vec3, Vec3];
    const volume_mm3 = dot(subtract(b, a), cross(subtract(c, a), subtract(d, a))) / 6;
    mass += 1e-9 * volume_mm3 * densities_kg_m3[elementMaterial[element]!]!;
  }
  return mass;
}
