/**
 * How a point near a facet moves when the element under the facet is continued to it: u + grad u . arm. That is exact for
 * every linear field of displacements, so for rotations of any size, which the tangents of the facet alone follow to the first
 * order only (`master-motion.ts`). The price is that the gap is stretched like the element: forces across it act on nodes
 * within the element too, and constant stress passes but for a part as large as the gap is beside the element.
 */
import { jacobian, TETRAHEDRON_FACES, tetrahedronDerivatives, tetrahedronShape } from '../elements/tetrahedron10.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { inverse3, type Vec3 } from '../vector.ts';

export class VolumeMotion {
  readonly #mesh: VolumeMesh;
  /** By the three corners of a side, ascending. */
  readonly #elements = new Map<string, number>();
  readonly #jacobian = new Float64Array(9);

  constructor(mesh: VolumeMesh, facets: readonly number[]) {
    this.#mesh = mesh;
    const wanted = new Set(facets.map((facet) => keyOf(mesh.facets.subarray(6 * facet, 6 * facet + 3))));
    for (let element = 0; element < mesh.elements.length / 10; element++)
      for (const [a, b, c] of TETRAHEDRON_FACES) {
        const key = keyOf([a, b, c].map((local) => mesh.elements[10 * element + local]!));
        if (wanted.has(key)) this.#elements.set(key, element);
      }
  }

  /** The element's ten nodes, and the factors of their displacements, for the point at `arm` from (r, s) of a facet. */
  at(facet: number, r: number, s: number, arm: Vec3): { nodes: Int32Array; factors: number[] } {
    const { nodes, elements, facets } = this.#mesh;
    const corners = facets.subarray(6 * facet, 6 * facet + 3);
    const element = this.#elements.get(keyOf(corners))!;
    const own = elements.subarray(10 * element, 10 * element + 10);
    const along = [0, 0, 0, 0];
    corners.forEach((corner, k) => {
      along[own.indexOf(corner)] = [1 - r - s, r, s][k]!;
    });
    const local = [along[1]!, along[2]!, along[3]!] as const;
    const derivatives = tetrahedronDerivatives(...local);
    jacobian(nodes, elements, element, derivatives, this.#jacobian);
    // The arm in local coordinates. Meshes have been checked: no element is so flat that it has no inverse.
    const inverse = inverse3([...this.#jacobian])!;
    const step = [0, 1, 2].map(
      (k) => inverse[3 * k]! * arm[0] + inverse[3 * k + 1]! * arm[1] + inverse[3 * k + 2]! * arm[2],
    ) as Vec3;
    const factors = tetrahedronShape(...local).map(
      (value, a) => value + step[0] * derivatives[a]! + step[1] * derivatives[10 + a]! + step[2] * derivatives[20 + a]!,
    );
    return { nodes: own, factors };
  }
}

const keyOf = (corners: ArrayLike<number>): string =>
  Array.from(corners)
    .sort((a, b) => a - b)
    .join();
