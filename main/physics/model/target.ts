/**
 * From topology to mesh: the facets, edge segments or nodes that faces, edges and vertices became. Something named that the
 * mesh does not have is an error: a load must never land on nothing.
 */
import type { TopologyKind } from '../../../preload/contract/geometry.ts';
import { refuseStudy } from '../errors.ts';
import type { VolumeMesh } from './mesh.ts';
import { facetPatch, nodePatch, type Patch, segmentPatch } from './patch.ts';

/** Resolved topology of one load or restraint, by global index. */
export interface Target {
  kind: Exclude<TopologyKind, 'body'>;
  items: number[];
}

/** Finds mesh parts by topology; builds its indices once. */
export class TargetFinder {
  readonly mesh: VolumeMesh;
  readonly #facetsOfFace = new Map<number, number[]>();
  #segments: Map<number, number[]> | null = null;

  constructor(mesh: VolumeMesh) {
    this.mesh = mesh;
    mesh.facetFace.forEach((face, facet) => {
      const list = this.#facetsOfFace.get(face);
      if (list) list.push(facet);
      else this.#facetsOfFace.set(face, [facet]);
    });
  }

  facets(face: number): number[] {
    return this.#facetsOfFace.get(face) ?? [];
  }

  edgeNodes(edge: number): Int32Array {
    return this.mesh.edgeNodes.subarray(this.mesh.edgeOffsets[edge] ?? 0, this.mesh.edgeOffsets[edge + 1] ?? 0);
  }

  /** Facet sides whose three nodes all lie on the edge: (end, end, midside) each, every one once. */
  segments(edge: number): number[] {
    if (!this.#segments) this.#segments = this.#findSegments();
    return this.#segments.get(edge) ?? [];
  }

  /** The patch of a whole target. `who` names the load or restraint in errors. */
  patch(target: Target, who: string): Patch {
    if (target.items.length === 0) throw nothing(who);
    if (target.kind === 'face') {
      const facets = target.items.flatMap((face) => this.facets(face));
      if (facets.length === 0 || target.items.some((face) => this.facets(face).length === 0))
        throw nothing(who, 'face');
      return facetPatch(this.mesh, facets);
    }
    if (target.kind === 'edge') {
      const segments = target.items.flatMap((edge) => this.segments(edge));
      if (target.items.some((edge) => this.segments(edge).length === 0)) throw nothing(who, 'edge');
      return segmentPatch(this.mesh.nodes, Int32Array.from(segments));
    }
    return nodePatch(this.mesh.nodes, this.#vertexNodes(target, who));
  }

  /** Every node on a target, each once. */
  nodes(target: Target, who: string): number[] {
    const found = new Set<number>();
    if (target.kind === 'vertex') for (const node of this.#vertexNodes(target, who)) found.add(node);
    for (const item of target.kind === 'vertex' ? [] : target.items) {
      const before = found.size;
      let any = false;
      if (target.kind === 'edge') {
        for (const node of this.edgeNodes(item)) {
          found.add(node);
          any = true;
        }
      } else {
        for (const facet of this.facets(item)) {
          for (let k = 0; k < 6; k++) found.add(this.mesh.facets[6 * facet + k]!);
          any = true;
        }
      }
      if (!any && found.size === before) throw nothing(who, target.kind);
    }
    if (found.size === 0) throw nothing(who);
    return [...found].sort((a, b) => a - b);
  }

  #vertexNodes(target: Target, who: string): number[] {
    const nodes = target.items.map((vertex) => this.mesh.vertexNodes[vertex] ?? -1);
    if (nodes.length === 0 || nodes.includes(-1)) throw nothing(who, 'vertex');
    return [...new Set(nodes)];
  }

  #findSegments(): Map<number, number[]> {
    const { mesh } = this;
    const edgesOfNode = new Map<number, number[]>();
    for (let edge = 0; edge + 1 < mesh.edgeOffsets.length; edge++) {
      for (const node of this.edgeNodes(edge)) {
        const list = edgesOfNode.get(node);
        if (list) list.push(edge);
        else edgesOfNode.set(node, [edge]);
      }
    }
    const segments = new Map<number, number[]>();
    const seen = new Set<number>();
    for (let facet = 0; facet < mesh.facetFace.length; facet++) {
      for (let side = 0; side < 3; side++) {
        const middle = mesh.facets[6 * facet + 3 + side]!;
        const edges = edgesOfNode.get(middle);
        if (!edges || seen.has(middle)) continue;
        seen.add(middle);
        const a = mesh.facets[6 * facet + side]!;
        const b = mesh.facets[6 * facet + ((side + 1) % 3)]!;
        for (const edge of edges) {
          if (!edgesOfNode.get(a)?.includes(edge) || !edgesOfNode.get(b)?.includes(edge)) continue;
          const list = segments.get(edge);
          if (list) list.push(a, b, middle);
          else segments.set(edge, [a, b, middle]);
        }
      }
    }
    return segments;
  }
}

const nothing = (who: string, kind?: string): Error =>
  refuseStudy(
    'nothing-there',
    kind ? `${who}: the mesh has no elements on one of its ${kind}s.` : `${who} is on nothing.`,
    kind
      ? `The ${kind} may be smaller than the mesher can see; refine the mesh there or choose another ${kind}.`
      : 'Pick where it acts.',
  );
