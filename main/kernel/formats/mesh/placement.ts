/**
 * From a tree of nodes with any affine transform to parts and rigid placements. What a node scales, shears or mirrors is
 * applied to the triangles, so that everybody downstream may rely on placements that keep lengths.
 */
import { IDENTITY_TRANSFORM, type Transform } from '../../../../preload/contract/geometry.ts';
import type { ImportedInstance } from '../../port.ts';
import { MAX_INSTANCES, MAX_TREE_DEPTH, MAX_TRIANGLES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import type { MeshBody, MeshPart } from './model.ts';

/** a after b. */
export function compose(a: Transform, b: Transform): Transform {
  const out = new Array<number>(12);
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 4; c++) {
      let sum = c === 3 ? a[4 * r + 3]! : 0;
      for (let k = 0; k < 3; k++) sum += a[4 * r + k]! * b[4 * k + c]!;
      out[4 * r + c] = sum;
    }
  }
  return out;
}

/** Of a rotation and translation only. */
export function inverseRigid(t: Transform): Transform {
  const [a, b, c, x, d, e, f, y, g, h, i, z] = t as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    a, d, g, -(a * x + d * y + g * z),
    b, e, h, -(b * x + e * y + h * z),
    c, f, i, -(c * x + f * y + i * z),
  ]; // biome-ignore format: rows
}

export const determinant = (t: Transform): number =>
  t[0]! * (t[5]! * t[10]! - t[6]! * t[9]!) -
  t[1]! * (t[4]! * t[10]! - t[6]! * t[8]!) +
  t[2]! * (t[4]! * t[9]! - t[5]! * t[8]!);

/** The nearest simple rigid frame: the columns made orthonormal one after the other, and right-handed. */
export function rigidFrame(t: Transform): Transform {
  const column = (c: number): [number, number, number] => [t[c]!, t[4 + c]!, t[8 + c]!];
  const unit = (v: number[]): [number, number, number] | undefined => {
    const length = Math.hypot(...v);
    return length > 1e-30 ? [v[0]! / length, v[1]! / length, v[2]! / length] : undefined;
  };
  const x = unit(column(0));
  const second = column(1);
  const along = x ? second[0] * x[0] + second[1] * x[1] + second[2] * x[2] : 0;
  const y = x && unit(second.map((value, k) => value - along * x[k]!));
  if (!x || !y) return [1, 0, 0, t[3]!, 0, 1, 0, t[7]!, 0, 0, 1, t[11]!];
  const z = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
  return [x[0], y[0], z[0]!, t[3]!, x[1], y[1], z[1]!, t[7]!, x[2], y[2], z[2]!, t[11]!];
}

const isIdentity = (t: Transform, tolerance: number): boolean =>
  t.every((v, i) => Math.abs(v - IDENTITY_TRANSFORM[i]!) <= tolerance);

/** Positions transformed; triangles of a mirrored body are turned round, so that they still face outwards. */
export function transformBody(body: MeshBody, t: Transform): MeshBody {
  const from = body.positions_mm;
  const positions_mm = new Float64Array(from.length);
  for (let i = 0; i < from.length; i += 3) {
    const x = from[i]!;
    const y = from[i + 1]!;
    const z = from[i + 2]!;
    positions_mm[i] = t[0]! * x + t[1]! * y + t[2]! * z + t[3]!;
    positions_mm[i + 1] = t[4]! * x + t[5]! * y + t[6]! * z + t[7]!;
    positions_mm[i + 2] = t[8]! * x + t[9]! * y + t[10]! * z + t[11]!;
  }
  let indices = body.indices;
  if (determinant(t) < 0) {
    indices = indices.slice();
    for (let i = 0; i + 2 < indices.length; i += 3) {
      const b = indices[i + 1]!;
      indices[i + 1] = indices[i + 2]!;
      indices[i + 2] = b;
    }
  }
  const { normals: _stale, ...rest } = body;
  return { ...rest, positions_mm, indices };
}

export interface SourceNode {
  name: string;
  /** Any affine transform, relative to the parent, in the units of the meshes. */
  transform: Transform;
  /** Index of a mesh, if the node shows one. */
  mesh?: number;
  children: number[];
}

export interface SourceMesh {
  name: string;
  bodies: MeshBody[];
}

/**
 * Parts and placements of everything that the roots reach. Nodes that lead to no mesh are left out; a node that shows a
 * mesh and has children becomes an assembly with that mesh as its first part. Throws `import.corrupt` for a node inside
 * itself, and `import.too-large`.
 */
export function placeMeshes(
  nodes: SourceNode[],
  roots: number[],
  meshes: (SourceMesh | undefined)[],
): { parts: MeshPart[]; instances: ImportedInstance[] } {
  const leads = nodesThatLeadToMeshes(nodes, roots, meshes);
  const parts: MeshPart[] = [];
  const partOf = new Map<string, string>();
  const instances: ImportedInstance[] = [];
  let triangles = 0;

  const partKey = (mesh: number, residual: Transform): string => {
    const plain = isIdentity(residual, 1e-9);
    const signature = plain ? `${mesh}` : `${mesh}:${residual.map((v) => v.toPrecision(8)).join(',')}`;
    const known = partOf.get(signature);
    if (known) return known;
    const source = meshes[mesh]!;
    const variants = parts.filter(
      (part) => part.key === `part-${mesh + 1}` || part.key.startsWith(`part-${mesh + 1}-`),
    ).length;
    const key = variants === 0 ? `part-${mesh + 1}` : `part-${mesh + 1}-${variants + 1}`;
    for (const body of source.bodies) triangles += body.indices.length / 3;
    if (triangles > MAX_TRIANGLES)
      throw refusal('import.too-large', 'The file holds more triangles than can be handled.');
    parts.push({
      key,
      name: source.name,
      bodies: plain ? source.bodies : source.bodies.map((body) => transformBody(body, residual)),
    });
    partOf.set(signature, key);
    return key;
  };
  const place = (parentKey: string | null, part: string | null, name: string, transform: Transform): string => {
    if (instances.length >= MAX_INSTANCES)
      throw refusal('import.too-large', `The file places more than ${MAX_INSTANCES} parts.`);
    const key = `instance-${instances.length + 1}`;
    instances.push({ key, parentKey, partKey: part, name, transform });
    return key;
  };

  interface Visit {
    node: number;
    parentKey: string | null;
    /** The parent's true transform and the rigid frame it was given, both in the world. */
    world: Transform;
    frame: Transform;
    depth: number;
  }
  const stack: Visit[] = roots
    .map((node) => ({
      node,
      parentKey: null,
      world: [...IDENTITY_TRANSFORM],
      frame: [...IDENTITY_TRANSFORM],
      depth: 0,
    }))
    .reverse();
  while (stack.length > 0) {
    const visit = stack.pop()!;
    const node = nodes[visit.node]!;
    if (!leads[visit.node]) continue;
    if (visit.depth > MAX_TREE_DEPTH)
      throw refusal('import.corrupt', `The tree of parts is deeper than ${MAX_TREE_DEPTH} levels.`);
    const world = compose(visit.world, node.transform);
    if (!world.every(Number.isFinite))
      throw refusal('import.non-finite-numbers', `The placement of ${JSON.stringify(node.name)} is not a number.`);
    const frame = rigidFrame(world);
    const relative = tidy(compose(inverseRigid(visit.frame), frame), node.transform);
    const shows = node.mesh !== undefined && meshes[node.mesh] !== undefined;
    const children = node.children.filter((child) => leads[child]);
    const residual = compose(inverseRigid(frame), world);
    if (shows && children.length === 0) {
      const part = partKey(node.mesh!, residual);
      place(visit.parentKey, part, node.name || meshes[node.mesh!]!.name, relative);
      continue;
    }
    const key = place(visit.parentKey, null, node.name || `assembly ${instances.length + 1}`, relative);
    if (shows) place(key, partKey(node.mesh!, residual), meshes[node.mesh!]!.name, [...IDENTITY_TRANSFORM]);
    for (let i = children.length - 1; i >= 0; i--) {
      stack.push({ node: children[i]!, parentKey: key, world, frame, depth: visit.depth + 1 });
    }
  }
  return { parts, instances };
}

/** The transform as written where it is the same one: a detour through frames only adds rounding. */
const tidy = (computed: Transform, written: Transform): Transform => {
  const scale = 1 + Math.abs(written[3]!) + Math.abs(written[7]!) + Math.abs(written[11]!);
  return computed.every((v, i) => Math.abs(v - written[i]!) <= 1e-9 * (i % 4 === 3 ? scale : 1)) ? written : computed;
};

function nodesThatLeadToMeshes(nodes: SourceNode[], roots: number[], meshes: (SourceMesh | undefined)[]): Uint8Array {
  const leads = new Uint8Array(nodes.length);
  /** 0 unseen, 1 on the way down, 2 finished. */
  const state = new Uint8Array(nodes.length);
  for (const root of roots) {
    const stack = [root];
    while (stack.length > 0) {
      const at = stack[stack.length - 1]!;
      const node = nodes[at]!;
      if (state[at] === 0) {
        state[at] = 1;
        for (const child of node.children) {
          if (state[child] === 1)
            throw refusal('import.corrupt', `${JSON.stringify(node.name)} contains itself.`, `node ${child}`);
          if (state[child] === 0) stack.push(child);
        }
      } else {
        stack.pop();
        if (state[at] === 2) continue;
        state[at] = 2;
        const shows = node.mesh !== undefined && meshes[node.mesh] !== undefined;
        if (shows || node.children.some((child) => leads[child] === 1)) leads[at] = 1;
      }
    }
  }
  return leads;
}
