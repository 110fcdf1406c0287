/**
 * The parts of a planar graph in which every edge lies on a ring: its biconnected blocks. Hopcroft and Tarjan, Efficient algorithms
 * for graph manipulation, CACM 16 (1973). Edges outside of them bound nothing.
 */
import type { ArrangementEdge } from './arrangement.ts';

/** Numbers of edges, by block. Edges on no ring are in none. */
export function blocksOf(vertexCount: number, edges: readonly ArrangementEdge[]): number[][] {
  const at: number[][] = Array.from({ length: vertexCount }, () => []);
  const blocks: number[][] = [];
  edges.forEach(({ start, end }, i) => {
    if (start === end) blocks.push([i]);
    else {
      at[start]!.push(i);
      at[end]!.push(i);
    }
  });
  const depth = new Int32Array(vertexCount).fill(-1);
  const low = new Int32Array(vertexCount);
  const used = new Uint8Array(edges.length);
  const open: number[] = [];
  for (let root = 0; root < vertexCount; root++) {
    if (depth[root] !== -1) continue;
    depth[root] = 0;
    low[root] = 0;
    const path = [{ vertex: root, next: 0, by: -1 }];
    while (path.length > 0) {
      const here = path[path.length - 1]!;
      const edge = at[here.vertex]![here.next++];
      if (edge === undefined) {
        path.pop();
        const above = path[path.length - 1];
        if (!above) continue;
        low[above.vertex] = Math.min(low[above.vertex]!, low[here.vertex]!);
        if (low[here.vertex]! >= depth[above.vertex]!) {
          const block = open.splice(open.lastIndexOf(here.by));
          if (block.length > 1) blocks.push(block);
        }
        continue;
      }
      if (used[edge]) continue;
      used[edge] = 1;
      const { start, end } = edges[edge]!;
      const other = start === here.vertex ? end : start;
      open.push(edge);
      if (depth[other] === -1) {
        depth[other] = depth[here.vertex]! + 1;
        low[other] = depth[other]!;
        path.push({ vertex: other, next: 0, by: edge });
      } else low[here.vertex] = Math.min(low[here.vertex]!, depth[other]!);
    }
  }
  return blocks;
}
