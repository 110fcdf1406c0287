/** A few words of CadQuery's selector syntax, enough to say which edges of a simple solid to round. */
import type { TopoDS_Edge } from 'replicad-opencascadejs';
import type { EdgeInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { usage } from '../errors.ts';
import { describeEdge } from './edges.ts';
import type { Occt } from './occt.ts';

const AXES: Record<string, Vector3> = { X: [1, 0, 0], Y: [0, 1, 0], Z: [0, 0, 1] };
const PARALLEL = 1 - 1e-6;

/** `all`, `|Z`, `#Z`, `>Z`, `<Z`, `%CIRCLE`, and several joined by `and`. Throws when nothing matches. */
export function selectEdges(oc: Occt, edges: readonly TopoDS_Edge[], selector: string, path: string): TopoDS_Edge[] {
  let chosen = edges.map((edge) => ({ edge, info: describeEdge(oc, edge, [], [], []) }));
  chosen = chosen.filter(({ info }) => info.length_mm > 0);
  for (const word of selector.trim().split(/\s+and\s+/i)) {
    const match = /^(?:(all)|([|#<>])([XYZ])|%(\w+))$/i.exec(word);
    if (!match)
      throw usage('primitive.selector', `${path}: "${word}" is not understood.`, 'Use all, |Z, #Z, >Z, <Z or %CIRCLE.');
    const [, all, sign, axis, type] = match;
    if (all) continue;
    if (type) chosen = chosen.filter(({ info }) => info.type === type.toLowerCase());
    else chosen = byAxis(chosen, sign!, AXES[axis!.toUpperCase()]!);
  }
  if (chosen.length === 0) throw usage('primitive.selector', `${path}: "${selector}" matches no edge.`);
  return chosen.map(({ edge }) => edge);
}

function byAxis<T extends { info: EdgeInfo }>(edges: T[], sign: string, axis: Vector3): T[] {
  const along = ([x, y, z]: Vector3): number => x * axis[0] + y * axis[1] + z * axis[2];
  if (sign === '|' || sign === '#') {
    return edges.filter(({ info }) => {
      if (info.type !== 'line' || !info.direction) return false;
      const cosine = Math.abs(along(info.direction));
      return sign === '|' ? cosine > PARALLEL : cosine < Math.sqrt(1 - PARALLEL ** 2);
    });
  }
  const heights = edges.map(({ info }) => along(info.centre_mm));
  const extreme = sign === '>' ? Math.max(...heights) : Math.min(...heights);
  const tolerance = 1e-6 * Math.max(1, Math.abs(extreme));
  return edges.filter((_, index) => Math.abs(heights[index]! - extreme) <= tolerance);
}
