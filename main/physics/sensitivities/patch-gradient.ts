/**
 * The derivative of a sum over a patch's samples by the coordinates of its nodes. A quantity is given by its derivatives by
 * each sample's weight, position and unit normal; they go back to the nodes through the very formulas of `model/patch.ts`:
 * weight = |a| q and normal = a / |a| with a = dx/dr x dx/ds on facets, weight = |dx/dt| q on segments.
 */
import { LINE_POINTS, lineDerivative } from '../elements/line3.ts';
import { TRIANGLE_POINTS, triangleDerivatives } from '../elements/triangle6.ts';
import type { Patch } from '../model/patch.ts';

/** Derivatives of one quantity by what a patch's samples are. */
export interface SampleGradient {
  /** One a sample. */
  byWeight: Float64Array;
  /** Three a sample. */
  byPosition: Float64Array;
  /** Three a sample; of facets only. */
  byNormal: Float64Array;
}

export const emptySampleGradient = (patch: Patch): SampleGradient => ({
  byWeight: new Float64Array(patch.weight.length),
  byPosition: new Float64Array(3 * patch.weight.length),
  byNormal: new Float64Array(3 * patch.weight.length),
});

const TRIANGLE_SLOPES = TRIANGLE_POINTS.map(([r, s]) => triangleDerivatives(r, s));
const LINE_SLOPES = LINE_POINTS.map(([t]) => lineDerivative(t));

/** Adds d quantity / d X to `out` (3n). `nodes`: the coordinates (3n, mm) that the patch was made from. */
export function addPatchGradient(patch: Patch, gradient: SampleGradient, nodes: Float64Array, out: Float64Array): void {
  const { nodesPerCell, samplesPerCell, cellNodes, shape, weight } = patch;
  for (let sample = 0; sample < weight.length; sample++) {
    const cell = Math.floor(sample / samplesPerCell);
    const q = sample % samplesPerCell;
    for (let k = 0; k < nodesPerCell; k++) {
      const node = 3 * cellNodes[cell * nodesPerCell + k]!;
      const n = shape[q * nodesPerCell + k]!;
      for (let axis = 0; axis < 3; axis++) out[node + axis]! += n * gradient.byPosition[3 * sample + axis]!;
    }
    if (patch.dimension === 2) addFacetSample(patch, gradient, sample, cell, q, nodes, out);
    else if (patch.dimension === 1) addSegmentSample(patch, gradient, sample, cell, q, nodes, out);
  }
}

function addFacetSample(
  patch: Patch,
  gradient: SampleGradient,
  sample: number,
  cell: number,
  q: number,
  nodes: Float64Array,
  out: Float64Array,
): void {
  const { byR, byS } = TRIANGLE_SLOPES[q]!;
  const list = patch.cellNodes.subarray(6 * cell, 6 * cell + 6);
  const r = tangentOf(list, byR, nodes);
  const s = tangentOf(list, byS, nodes);
  const point = TRIANGLE_POINTS[q]![2];
  const size = patch.weight[sample]! / point;
  if (!(size > 0)) return;
  const n = [0, 1, 2].map((axis) => patch.normal![3 * sample + axis]!);
  const g = [0, 1, 2].map((axis) => gradient.byNormal[3 * sample + axis]!);
  const along = g[0]! * n[0]! + g[1]! * n[1]! + g[2]! * n[2]!;
  // By the area vector a: of the weight n q, of the normal (1 - n n^T) / |a|.
  const byWeight = gradient.byWeight[sample]! * point;
  const [ax, ay, az] = n.map((value, axis) => byWeight * value + (g[axis]! - along * value) / size) as [
    number,
    number,
    number,
  ];
  // a = r x s: by r it is s x (da), by s it is (da) x r.
  const byTangentR = [s[1]! * az - s[2]! * ay, s[2]! * ax - s[0]! * az, s[0]! * ay - s[1]! * ax];
  const byTangentS = [ay * r[2]! - az * r[1]!, az * r[0]! - ax * r[2]!, ax * r[1]! - ay * r[0]!];
  for (let k = 0; k < 6; k++)
    for (let axis = 0; axis < 3; axis++)
      out[3 * list[k]! + axis]! += byR[k]! * byTangentR[axis]! + byS[k]! * byTangentS[axis]!;
}

function addSegmentSample(
  patch: Patch,
  gradient: SampleGradient,
  sample: number,
  cell: number,
  q: number,
  nodes: Float64Array,
  out: Float64Array,
): void {
  const slopes = LINE_SLOPES[q]!;
  const list = patch.cellNodes.subarray(3 * cell, 3 * cell + 3);
  const tangent = tangentOf(list, slopes, nodes);
  const size = Math.hypot(tangent[0]!, tangent[1]!, tangent[2]!);
  if (!(size > 0)) return;
  const factor = (gradient.byWeight[sample]! * LINE_POINTS[q]![1]) / size;
  for (let k = 0; k < 3; k++)
    for (let axis = 0; axis < 3; axis++) out[3 * list[k]! + axis]! += factor * slopes[k]! * tangent[axis]!;
}

function tangentOf(list: Int32Array, slopes: readonly number[], nodes: Float64Array): number[] {
  const tangent = [0, 0, 0];
  for (let k = 0; k < list.length; k++)
    for (let axis = 0; axis < 3; axis++) tangent[axis]! += slopes[k]! * nodes[3 * list[k]! + axis]!;
  return tangent;
}
