/** Prescribed motions of, and forces at, points in space that faces follow. */
import { refuseStudy } from '../errors.ts';
import type { Patch } from '../model/patch.ts';
import { scale, type Vec3 } from '../vector.ts';
import type { EquationGroup, EquationSystem } from './equations.ts';
import {
  addRigidReference,
  averageMotion,
  motionCoefficients,
  motionTerms,
  type RigidReference,
} from './reference-point.ts';

export interface RemoteDisplacement {
  point_mm: readonly number[];
  coupling: 'rigid' | 'distributing';
  x_mm?: number | undefined;
  y_mm?: number | undefined;
  z_mm?: number | undefined;
  rx_rad?: number | undefined;
  ry_rad?: number | undefined;
  rz_rad?: number | undefined;
}

/** One held degree of freedom of an extra node; `component` 0-2 is a displacement, 3-5 a rotation. */
export interface HeldMotion {
  node: number;
  axis: number;
  value_mm: number;
  component: number;
  /** What a reaction at the node is multiplied with to give N (displacements) or N mm (rotations). */
  reactionFactor: number;
}

/** Motions asked for, in the order x, y, z, rx, ry, rz; undefined where free. */
const wantedMotions = (restraint: RemoteDisplacement): (number | undefined)[] => [
  restraint.x_mm,
  restraint.y_mm,
  restraint.z_mm,
  restraint.rx_rad,
  restraint.ry_rad,
  restraint.rz_rad,
];

/** A point that its nodes follow as one piece, and the equations that make them. */
export interface RigidPoint {
  group: EquationGroup;
  reference: RigidReference;
}

/** Adds the unknowns and equations of a remote displacement, and says which of the unknowns are prescribed. */
export function addRemoteDisplacement(
  system: EquationSystem,
  meshNodes: Float64Array,
  restraint: RemoteDisplacement,
  nodes: readonly number[],
  patch: () => Patch,
  who: string,
): { held: HeldMotion[]; rigid: RigidPoint | null } {
  const wanted = wantedMotions(restraint);
  if (wanted.every((value) => value === undefined))
    throw refuseStudy('restraint-empty', `${who} restrains no motion.`, 'Give at least one displacement or rotation.');
  const point = [...restraint.point_mm] as Vec3;
  const held: HeldMotion[] = [];
  if (restraint.coupling === 'rigid') {
    let reference!: RigidReference;
    const group = system.group(who, () => {
      reference = addRigidReference(system, meshNodes, nodes, point);
      wanted.forEach((value, component) => {
        if (value === undefined) return;
        const turns = component >= 3;
        held.push({
          node: turns ? reference.rotation : reference.translation,
          axis: component % 3,
          value_mm: turns ? value * reference.length_mm : value,
          component,
          reactionFactor: turns ? reference.length_mm : 1,
        });
      });
    });
    return { held, rigid: { group, reference } };
  }
  const average = averageMotion(patch(), meshNodes);
  const length = sizeOf(average.arms);
  system.group(who, () => {
    const measured = [0, 1].map(() => -1);
    wanted.forEach((value, component) => {
      if (value === undefined) return;
      const turns = component >= 3;
      const coefficients = motionCoefficients(average, point, component);
      if (!coefficients)
        throw refuseStudy(
          'no-mean-rotation',
          `${who}: what it is on is a point or a straight line and has no mean rotation.`,
          'Use a rigid coupling, or pick faces.',
        );
      const which = turns ? 1 : 0;
      if (measured[which] === -1) measured[which] = system.addNode({ kind: 'measured', point });
      const factor = turns ? length : 1;
      const axis = component % 3;
      system.add([
        ...motionTerms(
          average,
          coefficients.map((coefficient) => scale(coefficient, factor)),
        ),
        { node: measured[which]!, coefficient: [0, 1, 2].map((k) => (k === axis ? -1 : 0)) as Vec3 },
      ]);
      held.push({ node: measured[which]!, axis, value_mm: value * factor, component, reactionFactor: factor });
    });
  });
  return { held, rigid: null };
}

/** Nodal forces of a force and moment at the reference point of a rigid coupling: those of its two extra nodes. */
export function addRigidRemoteForce(
  system: EquationSystem,
  meshNodes: Float64Array,
  nodes: readonly number[],
  point: Vec3,
  force_N: Vec3,
  moment_N_mm: Vec3,
  who: string,
): { forces: { node: number; force: Vec3 }[]; rigid: RigidPoint } {
  let reference!: RigidReference;
  const group = system.group(who, () => {
    reference = addRigidReference(system, meshNodes, nodes, point);
  });
  const forces = [
    { node: reference.translation, force: force_N },
    { node: reference.rotation, force: scale(moment_N_mm, 1 / reference.length_mm) },
  ];
  return { forces, rigid: { group, reference } };
}

const sizeOf = (arms: readonly Vec3[]): number =>
  Math.max(...arms.map((arm) => Math.hypot(arm[0], arm[1], arm[2]))) || 1;
