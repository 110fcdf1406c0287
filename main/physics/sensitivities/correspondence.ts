/**
 * Which face, edge and vertex of changed bodies is which of before: by the persistent names of faces, and by place within the
 * body's box where several share a name. Edges and vertices follow from the faces around them. Anything left over is a change of topology.
 */
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import { bodyOffsets } from '../model/topology.ts';
import { norm, subtract, type Vec3 } from '../vector.ts';

/** For each face, edge and vertex over all bodies, its number over all bodies afterwards. */
export interface Correspondence {
  faces: number[];
  edges: number[];
  vertices: number[];
}

export type Matched = { correspondence: Correspondence } | { correspondence: null; reason: string };

interface Item {
  key: string;
  at: Readonly<Vec3>;
}

export function matchBodies(before: readonly BodyInfo[], after: readonly BodyInfo[]): Matched {
  if (before.length !== after.length)
    return { correspondence: null, reason: `there are ${after.length} bodies instead of ${before.length}` };
  const [from, to] = [bodyOffsets(before), bodyOffsets(after)];
  const result: Correspondence = { faces: [], edges: [], vertices: [] };
  for (let body = 0; body < before.length; body++) {
    const matched = matchBody(before[body]!, after[body]!);
    if (typeof matched === 'string') return { correspondence: null, reason: matched };
    for (const kind of ['faces', 'edges', 'vertices'] as const) {
      if (from[kind][body] === undefined || to[kind][body] === undefined) continue;
      for (const item of matched[kind]) result[kind].push(item + to[kind][body]!);
    }
  }
  return { correspondence: result };
}

function matchBody(before: BodyInfo, after: BodyInfo): Correspondence | string {
  for (const [kind, was, is] of [
    ['faces', before.faces.length, after.faces.length],
    ['edges', before.edges.length, after.edges.length],
    ['vertices', before.vertices_mm.length, after.vertices_mm.length],
  ] as const)
    if (was !== is) return `it has ${is} ${kind} instead of ${was}`;

  const faceItem =
    (placed: Placing) =>
    (face: BodyInfo['faces'][number]): Item => ({
      key: face.persistentNames?.length ? [...face.persistentNames].sort().join('|') : face.type,
      at: placed(face.centroid_mm),
    });
  const moved = withinBox(after, before);
  const faces = assign(before.faces.map(faceItem(asItIs)), after.faces.map(faceItem(moved)));
  if (!faces) return 'its faces are other ones';

  const same = (index: number): number => index;
  const edgeItem =
    (number: (face: number) => number, placed: Placing) =>
    (edge: BodyInfo['edges'][number]): Item => ({
      key: `${edge.length_mm < 1e-9 ? 'point' : 'edge'} ${edge.faces
        .map(number)
        .sort((a, b) => a - b)
        .join()}`,
      at: placed(edge.centre_mm),
    });
  const edges = assign(
    before.edges.map(edgeItem((face) => faces[face]!, asItIs)),
    after.edges.map(edgeItem(same, moved)),
  );
  if (!edges) return 'its edges lie between other faces';

  const vertices = assign(
    vertexItems(before, (edge) => edges[edge]!, asItIs),
    vertexItems(after, same, moved),
  );
  if (!vertices) return 'its vertices lie between other edges';
  for (const [edge, { vertices: own }] of before.edges.entries()) {
    const there = new Set(after.edges[edges[edge]!]!.vertices);
    if (own.some((vertex) => !there.has(vertices[vertex]!))) return 'its edges run between other vertices';
  }
  return { faces, edges, vertices };
}

type Placing = (at_mm: Readonly<Vec3>) => Vec3;
const asItIs: Placing = (at_mm) => [...at_mm];

/** Takes places of one body to where they would be if its box were stretched to the other's: pieces keep their order. */
function withinBox(from: BodyInfo, to: BodyInfo): Placing {
  const size = (body: BodyInfo, axis: number): number => body.box.max[axis]! - body.box.min[axis]!;
  const factors = [0, 1, 2].map((axis) => (size(from, axis) > 0 ? size(to, axis) / size(from, axis) : 1));
  return (at_mm) => at_mm.map((x, axis) => to.box.min[axis]! + factors[axis]! * (x - from.box.min[axis]!)) as Vec3;
}

/** A vertex is known by the edges that end in it. */
function vertexItems(body: BodyInfo, number: (edge: number) => number, placed: Placing): Item[] {
  const around: number[][] = body.vertices_mm.map(() => []);
  for (const [edge, { vertices }] of body.edges.entries())
    for (const vertex of new Set(vertices)) around[vertex]?.push(number(edge));
  return body.vertices_mm.map((at, vertex) => ({
    key: around[vertex]!.sort((a, b) => a - b).join(),
    at: placed(at),
  }));
}

/** Pairs items of equal keys, the nearest first; null where a key has not as many items afterwards. */
function assign(before: readonly Item[], after: readonly Item[]): number[] | null {
  const groups = new Map<string, { was: number[]; is: number[] }>();
  const groupOf = (key: string): { was: number[]; is: number[] } => {
    const known = groups.get(key) ?? { was: [], is: [] };
    groups.set(key, known);
    return known;
  };
  for (const [index, { key }] of before.entries()) groupOf(key).was.push(index);
  for (const [index, { key }] of after.entries()) groupOf(key).is.push(index);
  const result = new Array<number>(before.length).fill(-1);
  for (const { was, is } of groups.values()) {
    if (was.length !== is.length) return null;
    const pairs = was.flatMap((a) => is.map((b) => ({ a, b, distance: norm(subtract(before[a]!.at, after[b]!.at)) })));
    pairs.sort((x, y) => x.distance - y.distance || Number(y.a === y.b) - Number(x.a === x.b));
    const taken = new Set<number>();
    for (const { a, b } of pairs) {
      if (result[a] !== -1 || taken.has(b)) continue;
      result[a] = b;
      taken.add(b);
    }
  }
  return result;
}
