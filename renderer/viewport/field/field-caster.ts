/** Finds what of a painted field lies under a ray, on the shape as it is drawn, and where its points have moved to. */
import type { Transform, Vector3 } from '../../../preload/contract/index.ts';
import type { Ray } from '../camera-maths.ts';
import { type ClipPlane, isCutAway } from '../picking.ts';
import { addScaled, transformDirection, transformPoint } from '../vector.ts';
import { atNodes, type BlendedArray, carry } from './carriers.ts';
import { elementBehind, type LoadedFields } from './loaded-fields.ts';

export interface FieldHit {
  body: number;
  face: number;
  /** Material point in the world, undeformed, mm. */
  point: Vector3;
  distance: number;
  value: number;
  /** Of the surface, to find the element behind it. */
  triangle: number;
}

export class FieldCaster {
  readonly #fields: LoadedFields;
  #transform: Transform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  #inverse: Transform = this.#transform;
  #displacement: BlendedArray | null = null;
  #scale = 0;
  #treeKey = '';
  #version = 0;
  readonly #nearest = new Map<string, number>();

  constructor(fields: LoadedFields) {
    this.#fields = fields;
  }

  place(transform: Transform, inverse: Transform): void {
    this.#transform = transform;
    this.#inverse = inverse;
  }
  deform(displacement: BlendedArray | null, version: number, scale: number): void {
    this.#displacement = displacement;
    this.#version = version;
    this.#scale = displacement ? scale : 0;
  }

  /** The painted point on a world ray. */
  cast(ray: Ray, limit: number, planes: ClipPlane[], valueAt: (node: number) => number): FieldHit | null {
    const { surface, tree, treePositions, surfaceBody, surfaceFace } = this.#fields;
    const treeKey = this.#scale === 0 ? '0' : `${this.#scale}/${this.#version}`;
    if (treeKey !== this.#treeKey && !(treeKey === '0' && this.#treeKey === '')) {
      const moved = carry(this.#displacement, 3, atNodes(surface.node));
      for (let i = 0; i < moved.length; i++) treePositions[i] = surface.positions[i]! + moved[i]! * this.#scale;
      for (const _ of tree.refitSliced()) void _;
    }
    this.#treeKey = treeKey;
    const hit = tree.cast(
      transformPoint(this.#inverse, ray.origin),
      transformDirection(this.#inverse, ray.direction),
      limit,
      planes.length > 0 ? (t) => !isCutAway(planes, addScaled(ray.origin, ray.direction, t)) : undefined,
    );
    if (!hit) return null;
    const weights = [1 - hit.u - hit.v, hit.u, hit.v];
    const point: Vector3 = [0, 0, 0];
    let value = 0;
    for (let k = 0; k < 3; k++) {
      const vertex = surface.indices[3 * hit.triangle + k]!;
      for (let c = 0; c < 3; c++) point[c]! += weights[k]! * surface.positions[3 * vertex + c]!;
      value += weights[k]! * valueAt(surface.node[vertex]!);
    }
    return {
      body: surfaceBody[hit.triangle] ?? 0,
      face: surfaceFace[hit.triangle] ?? 0,
      point: transformPoint(this.#transform, point),
      distance: hit.t,
      value,
      triangle: hit.triangle,
    };
  }

  elementOf(hit: FieldHit): number {
    return elementBehind(this.#fields, hit.triangle);
  }

  /** Where a material point of the world is drawn now: annotations ride on the deformed shape. */
  displaced(point: Vector3): Vector3 {
    if (this.#scale === 0 || !this.#displacement) return point;
    const node = this.#nearestNode(transformPoint(this.#inverse, point));
    if (node < 0) return point;
    const [x, y, z] = carry(this.#displacement, 3, atNodes(Uint32Array.of(node)));
    return addScaled(point, transformDirection(this.#transform, [x!, y!, z!]), this.#scale);
  }

  #nearestNode(local: Vector3): number {
    const key = local.join();
    const known = this.#nearest.get(key);
    if (known !== undefined) return known;
    let best = -1;
    let least = Infinity;
    const { positions, node } = this.#fields.surface;
    for (let v = 0; v < node.length; v++) {
      const d =
        (positions[3 * v]! - local[0]) ** 2 +
        (positions[3 * v + 1]! - local[1]) ** 2 +
        (positions[3 * v + 2]! - local[2]) ** 2;
      if (d < least) {
        least = d;
        best = node[v]!;
      }
    }
    if (this.#nearest.size > 500) this.#nearest.clear();
    this.#nearest.set(key, best);
    return best;
  }
}
