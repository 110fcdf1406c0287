/**
 * Finds the ways in which solids can still move as rigid bodies, before anything is solved. Each solid has six: three
 * translations and three rotations. A restrained direction d at x forbids d . (t + omega x (x - c)) = 0; nodes shared by two
 * solids make their motions agree, and so do constraint equations, whose reference points count as bodies of their own. What is left in the null space of these conditions is free, and is named.
 */
import type { RigidCondition, RigidConnections } from '../connections/rigid-conditions.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at, cross, dot, norm, scale, subtract, type Vec3, words } from '../vector.ts';
import { symmetricEigen } from './eigen.ts';

export interface HeldDirection {
  node: number;
  direction: Vec3;
}

export interface FreeMotions {
  /** Solids (global index) that move together. */
  solids: number[];
  /** `translate along X`, `rotate about Z through (0, 0, 5)` ... */
  motions: string[];
  /** Six when nothing holds it at all. */
  count: number;
}

/** Eigenvalue, relative to the largest, below which a motion counts as free: amplitude 3e-5, a clamp of 1e-4 of the size. */
const FREE = 1e-9;
/** Shared nodes used to tie two solids: enough to span any contact patch. */
const MOST_TIES = 200;
const AXIS_NAMES = ['X', 'Y', 'Z'] as const;

export function freeRigidMotions(
  mesh: VolumeMesh,
  solidCount: number,
  held: readonly HeldDirection[],
  connections: RigidConnections | null = null,
): FreeMotions[] {
  const { solidsOfNode, shared } = nodesBySolid(mesh, solidCount);
  const bodyCount = solidCount + (connections?.references ?? 0);
  const parent = Array.from({ length: bodyCount }, (_, body) => body);
  const root = (solid: number): number => {
    let current = solid;
    while (parent[current] !== current) current = parent[current]!;
    return current;
  };
  for (const { a, b } of shared) parent[root(a)] = root(b);
  for (const condition of connections?.conditions ?? [])
    for (const { body } of condition) parent[root(condition[0]!.body)] = root(body);

  const results: FreeMotions[] = [];
  for (let leader = 0; leader < bodyCount; leader++) {
    if (root(leader) !== leader) continue;
    const solids = Array.from({ length: bodyCount }, (_, body) => body).filter((body) => root(body) === leader);
    const slot = new Map(solids.map((solid, index) => [solid, index]));
    const box = boxOf(mesh, solidsOfNode, slot);
    if (!box) continue;
    const size = 6 * solids.length;
    const gram = new Float64Array(size * size);
    const row = new Float64Array(size);
    const used: number[] = [];
    const put = (index: number, direction: Vec3, point: Vec3, sign: number): void => {
      const turn = cross(scale(subtract(point, box.centre), 1 / box.length), direction);
      for (let axis = 0; axis < 3; axis++) {
        row[6 * index + axis]! += sign * direction[axis]!;
        row[6 * index + 3 + axis]! += sign * turn[axis]!;
      }
      used.push(index);
    };
    const accumulate = (): void => {
      for (const i of used)
        for (const j of used)
          for (let p = 6 * i; p < 6 * i + 6; p++)
            for (let q = 6 * j; q < 6 * j + 6; q++) gram[p * size + q]! += row[p]! * row[q]!;
      for (const i of used) row.fill(0, 6 * i, 6 * i + 6);
      used.length = 0;
    };
    /** A condition on wrenches about the origin, put about the box's centre. */
    const putWrench = ({ body, force, moment }: RigidCondition[number]): void => {
      const index = slot.get(body)!;
      const turn = scale(subtract(moment, cross(box.centre, force)), 1 / box.length);
      for (let axis = 0; axis < 3; axis++) {
        row[6 * index + axis]! += force[axis]!;
        row[6 * index + 3 + axis]! += turn[axis]!;
      }
      used.push(index);
    };
    for (const condition of connections?.conditions ?? []) {
      if (condition.length === 0 || !slot.has(condition[0]!.body)) continue;
      for (const part of condition) putWrench(part);
      accumulate();
    }
    for (const { node, direction } of held) {
      const reference = connections?.bodyOfNode.get(node);
      if (reference) {
        if (!slot.has(reference.body)) continue;
        const { body, point, turns } = reference;
        putWrench(
          turns === null
            ? { body, force: direction, moment: cross(point, direction) }
            : { body, force: [0, 0, 0], moment: scale(direction, turns) },
        );
        accumulate();
        continue;
      }
      // What is measured of others is held by its own equation.
      const index = node < solidsOfNode.length ? slot.get(solidsOfNode[node]!) : undefined;
      if (index === undefined) continue;
      put(index, direction, at(mesh.nodes, node), 1);
      accumulate();
    }
    for (const tie of shared) {
      const a = slot.get(tie.a);
      const b = slot.get(tie.b);
      if (a === undefined || b === undefined) continue;
      for (const node of tie.nodes)
        for (let axis = 0; axis < 3; axis++) {
          const direction: Vec3 = [0, 0, 0];
          direction[axis] = 1;
          put(a, direction, at(mesh.nodes, node), 1);
          put(b, direction, at(mesh.nodes, node), -1);
          accumulate();
        }
    }
    const { values, vectors } = symmetricEigen([...gram], size);
    const largest = Math.max(values.at(-1) ?? 0, Number.MIN_VALUE);
    const free = vectors.filter((_, index) => values[index]! <= FREE * largest);
    if (free.length === 0) continue;
    if (solids.length === 1) {
      results.push({ solids, count: free.length, motions: nameMotions(free, box) });
      continue;
    }
    // Hinged solids: say what moves of each, by its own part of the free motions.
    for (const [solid, index] of slot) {
      if (solid >= solidCount) continue;
      const own = orthonormal(free.map((vector) => vector.slice(6 * index, 6 * index + 6)));
      if (own.length > 0) results.push({ solids: [solid], count: own.length, motions: nameMotions(own, box) });
    }
  }
  return results;
}

interface Box {
  centre: Vec3;
  length: number;
}

function nodesBySolid(
  mesh: VolumeMesh,
  solidCount: number,
): { solidsOfNode: Int32Array; shared: { a: number; b: number; nodes: number[] }[] } {
  const solidsOfNode = new Int32Array(mesh.nodes.length / 3).fill(-1);
  const ties = new Map<number, Set<number>>();
  for (let element = 0; element < mesh.elementSolid.length; element++) {
    const solid = mesh.elementSolid[element]!;
    for (let k = 0; k < 10; k++) {
      const node = mesh.elements[10 * element + k]!;
      const owner = solidsOfNode[node]!;
      if (owner === solid) continue;
      if (owner === -1) {
        solidsOfNode[node] = solid;
        continue;
      }
      const key = Math.min(owner, solid) * solidCount + Math.max(owner, solid);
      const set = ties.get(key) ?? new Set();
      set.add(node);
      ties.set(key, set);
    }
  }
  const shared = [...ties].map(([key, set]) => {
    const nodes = [...set];
    const step = Math.max(1, Math.floor(nodes.length / MOST_TIES));
    return { a: Math.floor(key / solidCount), b: key % solidCount, nodes: nodes.filter((_, i) => i % step === 0) };
  });
  return { solidsOfNode, shared };
}

function boxOf(mesh: VolumeMesh, solidsOfNode: Int32Array, slot: Map<number, number>): Box | null {
  const min: Vec3 = [Infinity, Infinity, Infinity];
  const max: Vec3 = [-Infinity, -Infinity, -Infinity];
  for (let node = 0; node < solidsOfNode.length; node++) {
    if (!slot.has(solidsOfNode[node]!)) continue;
    for (let axis = 0; axis < 3; axis++) {
      min[axis] = Math.min(min[axis]!, mesh.nodes[3 * node + axis]!);
      max[axis] = Math.max(max[axis]!, mesh.nodes[3 * node + axis]!);
    }
  }
  if (min[0] > max[0]) return null;
  return {
    centre: scale([min[0] + max[0], min[1] + max[1], min[2] + max[2]], 0.5),
    length: norm(subtract(max, min)) / 2,
  };
}

/** Names a basis of the free motions (t, omega * length) about the box's centre: global axes first, whatever is left last. */
export function nameMotions(free: readonly number[][], box: Box): string[] {
  const basis = orthonormal(free);
  const names: string[] = [];
  const named: number[][] = [];
  const tryMotion = (motion: number[], name: (found: number[]) => string): void => {
    if (named.length === basis.length) return;
    if (orthonormal([...named, motion]).length === named.length) return;
    named.push(motion);
    names.push(name(motion));
  };
  for (let axis = 0; axis < 3; axis++) {
    const motion = unitMotion(axis);
    if (distanceToSpan(motion, basis) < 1e-4) tryMotion(motion, () => `translate along ${AXIS_NAMES[axis]}`);
  }
  for (let axis = 0; axis < 3; axis++) {
    const motion = rotationWithin(basis, axis);
    if (motion)
      tryMotion(motion, (found) => `rotate about ${AXIS_NAMES[axis]}${throughPoint(found, box, free.length)}`);
  }
  for (const vector of basis) tryMotion(vector, (found) => inWords(found, box));
  return names;
}

function unitMotion(axis: number): number[] {
  const motion = [0, 0, 0, 0, 0, 0];
  motion[axis] = 1;
  return motion;
}

/** The motion of the span that turns about exactly this axis, without translating along it; null if there is none. */
function rotationWithin(basis: readonly number[][], axis: number): number[] | null {
  // Wanted: combination whose rotation part is the axis; least squares by the Gram matrix of the rotation parts.
  const turns = basis.map((vector) => vector.slice(3));
  const count = basis.length;
  const gram: number[] = [];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) gram.push(turns[i]!.reduce((sum, value, k) => sum + value * turns[j]![k]!, 0));
  const { values, vectors } = symmetricEigen(gram, count);
  const motion = [0, 0, 0, 0, 0, 0];
  values.forEach((value, index) => {
    if (value < 1e-6) return;
    const weights = vectors[index]!;
    const along = weights.reduce((sum, weight, i) => sum + weight * turns[i]![axis]!, 0) / value;
    weights.forEach((weight, i) => {
      for (let k = 0; k < 6; k++) motion[k]! += along * weight * basis[i]![k]!;
    });
  });
  const miss = [0, 1, 2].some((k) => Math.abs(motion[3 + k]! - (k === axis ? 1 : 0)) > 1e-3);
  if (miss) return null;
  // A screw that must advance along its axis is not a rotation about it.
  const advance = Math.abs(motion[axis]!);
  return advance > 1e-3 && distanceToSpan(unitMotion(axis), basis) > 1e-4 ? null : motion;
}

/** Where the axis of a rotation passes, when the axis is not free to be anywhere. */
function throughPoint(motion: readonly number[], box: Box, freeCount: number): string {
  if (freeCount > 3) return '';
  const omega: Vec3 = scale([motion[3]!, motion[4]!, motion[5]!], 1 / box.length);
  const t: Vec3 = [motion[0]!, motion[1]!, motion[2]!];
  const offset = scale(cross(omega, t), 1 / dot(omega, omega));
  const point: Vec3 = [box.centre[0] + offset[0], box.centre[1] + offset[1], box.centre[2] + offset[2]];
  const rounded = point.map((value) => (Math.abs(value) < 1e-6 * box.length ? 0 : value)) as Vec3;
  return ` through ${words(rounded)}`;
}

function inWords(motion: readonly number[], box: Box): string {
  const omega: Vec3 = [motion[3]!, motion[4]!, motion[5]!];
  const t: Vec3 = [motion[0]!, motion[1]!, motion[2]!];
  if (norm(omega) < 1e-3 * norm(t)) return `translate along the direction ${words(scale(t, 1 / norm(t)))}`;
  const axis = scale(omega, 1 / norm(omega));
  return `rotate about the direction ${words(axis)}${throughPoint(motion, box, 1)}`;
}

/** Distance of a unit motion from the span of an orthonormal basis. */
function distanceToSpan(motion: readonly number[], basis: readonly number[][]): number {
  const rest = [...motion];
  for (const vector of basis) {
    const along = vector.reduce((sum, value, k) => sum + value * motion[k]!, 0);
    for (let k = 0; k < rest.length; k++) rest[k]! -= along * vector[k]!;
  }
  return Math.hypot(...rest);
}

/** Gram-Schmidt; vectors that depend on the earlier ones are dropped. */
function orthonormal(vectors: readonly number[][]): number[][] {
  const basis: number[][] = [];
  for (const vector of vectors) {
    const length = Math.hypot(...vector);
    if (length < 1e-6) continue;
    const rest = vector.map((value) => value / length);
    for (let pass = 0; pass < 2; pass++)
      for (const other of basis) {
        const along = other.reduce((sum, value, k) => sum + value * rest[k]!, 0);
        for (let k = 0; k < rest.length; k++) rest[k]! -= along * other[k]!;
      }
    const size = Math.hypot(...rest);
    if (size > 1e-4) basis.push(rest.map((value) => value / size));
  }
  return basis;
}
