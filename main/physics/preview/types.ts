/** A quick solution of a static study on a coarse mesh, with what is needed to judge how coarse it is. */
import type { ResultSummary } from '../../../preload/contract/studies.ts';

export interface PreviewSettings {
  /** Elements to aim for. */
  elements: number;
  /** Elements along one radius of curvature. */
  perRadius: number;
  /** The smallest element edge is this part of the largest. */
  smallestPart: number;
  /** How fast sizes may grow from small to large elements, 0 (slow) to 1. */
  grading: number;
  /** Passes that improve the elements' shapes. */
  optimisationSteps: number;
  /** Walls get two elements through their thickness unless the mesh would have more than this; 0 leaves them alone. */
  divideWallsUpTo: number;
  /** Threads of the solver. */
  threads: number;
  /** Relative residual to reach. */
  tolerance: number;
}

/**
 * n nodes, m second-order tetrahedra, t facets. Loads are integrated exactly over the coarse mesh, so that forces balance as in
 * any other solution.
 */
export interface PreviewSolution {
  /** 3n, mm. */
  nodes: Float64Array;
  /** 10m, C3D10 order. */
  elements: Int32Array;
  /** 6t node indices, outward, and the global face of each facet. */
  facets: Int32Array;
  facetFace: Int32Array;
  /** 3n, mm. */
  displacement: Float64Array;
  /** 6n, MPa: xx, yy, zz, xy, yz, zx. */
  stress: Float64Array;
  /** n, MPa. */
  vonMises: Float64Array;
  /** n, MPa: how far the elements at a node disagree, and the estimated error there. */
  stressSpread: Float64Array;
  stressError: Float64Array;
  /** m, sqrt(N mm): error of each element in the energy norm. */
  elementError: Float64Array;
  /** Relative error in the energy norm, estimated. */
  relativeEnergyError: number;
  /** Nodes where the exact stress is infinite (sharp inner edges, rims of clamps, concentrated forces). */
  singularNodes: Int32Array;
  /** Nodes on restrained and on loaded faces, edges and vertices. */
  heldNodes: Int32Array;
  loadedNodes: Int32Array;
  /** As of any static result; its numbers are those of the coarse mesh. */
  summary: ResultSummary;
  /** From the request to the answer. */
  seconds: { mesh: number; solve: number; total: number };
  /** The fields as any result has them, for pictures and exports. */
  fields: Uint8Array;
}
