/** Where a result's stress is no property of the part, so that nobody offers it as a number to believe. */
import type { Vector3 } from './geometry.ts';
import type { ResultSummary } from './studies.ts';

/** Elements this many sizes around a singular place share its stress. */
const REACH = 2;

/** Whether a place lies where the stress grows without end as the mesh gets finer. */
export function isSingularPlace({ singularities, mesh }: ResultSummary, at_mm: Vector3): boolean {
  return singularities.some(
    (one) => Math.hypot(...one.at_mm.map((x, axis) => x - at_mm[axis]!)) < REACH * mesh.size_mm,
  );
}
