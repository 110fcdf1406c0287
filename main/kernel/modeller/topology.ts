/**
 * The faces, edges and vertices of a body in the order of OpenCascade's `TopExp::MapShapes`, which numbers them for
 * everybody: the window, references, the mesher. The fast build does not bind that function or its map, so the same walk is
 * made here: an explorer's order, each shape (whatever its orientation) once.
 */
import type { TopAbs_ShapeEnum, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Own } from '../scope.ts';
import type { Occt } from './occt.ts';

const LARGEST_HASH = 2_147_483_647;

export class ShapeIndex {
  readonly shapes: TopoDS_Shape[] = [];
  readonly #oc: Occt;
  readonly #byHash = new Map<number, number[]>();

  constructor(oc: Occt) {
    this.#oc = oc;
  }

  get size(): number {
    return this.shapes.length;
  }

  /** -1 for a shape that is not in the index. */
  indexOf(shape: TopoDS_Shape): number {
    const candidates = this.#byHash.get(this.#hash(shape));
    return candidates?.find((index) => this.shapes[index]!.IsSame(shape)) ?? -1;
  }

  /** What stands behind the hash that the triangle extractor gives instead of a shape. */
  indicesOfHash(hash: number): readonly number[] {
    return this.#byHash.get(hash) ?? [];
  }

  /** False when the shape is already there. */
  add(shape: TopoDS_Shape): boolean {
    const hash = this.#hash(shape);
    const candidates = this.#byHash.get(hash);
    if (candidates?.some((index) => this.shapes[index]!.IsSame(shape))) return false;
    if (candidates) candidates.push(this.shapes.length);
    else this.#byHash.set(hash, [this.shapes.length]);
    this.shapes.push(shape);
    return true;
  }

  #hash(shape: TopoDS_Shape): number {
    return this.#oc.ReplicadShapeHasher.HashCode(shape, LARGEST_HASH);
  }
}

export type Kind = 'SOLID' | 'SHELL' | 'FACE' | 'WIRE' | 'EDGE' | 'VERTEX';

export function mapShapes(oc: Occt, own: Own, shape: TopoDS_Shape, kind: Kind): ShapeIndex {
  const index = new ShapeIndex(oc);
  explore(oc, own, shape, kind, (found) => {
    if (index.add(found)) own(found);
    else found.delete();
  });
  return index;
}

/** Every occurrence, so one that is shared is visited more than once. The visitor owns what it is given. */
export function explore(
  oc: Occt,
  own: Own,
  shape: TopoDS_Shape,
  kind: Kind,
  visit: (found: TopoDS_Shape) => void,
  avoid?: Kind,
): void {
  const name = (k: Kind): TopAbs_ShapeEnum => `TopAbs_${k}`;
  const explorer = own(
    avoid ? new oc.TopExp_Explorer(shape, name(kind), name(avoid)) : new oc.TopExp_Explorer(shape, name(kind)),
  );
  for (; explorer.More(); explorer.Next()) visit(explorer.Current());
}

export function countShapes(oc: Occt, own: Own, shape: TopoDS_Shape, kind: Kind): number {
  let count = 0;
  explore(oc, own, shape, kind, (found) => {
    count++;
    found.delete();
  });
  return count;
}
