/**
 * Elastic connectors between two sets of faces, each taken by the average of its motion: springs, and bolts as a shank that
 * stretches along its axis, of stiffness E A / L. A preload is set first, before any other load: the shank is tightened until
 * it carries exactly that force and then locked; what other loads add depends on the stiffness of shank and members.
 */
import { refuseStudy } from '../errors.ts';
import { cross, norm, scale, subtract, unit, type Vec3 } from '../vector.ts';
import type { EquationGroup, EquationSystem } from './equations.ts';
import { type AverageMotion, motionCoefficients } from './reference-point.ts';

export interface Connector {
  group: EquationGroup;
  /** Extra node of the stretch: of a spring along x, y, z; of a bolt along its axis, in x. */
  node: number;
  /** Stiffness of each component, N/mm. */
  stiffness_N_mm: Vec3;
  /** Of a bolt; `transverse` where its node's y and z hold how far its ends move apart across its axis. */
  bolt: { axis: Vec3; preload_N: number; length_mm: number; transverse: boolean } | null;
}

/** @param from,to the average motions; the stretch is that of `to` less that of `from` */
export function addSpring(
  system: EquationSystem,
  from: AverageMotion,
  to: AverageMotion,
  stiffness_N_mm: Vec3,
  who: string,
): Connector {
  const node = system.addNode({ kind: 'measured', point: from.centre });
  const group = system.group(who, () => {
    for (let axis = 0; axis < 3; axis++)
      if (stiffness_N_mm[axis]! > 0) addStretch(system, node, axis, from, to, unitVector(axis));
  });
  return { group, node, stiffness_N_mm, bolt: null };
}

/** @param options.transverse measures motion across the axis too, for the stiffness that tension gives the shank there */
export function addBolt(
  system: EquationSystem,
  head: AverageMotion,
  thread: AverageMotion,
  options: { diameter_mm: number; young_MPa: number; preload_N: number; transverse?: boolean },
  who: string,
): Connector {
  const arm = subtract(thread.centre, head.centre);
  const length_mm = norm(arm);
  if (!(length_mm > 1e-3 * options.diameter_mm))
    throw refuseStudy(
      'bolt-without-length',
      `${who} has no length: the faces under its head and those of its thread have the same centre.`,
      'Pick the face under the head, and the faces that hold the thread or the nut.',
    );
  const axis = scale(arm, 1 / length_mm);
  const node = system.addNode({ kind: 'measured', point: head.centre });
  const group = system.group(who, () => addStretch(system, node, 0, head, thread, axis));
  const transverse = options.transverse === true;
  if (transverse) {
    const across = unit(
      cross(
        axis,
        unitVector(axis.reduce((least, value, k) => (Math.abs(value) < Math.abs(axis[least]!) ? k : least), 0)),
      ),
    );
    // Nothing resists these unless the shank is taut: they hold nothing in place.
    system.group(
      who,
      () => {
        addStretch(system, node, 1, head, thread, across);
        addStretch(system, node, 2, head, thread, cross(axis, across));
      },
      { measuresOnly: true },
    );
  }
  const stiffness = (options.young_MPa * Math.PI * options.diameter_mm ** 2) / 4 / length_mm;
  const { preload_N } = options;
  return { group, node, stiffness_N_mm: [stiffness, 0, 0], bolt: { axis, preload_N, length_mm, transverse } };
}

const unitVector = (axis: number): Vec3 => [0, 1, 2].map((k) => (k === axis ? 1 : 0)) as Vec3;

/** Component `axis` of the stretch node is how far `to` moves from `from` along a direction. */
function addStretch(
  system: EquationSystem,
  node: number,
  axis: number,
  from: AverageMotion,
  to: AverageMotion,
  direction: Vec3,
): void {
  const terms: { node: number; coefficient: Vec3 }[] = [{ node, coefficient: unitVector(axis) }];
  for (const [side, sign] of [
    [to, -1],
    [from, 1],
  ] as const)
    for (let along = 0; along < 3; along++) {
      if (direction[along] === 0) continue;
      motionCoefficients(side, side.centre, along)!.forEach((coefficient, index) => {
        terms.push({ node: side.nodes[index]!, coefficient: scale(coefficient, sign * direction[along]!) });
      });
    }
  system.add(terms);
}

/**
 * The forces on the stretch nodes of bolts that make each carry its preload before other loads act.
 *
 * @param flexibility stretch of bolt i under a unit stretching force on bolt j's node, shanks included, mm/N (square, by rows)
 *
 * With shanks of stiffness k, flexibility A = (K_members + k)^-1. Under the preloads F alone the shanks stretch by
 * -K_members^-1 F (the members give way); a shank that carries k e + N0 has N0 = F + k K_members^-1 F.
 */
export function preloadForces(flexibility: readonly number[], bolts: readonly Connector[]): number[] {
  const count = bolts.length;
  const members = inverse(flexibility, count);
  bolts.forEach((bolt, i) => {
    members[i * count + i]! -= bolt.stiffness_N_mm[0];
  });
  // A member stiffness that vanishes beside the shank's is one that is not there: nothing resists the clamping.
  bolts.forEach((bolt, i) => {
    if (!(members[i * count + i]! > 1e-6 * bolt.stiffness_N_mm[0]))
      throw refuseStudy(
        'bolt-clamps-nothing',
        `${bolt.group.who} cannot be tightened: nothing between its head and its thread resists.`,
        'Bond the clamped faces to each other.',
      );
  });
  const flexibilityOfMembers = inverse(members, count);
  return bolts.map(({ bolt, stiffness_N_mm }, i) => {
    let shortening = 0;
    for (let j = 0; j < count; j++) shortening += flexibilityOfMembers[i * count + j]! * bolts[j]!.bolt!.preload_N;
    return -(bolt!.preload_N + stiffness_N_mm[0] * shortening);
  });
}

/** Inverse of a small dense matrix by Gauss-Jordan elimination with pivoting. */
function inverse(matrix: readonly number[], n: number): number[] {
  const rows = Array.from({ length: n }, (_, i) => [
    ...matrix.slice(i * n, i * n + n),
    ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  ]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const own = rows[column]!;
    const divisor = own[column]!;
    for (let k = 0; k < 2 * n; k++) own[k]! /= divisor;
    for (let row = 0; row < n; row++) {
      const factor = rows[row]![column]!;
      if (row === column || factor === 0) continue;
      for (let k = 0; k < 2 * n; k++) rows[row]![k]! -= factor * own[k]!;
    }
  }
  return rows.flatMap((row) => row.slice(n));
}
