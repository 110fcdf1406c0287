/**
 * What was found out about faces and edges, by the shapes themselves: after a change most faces of a body are the very same
 * as before. Handles are kept while something is remembered of a shape, so that its address cannot be given to another.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { EdgeInfo, FaceInfo } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';

export interface FaceMesh {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint32Array;
  /** Polylines of its edges, in the order in which an explorer finds them, each once. */
  lines: (Float32Array | undefined)[];
}
export interface KnownBody {
  sound?: boolean;
  volume_mm3?: number;
}
export interface KnownFace {
  sound?: boolean;
  /** Belongs, this way round, to a body that was found sound. */
  outward?: boolean;
  info?: FaceInfo;
  /** By deflection. */
  meshes?: Map<string, FaceMesh>;
}
export interface KnownEdge {
  info?: EdgeInfo;
  /** With the faces at its sides when it was measured. */
  angle?: { between: readonly KnownFace[]; angle_rad: number | undefined };
}

interface Entry<Known> {
  shape: TopoDS_Shape;
  known: Known;
  used: number;
}

const LARGEST_HASH = 2_147_483_647;

class Registry<Known extends object> {
  readonly #oc: Occt;
  readonly #same: (a: TopoDS_Shape, b: TopoDS_Shape) => boolean;
  readonly #byHash = new Map<number, Entry<Known>[]>();

  constructor(oc: Occt, same: (a: TopoDS_Shape, b: TopoDS_Shape) => boolean) {
    this.#oc = oc;
    this.#same = same;
  }

  of(shape: TopoDS_Shape, generation: number): Known {
    const hash = this.#oc.ReplicadShapeHasher.HashCode(shape, LARGEST_HASH);
    const entries = this.#byHash.get(hash) ?? [];
    let entry = entries.find((each) => this.#same(each.shape, shape));
    if (!entry) {
      entry = { shape: shape.Oriented(shape.Orientation()), known: {} as Known, used: generation };
      entries.push(entry);
      this.#byHash.set(hash, entries);
    }
    entry.used = generation;
    return entry.known;
  }

  forget(before: number): void {
    for (const [hash, entries] of this.#byHash) {
      const kept = entries.filter((entry) => {
        if (entry.used >= before) return true;
        entry.shape.delete();
        return false;
      });
      if (kept.length === 0) this.#byHash.delete(hash);
      else if (kept.length < entries.length) this.#byHash.set(hash, kept);
    }
  }
}

/** Evaluations after which what was not needed again is forgotten: enough for a few parts in turn. */
const GENERATIONS = 6;

export class ShapeMemory {
  readonly #bodies: Registry<KnownBody>;
  readonly #faces: Registry<KnownFace>;
  readonly #edges: Registry<KnownEdge>;
  #generation = 0;

  constructor(oc: Occt) {
    // A face that looks the other way has another normal; an edge is the same either way.
    this.#faces = new Registry(oc, (a, b) => a.IsEqual(b));
    this.#bodies = new Registry(oc, (a, b) => a.IsEqual(b));
    this.#edges = new Registry(oc, (a, b) => a.IsSame(b));
  }

  body(shape: TopoDS_Shape): KnownBody {
    return this.#bodies.of(shape, this.#generation);
  }
  face(shape: TopoDS_Shape): KnownFace {
    return this.#faces.of(shape, this.#generation);
  }
  edge(shape: TopoDS_Shape): KnownEdge {
    return this.#edges.of(shape, this.#generation);
  }

  /** An evaluation begins. */
  nextGeneration(): void {
    this.#generation++;
    this.forget(this.#generation - GENERATIONS);
  }
  forget(before = Number.POSITIVE_INFINITY): void {
    this.#bodies.forget(before);
    this.#faces.forget(before);
    this.#edges.forget(before);
  }
}
