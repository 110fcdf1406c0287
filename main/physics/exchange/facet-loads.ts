/** Consistent nodal forces of pressures on sides of second-order tetrahedra, where a deck names sides and no faces. */
import { addTraction, facetPatch } from '../model/patch.ts';

/** @param side six nodes, outward; @param pressure_MPa positive pushes in; @param forces 3n, N, added to */
export function addFacetPressure(
  nodes: Float64Array,
  side: readonly number[],
  pressure_MPa: number,
  forces: Float64Array,
): void {
  const patch = facetPatch({ nodes, facets: Int32Array.from(side) }, [0]);
  addTraction(
    patch,
    (sample, out) => {
      for (let axis = 0; axis < 3; axis++) out[axis] = -pressure_MPa * patch.normal![3 * sample + axis]!;
    },
    forces,
  );
}
