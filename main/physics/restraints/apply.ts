/**
 * Restraints as conditions at nodes: u . direction = value. Where several meet at a node (two symmetry planes at their common
 * edge, a guide beside a clamp) the directions are made orthogonal in order; a node whose directions are not the global axes
 * gets a frame of its own. Contradicting conditions are an error that names both.
 */
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import type { Restraint } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { Target, TargetFinder } from '../model/target.ts';
import { at, cross, dot, norm, scale, subtract, unit, type Vec3, words } from '../vector.ts';
import { addElasticSupport, StiffnessBlocks } from './elastic-support.ts';
import { completeFrame, faceNormals } from './normals.ts';

export interface ResolvedRestraint {
  restraint: Restraint;
  target: Target;
  /** The other cut side of a cyclic sector. */
  opposite?: Target;
}

/** One orthonormal restrained direction of a node and the restraint that brought it. */
export interface NodeCondition {
  node: number;
  direction: Vec3;
  value_mm: number;
  restraint: number;
}

export interface AppliedRestraints {
  fixedDofs: Int32Array;
  fixedValues: Float64Array;
  frameNodes: Int32Array;
  frames: Float64Array;
  addedNodesA: Int32Array;
  addedNodesB: Int32Array;
  addedBlocks: Float64Array;
  /** Orthonormal per node; the rows of reactions are shared out by these. */
  conditions: NodeCondition[];
  /** Directions held by springs, for the rigid-body check. */
  springs: { node: number; direction: Vec3; restraint: number }[];
  /** Stiffness of each elastic support on its own, to share out its force: index of the restraint, packed blocks. */
  supports: { restraint: number; nodesA: Int32Array; nodesB: Int32Array; blocks: Float64Array }[];
  /** Nodes that each restraint holds. */
  nodesOf: number[][];
}

/** Sine of the angle under which two restrained directions count as one: chord errors of free-form faces, not design. */
const SAME_DIRECTION = 0.02;
/** Normals of one symmetry restraint that differ by less than this at a node are one smooth surface: they are averaged. */
const SMOOTH = Math.cos((5 * Math.PI) / 180);
const AXES: Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

interface Wanted {
  direction: Vec3;
  value: number;
  restraint: number;
}

export function applyRestraints(
  finder: TargetFinder,
  restraints: readonly ResolvedRestraint[],
  faces: readonly FaceInfo[],
): AppliedRestraints {
  const { mesh } = finder;
  const wanted = new Map<number, Wanted[]>();
  const want = (node: number, direction: Vec3, value: number, restraint: number): void => {
    const list = wanted.get(node);
    if (list) list.push({ direction, value, restraint });
    else wanted.set(node, [{ direction, value, restraint }]);
  };
  const sum = new StiffnessBlocks(mesh.nodes.length / 3);
  const springs: AppliedRestraints['springs'] = [];
  const supports: AppliedRestraints['supports'] = [];
  const nodesOf: number[][] = restraints.map(() => []);

  restraints.forEach(({ restraint, target }, index) => {
    if (restraint.suppressed) return;
    const who = `Restraint "${restraint.name}"`;
    if (restraint.kind === 'fixed' || restraint.kind === 'displacement') {
      const values = restraint.kind === 'fixed' ? [0, 0, 0] : [restraint.x_mm, restraint.y_mm, restraint.z_mm];
      if (values.every((value) => value === undefined))
        throw refuseStudy('restraint-empty', `${who} restrains no axis.`, 'Give at least one of x, y and z a value.');
      nodesOf[index] = finder.nodes(target, who);
      for (const node of nodesOf[index]!)
        values.forEach((value, axis) => {
          if (value !== undefined) want(node, AXES[axis]!, value, index);
        });
      return;
    }
    // Remote points and cyclic symmetry are constraint equations: see connections.
    if (['temperature', 'remote-displacement', 'cyclic-symmetry'].includes(restraint.kind)) {
      nodesOf[index] = restraint.kind === 'remote-displacement' ? finder.nodes(target, who) : [];
      return;
    }
    if (target.kind !== 'face')
      throw refuseStudy('needs-faces', `${who} acts along a face's normal.`, 'Pick faces, not edges or vertices.');
    if (restraint.kind === 'symmetry') {
      nodesOf[index] = finder.nodes(target, who);
      for (const [node, normals] of symmetryNormals(finder, target, faces))
        for (const normal of normals) want(node, normal, 0, index);
      return;
    }
    if (restraint.kind !== 'elastic-support') return;
    const patch = finder.patch(target, who);
    nodesOf[index] = finder.nodes(target, who);
    const own = new StiffnessBlocks(mesh.nodes.length / 3);
    addElasticSupport(patch, restraint.normal_N_mm3, restraint.tangential_N_mm3, own);
    addElasticSupport(patch, restraint.normal_N_mm3, restraint.tangential_N_mm3, sum);
    supports.push({ restraint: index, ...own.pack() });
    const sine = restraint.tangential_N_mm3 > 0;
    for (const [node, normals] of symmetryNormals(finder, target, faces))
      for (const normal of normals) {
        if (restraint.normal_N_mm3 > 0) springs.push({ node, direction: normal, restraint: index });
        if (sine)
          for (const tangent of completeFrame(normal)) springs.push({ node, direction: tangent, restraint: index });
      }
  });

  const conditions: NodeCondition[] = [];
  for (const node of [...wanted.keys()].sort((a, b) => a - b))
    conditions.push(...orthogonalise(node, wanted.get(node)!, restraints, at(mesh.nodes, node)));
  const packed = sum.pack();
  return {
    ...packConditions(conditions),
    addedNodesA: packed.nodesA,
    addedNodesB: packed.nodesB,
    addedBlocks: packed.blocks,
    conditions,
    springs,
    supports,
    nodesOf,
  };
}

/** The distinct normals of one restraint's faces at each node: smooth neighbours averaged, sharp ones kept apart. */
function symmetryNormals(finder: TargetFinder, target: Target, faces: readonly FaceInfo[]): Map<number, Vec3[]> {
  const found = new Map<number, Vec3[]>();
  for (const face of target.items) {
    for (const [node, normal] of faceNormals(finder, face, faces[face])) {
      const list = found.get(node);
      if (!list) {
        found.set(node, [normal]);
        continue;
      }
      const same = list.findIndex((other) => Math.abs(dot(other, normal)) > SMOOTH);
      if (same < 0) list.push(normal);
      else {
        const other = list[same]!;
        const towards = dot(other, normal) < 0 ? -1 : 1;
        // Closed forms agree to rounding and are left alone, so that frames of planes stay exact.
        if (Math.abs(dot(other, normal)) < 1 - 1e-12)
          list[same] = unit([
            other[0] + towards * normal[0],
            other[1] + towards * normal[1],
            other[2] + towards * normal[2],
          ]);
      }
    }
  }
  return found;
}

/** Gram-Schmidt in the order of the restraints; each new direction takes its value along with it. */
function orthogonalise(
  node: number,
  wanted: readonly Wanted[],
  restraints: readonly ResolvedRestraint[],
  position: Vec3,
): NodeCondition[] {
  const kept: NodeCondition[] = [];
  for (const { direction, value, restraint } of wanted) {
    let rest = direction;
    let restValue = value;
    for (const other of kept) {
      const along = dot(direction, other.direction);
      rest = subtract(rest, scale(other.direction, along));
      restValue -= along * other.value_mm;
    }
    const size = norm(rest);
    if (kept.length === 3 || size < SAME_DIRECTION) {
      const scaleOfValues = Math.max(...wanted.map((one) => Math.abs(one.value)), 1e-12);
      if (Math.abs(restValue) > 1e-6 * scaleOfValues + SAME_DIRECTION * size * scaleOfValues)
        throw refuseStudy(
          'conflicting-restraints',
          `Restraints ${namesOf([...kept.map((one) => one.restraint), restraint], restraints)} ask for different displacements at ${words(position)} mm.`,
          'Leave one of them out where they meet, or give them the same value.',
        );
      continue;
    }
    kept.push({ node, direction: scale(rest, 1 / size), value_mm: restValue / size, restraint });
  }
  return kept;
}

const namesOf = (indices: number[], restraints: readonly ResolvedRestraint[]): string =>
  [...new Set(indices)].map((index) => `"${restraints[index]!.restraint.name}"`).join(' and ');

/** Degrees of freedom in global axes where the held directions span them, in a frame of the node's own where not. */
function packConditions(
  conditions: readonly NodeCondition[],
): Pick<AppliedRestraints, 'fixedDofs' | 'fixedValues' | 'frameNodes' | 'frames'> {
  const dofs: number[] = [];
  const values: number[] = [];
  const frameNodes: number[] = [];
  const frames: number[] = [];
  for (let start = 0; start < conditions.length; ) {
    let end = start;
    const node = conditions[start]!.node;
    while (end < conditions.length && conditions[end]!.node === node) end++;
    const held = conditions.slice(start, end);
    start = end;
    const global = globalAxes(held);
    if (global) {
      for (const [axis, value] of global) {
        dofs.push(3 * node + axis);
        values.push(value);
      }
      continue;
    }
    const rows = held.map((one) => one.direction);
    if (rows.length === 1) rows.push(...completeFrame(rows[0]!));
    else if (rows.length === 2) rows.push(cross(rows[0]!, rows[1]!));
    frameNodes.push(node);
    frames.push(...rows.flat());
    held.forEach((one, axis) => {
      dofs.push(3 * node + axis);
      values.push(one.value_mm);
    });
  }
  return {
    fixedDofs: Int32Array.from(dofs),
    fixedValues: Float64Array.from(values),
    frameNodes: Int32Array.from(frameNodes),
    frames: Float64Array.from(frames),
  };
}

/** The same conditions along global axes, if these span the same directions: [axis, value] ascending; else null. */
function globalAxes(held: readonly NodeCondition[]): [number, number][] | null {
  const result: [number, number][] = [];
  for (let axis = 0; axis < 3; axis++) {
    let share = 0;
    let value = 0;
    for (const one of held) {
      share += one.direction[axis]! ** 2;
      value += one.direction[axis]! * one.value_mm;
    }
    if (share > 1 - 1e-14) result.push([axis, value]);
    else if (share > 1e-14) return null;
  }
  return result.length === held.length ? result : null;
}
