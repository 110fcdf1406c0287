/** Solves an exact case on one mesh and compares the true errors with those that the solution estimates of itself. */
import type { StaticModel, StaticSolution } from '../../../native/index.d.ts';
import { jacobian, POINT_DERIVATIVES, POINT_SHAPES, TETRAHEDRON_POINTS } from '../elements/tetrahedron10.ts';
import { areaVector, TRIANGLE_POINTS, triangleDerivatives, triangleShape } from '../elements/triangle6.ts';
import { bareModel } from '../model/bare-model.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import type { NumericCore } from '../native-core.ts';
import { peakStressError } from '../results/error-estimate.ts';
import { at, inverse3, type Vec3 } from '../vector.ts';
import type { ExactCase } from './cases.ts';
import type { ExactField, Tensor } from './field.ts';

/** A true error, its estimate, percent, and true over estimate. */
export interface ErrorPair {
  true_percent: number;
  estimated_percent: number;
  ratio: number;
}

export interface ExactMeasure {
  name: string;
  fineness: number;
  dof: number;
  /** In the energy norm, relative to the solution's. */
  energy: ErrorPair;
  /**
   * Of the von Mises stress where it is largest: the true one is the largest at any node of the elements around the peak, for
   * the error at one node may happen to be nil. Null where the stress is infinite.
   */
  peak: ErrorPair | null;
  /** How far the largest von Mises stress is from the exact one, whatever its place, percent. */
  peakValue_percent: number | null;
}

export async function measureExactCase(
  core: NumericCore,
  one: ExactCase,
  fineness: number,
  options: { threads?: number } = {},
): Promise<ExactMeasure> {
  const mesh = one.mesh(fineness);
  orientSurface(mesh);
  const model = exactModel(one, mesh);
  const solution = await core.solveStatic(model, { tolerance: 1e-11, threads: options.threads ?? 1 });
  const { error, whole } = energies(one.field, model, solution.displacement);
  return {
    name: one.name,
    fineness,
    dof: solution.degreesOfFreedom,
    energy: pair(100 * Math.sqrt(error / whole), 100 * solution.relativeEnergyError),
    ...(one.bounded ? peakErrors(one.field, mesh, solution) : { peak: null, peakValue_percent: null }),
  };
}

/** True errors of the von Mises stress at the nodes of the elements around its peak, and of its largest value. */
function peakErrors(
  field: ExactField,
  mesh: VolumeMesh,
  solution: StaticSolution,
): Pick<ExactMeasure, 'peak' | 'peakValue_percent'> {
  const exact = (node: number): number => vonMises(field.stress(at(mesh.nodes, node)));
  let peak = 0;
  let exactPeak = 0;
  for (let node = 0; node < mesh.nodes.length / 3; node++) {
    if (solution.vonMises[node]! > solution.vonMises[peak]!) peak = node;
    exactPeak = Math.max(exactPeak, exact(node));
  }
  let largest = 0;
  for (let element = 0; element < mesh.elements.length; element += 10) {
    const nodes = mesh.elements.subarray(element, element + 10);
    if (!nodes.includes(peak)) continue;
    for (const node of nodes) largest = Math.max(largest, Math.abs(solution.vonMises[node]! - exact(node)));
  }
  return {
    peak: pair((100 * largest) / exactPeak, peakStressError(mesh, solution)),
    peakValue_percent: 100 * Math.abs(solution.vonMises[peak]! / exactPeak - 1),
  };
}

const pair = (true_percent: number, estimated_percent: number): ErrorPair => ({
  true_percent,
  estimated_percent,
  ratio: true_percent / estimated_percent,
});

const vonMises = ([x, y, z, xy, yz, zx]: Tensor): number =>
  Math.sqrt(((x - y) ** 2 + (y - z) ** 2 + (z - x) ** 2) / 2 + 3 * (xy ** 2 + yz ** 2 + zx ** 2));

/** The model whose exact solution is the case's. */
export function exactModel({ field, held, free }: ExactCase, mesh: VolumeMesh): StaticModel {
  const forces = new Float64Array(mesh.nodes.length);
  const fixed = new Map<number, number>();
  for (let facet = 0; facet < mesh.facetFace.length; facet++) {
    const face = mesh.facetFace[facet]!;
    for (const axis of held[face] ?? [])
      for (let k = 0; k < 6; k++) {
        const node = mesh.facets[6 * facet + k]!;
        fixed.set(3 * node + axis, field.displacement(at(mesh.nodes, node))[axis]!);
      }
    if (!free.includes(face)) addTraction(field, mesh, facet, forces);
  }
  if (field.bodyForce) addBodyForce(field.bodyForce, mesh, forces);
  const dofs = [...fixed.keys()].sort((a, b) => a - b);
  const count = mesh.elements.length / 10;
  return bareModel({
    nodes: mesh.nodes,
    elements: mesh.elements,
    elementMaterial: new Int32Array(count),
    materials: Float64Array.of(field.young_MPa, field.poisson, 0, 0),
    elementBody: new Int32Array(count),
    fixedDofs: Int32Array.from(dofs),
    fixedValues: Float64Array.from(dofs, (dof) => fixed.get(dof)!),
    forces,
  });
}

const TRIANGLE = TRIANGLE_POINTS.map(([r, s, weight]) => ({
  weight,
  shape: triangleShape(r, s),
  ...triangleDerivatives(r, s),
}));

function addTraction(field: ExactField, mesh: VolumeMesh, facet: number, forces: Float64Array): void {
  for (const { weight, shape, byR, byS } of TRIANGLE) {
    const [nx, ny, nz] = areaVector(mesh.nodes, mesh.facets, facet, byR, byS);
    const point: Vec3 = [0, 0, 0];
    for (let k = 0; k < 6; k++)
      for (let axis = 0; axis < 3; axis++)
        point[axis]! += shape[k]! * mesh.nodes[3 * mesh.facets[6 * facet + k]! + axis]!;
    const [xx, yy, zz, xy, yz, zx] = field.stress(point);
    const traction = [xx * nx + xy * ny + zx * nz, xy * nx + yy * ny + yz * nz, zx * nx + yz * ny + zz * nz];
    for (let k = 0; k < 6; k++)
      for (let axis = 0; axis < 3; axis++)
        forces[3 * mesh.facets[6 * facet + k]! + axis]! += weight * shape[k]! * traction[axis]!;
  }
}

function pointOf(nodes: Float64Array, elements: Int32Array, element: number, shape: readonly number[]): Vec3 {
  const point: Vec3 = [0, 0, 0];
  for (let k = 0; k < 10; k++)
    for (let axis = 0; axis < 3; axis++) point[axis]! += shape[k]! * nodes[3 * elements[10 * element + k]! + axis]!;
  return point;
}

function addBodyForce(force: (point: Vec3) => Vec3, { nodes, elements }: VolumeMesh, forces: Float64Array): void {
  const scratch = new Float64Array(9);
  for (let element = 0; element < elements.length / 10; element++)
    TETRAHEDRON_POINTS.forEach(([, , , weight], q) => {
      const volume = weight * jacobian(nodes, elements, element, POINT_DERIVATIVES[q]!, scratch);
      const density = force(pointOf(nodes, elements, element, POINT_SHAPES[q]!));
      for (let k = 0; k < 10; k++)
        for (let axis = 0; axis < 3; axis++)
          forces[3 * elements[10 * element + k]! + axis]! += volume * POINT_SHAPES[q]![k]! * density[axis]!;
    });
}

/** Twice the energies of the error and of the exact solution, N mm. */
function energies(
  field: ExactField,
  { nodes, elements }: Pick<StaticModel, 'nodes' | 'elements'>,
  displacement: Float64Array,
): { error: number; whole: number } {
  const { young_MPa: E, poisson: nu } = field;
  const lame = (E * nu) / ((1 + nu) * (1 - 2 * nu));
  const shear = E / (2 * (1 + nu));
  const energy = (s: readonly number[]): number => {
    const trace = s[0]! + s[1]! + s[2]!;
    const squares = s[0]! ** 2 + s[1]! ** 2 + s[2]! ** 2 + 2 * (s[3]! ** 2 + s[4]! ** 2 + s[5]! ** 2);
    return ((1 + nu) * squares - nu * trace ** 2) / E;
  };
  const j = new Float64Array(9);
  const g = new Float64Array(9);
  let error = 0;
  let whole = 0;
  for (let element = 0; element < elements.length / 10; element++)
    for (let q = 0; q < TETRAHEDRON_POINTS.length; q++) {
      const derivatives = POINT_DERIVATIVES[q]!;
      const volume = TETRAHEDRON_POINTS[q]![3] * jacobian(nodes, elements, element, derivatives, j);
      // du/d(r, s, t), then by the inverse Jacobian to du/dx.
      jacobian(displacement, elements, element, derivatives, g);
      const inverse = inverse3(j)!;
      const d = (i: number, k: number): number =>
        g[3 * i]! * inverse[k]! + g[3 * i + 1]! * inverse[3 + k]! + g[3 * i + 2]! * inverse[6 + k]!;
      const trace = d(0, 0) + d(1, 1) + d(2, 2);
      const own = [
        lame * trace + 2 * shear * d(0, 0),
        lame * trace + 2 * shear * d(1, 1),
        lame * trace + 2 * shear * d(2, 2),
        shear * (d(0, 1) + d(1, 0)),
        shear * (d(1, 2) + d(2, 1)),
        shear * (d(2, 0) + d(0, 2)),
      ];
      const exact = field.stress(pointOf(nodes, elements, element, POINT_SHAPES[q]!));
      error += volume * energy(own.map((value, index) => value - exact[index]!));
      whole += volume * energy(exact);
    }
  return { error, whole };
}
