/**
 * Points in space that faces follow. Rigid: every node moves with the point as one piece (six unknowns: a translation node and
 * a rotation node). Distributing: the point's motion is the average of the faces' motion, weighed by area, and a force there is
 * spread over them without stiffening them.
 */
import type { Patch } from '../model/patch.ts';
import { symmetricEigen } from '../stability/eigen.ts';
import { at, cross, dot, norm, solve3, subtract, type Vec3 } from '../vector.ts';
import type { EquationSystem } from './equations.ts';

/** A rigid reference point: `rotation` holds the rotation vector times `length_mm`, so that all unknowns are lengths. */
export interface RigidReference {
  point: Vec3;
  translation: number;
  rotation: number;
  length_mm: number;
}

const axisVector = (axis: number, value = 1): Vec3 => [0, 1, 2].map((k) => (k === axis ? value : 0)) as Vec3;

/** Adds the unknowns and the equations u = u_point + theta x (x - point) of all nodes. */
export function addRigidReference(
  system: EquationSystem,
  meshNodes: Float64Array,
  nodes: readonly number[],
  point: Vec3,
): RigidReference {
  const arms = nodes.map((node) => subtract(at(meshNodes, node), point));
  const length_mm = Math.max(...arms.map(norm)) || 1;
  const rotation = system.addNode({ kind: 'rotation', point, length_mm });
  const translation = system.addNode({ kind: 'point', point, rotation });
  nodes.forEach((node, index) => {
    for (let axis = 0; axis < 3; axis++) {
      // theta x r along an axis is theta . (r x axis)
      const turn = cross(arms[index]!, axisVector(axis));
      system.add([
        { node, coefficient: axisVector(axis) },
        { node: translation, coefficient: axisVector(axis, -1) },
        { node: rotation, coefficient: turn.map((value) => -value / length_mm) as Vec3 },
      ]);
    }
  });
  // Rotations that move no node (about a line that all of them lie on) would be free unknowns.
  const inertia = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const arm of arms)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        inertia[3 * i + j]! += ((i === j ? dot(arm, arm) : 0) - arm[i]! * arm[j]!) / length_mm ** 2;
  const { values, vectors } = symmetricEigen(inertia, 3);
  values.forEach((value, index) => {
    if (value < 1e-10) system.add([{ node: rotation, coefficient: vectors[index]! as Vec3 }]);
  });
  return { point, translation, rotation, length_mm };
}

/** The average motion of a patch as weights of its nodes. */
export interface AverageMotion {
  nodes: number[];
  weights: number[];
  centre: Vec3;
  /** Arms from the centre. */
  arms: Vec3[];
  /** Inverse of the sum of w (r.r 1 - r r), by rows; null where the patch is a point or a line and has no mean rotation. */
  inverseInertia: number[] | null;
}

/**
 * An equation of an average couples all of its nodes with one another: a face of many thousands would fill the matrix. Such
 * averages are taken over some of the face's facets, evenly chosen.
 */
const MOST_AVERAGED_CELLS = 600;

export function averageMotion(patch: Patch, meshNodes: Float64Array, mostCells = MOST_AVERAGED_CELLS): AverageMotion {
  const share = new Map<number, number>();
  const { nodesPerCell, samplesPerCell, cellNodes, shape, weight } = patch;
  const cells = weight.length / samplesPerCell;
  const stride = Math.ceil(cells / mostCells);
  let total = 0;
  for (let sample = 0; sample < weight.length; sample++) {
    const cell = Math.floor(sample / samplesPerCell);
    if (cell % stride !== 0) continue;
    total += weight[sample]!;
    const row = (sample % samplesPerCell) * nodesPerCell;
    for (let k = 0; k < nodesPerCell; k++) {
      const node = cellNodes[cell * nodesPerCell + k]!;
      share.set(node, (share.get(node) ?? 0) + weight[sample]! * shape[row + k]!);
    }
  }
  const kept = [...share]
    .map(([node, value]): [number, number] => [node, value / total])
    .filter(([, value]) => Math.abs(value) > 1e-12)
    .sort(([a], [b]) => a - b);
  const nodes = kept.map(([node]) => node);
  const weights = kept.map(([, value]) => value);
  const centre: Vec3 = [0, 0, 0];
  nodes.forEach((node, index) => {
    for (let axis = 0; axis < 3; axis++) centre[axis]! += weights[index]! * meshNodes[3 * node + axis]!;
  });
  const arms = nodes.map((node) => subtract(at(meshNodes, node), centre));
  const inertia = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  arms.forEach((arm, index) => {
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        inertia[3 * i + j]! += weights[index]! * ((i === j ? dot(arm, arm) : 0) - arm[i]! * arm[j]!);
  });
  const columns = [0, 1, 2].map((axis) => solve3(inertia, axisVector(axis)));
  const inverseInertia = columns.every((column) => column !== null)
    ? [0, 1, 2].flatMap((row) => columns.map((column) => column![row]!))
    : null;
  return { nodes, weights, centre, arms, inverseInertia };
}

/**
 * Coefficients of the nodes in one of the six average motions of a point that follows the patch: axis 0-2 its displacement,
 * 3-5 the rotation (rad). They are at once the nodal forces of a unit force or moment there. Null where a rotation is asked
 * for (also by a point away from the centre) that the patch does not have.
 */
export function motionCoefficients(average: AverageMotion, point: Vec3, axis: number): Vec3[] | null {
  const { weights, arms, inverseInertia, centre } = average;
  const along = axis < 3 ? axisVector(axis) : null;
  const turning: Vec3 = along ? cross(subtract(point, centre), along) : axisVector(axis - 3);
  let moment: Vec3 = [0, 0, 0];
  if (norm(turning) > 1e-12 * norm(subtract(point, centre)) || !along) {
    if (norm(turning) > 0) {
      if (!inverseInertia) return null;
      moment = [0, 1, 2].map((row) =>
        turning.reduce((sum, value, column) => sum + inverseInertia[3 * row + column]! * value, 0),
      ) as Vec3;
    }
  }
  return weights.map((weight, index) => {
    const turn = cross(moment, arms[index]!);
    return [0, 1, 2].map((k) => weight * ((along?.[k] ?? 0) + turn[k]!)) as Vec3;
  });
}

/** Terms of an average motion for an equation, the most weighty node first. */
export function motionTerms(
  average: AverageMotion,
  coefficients: readonly Vec3[],
): { node: number; coefficient: Vec3 }[] {
  const terms = average.nodes.map((node, index) => ({ node, coefficient: coefficients[index]! }));
  const heaviest = terms.reduce(
    (best, term, index) => (norm(term.coefficient) > norm(terms[best]!.coefficient) ? index : best),
    0,
  );
  const [first] = terms.splice(heaviest, 1);
  return first ? [first, ...terms] : terms;
}
