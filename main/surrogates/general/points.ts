/** Distances, volumes and peaks on the nodes of a mesh. Lengths in mm. */
import type { BodyInfo } from '../../../preload/contract/index.ts';
import { elementVolume } from '../../physics/index.ts';

/** Mean wall thickness 2 V / A, mm. */
export const thicknessOf = ({ mass }: BodyInfo): number => (2 * mass.volume_mm3) / mass.area_mm2;

/**
 * Within this part of the mean wall thickness of a singular place no stress is looked at: there the exact one is infinite or
 * depends on a rounding that nobody drew, and the computed one on the mesh.
 */
const SINGULAR_REACH = 0.5;
export const singularReach = (info: BodyInfo): number => SINGULAR_REACH * thicknessOf(info);

/** From every node (3n) to the nearest of some; infinity where there are none. */
export function distancesTo(nodes: ArrayLike<number>, some: ArrayLike<number>): Float64Array {
  const count = nodes.length / 3;
  const points = new Float64Array(3 * some.length);
  for (let i = 0; i < some.length; i++) for (let k = 0; k < 3; k++) points[3 * i + k] = nodes[3 * some[i]! + k]!;
  const out = new Float64Array(count);
  for (let node = 0; node < count; node++) {
    const [x, y, z] = [nodes[3 * node]!, nodes[3 * node + 1]!, nodes[3 * node + 2]!];
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < points.length; i += 3) {
      const square = (x - points[i]!) ** 2 + (y - points[i + 1]!) ** 2 + (z - points[i + 2]!) ** 2;
      if (square < nearest) nearest = square;
    }
    out[node] = Math.sqrt(nearest);
  }
  return out;
}

/** Volume of each element, mm^3. */
export function elementVolumes({
  nodes,
  elements,
}: {
  nodes: ArrayLike<number>;
  elements: ArrayLike<number>;
}): Float64Array {
  return Float64Array.from({ length: elements.length / 10 }, (_, element) => elementVolume(nodes, elements, element));
}

/** The largest stress at nodes that lie at least so far from singular places; the largest of all where none does. */
export function regularPeak(
  vonMises: ArrayLike<number>,
  toSingular: ArrayLike<number>,
  reach: number,
): { node: number; value: number } {
  let node = -1;
  for (let i = 0; i < vonMises.length; i++)
    if (toSingular[i]! >= reach && (node < 0 || vonMises[i]! > vonMises[node]!)) node = i;
  if (node < 0) for (let i = 0; i < vonMises.length; i++) if (node < 0 || vonMises[i]! > vonMises[node]!) node = i;
  return { node, value: vonMises[node]! };
}
