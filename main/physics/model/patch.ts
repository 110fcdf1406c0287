/**
 * A patch is the part of the mesh that a load or restraint acts on (facets, edge segments or single nodes) as a set of
 * quadrature samples. A traction given at the samples becomes consistent nodal forces: f_i = sum over samples of N_i t w.
 */
import { LINE_POINTS, lineDerivative, lineShape } from '../elements/line3.ts';
import { areaVector, TRIANGLE_POINTS, triangleDerivatives, triangleShape } from '../elements/triangle6.ts';
import type { Vec3 } from '../vector.ts';
import type { VolumeMesh } from './mesh.ts';

export interface Patch {
  /** 2: facets, weights are areas (mm^2); 1: edge segments, weights are lengths (mm); 0: nodes, weights are 1. */
  dimension: 0 | 1 | 2;
  nodesPerCell: number;
  samplesPerCell: number;
  /** nodesPerCell values a cell. */
  cellNodes: Int32Array;
  /** samplesPerCell rows of nodesPerCell shape functions; the same for every cell. */
  shape: Float64Array;
  /** Three coordinates a sample, mm. */
  position: Float64Array;
  /** Outward unit normal of each sample; facets only. */
  normal: Float64Array | null;
  weight: Float64Array;
  /** Total weight: area, length or number of nodes. */
  total: number;
  /** Weighted centre, mm. */
  centroid: Vec3;
}

const TRIANGLE_SHAPES = TRIANGLE_POINTS.map(([r, s]) => triangleShape(r, s));
const TRIANGLE_SLOPES = TRIANGLE_POINTS.map(([r, s]) => triangleDerivatives(r, s));

/** Facets by index. */
export function facetPatch(mesh: Pick<VolumeMesh, 'nodes' | 'facets'>, facets: readonly number[] | Int32Array): Patch {
  const samples = facets.length * TRIANGLE_POINTS.length;
  const patch = emptyPatch(2, 6, TRIANGLE_POINTS.length, facets.length);
  const normal = new Float64Array(3 * samples);
  TRIANGLE_SHAPES.forEach((row, q) => {
    patch.shape.set(row, 6 * q);
  });
  for (let cell = 0; cell < facets.length; cell++) {
    const facet = facets[cell]!;
    patch.cellNodes.set(mesh.facets.subarray(6 * facet, 6 * facet + 6), 6 * cell);
    for (let q = 0; q < TRIANGLE_POINTS.length; q++) {
      const sample = cell * TRIANGLE_POINTS.length + q;
      const slopes = TRIANGLE_SLOPES[q]!;
      const area = areaVector(mesh.nodes, mesh.facets, facet, slopes.byR, slopes.byS);
      const size = Math.hypot(area[0], area[1], area[2]);
      patch.weight[sample] = size * TRIANGLE_POINTS[q]![2];
      for (let axis = 0; axis < 3; axis++) normal[3 * sample + axis] = size > 0 ? area[axis]! / size : 0;
    }
  }
  patch.normal = normal;
  return finish(patch, mesh.nodes);
}

/** Quadratic segments: end, end, midside for each. */
export function segmentPatch(nodes: Float64Array, segments: Int32Array): Patch {
  const cells = segments.length / 3;
  const patch = emptyPatch(1, 3, LINE_POINTS.length, cells);
  patch.cellNodes.set(segments);
  LINE_POINTS.forEach(([t], q) => {
    patch.shape.set(lineShape(t), 3 * q);
  });
  for (let cell = 0; cell < cells; cell++) {
    for (let q = 0; q < LINE_POINTS.length; q++) {
      const [t, weight] = LINE_POINTS[q]!;
      const slope = lineDerivative(t);
      const tangent = [0, 0, 0];
      for (let k = 0; k < 3; k++)
        for (let axis = 0; axis < 3; axis++) tangent[axis]! += slope[k]! * nodes[3 * segments[3 * cell + k]! + axis]!;
      patch.weight[cell * LINE_POINTS.length + q] = weight * Math.hypot(tangent[0]!, tangent[1]!, tangent[2]!);
    }
  }
  return finish(patch, nodes);
}

/** Single nodes, each with weight 1. */
export function nodePatch(nodes: Float64Array, list: readonly number[]): Patch {
  const patch = emptyPatch(0, 1, 1, list.length);
  patch.cellNodes.set(list);
  patch.shape[0] = 1;
  patch.weight.fill(1);
  return finish(patch, nodes);
}

function emptyPatch(dimension: 0 | 1 | 2, nodesPerCell: number, samplesPerCell: number, cells: number): Patch {
  return {
    dimension,
    nodesPerCell,
    samplesPerCell,
    cellNodes: new Int32Array(cells * nodesPerCell),
    shape: new Float64Array(nodesPerCell * samplesPerCell),
    position: new Float64Array(3 * cells * samplesPerCell),
    normal: null,
    weight: new Float64Array(cells * samplesPerCell),
    total: 0,
    centroid: [0, 0, 0],
  };
}

function finish(patch: Patch, nodes: Float64Array): Patch {
  const { nodesPerCell, samplesPerCell, cellNodes, shape, position, weight } = patch;
  const moment: Vec3 = [0, 0, 0];
  for (let sample = 0; sample < weight.length; sample++) {
    const cell = Math.floor(sample / samplesPerCell);
    const row = (sample % samplesPerCell) * nodesPerCell;
    for (let k = 0; k < nodesPerCell; k++) {
      const node = 3 * cellNodes[cell * nodesPerCell + k]!;
      for (let axis = 0; axis < 3; axis++) position[3 * sample + axis]! += shape[row + k]! * nodes[node + axis]!;
    }
    patch.total += weight[sample]!;
    for (let axis = 0; axis < 3; axis++) moment[axis]! += weight[sample]! * position[3 * sample + axis]!;
  }
  if (patch.total > 0) patch.centroid = [moment[0] / patch.total, moment[1] / patch.total, moment[2] / patch.total];
  return patch;
}

/**
 * Adds the consistent nodal forces of a traction field to `forces` (3n, N).
 * `traction` writes the force per area (or length, or node) at a sample into its last argument.
 */
export function addTraction(
  patch: Patch,
  traction: (sample: number, out: Vec3) => void,
  forces: Float64Array,
): { force: Vec3 } {
  const { nodesPerCell, samplesPerCell, cellNodes, shape, weight } = patch;
  const value: Vec3 = [0, 0, 0];
  const force: Vec3 = [0, 0, 0];
  for (let sample = 0; sample < weight.length; sample++) {
    traction(sample, value);
    const w = weight[sample]!;
    const cell = Math.floor(sample / samplesPerCell);
    const row = (sample % samplesPerCell) * nodesPerCell;
    for (let axis = 0; axis < 3; axis++) force[axis]! += w * value[axis]!;
    for (let k = 0; k < nodesPerCell; k++) {
      const share = w * shape[row + k]!;
      const node = 3 * cellNodes[cell * nodesPerCell + k]!;
      forces[node]! += share * value[0];
      forces[node + 1]! += share * value[1];
      forces[node + 2]! += share * value[2];
    }
  }
  return { force };
}

/** Resultant of nodal forces about a point: force (N) and moment (N mm). */
export function resultant(nodes: Float64Array, forces: Float64Array, about: Vec3): { force: Vec3; moment: Vec3 } {
  const force: Vec3 = [0, 0, 0];
  const moment: Vec3 = [0, 0, 0];
  for (let i = 0; i < forces.length; i += 3) {
    const fx = forces[i]!;
    const fy = forces[i + 1]!;
    const fz = forces[i + 2]!;
    if (fx === 0 && fy === 0 && fz === 0) continue;
    const x = nodes[i]! - about[0];
    const y = nodes[i + 1]! - about[1];
    const z = nodes[i + 2]! - about[2];
    force[0] += fx;
    force[1] += fy;
    force[2] += fz;
    moment[0] += y * fz - z * fy;
    moment[1] += z * fx - x * fz;
    moment[2] += x * fy - y * fx;
  }
  return { force, moment };
}
