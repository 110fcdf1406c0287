/** The closed regions of a sketch: what can be extruded. */
import { type Curve, curvesOf } from '../curves/curve.ts';
import { nameWords } from '../model/words.ts';
import type { Entity, Loop, Position, Region, RegionProblem, Regions } from '../types.ts';
import { type Arrangement, arrange, type Box, boxOf, middleOf } from './arrangement.ts';
import { blocksOf } from './blocks.ts';
import { loopOf, type Ring, ringsOf, windings } from './faces.ts';
import { insideOf } from './inside.ts';

interface Block {
  outer: Ring;
  inner: Ring[];
  box: Box;
  /** A place on it that no other block shares. */
  sample: Position;
  around: Block[];
  /** The ring of the innermost block around this one in which it lies. */
  parent: { block: Block; face: Ring } | null;
}

/** Construction geometry does not count. Never throws on strange drawings: what is wrong is among the problems. */
export function findRegions(entities: readonly Entity[]): Regions {
  const curves = curvesOf(entities);
  const byId = new Map(curves.map((curve) => [curve.id, curve]));
  const arrangement = arrange(curves);
  const boxes = new Map(curves.map((curve) => [curve.id, boxOf(curve)]));
  const numbers = blocksOf(arrangement.vertices.length, arrangement.edges);
  const blocks: Block[] = numbers
    .map((block): Block => {
      const rings = ringsOf(arrangement, block);
      const box = block.map((i) => boxes.get(arrangement.edges[i]!.curve.id)!).reduce(around);
      return { ...rings, box, sample: middleOf(arrangement.edges[block[0]!]!), around: [], parent: null };
    })
    .filter(({ outer }) => Math.abs(outer.area_mm2) > 1e-12);
  nest(blocks);

  const family = new Map<Block, Block[]>();
  for (const block of blocks)
    if (block.parent) family.set(block.parent.block, [...(family.get(block.parent.block) ?? []), block]);
  const childrenOf = (block: Block) => family.get(block) ?? [];
  const regions: Region[] = [];
  const defaultRegions: Region[] = [];
  for (const block of blocks) {
    const children = childrenOf(block);
    const depth = block.around.length;
    for (const face of block.inner) {
      const holes = children.filter(({ parent }) => parent!.face === face);
      regions.push(regionOf(loopOf(face, false), holes, depth, byId));
    }
    if (depth % 2 === 0) defaultRegions.push(regionOf(loopOf(block.outer, false), children, depth, byId));
  }
  const problems = [...arrangement.problems, ...openEnds(arrangement, numbers)];
  return { regions: inOrder(regions), defaultRegions: inOrder(defaultRegions), problems };
}

const around = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
const within = ([x, y]: Position, box: Box): boolean => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];

function nest(blocks: readonly Block[]): void {
  const size = ({ outer }: Block) => Math.abs(outer.area_mm2);
  for (const block of blocks) {
    for (const other of blocks)
      if (
        other !== block &&
        within(block.sample, other.box) &&
        size(other) > size(block) &&
        windings(other.outer, block.sample) !== 0
      )
        block.around.push(other);
  }
  for (const block of blocks) {
    const nearest = [...block.around].sort((a, b) => size(a) - size(b))[0];
    const face = nearest?.inner.find((ring) => windings(ring, block.sample) !== 0);
    if (nearest && face) block.parent = { block: nearest, face };
  }
}

function regionOf(outer: Loop, children: readonly Block[], depth: number, byId: ReadonlyMap<string, Curve>): Region {
  const holes = children.map((child) => loopOf(child.outer, true));
  const curves = [...new Set(outer.pieces.map(({ id }) => id))].sort();
  const area_mm2 = holes.reduce((left, hole) => left - hole.area_mm2, outer.area_mm2);
  return { outer, holes, area_mm2, curves, depth, inside: insideOf([outer, ...holes], byId) };
}

/** Larger ones first, so that the order does not depend on how the graph was walked. */
function inOrder(regions: Region[]): Region[] {
  return regions.sort((a, b) => b.area_mm2 - a.area_mm2);
}

function openEnds(arrangement: Arrangement, blocks: readonly number[][]): RegionProblem[] {
  const degree = new Int32Array(arrangement.vertices.length);
  for (const { start, end } of arrangement.edges) {
    degree[start]!++;
    degree[end]!++;
  }
  const closed = new Set(blocks.flat());
  const problems: RegionProblem[] = [];
  arrangement.edges.forEach((edge, i) => {
    if (closed.has(i)) return;
    for (const vertex of [edge.start, edge.end]) {
      if (degree[vertex] !== 1) continue;
      problems.push({
        kind: 'open-end',
        curves: [edge.curve.id],
        at: arrangement.vertices[vertex]!,
        words: `${nameWords(edge.curve.id)} has an open end.`,
      });
    }
  });
  return problems;
}
